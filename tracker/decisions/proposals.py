"""What the register suggests to ask the leadership for, found by rule.

Each rule is a condition on the week's reading; `propose` applies them all and leaves out
what was asked for already. The thresholds are judgements: what one OPD can mend by itself
is no matter for the leadership, what five or more share is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from tracker.metrics.point_in_time import ServiceAt
from tracker.metrics.reading import WeekReading
from tracker.metrics.targets import expect_met_by_steps
from tracker.metrics.values import Deadline
from tracker.model import Application, Factor, Obstacle, Stage
from tracker.register import Register
from tracker.text import normalize_name, slugify

MANY_OPDS = 5
"""OPDs that share a matter before one decision for all of them is proposed."""
MANY_SERVICES = 3
"""Services that wait for the same application before a letter about it is proposed."""
WAITING = timedelta(days=28)
"""How long an obstacle of the leadership stays open before it is put to them."""
HORIZON_DAYS = 91
"""How far ahead targets are judged: as far as the weeks of the pace they are judged by."""

SOON, LATER = timedelta(days=7), timedelta(days=14)
"""How long the leadership has: a week for what is urgent, two for the rest."""


@dataclass(frozen=True)
class Proposal:
    """A decision that a rule suggests: about which services, and by when to decide.

    ``subject`` tells this proposal from others of its rule, also in another week and in
    another copy of the register.
    """

    rule: ClassVar[str]
    subject: str
    services: tuple[ServiceAt, ...]
    due_on: date

    @property
    def key(self) -> str:
        """What a decision keeps of the proposal that it came from."""
        return f"{self.rule}:{self.subject}"

    @property
    def opds(self) -> tuple[str, ...]:
        """The keys of the OPDs that it concerns, those with the most services first."""
        count: dict[str, int] = defaultdict(int)
        for at in self.services:
            count[at.opd] += 1
        return tuple(sorted(count, key=lambda opd: (-count[opd], opd)))

    @property
    def steps(self) -> int:
        """The steps to the single door that its services still have to make."""
        return sum(at.remaining for at in self.services)


@dataclass(frozen=True)
class TargetsAtRisk(Proposal):
    """Many OPDs are about to miss the same deadline."""

    rule = "at-risk"
    deadline: date
    total: int
    open: int
    """Targets of that day not met yet, of ``total``."""
    misses: int
    """Those that will not be met at the pace of the last 13 weeks, by steps alone."""


@dataclass(frozen=True)
class TargetsMissed(Proposal):
    """Targets of a month have passed unmet: date them anew, or withdraw them.

    ``deadlines`` are the days with unmet ones, ``total`` all targets from the first of them to
    the last.
    """

    rule = "missed"
    deadlines: tuple[date, ...]
    total: int
    open: int


@dataclass(frozen=True)
class LeadershipObstacle(Proposal):
    """What only the leadership can resolve has been open for weeks."""

    rule = "leadership"
    description: str
    since: date


@dataclass(frozen=True)
class SharedApplication(Proposal):
    """Several services wait for the same application.

    ``application`` is set if it belongs to nobody in the city, else ``description`` tells
    what they wait for.
    """

    rule = "application"
    application: Application | None
    description: str
    since: date


@dataclass(frozen=True)
class SharedService(Proposal):
    """Many OPDs of a kind offer the same services, each at its own counter."""

    rule = "family"
    kind: str
    opd_count: int
    """The OPDs that offer them, also those no longer at the counter."""
    families: int
    total: int


def propose_decisions(reading: WeekReading) -> list[Proposal]:
    """Return what could be asked for as of the reading's day, the most urgent rule first.

    Within a rule, what holds back the most steps comes first. A proposal that a decision
    came from, whatever became of it, is not made again. In the opening nothing is
    proposed: it would rest on stages that are only assumed.
    """
    if reading.city.in_opening:
        return []
    asked = {
        decision.proposal
        for decision in reading.register.decisions.values()
        if decision.asked_on <= reading.day
    }
    return [
        proposal
        for rule in RULES
        for proposal in sorted(
            rule(reading),
            key=lambda one: (-one.steps, one.key),
        )
        if proposal.key not in asked
    ]


def targets_at_risk(reading: WeekReading) -> Iterator[TargetsAtRisk]:
    """Propose a decision for each deadline ahead that `MANY_OPDS` or more will miss alike.

    It will be missed if fewer services than were set a target are expected to reach it. What
    was registered as met is no pace, here as in the verdict.
    """
    unmet = _find_unmet_by_day(reading)
    for day, deadlines in _by_day(reading.deadlines).items():
        days_left = (day - reading.day).days
        misses = sum(
            one.set
            - expect_met_by_steps(one, reading.registered_met[day, one.stage])
            for one in deadlines
        )
        if not misses or not 0 <= days_left <= HORIZON_DAYS:
            continue
        proposal = TargetsAtRisk(
            subject=str(day),
            services=_behind(reading, unmet, {day}),
            due_on=min(day, working_day(reading.day + SOON)),
            deadline=day,
            total=sum(one.set for one in deadlines),
            open=sum(one.open for one in deadlines),
            misses=misses,
        )
        if len(proposal.opds) >= MANY_OPDS:
            yield proposal


def targets_missed(reading: WeekReading) -> Iterator[TargetsMissed]:
    """Propose to date anew, or to withdraw, the targets of each past month still unmet."""
    months: dict[str, list[Deadline]] = defaultdict(list)
    for deadline in reading.deadlines:
        if deadline.due_on < reading.day and deadline.open:
            months[f"{deadline.due_on:%Y-%m}"].append(deadline)
    unmet = _find_unmet_by_day(reading)
    for month, deadlines in months.items():
        days = {one.due_on for one in deadlines}
        told = [
            one
            for one in reading.deadlines
            if min(days) <= one.due_on <= max(days)
        ]
        yield TargetsMissed(
            subject=month,
            services=_behind(reading, unmet, days),
            due_on=working_day(reading.day + LATER),
            deadlines=tuple(sorted(days)),
            total=sum(one.set for one in told),
            open=sum(one.open for one in told),
        )


def leadership_obstacles(reading: WeekReading) -> Iterator[LeadershipObstacle]:
    """Propose to decide each matter of the leadership that is open for `WAITING` or more."""
    for words, held in _by_description(
        _held(reading, Factor.LEADERSHIP),
    ).items():
        since = min(obstacle.opened_on for _, obstacle in held)
        if since <= reading.day - WAITING:
            yield LeadershipObstacle(
                subject=slugify(words),
                services=_services(held),
                due_on=working_day(reading.day + SOON),
                description=held[0][1].description,
                since=since,
            )


def shared_applications(reading: WeekReading) -> Iterator[SharedApplication]:
    """Propose a letter about each application that `MANY_SERVICES` or more wait for.

    Services wait for the same if their obstacles are described in the same words, else if
    they are offered through the same application of somebody outside the city.
    """
    held = _held(reading, Factor.APPLICATION)
    alike = {
        words: group
        for words, group in _by_description(held).items()
        if len(_services(group)) >= MANY_SERVICES
    }
    for words, group in alike.items():
        yield _shared(reading, slugify(words), group, None)
    told = {obstacle.id for group in alike.values() for _, obstacle in group}
    rest = [(at, obstacle) for at, obstacle in held if obstacle.id not in told]
    for application, group in _by_outside_application(reading.register, rest):
        if len(_services(group)) >= MANY_SERVICES:
            yield _shared(reading, application.code, group, application)


def shared_services(reading: WeekReading) -> Iterator[SharedService]:
    """Propose one decree for the services that `MANY_OPDS` or more of a kind offer alike.

    Only families of which a member is still at the counter count, and a kind in which
    `MANY_OPDS` or more have such a member.
    """
    kinds: dict[str, dict[str, list[ServiceAt]]] = defaultdict(
        lambda: defaultdict(list),
    )
    for at in reading.services:
        family = normalize_name(at.service.family or at.service.name)
        kinds[reading.register.opds[at.opd].kind][family].append(at)
    for kind, families in kinds.items():
        shared = [
            members
            for members in families.values()
            if _is_shared_counter(members)
        ]
        at_counter = [
            at for members in shared for at in members if _is_at_counter(at)
        ]
        if len({at.opd for at in at_counter}) >= MANY_OPDS:
            yield SharedService(
                subject=str(kind),
                services=tuple(at_counter),
                due_on=working_day(reading.day + LATER),
                kind=kind,
                opd_count=len({at.opd for members in shared for at in members}),
                families=len(shared),
                total=sum(map(len, shared)),
            )


RULES: Sequence[Callable[[WeekReading], Iterator[Proposal]]] = (
    targets_at_risk,
    targets_missed,
    leadership_obstacles,
    shared_services,
    shared_applications,
)
"""The rules, the most urgent first."""


def working_day(day: date) -> date:
    """Return ``day``, or the Monday after it if it is at a weekend."""
    return day + timedelta(
        days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0,
    )


def _by_day(deadlines: Sequence[Deadline]) -> dict[date, list[Deadline]]:
    """Group deadlines by day, whatever stage is to be reached."""
    days: dict[date, list[Deadline]] = defaultdict(list)
    for deadline in deadlines:
        days[deadline.due_on].append(deadline)
    return days


def _find_unmet_by_day(reading: WeekReading) -> dict[date, set[int]]:
    """Return the places in ``reading.services`` of those with an unmet target, by its day."""
    targets_of = reading.register.targets_of
    found: dict[date, set[int]] = defaultdict(set)
    for place, at in enumerate(reading.services):
        for target in targets_of.get(at.service.id, ()):
            if at.points < target.stage.points:
                found[target.due_on].add(place)
    return found


def _behind(
    reading: WeekReading,
    unmet: Mapping[date, Set[int]],
    days: Set[date],
) -> tuple[ServiceAt, ...]:
    """Return the services with an unmet target of one of the days, each once."""
    places = {place for day in days for place in unmet.get(day, ())}
    return tuple(reading.services[place] for place in sorted(places))


_Held = tuple[ServiceAt, Obstacle]


def _held(reading: WeekReading, factor: Factor) -> list[_Held]:
    """Return the services held back by open obstacles of a factor, with each obstacle."""
    return [
        (at, obstacle)
        for at in reading.services
        for obstacle in at.obstacles
        if obstacle.factor is factor
    ]


def _by_description(held: Sequence[_Held]) -> dict[str, list[_Held]]:
    """Group obstacles that are described in the same words, case and spacing aside."""
    found: dict[str, list[_Held]] = defaultdict(list)
    for at, obstacle in held:
        found[normalize_name(obstacle.description)].append((at, obstacle))
    return found


def _by_outside_application(
    register: Register,
    held: Sequence[_Held],
) -> list[tuple[Application, list[_Held]]]:
    """Group obstacles by their service's application, those of the city's OPDs left out."""
    found: dict[str, list[_Held]] = defaultdict(list)
    for at, obstacle in held:
        if at.service.application is not None:
            found[at.service.application].append((at, obstacle))
    applications = register.applications
    return [
        (applications[key], group)
        for key, group in found.items()
        if applications[key].opd is None
    ]


def _services(held: Sequence[_Held]) -> tuple[ServiceAt, ...]:
    """Return the services held, each once."""
    return tuple({at.service.id: at for at, _ in held}.values())


def _shared(
    reading: WeekReading,
    subject: str,
    held: Sequence[_Held],
    application: Application | None,
) -> SharedApplication:
    return SharedApplication(
        subject=subject,
        services=_services(held),
        due_on=working_day(reading.day + LATER),
        application=application,
        description=held[0][1].description,
        since=min(obstacle.opened_on for _, obstacle in held),
    )


def _is_at_counter(at: ServiceAt) -> bool:
    return at.stage is Stage.CONVENTIONAL


def _is_shared_counter(members: Sequence[ServiceAt]) -> bool:
    """Return whether many OPDs offer a service, one of them at least at its counter."""
    if len(members) < MANY_OPDS:
        return False
    many = len({at.opd for at in members}) >= MANY_OPDS
    return many and any(map(_is_at_counter, members))
