"""The name that an administrator fixed for whoever comes by this door."""

import os

VARIABLE = "OPD_TRACKER_USER"


def read_fixed_name() -> str:
    """Return the name under which alone this process acts; empty if none is fixed.

    Where one is, no program of the user's choice may be started: an editor or a pager can
    start a shell, and whoever has a shell acts under any name.
    """
    return os.environ.get(VARIABLE, "").strip()
