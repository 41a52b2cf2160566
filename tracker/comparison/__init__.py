"""Cities side by side: their figures, by kind of OPD, and what they can learn from each other."""
