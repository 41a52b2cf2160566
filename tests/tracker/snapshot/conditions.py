"""The condition of each finding, read slowly from the facts of a register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor
from typing import Any

from tracker.history import is_active, is_assumed, opd_at, stage_at
from tracker.metrics import measure, measure_scope
from tracker.metrics.values import Pace, Scope
from tracker.model import Service
from tracker.register import Register
from tracker.snapshot.findings import (
    AllDone,
    DeadlineJustMissed,
    DeadlineKept,
    DeadlinesMissed,
    DeadlineThreatened,
    DueDate,
    GoalDue,
    GoalMet,
    GoalMissed,
    GoalProspect,
    InOpening,
    KindsApart,
    NotYet,
    PaceSteady,
    PaceTurned,
    Standing,
)
from tracker.week import Week, last_complete


@dataclass(frozen=True)
class Case:
    """A register as of a week, as one reads it who counts by hand."""

    register: Register
    week: Week
    today: date

    @property
    def day(self) -> date:
        return self.week.as_of(self.today)

    @property
    def rates_week(self) -> Week:
        return last_complete(self.week, self.today)

    @property
    def goal(self) -> date | None:
        return self.register.only_city.goal

    def services(self, day: date) -> list[Service]:
        services = self.register.services.values()
        return [one for one in services if is_active(self.register, one, day)]

    def points(self, service: Service, day: date) -> int:
        if day < service.registered_on:
            return -1
        return stage_at(self.register, service, day).points

    def remaining(self, day: date) -> int:
        return sum(2 - self.points(one, day) for one in self.services(day))

    def steps(self, weeks_back: int) -> int:
        """Return the net steps of the complete week so many before the rates week."""
        week = self.rates_week.plus(-weeks_back)
        steps = measure(self.register, week, self.today).city.steps
        assert steps is not None
        return steps

    def opds(self) -> set[str]:
        return {
            opd_at(self.register, one, self.day)
            for one in self.services(self.day)
        }


def holds(finding: Any, case: Case) -> bool:
    """Tell whether what ``finding`` says is so."""
    return CONDITIONS[type(finding)](finding, case)


def is_true_of_its_day(due: DueDate, case: Case) -> bool:
    """Recount the targets of a day; one that a service has twice counts once."""
    found = {
        (service.id, target.stage): (service, target)
        for service in case.services(case.day)
        for target in case.register.targets_of.get(service.id, ())
        if target.due_on == due.due_on
    }
    pairs = list(found.values())
    unmet = [
        service
        for service, target in pairs
        if case.points(service, case.day) < target.stage.points
    ]
    in_time = min(due.due_on, case.day)
    on_time = sum(
        case.points(service, case.day) >= target.stage.points
        and case.points(service, in_time) >= target.stage.points
        for service, target in pairs
    )
    opds = {opd_at(case.register, service, case.day) for service in unmet}
    kinds = sum(count for _, count in due.kinds)
    return (
        (due.set, due.open, due.met)
        == (len(pairs), len(unmet), len(pairs) - len(unmet))
        and (due.on_time, due.opds, kinds) == (on_time, len(opds), len(unmet))
        and due.days_left == (due.due_on - case.day).days
        and due.pace_13 == _gained(case, pairs, 13)
        and due.pace_4 == _gained(case, pairs, 4)
        and due.registered_met == _gained(case, _registered(case, pairs), 13)
        and due.expected == due.met + _expected(case, pairs, due.days_left)
        and due.expected_by_steps
        == due.met + _expected(case, pairs, due.days_left, by_steps=True)
    )


def _gained(case: Case, pairs: list[Any], weeks: int) -> int:
    end = case.rates_week.sunday
    begin = end - timedelta(weeks=weeks)
    return sum(
        case.points(service, end)
        >= target.stage.points
        > case.points(service, begin)
        for service, target in pairs
    )


def _registered(case: Case, pairs: list[Any]) -> list[Any]:
    """Return the pairs of services that were in their target's stage on the day they were registered."""
    return [
        (service, target)
        for service, target in pairs
        if service.stage.points >= target.stage.points
        and service.registered_on > case.rates_week.sunday - timedelta(weeks=13)
    ]


def _expected(
    case: Case, pairs: list[Any], days_left: int, *, by_steps: bool = False
) -> int:
    """Return what the pace brings, reckoned for each stage by itself."""
    found = 0
    for stage in {target.stage for _, target in pairs}:
        own = [pair for pair in pairs if pair[1].stage is stage]
        unmet = sum(case.points(one, case.day) < stage.points for one, _ in own)
        gained = _gained(case, own, 13)
        if by_steps:
            gained -= _gained(case, _registered(case, own), 13)
        brought = floor(gained * max(0, days_left) / 91)
        found += min(unmet, brought)
    return found


def _goal_missed(finding: GoalMissed, case: Case) -> bool:
    assert case.goal is not None
    done = bool(case.services(case.goal)) and not case.remaining(case.goal)
    return (
        case.goal == finding.goal < case.day
        and not done
        and finding.remaining_steps == case.remaining(case.day)
    )


def _goal_due(finding: GoalDue, case: Case) -> bool:
    is_due = case.goal == finding.goal == case.day
    return is_due and finding.remaining_steps == case.remaining(case.day) > 0


def _goal_met(finding: GoalMet, case: Case) -> bool:
    assert case.goal is not None
    done = bool(case.services(case.goal)) and not case.remaining(case.goal)
    return case.goal == finding.goal <= case.day and done


def _just_missed(finding: DeadlineJustMissed, case: Case) -> bool:
    due = finding.due
    return is_true_of_its_day(due, case) and -28 <= due.days_left < 0 < due.open


