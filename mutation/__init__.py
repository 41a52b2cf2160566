"""Mutation testing: a sample of small faults is put into `tracker/`, and the tests must notice each."""
