"""The command line: a file a noun, over the same actions and figures as the screens."""

from tracker.cli.start import main

__all__ = ["main"]
