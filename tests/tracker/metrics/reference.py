"""A slow, plain reading of what every figure means, to hold the quick one against.

It walks day by day and week by week over the raw tables, in exact fractions, and knows neither the
register's indexes nor the code under test. Docstrings repeat the definitions that they carry out.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any, NamedTuple

from tests.tracker.metrics.story import DAY, Story, days
from tracker.metrics.values import Scope
from tracker.model import Factor, Stage
from tracker.register import Register
from tracker.week import Week


def reference(
    register: Register, scope: Scope, week: Week, today: date
) -> dict[str, Any]:
    """Return every figure of a scope by name: counts as int, other numbers as Fraction, else None."""
    reading = Reading(register, scope, week, today)
    figures = {
        **reading.standing(),
        **reading.promises(),
        **reading.movement(),
        **reading.against_the_goal(),
        "pace": reading.pace(),
        "forecast": reading.forecast(),
        "stage_times": reading.stage_times(),
        "obstacles": reading.obstacles(),
        "verified_share": reading.verified_share(),
        "flow": reading.flow(week)._asdict(),
    }
    if scope.what == "opd":
        figures["silent_weeks"] = reading.silent_weeks()
    if scope.what == "city":
        figures["reporting_share"] = reading.reporting_share()
    return figures


def share(part: int | Fraction, whole: int | Fraction) -> Fraction | None:
    """A share over nothing is null."""
    return Fraction(part) / Fraction(whole) if whole else None


def mean(values: list[Any]) -> Fraction | None:
    """A null week inside a window makes the mean null."""
    if not values or any(value is None for value in values):
        return None
    return sum(map(Fraction, values)) / Fraction(len(values))


class Flow(NamedTuple):
    """The week's reconciliation."""

    opening: int
    joined: int
    left: int
    forward: int
    backward: int
    closing: int


