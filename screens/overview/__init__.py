"""The overview: the first screen."""
