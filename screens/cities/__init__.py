"""The eighth screen: other cities, and what to learn from them."""
