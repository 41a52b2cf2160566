"""Bring copies of one register together again: what was done in each is in the result."""
