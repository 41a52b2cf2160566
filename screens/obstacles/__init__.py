"""The screen of obstacles."""