@dataclass(frozen=True, eq=False)
class Reading:
    """A scope read as of a week: as of its Sunday; the running week as of today."""

    register: Register
    scope: Scope
    week: Week
    today: date

    @cached_property
    def d(self) -> date:
        """The day as of which the week is read."""
        return self.end(self.week)

    def end(self, week: Week) -> date:
        """The Sunday of the week; of the running week today."""
        return min(week.sunday, self.today)

    @cached_property
    def rates_week(self) -> Week:
        """The last complete week at or before the one asked for (complete from the Monday after)."""
        week = self.week
        while not week.sunday < self.today:
            week = week.plus(-1)
        return week

    @cached_property
    def stories(self) -> list[Story]:
        """Every service of the register."""
        return [
            Story.of(self.register, service)
            for service in self.register.services.values()
        ]

    def belongs(self, story: Story, d: date) -> bool:
        """A scope is the whole city, one OPD, one kind of OPD, one application, or one tag."""
        key = self.scope.key
        match self.scope.what:
            case "city":
                return True
            case "opd":
                return story.opd(d) == key
            case "kind":
                return self.register.opds[story.opd(d)].kind == key
            case "tag":
                return key in story.service.tags
            case "app":
                return story.service.application == key
            case "services":
                return story.service.id in self.scope.services

    @cached_property
    def calendar(self) -> dict[date, list[Story]]:
        """The scope's active services, day by day from the first registration to d."""
        first = min(
            (story.service.registered_on for story in self.stories), default=self.d
        )
        return {
            day: [
                story
                for story in self.stories
                if story.active(day) and self.belongs(story, day)
            ]
            for day in days(first, self.d)
        }

    def members(self, d: date) -> list[Story]:
        """The scope's active services on a day."""
        return self.calendar.get(d, [])

    @cached_property
    def start(self) -> Week | None:
        """The week in which the first service entered the scope (registered or transferred in)."""
        return next(
            (Week.of(day) for day, members in self.calendar.items() if members), None
        )

    def after_start(self, week: Week) -> bool:
        """The figures of movement exist only for weeks after the one in which the history starts."""
        return self.start is not None and week > self.start

    def index(self, d: date) -> Fraction | None:
        """100 × Σ points / (2 × services)."""
        members = self.members(d)
        return share(100 * sum(story.points(d) for story in members), 2 * len(members))

    def remaining(self, d: date) -> int:
        """Σ remaining, that is 2 − points."""
        return sum(2 - story.points(d) for story in self.members(d))

    # Where a scope stands

    def standing(self) -> dict[str, Any]:
        """Where the scope stands at d."""
        d, members = self.d, self.members(self.d)
        counts = [
            sum(story.points(d) == points for story in members) for points in (0, 1, 2)
        ]
        visits = [story.visits(d) for story in members if story.visits(d) is not None]
        volumes = [
            (s.service.volume, s.points(d))
            for s in members
            if s.service.volume is not None
        ]
        weight = sum(volume for volume, _ in volumes)
        return {
            "services": len(members),
            "conventional": counts[0],
            "online": counts[1],
            "integrated": counts[2],
            "digital_share": share(counts[1] + counts[2], len(members)),
            "single_door_share": share(counts[2], len(members)),
            "index": self.index(d),
            "index_by_volume": share(
                100 * sum(v * points for v, points in volumes), 2 * weight
            ),
            "volume_coverage": share(len(volumes), len(members)),
            "remaining_steps": self.remaining(d),
            "visit_free_share": share(sum(v == 0 for v in visits), len(visits)),
            "visit_coverage": share(len(visits), len(members)),
            "visits_avoided": self._saved(
                [(s, s.service.visits, s.visits(d)) for s in members]
            ),
            "days_saved": self._saved(
                [(s, s.service.days, s.days(d)) for s in members]
            ),
            "stalled": sum(self._stands_still(story) for story in members),
        }

    def _saved(
        self, members: list[tuple[Story, float | None, float | None]]
    ) -> Fraction:
        """Σ volume × max(0, baseline − value at d), over services where all three are known."""
        total = Fraction(0)
        for story, baseline, value in members:
            volume = story.service.volume
            if volume is not None and baseline is not None and value is not None:
                total += volume * max(Fraction(0), Fraction(baseline) - Fraction(value))
        return total

    def _stands_still(self, story: Story) -> bool:
        """Not integrated, and in its stage for at least 84 days at d (the threshold is a setting)."""
        held = story.held(story.entered(self.d), self.d)
        return (
            story.points(self.d) < 2 and held >= self.register.only_city.stalled_after
        )

    def promises(self) -> dict[str, Any]:
        """Active services with a target passed without the stage reached, or due within 27 days."""
        d, overdue, due_soon = self.d, 0, 0
        for story in self.members(d):
            due = [t.due_on for t in story.targets if story.points(d) < t.stage.points]
            overdue += any(day < d for day in due)
            due_soon += any(d <= day <= d + 27 * DAY for day in due)
        return {"overdue": overdue, "due_soon": due_soon}

    def obstacles(self) -> dict[str, Any]:
        """Per factor: open obstacles, the services that they hold, and those services' remaining steps."""
        found = {}
        for factor in Factor:
            held = {story: self._open(story, factor) for story in self.members(self.d)}
            held = {story: count for story, count in held.items() if count}
            found[factor.value] = {
                "open": sum(held.values()),
                "services": len(held),
                "remaining_steps": sum(2 - story.points(self.d) for story in held),
            }
        return found

    def _open(self, story: Story, factor: Factor) -> int:
        """Open at d: opened_on ≤ d and not resolved by d."""
        return sum(
            o.factor == factor
            and o.opened_on <= self.d
            and not (o.resolved_on and o.resolved_on <= self.d)
            for o in story.found_obstacles
        )

    def verified_share(self) -> Fraction | None:
        """Of the services past conventional, those whose last move is verified by d."""
        past = [story for story in self.members(self.d) if story.points(self.d) > 0]
        return share(sum(story.verified(self.d) for story in past), len(past))

    def stage_times(self) -> dict[str, Any]:
        """Over forward exits made while active in the scope, after d − 182 days and on or before d."""
        held: dict[Stage, list[int]] = {Stage.CONVENTIONAL: [], Stage.ONLINE: []}
        for story in self.stories:
            for stage, day, length in story.exits():
                if self.d - 182 * DAY < day <= self.d and story in self.members(day):
                    held[stage].append(length)
        return {
            stage.value: {
                "median_days": _smallest(lengths, Fraction(1, 2)),
                "p85_days": _smallest(lengths, Fraction(17, 20)),
                "count": len(lengths),
            }
            for stage, lengths in held.items()
        }

    # How it moves

    def flow(self, week: Week) -> Flow:
        """What joined, left and moved, summed over the week's days; opening and closing points."""
        s, e = week.monday - DAY, self.end(week)
        joined = left = forward = backward = 0
        for day in days(s + DAY, e):
            yesterday, now = self.members(day - DAY), self.members(day)
            joined += sum(
                story.points_before(day) for story in now if story not in yesterday
            )
            left += sum(
                story.points(day - DAY) for story in yesterday if story not in now
            )
            made = [step for story in now for step in story.steps(day)]
            forward += sum(step for step in made if step > 0)
            backward -= sum(step for step in made if step < 0)
        opening = sum(story.points(s) for story in self.members(s))
        closing = sum(story.points(e) for story in self.members(e))
        return Flow(opening, joined, left, forward, backward, closing)

    def joined_remaining(self, week: Week) -> int:
        """The remaining steps that services joining in the week brought."""
        return sum(
            2 - story.points_before(day)
            for day in days(week.monday, self.end(week))
            for story in self.members(day)
            if story not in self.members(day - DAY)
        )

    def steps(self, week: Week) -> int | None:
        """Steps are a number, 0 included, in every week after the start."""
        flow = self.flow(week)
        return flow.forward - flow.backward if self.after_start(week) else None

    def progress(self, week: Week) -> Fraction | None:
        """100 × steps / (2 × services at e)."""
        steps = self.steps(week)
        return (
            None
            if steps is None
            else share(100 * steps, 2 * len(self.members(self.end(week))))
        )

    def velocity(self, week: Week) -> Fraction | None:
        """The mean of progress over the last 4 complete weeks; null with fewer than 4."""
        return mean([self.progress(week.plus(-back)) for back in range(4)])

    def acceleration(self, week: Week) -> Fraction | None:
        """velocity(w) − velocity(w − 4 weeks); null with fewer than 8."""
        now, then = self.velocity(week), self.velocity(week.plus(-4))
        return None if now is None or then is None else now - then

    def movement(self) -> dict[str, Any]:
        """The week's own movement, and the rates of the last complete week at or before it."""
        index_change = progress = None
        if self.after_start(self.week):
            before, after = self.index(self.week.monday - DAY), self.index(self.d)
            index_change = None if before is None or after is None else after - before
            progress = self.progress(self.week)
        return {
            "steps": self.steps(self.week),
            "index_change": index_change,
            "progress": progress,
            "scope_effect": None
            if index_change is None or progress is None
            else index_change - progress,
            "velocity": self.velocity(self.rates_week),
            "acceleration": self.acceleration(self.rates_week),
            "steps_per_week": mean(
                [self.steps(self.rates_week.plus(-back)) for back in range(4)]
            ),
        }

    def pace(self) -> str | None:
        """One word, judged at the end of the rates week, in this order."""
        d = self.rates_week.sunday
        velocity, then = (
            self.velocity(self.rates_week),
            self.velocity(self.rates_week.plus(-4)),
        )
        if not self.members(d):
            return None
        if self.remaining(d) == 0:
            return "done"
        if velocity is None or then is None:
            return "new"
        if velocity <= 0:
            return "regressing" if velocity < 0 else "stalled"
        r = (velocity - then) / max(abs(then), Fraction(1, 100))
        if r > Fraction(1, 10):
            return "accelerating"
        return "slowing" if r < -Fraction(1, 10) else "steady"

    def against_the_goal(self) -> dict[str, Any]:
        """(100 − index) / weeks from d to the goal date; velocity over it."""
        goal, index, velocity = (
            self.register.only_city.goal,
            self.index(self.d),
            self.velocity(self.rates_week),
        )
        if goal is None or goal <= self.d or index is None:
            return {"required_velocity": None, "pace_ratio": None}
        required = (100 - index) / Fraction((goal - self.d).days, 7)
        ratio = None if velocity is None or required == 0 else velocity / required
        return {"required_velocity": required, "pace_ratio": ratio}

    # When it will be done

    def forecast(self) -> dict[str, Any]:
        """The steps of the last 12 complete weeks since the start are the only assumption."""
        end = self.rates_week.sunday
        services, remaining = len(self.members(end)), self.remaining(end)
        weeks = [self.rates_week.plus(-back) for back in range(12)]
        weeks = [week for week in weeks if self.after_start(week)]
        steps = [self.flow(week).forward - self.flow(week).backward for week in weeks]
        nothing: dict[str, Any] = {"p50": None, "p85": None, "p95": None, "caution": ()}
        if not services:
            return {**nothing, "reason": "no_service"}
        if remaining == 0:
            return {**nothing, "reason": "done"}
        if len(weeks) < 6:
            return {**nothing, "reason": "too_little_history"}
        if max(steps) <= 0:
            return {**nothing, "reason": "no_progress"}
        sundays = {
            name: None if weeks_on is None else self.rates_week.plus(weeks_on).sunday
            for name, weeks_on in _weeks_until_done(
                remaining, 2 * services, steps
            ).items()
        }
        reason = "beyond_horizon" if sundays["p95"] is None else None
        return {**sundays, "reason": reason, "caution": self._cautions(weeks, steps)}

    def _cautions(self, weeks: list[Week], steps: list[int]) -> tuple[str, ...]:
        """One week made over half of the forward steps; joining brought over a quarter of Σ steps."""
        forward = [self.flow(week).forward for week in weeks]
        brought = sum(self.joined_remaining(week) for week in weeks)
        cautions = []
        if 2 * max(forward) > sum(forward):
            cautions.append("one_week_dominates")
        if 4 * brought > sum(steps):
            cautions.append("growing_scope")
        return tuple(cautions)

    # Heard from

    def heard(self, opd: str, week: Week) -> bool:
        """An OPD is heard from in a week by a report for it or by a move dated in it."""
        reported = any(
            r.opd == opd and Week.parse(r.week) == week
            for r in self.register.reports.values()
        )
        return reported or any(
            story.opd(move.on) == opd
            for story in self.stories
            for move in story.moves
            if week.monday <= move.on <= self.end(week)
        )

    def silent_weeks(self) -> int:
        """Complete weeks in a row in which it was not heard, back to its first week after its start."""
        week, silent = self.rates_week, 0
        while self.after_start(week) and not self.heard(self.scope.key, week):
            week, silent = week.plus(-1), silent + 1
        return silent

    def reporting_share(self) -> Fraction | None:
        """OPDs with active services heard from in the week asked for / OPDs with active services."""
        opds = {story.opd(self.d) for story in self.members(self.d)}
        return share(sum(self.heard(opd, self.week) for opd in opds), len(opds))


