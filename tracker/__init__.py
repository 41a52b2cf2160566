"""OPD Tracker: how far a city's agencies have come on the way from the counter to the single door."""

__version__ = "0.1.0"
