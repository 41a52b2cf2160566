"""The demonstration: the Bandung catalogue with two invented years on top, the same every time."""

from tracker.demo.story import TODAY, demo_register

__all__ = ["TODAY", "demo_register"]
