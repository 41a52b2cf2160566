"""Faults from outside: commands are run with each of their system calls failing once, or killed there."""
