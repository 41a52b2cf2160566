"""Older states of a register, kept beside it."""

from pathlib import Path


def backups_of(register: Path) -> Path:
    """Return the folder in which the backups of ``register`` are kept unless told otherwise."""
    return register.with_name(register.name + ".backups")