def _long_missed(finding: DeadlinesMissed, case: Case) -> bool:
    days = [due.due_on for due in finding.dues]
    return days == sorted(days, reverse=True) and all(
        is_true_of_its_day(due, case) and due.days_left < 0 < due.open
        for due in finding.dues
    )


def _threatened(finding: DeadlineThreatened, case: Case) -> bool:
    due = finding.due
    ahead = 0 <= due.days_left <= 91
    return (
        is_true_of_its_day(due, case)
        and ahead
        and due.set > due.expected_by_steps
    )


def _kept(finding: DeadlineKept, case: Case) -> bool:
    due = finding.due
    return (
        is_true_of_its_day(due, case)
        and -28 <= due.days_left < 0 == due.open < due.set
    )


def _prospect(finding: GoalProspect, case: Case) -> bool:
    figures = measure(case.register, case.week, case.today)
    opds = [opd.figures for opd in figures.opds]
    chances = [one.goal_chance for one in opds if one.goal_chance is not None]
    still = sum(one.forecast.reason == "no_progress" for one in opds)
    late = {
        kind
        for kind in {opd.kind for opd in case.register.opds.values()}
        if _is_late(case, kind)
    }
    return (
        case.goal == finding.goal
        and finding.goal > case.day
        and finding.chance == figures.city.goal_chance
        and case.remaining(case.day) > 0
        and finding.unlikely == sum(chance < 0.15 for chance in chances)
        and finding.standing_still == still <= finding.unlikely
        and finding.since == case.rates_week.plus(-11).monday
        and {kind for kind, _ in finding.late_kinds} == late
    )


def _is_late(case: Case, kind: str) -> bool:
    scope = Scope("kind", kind)
    figures = measure_scope(case.register, scope, case.week, case.today)
    chance = figures.goal_chance
    return figures.remaining_steps > 0 and chance is not None and chance < 0.5


def _pace_turned(finding: PaceTurned, case: Case) -> bool:
    recent, before = finding.steps_recent, finding.steps_before
    word = {
        Pace.REGRESSING: recent < 0,
        Pace.STALLED: recent == 0,
        Pace.ACCELERATING: recent > before,
        Pace.SLOWING: 0 < recent < before,
    }
    return word[finding.pace] and _windows(finding, case)


def _pace_steady(finding: PaceSteady, case: Case) -> bool:
    return finding.steps_recent > 0 and _windows(finding, case)


def _windows(finding: PaceTurned | PaceSteady, case: Case) -> bool:
    weeks = finding.window_weeks
    recent = sum(case.steps(back) for back in range(weeks))
    before = sum(case.steps(back) for back in range(weeks, 2 * weeks))
    return 4 <= weeks <= 12 and (recent, before) == (
        finding.steps_recent,
        finding.steps_before,
    )


def _kinds_apart(finding: KindsApart, case: Case) -> bool:
    found: dict[str, list[int]] = {}
    opds: dict[str, set[str]] = {}
    for service in case.services(case.day):
        key = opd_at(case.register, service, case.day)
        kind = case.register.opds[key].kind
        found.setdefault(kind, []).append(case.points(service, case.day))
        opds.setdefault(kind, set()).add(key)
    indices = {
        kind: 100 * sum(points) / (2 * len(points))
        for kind, points in found.items()
        if len(opds[kind]) >= 3
    }
    counter = found[finding.lowest].count(0)
    return (
        indices[finding.lowest] == min(indices.values()) == finding.lowest_index
        and indices[finding.highest]
        == max(indices.values())
        == finding.highest_index
        and finding.highest_index - finding.lowest_index >= 20
        and (finding.conventional, finding.services)
        == (counter, len(found[finding.lowest]))
    )


def _all_done(finding: AllDone, case: Case) -> bool:
    services = case.services(case.day)
    return finding.services == len(services) > 0 == case.remaining(case.day)


def _in_opening(finding: InOpening, case: Case) -> bool:
    services = case.services(case.day)
    untold = [
        one for one in services if is_assumed(case.register, one, case.day)
    ]
    opds = {opd_at(case.register, one, case.day) for one in untold}
    counts = (finding.assumed, finding.services, finding.opds)
    return case.register.only_city.in_opening and counts == (
        len(untold),
        len(services),
        len(opds),
    )


def _standing(finding: Standing, case: Case) -> bool:
    points = [case.points(one, case.day) for one in case.services(case.day)]
    counts = (points.count(0), points.count(1), points.count(2))
    return (finding.conventional, finding.online, finding.integrated) == counts


def _not_yet(finding: NotYet, case: Case) -> bool:
    if finding.reason == "no_service":
        return not case.services(case.day)
    if finding.reason == "no_service_then":
        return not case.services(case.rates_week.sunday)
    if finding.reason == "no_goal":
        return case.goal is None
    weeks = [case.rates_week.plus(-back) for back in range(12)]
    steps = [
        measure(case.register, week, case.today).city.steps for week in weeks
    ]
    known = [one for one in steps if one is not None]
    if finding.reason == "too_little_history":
        return len(known) < 6
    return all(one <= 0 for one in known) and finding.since == weeks[-1]


CONDITIONS: Mapping[type[Any], Callable[[Any, Case], bool]] = {
    GoalMissed: _goal_missed,
    GoalDue: _goal_due,
    GoalMet: _goal_met,
    DeadlineJustMissed: _just_missed,
    DeadlinesMissed: _long_missed,
    DeadlineThreatened: _threatened,
    DeadlineKept: _kept,
    GoalProspect: _prospect,
    PaceTurned: _pace_turned,
    PaceSteady: _pace_steady,
    KindsApart: _kinds_apart,
    InOpening: _in_opening,
    AllDone: _all_done,
    NotYet: _not_yet,
    Standing: _standing,
}
