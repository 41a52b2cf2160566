"""Where the city stands: the first screen."""
