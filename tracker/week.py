"""ISO 8601 weeks, Monday to Sunday: the rhythm in which the register is read."""

import re
from datetime import date, timedelta
from typing import NamedTuple

_FORM = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)


class Week(NamedTuple):
    """A week of a year as ISO 8601 numbers them; weeks compare in time order."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week in which ``day`` lies."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Read ``2026-W47``; raise ValueError for anything that is no week."""
        found = _FORM.fullmatch(text.strip())
        if not found:
            raise ValueError(text)
        week = cls(int(found[1]), int(found[2]))
        _ = week.monday
        return week

    @property
    def monday(self) -> date:
        """The first day of the week; ValueError where the year has no such week."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The last day of the week: reading as of a week is reading as of this day."""
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def ordinal(self) -> int:
        """The place of the week among all weeks of the calendar."""
        return week_ordinal(self.monday.toordinal())

    def plus(self, weeks: int) -> "Week":
        """Return the week that lies ``weeks`` later (earlier when negative)."""
        return Week.of(self.monday + timedelta(weeks=weeks))

    def until(self, later: "Week") -> int:
        """Count the weeks from this one to ``later``; 0 for the same week."""
        return (later.monday - self.monday).days // 7

    def as_of(self, today: date) -> date:
        """Return the day as of which the week is read: its Sunday, or today while it runs."""
        return min(self.sunday, today)

    def is_complete(self, today: date) -> bool:
        """Return whether the week is over: from the Monday after it."""
        return self.sunday < today


def week_ordinal(day: int) -> int:
    """Return the place of a day's week among all weeks of the calendar; ``day`` is a date's ordinal."""
    return (day - 1) // 7


def last_complete(week: Week, today: date) -> Week:
    """Return the last complete week at or before ``week``."""
    return min(week, Week.of(today).plus(-1))
