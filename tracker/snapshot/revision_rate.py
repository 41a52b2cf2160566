"""How much published weeks are still moved afterwards (METRICS.md, "A stored snapshot": ``revision``)."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from tracker.metrics.series import read_all_series
from tracker.metrics.values import Series
from tracker.model import StoredSnapshot
from tracker.register import Register
from tracker.snapshot.stored import CITY_KEY, figures_of_row
from tracker.week import Week, last_complete

WEEKS = 12
"""Final weeks that are looked back on."""


class RevisionRate(Struct, frozen=True):
    """How far the steps of the last final weeks moved after publication; None where none is final.

    ``steps_mean`` is the mean of steps now minus steps published, ``steps_mean_absolute`` that of
    its size, ``late_share`` the share of those weeks' moves that was recorded after their Sunday.
    """

    steps_mean: float | None = None
    steps_mean_absolute: float | None = None
    late_share: float | None = None


def revision_rate(register: Register, week: Week, today: date) -> RevisionRate:
    """Return the revision of the last 12 final weeks up to ``week``."""
    until = last_complete(week, today)
    finals = [
        snapshot
        for snapshot in sorted(
            register.snapshots.values(),
            key=lambda s: s.week,
        )
        if snapshot.final and Week.parse(snapshot.week) <= until
    ][-WEEKS:]
    if not finals:
        return RevisionRate()

    city = read_all_series(register, Week.parse(finals[-1].week), today)[
        CITY_KEY
    ]
    shifts = _find_shifts(city, finals)
    return RevisionRate(
        steps_mean=_compute_mean(shifts),
        steps_mean_absolute=_compute_mean([abs(shift) for shift in shifts]),
        late_share=_late_share(register, finals),
    )


def _find_shifts(city: Series, finals: Sequence[StoredSnapshot]) -> list[int]:
    """Return steps now minus steps published of each week in which there are steps."""
    shifts: list[int] = []
    for snapshot in finals:
        now = city.steps(city.position_of(Week.parse(snapshot.week)))
        row = figures_of_row(snapshot.figures.get(CITY_KEY, ()))
        published = row["forward"] - row["backward"]
        if now is not None:
            shifts.append(now - published)
    return shifts


def _late_share(
    register: Register,
    finals: Sequence[StoredSnapshot],
) -> float | None:
    zone = ZoneInfo(register.only_city.timezone)
    weeks = {Week.parse(snapshot.week) for snapshot in finals}
    moves = [
        move for move in register.moves.values() if Week.of(move.on) in weeks
    ]
    late = sum(
        move.recorded_at.astimezone(zone).date() > Week.of(move.on).sunday
        for move in moves
    )
    return late / len(moves) if moves else None


def _compute_mean(values: Sequence[int]) -> float | None:
    return sum(values) / len(values) if values else None
