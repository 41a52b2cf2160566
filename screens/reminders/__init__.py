"""What each OPD still owes, ready to be sent."""
