"""Random but valid registers, with a week to ask for: small, and crowded onto few days.

Most facts fall on a handful of days at the edges of weeks, so that registrations, transfers,
closures and moves meet on one day, which is where readings of a history part ways.
"""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.tracker.builder import FIRST_MOMENT, Builder
from tracker.model import Factor, Kind, Stage
from tracker.register import Register
from tracker.week import Week

OPDS = ["bkd", "disdik", "dukcapil", "sekda"]
KINDS = [Kind.DINAS, Kind.BADAN]
TAGS = ["wajib", "pilihan"]
SERVICES = ["a", "b", "c", "d", "e"]
FIRST_MONDAYS = [date(2026, 1, 5), date(2026, 10, 5), date(2024, 12, 9)]
"""Spans from these cross a year's end, a leap of 53 weeks among them, or none."""
STATED = st.sampled_from([None, None, 0.0, 0.5, 1.0, 2.0, 3.1])
STAGES = [
    Stage.ONLINE,
    Stage.INTEGRATED,
    Stage.CONVENTIONAL,
    Stage.ONLINE,
    Stage.INTEGRATED,
]
EDGES = [-182, -181, -84, 0, 27, 28]
"""Days from the one as of which a week is read, at which some figure's window opens or shuts."""


class History(NamedTuple):
    """A register, valid on ``now``, and what is asked of it: a week, read on ``today``."""

    register: Register
    now: date
    week: Week
    today: date


