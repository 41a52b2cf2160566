"""Build the demonstration: two years from the first inventory to its fixed today."""

from datetime import date
from random import Random

from tracker.demo.events import EVENTS
from tracker.demo.first_day import open_register
from tracker.demo.published import publish
from tracker.demo.weeks import Life
from tracker.demo.writer import Writer
from tracker.register import Register
from tracker.week import Week

OPENING = date(2024, 11, 18)
TODAY = date(2026, 11, 19)
GOAL = date(2029, 12, 31)
_SEED = 12_2016


def demo_register() -> Register:
    """Return the illustrative register of Bandung, the same every time.

    Only ``Random.random`` is drawn from, whose sequence is fixed for a seed in every version
    of Python.
    """
    rng = Random(_SEED)
    writer = Writer("demo")
    open_register(writer, rng, OPENING, GOAL, TODAY)
    life = Life(writer, rng, TODAY)
    week = Week.of(OPENING)
    while week <= Week.of(TODAY):
        for event in EVENTS.get(week.monday, ()):
            event(life, week.monday)
        life.live(week)
        week = week.plus(1)
    publish(writer, TODAY)
    return writer.register()