def _smallest(lengths: list[int], part: Fraction) -> int | None:
    """The ⌈part × n⌉-th smallest."""
    return sorted(lengths)[ceil(part * len(lengths)) - 1] if lengths else None


def _weeks_until_done(
    remaining: int, most: int, steps: list[int]
) -> dict[str, int | None]:
    """Count in how many of the equally likely courses of weeks each number of steps remains.

    Remaining falls by the drawn steps, never below 0 (absorbed: done) and never above ``most``.
    The first week counts at which P(done by t) reaches 0.50, 0.85, 0.95 (to within 1e-9).
    """
    wanted = {
        "p50": Fraction(50, 100),
        "p85": Fraction(85, 100),
        "p95": Fraction(95, 100),
    }
    found: dict[str, int | None] = dict.fromkeys(wanted)
    courses = {remaining: 1}
    for week in range(1, 261):
        after: dict[int, int] = {}
        for left, count in courses.items():
            for step in steps:
                then = 0 if left == 0 else min(most, max(0, left - step))
                after[then] = after.get(then, 0) + count
        courses = after
        done = Fraction(courses.get(0, 0), len(steps) ** week)
        for name, p in wanted.items():
            if found[name] is None and done >= p - Fraction(1, 10**9):
                found[name] = week
        if found["p95"] is not None:
            break
    return found