class Calendar(NamedTuple):
    """The days of a history: its first and last, and the few on which most things happen."""

    first: date
    now: date
    busy: list[date]

    def day(
        self, since: date | None = None, until: date | None = None
    ) -> st.SearchStrategy[date]:
        """Draw a day between two, most often a busy one."""
        first, last = since or self.first, until or self.now
        quiet = [
            first + timedelta(days=n) for n in range((last - first).days + 1)
        ]
        busy = [day for day in self.busy if first <= day <= last]
        return st.sampled_from(
            busy * (2 * len(quiet) // max(1, len(busy))) + quiet
        )


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Draw a span of 0 to 40 weeks and its busy days, most of them Mondays, Sundays or midweek."""
    first = draw(st.sampled_from(FIRST_MONDAYS))
    weeks = draw(st.sampled_from([*range(8, 41), *range(8, 21), *range(14)]))
    now = first + timedelta(
        days=7 * weeks + draw(st.sampled_from([6, 0, 3, 5, 1]))
    )
    offsets = st.tuples(st.integers(0, weeks), st.sampled_from([0, 6, 2, 5, 1]))
    most = draw(st.sampled_from([4, 12, 20]))
    drawn = draw(st.lists(offsets, min_size=most // 2, max_size=most))
    busy = {
        first + timedelta(days=7 * week + weekday) for week, weekday in drawn
    }
    sunday = now - timedelta(days=now.isoweekday() % 7)
    edges = {
        draw(st.sampled_from([now, sunday])) + timedelta(days=days)
        for days in EDGES
    }
    return Calendar(
        first,
        now,
        sorted({day for day in busy | {first} if day <= now} | edges),
    )


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Draw a register and what to ask of it."""
    calendar = draw(calendars())
    goal = draw(
        st.none() | calendar.day(until=calendar.now + timedelta(days=400))
    )
    city = Builder(
        goal=goal, stalled_after=draw(st.sampled_from([84, 7, 0, 14, 84, 1]))
    )
    opds = OPDS[: draw(st.sampled_from([2, 1, 3, 2, 4]))]
    for code in opds:
        city.opd(code, draw(st.sampled_from(KINDS)))
    city.application("sakti")
    for code in SERVICES[
        : draw(st.sampled_from([3, 4, 5, 2, 1, 4, 5, 3, 5, 0]))
    ]:
        _service(draw, city, calendar, code, opds)
    _reports(draw, city, calendar, opds)
    for day in draw(st.lists(calendar.day(), max_size=2)):
        city.milestone(day, "x", method_break=draw(st.booleans()))
    today = (
        draw(calendar.day())
        if draw(st.sampled_from([False, False, True]))
        else calendar.now
    )
    weeks = Week.of(calendar.first).until(Week.of(today))
    back = draw(st.sampled_from([0, 0, 0, 1, 1, *range(weeks + 3)]))
    return History(
        city.register, calendar.now, Week.of(today).plus(-back), today
    )


def _service(
    draw: st.DrawFn,
    city: Builder,
    calendar: Calendar,
    code: str,
    opds: list[str],
) -> None:
    registered = calendar.first if draw(st.booleans()) else draw(calendar.day())
    city.service(
        code,
        draw(st.sampled_from(opds)),
        registered,
        draw(st.sampled_from([Stage.CONVENTIONAL, Stage.CONVENTIONAL, *Stage])),
        volume=draw(st.sampled_from([None, 0, 1, 7, 1200])),
        visits=draw(STATED),
        days=draw(STATED),
        application=draw(st.sampled_from([None, "sakti"])),
        tags=draw(st.sampled_from([(), ("wajib",), ("wajib", "pilihan")])),
        owner=draw(st.sampled_from(["", "Sari"])),
        family=draw(st.sampled_from(["", "", "surat pindah", "izin"])),
    )
    closures = _closures(draw, calendar, registered)
    for start, until in closures:
        city.closure(code, start, until)

    def open_days(*counts: int) -> list[date]:
        most = draw(st.sampled_from(counts))
        drawn = draw(
            st.lists(
                calendar.day(since=registered),
                min_size=most // 2,
                max_size=most,
            )
        )
        return [day for day in drawn if not _closed(closures, day)]

    for day in open_days(0, 0, 1, 4):
        city.transfer(
            code, day, draw(st.sampled_from(opds)), recorded_at=_moment(draw)
        )
    for day in open_days(8, 4, 16, 2):
        verified = draw(st.none() | calendar.day(since=day))
        stated: dict[str, Any] = {"visits": draw(STATED), "days": draw(STATED)}
        stage = draw(st.sampled_from(STAGES))
        stated["evidence"] = draw(st.sampled_from(["", "https://bukti"]))
        city.move(
            code, day, stage, verified, recorded_at=_moment(draw), **stated
        )
    _plans(draw, city, calendar, code)


def _closures(
    draw: st.DrawFn, calendar: Calendar, registered: date
) -> list[tuple[date, date | None]]:
    """Draw closures, each after the one before; the last may stand open."""
    if draw(st.sampled_from([True, True, True, False])):
        return []
    drawn = draw(
        st.lists(
            calendar.day(since=registered), min_size=1, max_size=4, unique=True
        )
    )
    edges: list[date | None] = [
        *sorted(day for day in drawn if day > registered),
        None,
    ]
    starts, untils = edges[0::2], edges[1::2]
    return [
        (start, until)
        for start, until in zip(starts, untils, strict=False)
        if start is not None
    ]


def _closed(closures: list[tuple[date, date | None]], day: date) -> bool:
    return any(
        start <= day and (until is None or day < until)
        for start, until in closures
    )


def _moment(draw: st.DrawFn) -> datetime:
    """Draw when a fact was recorded: seldom in the order of the keys, often at one moment."""
    return FIRST_MOMENT + timedelta(minutes=draw(st.integers(0, 3)))


def _plans(
    draw: st.DrawFn, city: Builder, calendar: Calendar, code: str
) -> None:
    """Draw a service's targets, also to come, and its obstacles."""
    later = calendar.now + timedelta(days=35)
    for _ in range(draw(st.sampled_from([0, 0, 1, 3]))):
        city.target(
            code,
            draw(calendar.day(until=later)),
            draw(st.sampled_from(list(Stage))),
        )
    for _ in range(draw(st.sampled_from([0, 0, 1, 3]))):
        opened = draw(calendar.day())
        resolved = draw(st.none() | calendar.day(since=opened))
        city.obstacle(
            code, opened, draw(st.sampled_from(list(Factor))), resolved
        )


def _reports(
    draw: st.DrawFn, city: Builder, calendar: Calendar, opds: list[str]
) -> None:
    weeks = Week.of(calendar.first).until(Week.of(calendar.now))
    pairs = st.tuples(st.sampled_from(opds), st.integers(0, weeks))
    for opd, week in draw(st.lists(pairs, max_size=6, unique=True)):
        city.report(opd, str(Week.of(calendar.first).plus(week)))
