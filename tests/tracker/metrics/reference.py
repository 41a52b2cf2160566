"""A slow, plain reading of what every figure means, to hold the quick one against.

It walks day by day and week by week over the raw tables, in exact fractions, and knows neither the
register's indexes nor the code under test. Docstrings repeat the definitions that they carry out.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from tests.tracker.metrics import slow_outlook
from tests.tracker.metrics.story import DAY, Story, days
from tracker.metrics.values import Scope
from tracker.model import Factor
from tracker.register import Register
from tracker.week import Week


def reference(
    register: Register,
    scope: Scope,
    week: Week,
    today: date,
    *,
    with_record: bool = True,
) -> dict[str, Any]:
    """Return every figure of a scope by name.

    Counts are int, other numbers Fraction, and what does not exist is None.
    """
    reading = Reading(register, scope, week, today)
    record = reading.track_record() if with_record else None
    broken = (
        record is not None
        and record["made"] is not None
        and Fraction(record["kept"]["p85"], record["made"]) < Fraction(70, 100)
    )
    figures = {
        **reading.standing(),
        **reading.promises(),
        **reading.movement(),
        **reading.against_the_goal(),
        **reading.pace(),
        **reading.facts(),
        "goal_chance": reading.goal_chance(),
        "forecast": reading.forecast(broken),
        "obstacles": reading.obstacles(),
        "verified_share": reading.verified_share(),
        "flow": reading.flow(week)._asdict(),
        "track_record": record,
    }
    if scope.what == "opd":
        figures["silent_weeks"] = reading.silent_weeks()
    if scope.what == "city":
        figures["goal_outcome"] = reading.goal_outcome()
        figures["on_course"] = reading.on_course()
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
            (story.service.registered_on for story in self.stories),
            default=self.d,
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
            (Week.of(day) for day, members in self.calendar.items() if members),
            None,
        )

    def after_start(self, week: Week) -> bool:
        """The figures of movement exist only for weeks after the one in which the history starts."""
        return self.start is not None and week > self.start

    def index(self, d: date) -> Fraction | None:
        """100 × Σ points / (2 × services)."""
        members = self.members(d)
        return share(
            100 * sum(story.points(d) for story in members), 2 * len(members)
        )

    def remaining(self, d: date) -> int:
        """Σ remaining, that is 2 − points."""
        return sum(2 - story.points(d) for story in self.members(d))

    # Where a scope stands

    def standing(self) -> dict[str, Any]:
        """Where the scope stands at d."""
        d, members = self.d, self.members(self.d)
        counts = [
            sum(story.points(d) == points for story in members)
            for points in (0, 1, 2)
        ]
        visits = [
            story.visits(d) for story in members if story.visits(d) is not None
        ]
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
            "stalled": sum(self.stands_still(story, d) for story in members),
        }

    def _saved(
        self, members: list[tuple[Story, float | None, float | None]]
    ) -> Fraction:
        """Σ volume × max(0, baseline − value at d), over services where all three are known."""
        total = Fraction(0)
        for story, baseline, value in members:
            volume = story.service.volume
            if (
                volume is not None
                and baseline is not None
                and value is not None
            ):
                total += volume * max(
                    Fraction(0), Fraction(baseline) - Fraction(value)
                )
        return total

    def stands_still(self, story: Story, d: date) -> bool:
        """Active, not integrated, and in its stage for at least 84 days (a setting) at d."""
        return (
            story.active(d)
            and story.points(d) < 2
            and story.held(story.entered(d), d)
            >= self.register.only_city.stalled_after
        )

    def facts(self) -> dict[str, Any]:
        """The chapters that are read apart."""
        from tests.tracker.metrics.slow_facts import facts

        return facts(self)

    def promises(self) -> dict[str, Any]:
        """Active services with a target passed without the stage reached, or due within 27 days."""
        d, overdue, due_soon = self.d, 0, 0
        for story in self.members(d):
            due = [
                t.due_on
                for t in story.targets
                if story.points(d) < t.stage.points
            ]
            overdue += any(day < d for day in due)
            due_soon += any(d <= day <= d + 27 * DAY for day in due)
        return {"overdue": overdue, "due_soon": due_soon}

    def obstacles(self) -> dict[str, Any]:
        """Per factor: open obstacles, the services that they hold, and those services' remaining steps."""
        found = {}
        for factor in Factor:
            held = {
                story: self._open(story, factor)
                for story in self.members(self.d)
            }
            held = {story: count for story, count in held.items() if count}
            found[factor.value] = {
                "open": sum(held.values()),
                "services": len(held),
                "remaining_steps": sum(
                    2 - story.points(self.d) for story in held
                ),
                "blocked_days": sum(
                    self._blocked(story, factor)
                    for story in self.members(self.d)
                ),
            }
        return found

    def _blocked(self, story: Story, factor: Factor) -> int:
        """The days of the last 91 up to d on which an obstacle was open, summed."""
        return sum(
            o.opened_on <= day and not (o.resolved_on and o.resolved_on <= day)
            for o in story.found_obstacles
            if o.factor == factor
            for day in days(self.d - 90 * DAY, self.d)
        )

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
        past = [
            story for story in self.members(self.d) if story.points(self.d) > 0
        ]
        return share(sum(story.verified(self.d) for story in past), len(past))

    # How it moves

    def flow(self, week: Week) -> Flow:
        """The week's reconciliation, read once."""
        if week not in self._flows:
            self._flows[week] = self._flow(week)
        return self._flows[week]

    @cached_property
    def _flows(self) -> dict[Week, Flow]:
        return {}

    def _flow(self, week: Week) -> Flow:
        """What joined, left and moved, summed over the week's days; opening and closing points."""
        s, e = week.monday - DAY, self.end(week)
        joined = left = forward = backward = 0
        for day in days(s + DAY, e):
            yesterday, now = self.members(day - DAY), self.members(day)
            joined += sum(
                story.points_before(day)
                for story in now
                if story not in yesterday
            )
            left += sum(
                story.points(day - DAY)
                for story in yesterday
                if story not in now
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
            before, after = (
                self.index(self.week.monday - DAY),
                self.index(self.d),
            )
            index_change = (
                None if before is None or after is None else after - before
            )
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

    @cached_property
    def weeks(self) -> list[Week]:
        """The complete weeks since the scope's start, up to the rates week."""
        if self.start is None:
            return []
        count = self.start.until(self.rates_week)
        return [self.start.plus(number) for number in range(1, count + 1)]

    @cached_property
    def known_steps(self) -> list[int]:
        """The steps of these weeks."""
        return [
            self.flow(week).forward - self.flow(week).backward
            for week in self.weeks
        ]

    def pace(self) -> dict[str, Any]:
        """One word, judged at the end of the rates week, in this order; and its windows."""
        d, windows = (
            self.rates_week.sunday,
            slow_outlook.windows(self.known_steps),
        )
        figures: dict[str, Any] = {
            "window_weeks": windows and len(windows[0]),
            "steps_recent": windows and sum(windows[0]),
            "steps_before": windows and sum(windows[1]),
        }
        if not self.members(d):
            return {**figures, "pace": None}
        if self.remaining(d) == 0:
            return {**figures, "pace": "done"}
        word = "new" if windows is None else slow_outlook.word(*windows)
        return {**figures, "pace": word}

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
        ratio = (
            None if velocity is None or required == 0 else velocity / required
        )
        return {"required_velocity": required, "pace_ratio": ratio}

    # When it will be done

    def reason(self) -> str | None:
        """Why a forecast has no figures, first that holds."""
        end = self.rates_week.sunday
        if not self.members(end):
            return "no_service"
        if self.remaining(end) == 0:
            return "done"
        if len(self.weeks) < 6:
            return "too_little_history"
        return None if max(self.known_steps[-12:]) > 0 else "no_progress"

    def forecast(self, broken: bool) -> dict[str, Any]:
        """The first Sundays by which the urn of the last 12 weeks makes all the steps."""
        reason = self.reason()
        if reason is not None:
            nothing: dict[str, Any] = dict.fromkeys(("p50", "p85", "p95"))
            return {**nothing, "reason": reason, "caution": ()}
        steps, remaining = (
            self.known_steps[-12:],
            self.remaining(self.rates_week.sunday),
        )
        sundays = {
            name: None if weeks is None else self.rates_week.plus(weeks).sunday
            for name, weeks in slow_outlook.first_weeks(
                tuple(steps), remaining
            ).items()
        }
        return {
            **sundays,
            "reason": "beyond_horizon" if sundays["p95"] is None else None,
            "caution": [
                *self._cautions(),
                *(["promises_broken"] if broken else []),
            ],
        }

    def _cautions(self) -> list[str]:
        weeks, steps = self.weeks[-12:], self.known_steps[-12:]
        forward = [self.flow(week).forward for week in weeks]
        brought = sum(self.joined_remaining(week) for week in weeks)
        breaks = [
            m.on for m in self.register.milestones.values() if m.method_break
        ]
        cautions = {
            "one_week_dominates": max(forward) > Fraction(sum(forward), 2),
            "growing_scope": brought > Fraction(sum(steps), 4) and brought > 0,
            "method_break": any(
                week.monday <= on <= week.sunday
                for week in weeks
                for on in breaks
            ),
            "parts_stand_still": any(
                part.reason() == "no_progress" for part in self.parts
            ),
        }
        return [caution for caution, holds in cautions.items() if holds]

    @cached_property
    def parts(self) -> list["Reading"]:
        """The OPDs of the city or of a kind."""
        kinds = {"city": None, "kind": self.scope.key}
        if self.scope.what not in kinds:
            return []
        kind = kinds[self.scope.what]
        return [
            Reading(self.register, Scope("opd", opd.id), self.week, self.today)
            for opd in self.register.opds.values()
            if kind is None or opd.kind == kind
        ]

    def goal_chance(self) -> Fraction | None:
        """P(S(t) ≥ R) for t the whole weeks from the rates week's Sunday to the goal."""
        goal, end = self.register.only_city.goal, self.rates_week.sunday
        reason = self.reason()
        if goal is None or goal <= end or (goal - end).days > 260 * 7:
            return None
        if reason in {"no_service", "too_little_history"}:
            return None
        if reason is not None:
            return Fraction(reason == "done")
        steps, weeks = self.known_steps[-12:], (goal - end).days // 7
        return slow_outlook.chance_by(tuple(steps), self.remaining(end), weeks)

    def track_record(self) -> dict[str, Any]:
        """What came of the forecasts made 13 weeks ahead."""
        remaining = [self.remaining(week.sunday) for week in self.weeks]
        return slow_outlook.track_record(self.known_steps, remaining)

    # Of the city

    def goal_outcome(self) -> str | None:
        """Judged at the end of the goal date."""
        goal, d = self.register.only_city.goal, self.d
        if goal is None or d < goal:
            return None
        if self.members(goal) and self.remaining(goal) == 0:
            return "met"
        return "missed" if d > goal else None

    def on_course(self) -> dict[str, int]:
        """The OPDs with active services at the end of the rates week, by their chance."""
        found = dict.fromkeys(("likely", "open", "unlikely", "unknown"), 0)
        for part in self.parts:
            if part.members(self.rates_week.sunday):
                found[_course(part.goal_chance())] += 1
        return found

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


def _course(chance: Fraction | None) -> str:
    if chance is None:
        return "unknown"
    if chance >= Fraction(85, 100):
        return "likely"
    return "open" if chance >= Fraction(15, 100) else "unlikely"
