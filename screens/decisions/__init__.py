"""The decisions asked of the leadership, and those that the register suggests."""
