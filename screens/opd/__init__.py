"""One OPD."""
