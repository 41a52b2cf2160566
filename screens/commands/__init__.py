"""What can be done: keys, palette, help."""
