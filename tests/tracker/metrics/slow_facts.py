"""A slow reading of the stays, targets, families, burden and completeness."""

from datetime import date
from fractions import Fraction
from typing import Any

from tests.tracker.metrics.reference import Reading, share
from tests.tracker.metrics.story import DAY, Story, days
from tracker.model import Stage


def facts(reading: Reading) -> dict[str, Any]:
    """Every figure of these chapters by name."""
    return {
        "newly_stalled": newly_stalled(reading),
        "stage_times": stage_times(reading),
        "targets": targets(reading),
        **families(reading),
        **burden(reading),
        **completeness(reading),
    }


def newly_stalled(reading: Reading) -> int:
    """Of the stalled at d, those that were not stalled 28 days before, wherever they were."""
    d = reading.d
    return sum(
        reading.stands_still(story, d)
        and not reading.stands_still(story, d - 28 * DAY)
        for story in reading.members(d)
    )


# How long a stage holds a service


def stage_times(reading: Reading) -> dict[str, Any]:
    """Kaplan and Meier's estimate over all stays begun by d, by stage."""
    found = {}
    for stage in (Stage.CONVENTIONAL, Stage.ONLINE):
        stays = [stay for stay in stays_in(reading) if stay[0] is stage]
        known = [
            (length, exited)
            for _, length, exited, unknown in stays
            if not unknown
        ]
        found[stage.value] = {
            "median_days": least_days(known, Fraction(1, 2)),
            "p85_days": least_days(known, Fraction(15, 100)),
            "count": sum(exited for _, exited in known),
            "at_risk": len(known),
            "unknown_start": len(stays) - len(known),
        }
    return found


def stays_in(reading: Reading) -> list[tuple[Stage, int, bool, bool]]:
    """Each stay in the scope: its stage, length, whether it is an exit, whether unknown."""
    return [
        (
            stage,
            story.held(began, ended),
            exited,
            unknown_start(reading, story, first),
        )
        for story in reading.stories
        for stage, began, ended, exited, first in stays_of(story, reading.d)
        if reading.belongs(story, last_active(story, began, ended))
    ]


def stays_of(
    story: Story, d: date
) -> list[tuple[Stage, date, date, bool, bool]]:
    """A service's stays up to d: stage, first and last day, exited, begun by registering."""
    if story.service.registered_on > d:
        return []
    found = []
    stage, began, first = story.service.stage, story.service.registered_on, True
    for move in story.moves:
        if move.on <= d and move.stage != stage:
            exited = move.stage.points > stage.points
            found.append((stage, began, move.on, exited, first))
            stage, began, first = move.stage, move.on, False
    return [*found, (stage, began, d, False, first)]


def last_active(story: Story, began: date, ended: date) -> date:
    """The last day of a stay on which the service was active."""
    return max(day for day in days(began, ended) if story.active(day))


def unknown_start(reading: Reading, story: Story, first: bool) -> bool:
    """Begun by a registration in or before the scope's first week."""
    start = reading.start
    return (
        first
        and start is not None
        and story.service.registered_on <= start.sunday
    )


def least_days(stays: list[tuple[int, bool]], level: Fraction) -> int | None:
    """The least t with S(t) ≤ level, S the product of 1 − e(x) / r(x) over x ≤ t."""
    staying = Fraction(1)
    for x in sorted({length for length, exited in stays if exited}):
        e = sum(exited and length == x for length, exited in stays)
        r = sum(length >= x for length, _ in stays)
        staying *= 1 - Fraction(e, r)
        if staying <= level:
            return x
    return None


# Against the targets


def targets(reading: Reading) -> list[dict[str, Any]]:
    """Each pair of due_on and stage of the targets of services active at d."""
    members = reading.members(reading.d)
    pairs = {
        (t.due_on, t.stage.points) for story in members for t in story.targets
    }
    return [
        deadline(reading, due_on, points) for due_on, points in sorted(pairs)
    ]


def deadline(reading: Reading, due_on: date, points: int) -> dict[str, Any]:
    """What is set for one day and stage, and how it stands."""
    d, end = reading.d, reading.rates_week.sunday
    bound = [
        story
        for story in reading.members(d)
        if any(
            t.due_on == due_on and t.stage.points == points
            for t in story.targets
        )
    ]
    met = [story for story in bound if reached(story, points, d)]

    def gained(weeks: int) -> int:
        return sum(
            reached(story, points, end)
            and not reached(story, points, end - 7 * weeks * DAY)
            for story in bound
        )

    days_left = (due_on - d).days
    still = len(bound) - len(met)
    coming = int(Fraction(gained(13) * max(0, days_left), 91))
    return {
        "due_on": due_on,
        "stage": list(Stage)[points].value,
        "set": len(bound),
        "met": len(met),
        "on_time": sum(reached(story, points, min(due_on, d)) for story in met),
        "open": still,
        "days_left": days_left,
        "pace_4": gained(4),
        "pace_13": gained(13),
        "expected": len(met) + min(still, coming),
    }


def reached(story: Story, points: int, day: date) -> bool:
    """A service not registered then had not reached it."""
    return story.service.registered_on <= day and story.points(day) >= points


# Families, burden, completeness


def families(reading: Reading) -> dict[str, Any]:
    """A family's share is Σ points / (2 × members); a service without one is its own."""
    d, members = reading.d, reading.members(reading.d)
    groups: dict[str, list[int]] = {}
    for place, story in enumerate(members):
        name = story.service.family
        groups.setdefault(f"f {name}" if name else f"{place}", []).append(
            story.points(d)
        )
    shares = [
        Fraction(sum(points), 2 * len(points)) for points in groups.values()
    ]
    return {
        "families": len(groups),
        "families_complete": sum(
            set(points) == {2} for points in groups.values()
        ),
        "index_by_family": share(100 * sum(shares, Fraction(0)), len(groups)),
    }


def burden(reading: Reading) -> dict[str, Any]:
    """Volume × visits at d, where both are known; the fewest that carry half."""
    members = reading.members(reading.d)
    known = [
        Fraction(story.service.volume) * Fraction(visits)
        for story in members
        if story.service.volume is not None
        and (visits := story.visits(reading.d)) is not None
    ]
    total, half = sum(known, Fraction(0)), 0
    while total and sum(sorted(known)[-half:] if half else []) < total / 2:
        half += 1
    return {
        "burden": total,
        "burden_coverage": share(len(known), len(members)),
        "burden_half": half,
    }


def completeness(reading: Reading) -> dict[str, Any]:
    """Volume, visits, days, owner, application and evidence: what is wanted and there."""
    d, wanted = reading.d, []
    for story in reading.members(d):
        service, moves = story.service, [m for m in story.moves if m.on <= d]
        wanted += [service.volume is not None, story.visits(d) is not None]
        wanted += [story.days(d) is not None, service.owner != ""]
        if story.points(d) > 0:
            wanted.append(service.application is not None)
        if moves:
            wanted.append(moves[-1].evidence != "")
    return {
        "wanted": len(wanted),
        "filled": sum(wanted),
        "completeness": share(sum(wanted), len(wanted)),
    }
