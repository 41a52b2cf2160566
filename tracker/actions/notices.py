"""Warnings about what is allowed but may surprise, for a preview and after the action."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from tracker.changes import Change
from tracker.errors import UserError
from tracker.history import find_last_move, stage_at
from tracker.model import City, Move, Service, Stage, Target
from tracker.register import Register

T = TypeVar("T")

MOST = 5
"""How many services or days one notice names before it says "…"."""

FAR_AHEAD = timedelta(days=10 * 365 + 3)
FAR_BACK = timedelta(days=30 * 365 + 8)
"""Further from today than plans of a city reach, and than what it keeps of its past."""


def find_notices(
    after: Register,
    changes: Iterable[Change],
    today: date,
) -> list[UserError]:
    """Return what the one who made ``changes``, after which the register is ``after``, should know."""
    every = list(changes)
    return [
        *_find_far_days(every, today),
        *_find_lost_verifications(after, every),
        *_find_left_online(after, every),
        *_find_reached_targets(after, every),
        *_find_baselines(after, every),
        *_find_empty_opening(after, every),
    ]


def _find_far_days(
    changes: Iterable[Change],
    today: date,
) -> Iterator[UserError]:
    """Find days of so far a year that another was likely meant: a digit is soon mistyped."""
    days: set[date] = set()
    for change in changes:
        for _, _, value in change.differences():
            if isinstance(value, date) and not isinstance(value, datetime):
                days.add(value)
    ahead = sorted(day for day in days if day > today + FAR_AHEAD)
    if ahead:
        yield UserError(
            "More than 10 years ahead: {days}. Correct it if another year was meant.",
            days=_cut_short(ahead),
        )
    back = sorted(day for day in days if day < today - FAR_BACK)
    if back:
        yield UserError(
            "More than 30 years ago: {days}. Correct it if another year was meant.",
            days=_cut_short(back),
        )


def _find_lost_verifications(
    after: Register,
    changes: Iterable[Change],
) -> Iterator[UserError]:
    """Find verifications that were lost because the move now claims something else."""
    for change in changes:
        was, now = change.before, change.after
        if (
            not (isinstance(was, Move) and isinstance(now, Move))
            or now.verified_on
            or not was.verified_on
        ):
            continue
        if (was.stage, was.on) != (now.stage, now.on):
            yield UserError(
                "{service}: what was verified on {day} was another claim; verify this one anew.",
                service=after.services[now.service].code,
                day=was.verified_on,
            )


def _find_left_online(
    after: Register,
    changes: Iterable[Change],
) -> Iterator[UserError]:
    """Find services that moved online and stay there although their application is integrated."""
    found: dict[str, list[str]] = defaultdict(list)
    for move in _find_moves_online(changes):
        service = after.services[move.service]
        application = after.applications.get(service.application or "")
        if application is None or application.integrated_on is None:
            continue
        end = application.retired_on
        in_use = end is None or move.on < end
        is_last = find_last_move(after, service, date.max) == move
        if in_use and is_last:
            found[application.id].append(service.code)
    for key, codes in found.items():
        yield UserError(
            "{application} is behind the single door since {day}: {services} may be integrated already.",
            application=after.applications[key].code,
            day=after.applications[key].integrated_on,
            services=", ".join(_cut_short(sorted(codes))),
        )


def _find_reached_targets(
    after: Register,
    changes: Iterable[Change],
) -> Iterator[UserError]:
    """Find targets that are set for a stage which the service has reached already."""
    reached = []
    for change in changes:
        target = change.after
        if not isinstance(target, Target) or change.before == target:
            continue
        service = after.services[target.service]
        if stage_at(after, service, date.max).points >= target.stage.points:
            reached.append(service.code)
    if reached:
        yield UserError(
            "Reached already: {services}.",
            services=", ".join(_cut_short(sorted(reached))),
        )


def _find_baselines(
    after: Register,
    changes: Iterable[Change],
) -> Iterator[UserError]:
    """Find stages entered in the opening: they are where services begin, not steps."""
    begun = [
        change
        for change in changes
        if isinstance(change.before, Service)
        and isinstance(change.after, Service)
        and change.before.stage is not change.after.stage
    ]
    if begun and after.only_city.in_opening:
        yield UserError(
            "The opening is not closed: this is where services begin, not a step. "
            "`opening close` starts the history.",
        )


def _find_empty_opening(
    after: Register,
    changes: Iterable[Change],
) -> Iterator[UserError]:
    """Find an opening that was closed before any service was entered."""
    is_closed = any(
        isinstance(change.before, City)
        and change.before.in_opening
        and not after.only_city.in_opening
        for change in changes
    )
    if is_closed and not after.services:
        yield UserError(
            "The opening is closed before any service was entered: those that are entered now "
            "join on their day. `undo` opens it again.",
        )


def _find_moves_online(changes: Iterable[Change]) -> Iterator[Move]:
    """Yield the moves to online that are new, or that were corrected to it."""
    for change in changes:
        was, now = (
            getattr(fact, "stage", None)
            for fact in (change.before, change.after)
        )
        if (
            isinstance(change.after, Move)
            and now is Stage.ONLINE
            and was is not Stage.ONLINE
        ):
            yield change.after


def _cut_short(found: Sequence[T]) -> list[T | str]:
    """Return the first few, and "…" for the others."""
    return [*found[:MOST], *("…" for _ in found[MOST : MOST + 1])]
