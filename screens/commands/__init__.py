"""Commands: their keys, the palette, the help."""
