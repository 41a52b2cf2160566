"""The axes of a chart: round numbers upward, days along the weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from xml.etree.ElementTree import Element

from tracker.language import Language
from tracker.publish.charts.svg import (
    BOTTOM_ROOM,
    TOP_ROOM,
    make_label,
    make_path,
    plot_height,
)
from tracker.week import Week

MONTHS_APART = (1, 2, 3, 6, 12, 24, 60, 120)
"""How many months may lie between two labels."""


@dataclass(frozen=True)
class UpAxis:
    """A scale from ``low`` to ``high``, both multiples of ``step``."""

    low: float
    high: float
    step: float

    @classmethod
    def over(
        cls,
        values: Sequence[float],
        parts: int = 4,
    ) -> "UpAxis":
        """Return the scale from 0 that holds all ``values``, in about ``parts`` round steps."""
        lowest, highest = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        step = _round_up((highest - lowest) / parts or 1.0)
        return cls(
            floor(lowest / step) * step,
            ceil(highest / step) * step or step,
            step,
        )

    @property
    def size(self) -> float:
        """Return the units from the lowest value to the highest."""
        return self.high - self.low

    def down(self, value: float) -> float:
        """Return the distance of a value from the top, in the units of the scale."""
        return self.high - value

    def pixel(self, value: float, height: int) -> float:
        """Return the distance of a value from the top of a chart ``height`` pixels high."""
        return TOP_ROOM + plot_height(height) * self.down(value) / self.size

    def ticks(self) -> list[float]:
        """Return the values that are labelled, the lowest first."""
        count = round(self.size / self.step)
        return [self.low + place * self.step for place in range(count + 1)]

    def grid(self, width: float) -> list[Element]:
        """Return a line across the chart at each labelled value."""
        return [
            make_path(
                "grid",
                [(0, self.down(value)), (width, self.down(value))],
            )
            for value in self.ticks()
        ]

    def labels(self, height: int, language: Language) -> list[Element]:
        """Return the labelled values, each on its line at the left edge."""
        return [
            make_label(
                language.number(value, 0),
                0,
                self.pixel(value, height) - 3,
            )
            for value in self.ticks()
        ]


def _round_up(value: float) -> float:
    """Return the least round whole number that is not below ``value``."""
    power = 10.0 ** max(0, floor(log10(value)))
    rounds = [factor * power for factor in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)]
    return next(
        step for step in rounds if step >= value * 0.999 and step % 1 == 0
    )


@dataclass(frozen=True)
class WeekAxis:
    """Weeks from ``first`` on: week i is drawn at i, its Sunday's value."""

    first: Week
    weeks: int

    @property
    def width(self) -> float:
        """Return the units from the first week to the last; one at least."""
        return max(1.0, self.weeks - 1.0)

    def share(self, place: float) -> float:
        """Return where a place stands, in percent of the width."""
        return 100 * place / self.width

    def place(self, day: date) -> float:
        """Return where a day stands: the Sunday of week i at i."""
        return (day - self.first.sunday).days / 7

    def labels(
        self,
        height: int,
        language: Language,
        parts: int = 6,
    ) -> list[Element]:
        """Return first days of months, about ``parts`` of them, below the chart."""
        return [
            make_label(
                language.date(day, style),
                share := self.share(self.place(day)),
                height - BOTTOM_ROOM / 4,
                anchor="start"
                if share < 8
                else "end"
                if share > 92
                else "middle",
            )
            for day, style in self._labelled_days(parts)
        ]

    def _labelled_days(self, parts: int) -> list[tuple[date, str]]:
        first, last = self.first.sunday, self.first.plus(self.weeks - 1).sunday
        months = (last.year - first.year) * 12 + last.month - first.month
        apart = next(
            (n for n in MONTHS_APART if months / n <= parts),
            MONTHS_APART[-1],
        )
        style = "year" if apart >= 12 else "month"
        found = []
        for month in range(first.year * 12, last.year * 12 + 12, apart):
            day = date(month // 12, month % 12 + 1, 1)
            if first <= day <= last:
                found.append((day, style))
        return found or [(last, "short")]
