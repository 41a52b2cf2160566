"""What actions did, in words: the same for the command line, the screens and the log."""
