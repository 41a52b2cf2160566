"""Files read into the register."""
