"""Each rule proposes where its condition holds, and nowhere else."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import HealthCheck, given, settings

from tests.depth import examples
from tests.tracker.builder import Builder
from tests.tracker.decisions.crowds import TODAY, crowds
from tracker.actions.decisions import AddDecisions
from tracker.actions.draft import Context
from tracker.actions.perform import perform
from tracker.actions.undo import Undo
from tracker.decisions.proposals import (
    LeadershipObstacle,
    Proposal,
    SharedApplication,
    SharedService,
    TargetsAtRisk,
    TargetsMissed,
    propose_decisions,
    working_day,
)
from tracker.decisions.wording import word_proposal
from tracker.history import opd_at, stage_at
from tracker.language import load_language
from tracker.metrics.reading import WeekReading
from tracker.model import Factor, Kind, Obstacle, Service, Stage, Target
from tracker.store.memory import MemoryStore
from tracker.week import Week

deeply = settings(
    max_examples=examples(8, 120),
    suppress_health_check=list(HealthCheck),
)


def proposed(reading: WeekReading, rule: type[Proposal]) -> dict[str, Proposal]:
    return {
        one.subject: one
        for one in propose_decisions(reading)
        if isinstance(one, rule)
    }


def has_reached(reading: WeekReading, target: Target, day: date) -> bool:
    service = reading.register.services[target.service]
    return (
        stage_at(reading.register, service, day).points >= target.stage.points
    )


def had_reached(reading: WeekReading, target: Target, day: date) -> bool:
    """Tell it of a service that may not have been registered yet."""
    service = reading.register.services[target.service]
    return service.registered_on <= day and has_reached(reading, target, day)


def is_met_at_once(service: Service, target: Target, since: date) -> bool:
    is_new = service.registered_on > since
    return is_new and service.stage.points >= target.stage.points


def opds_of(reading: WeekReading, services: set[str]) -> set[str]:
    register = reading.register
    return {opd_at(register, register.services[key], TODAY) for key in services}


def unmet(reading: WeekReading) -> list[Target]:
    targets = reading.register.targets.values()
    return [one for one in targets if not has_reached(reading, one, TODAY)]


def expected_misses(reading: WeekReading, day: date) -> int:
    """Count what the pace of the 13 weeks up to last Sunday leaves open, stage by stage.

    A target that was met on the day on which its service was registered is no pace.
    """
    sunday = Week.of(TODAY).plus(-1).sunday
    before = sunday - timedelta(weeks=13)
    services = reading.register.services
    misses = 0
    for stage in (Stage.ONLINE, Stage.INTEGRATED):
        targets = [
            one
            for one in reading.register.targets.values()
            if (one.due_on, one.stage) == (day, stage)
        ]
        left = sum(not has_reached(reading, one, TODAY) for one in targets)
        pace = sum(
            has_reached(reading, one, sunday)
            and not had_reached(reading, one, before)
            and not is_met_at_once(services[one.service], one, before)
            for one in targets
        )
        coming = Fraction(pace * max(0, (day - TODAY).days), 91)
        misses += left - min(left, int(coming))
    return misses


@deeply
@given(reading=crowds())
def test_deadlines_that_many_opds_will_miss_alike(reading: WeekReading) -> None:
    found = proposed(reading, TargetsAtRisk)
    for day in {target.due_on for target in reading.register.targets.values()}:
        late = {one.service for one in unmet(reading) if one.due_on == day}
        misses = expected_misses(reading, day)
        ahead = TODAY <= day <= TODAY + timedelta(days=91)
        holds = ahead and misses > 0 and len(opds_of(reading, late)) >= 5
        assert (str(day) in found) == holds
        if holds:
            proposal = found[str(day)]
            assert isinstance(proposal, TargetsAtRisk)
            assert proposal.misses == misses
            assert {at.service.id for at in proposal.services} == late
            assert TODAY <= proposal.due_on <= day


@deeply
@given(reading=crowds())
def test_targets_that_passed_unmet_are_to_be_dated_anew(
    reading: WeekReading,
) -> None:
    late: dict[str, list[Target]] = defaultdict(list)
    for target in unmet(reading):
        if target.due_on < TODAY:
            late[f"{target.due_on:%Y-%m}"].append(target)
    found = proposed(reading, TargetsMissed)
    assert found.keys() == late.keys()
    for month, targets in late.items():
        proposal = found[month]
        assert isinstance(proposal, TargetsMissed)
        assert proposal.open == len(targets)
        days = sorted(one.due_on for one in targets)
        asked = [
            one
            for one in reading.register.targets.values()
            if days[0] <= one.due_on <= days[-1]
        ]
        assert proposal.total == len(asked)
        assert {at.service.id for at in proposal.services} == {
            one.service for one in targets
        }


def matters(reading: WeekReading, factor: Factor) -> dict[str, list[Obstacle]]:
    found: dict[str, list[Obstacle]] = defaultdict(list)
    for obstacle in reading.register.obstacles.values():
        if obstacle.factor is factor:
            found["-".join(obstacle.description.lower().split())].append(
                obstacle
            )
    return found


@deeply
@given(reading=crowds())
def test_matters_of_the_leadership_are_proposed_by_their_age(
    reading: WeekReading,
) -> None:
    old = {
        words: min(one.opened_on for one in obstacles)
        for words, obstacles in matters(reading, Factor.LEADERSHIP).items()
        if any((TODAY - one.opened_on).days >= 28 for one in obstacles)
    }
    found = proposed(reading, LeadershipObstacle)
    since = {
        key: one.since
        for key, one in found.items()
        if isinstance(one, LeadershipObstacle)
    }
    assert since == old


@deeply
@given(reading=crowds())
def test_a_letter_is_proposed_where_three_services_wait_for_the_same(
    reading: WeekReading,
) -> None:
    register = reading.register
    expected: dict[str, set[str]] = {}
    rest: dict[str, set[str]] = defaultdict(set)
    for words, obstacles in matters(reading, Factor.APPLICATION).items():
        held = {one.service for one in obstacles}
        if len(held) >= 3:
            expected[words] = held
            continue
        for key in held:
            application = register.services[key].application
            if application is not None:
                rest[register.applications[application].code].add(key)
    expected |= {code: held for code, held in rest.items() if len(held) >= 3}
    found = proposed(reading, SharedApplication)
    assert {
        subject: {at.service.id for at in one.services}
        for subject, one in found.items()
    } == expected


def family_of(service: Service) -> str:
    return service.family or " ".join(service.name.casefold().split())


@deeply
@given(reading=crowds())
def test_one_decree_is_proposed_for_what_many_opds_of_a_kind_offer(
    reading: WeekReading,
) -> None:
    register = reading.register
    found = proposed(reading, SharedService)
    for kind in (Kind.KECAMATAN, Kind.DINAS):
        families: dict[str, list[Service]] = defaultdict(list)
        for service in register.services.values():
            if register.opds[service.opd].kind is kind:
                families[family_of(service)].append(service)
        counters = {
            family: {
                one.id
                for one in members
                if stage_at(register, one, TODAY) is Stage.CONVENTIONAL
            }
            for family, members in families.items()
            if len({one.opd for one in members}) >= 5
        }
        open_ones = set().union(*counters.values())
        holds = len(opds_of(reading, open_ones)) >= 5
        assert (str(kind) in found) == holds
        if holds:
            proposal = found[str(kind)]
            assert isinstance(proposal, SharedService)
            assert {at.service.id for at in proposal.services} == open_ones
            assert proposal.families == sum(
                bool(held) for held in counters.values()
            )


@deeply
@given(reading=crowds())
def test_no_proposal_is_made_twice(reading: WeekReading) -> None:
    """What was asked for is left out, in the words of any language, until it is taken back."""
    first = propose_decisions(reading)
    assert len({proposal.key for proposal in first}) == len(first)
    for code in ("id", "en"):
        language = load_language(code)
        drafts = tuple(
            word_proposal(one, reading.register.opds, language) for one in first
        )
        if not drafts:
            continue
        store = MemoryStore(reading.register)
        context = Context("rani", reading.register.only_city.recorded_at, TODAY)
        done = perform(store, AddDecisions(drafts, TODAY), context)
        assert (
            propose_decisions(WeekReading(done.register, reading.week, TODAY))
            == []
        )
        undone = perform(store, Undo(), context).register
        again = propose_decisions(WeekReading(undone, reading.week, TODAY))
        assert [one.key for one in again] == [one.key for one in first]


def test_a_long_name_and_a_long_matter_still_make_a_decision() -> None:
    city = Builder()
    city.opd("satu", name="x" * 300)
    city.service("a", "satu", "2026-01-05", name="y" * 300)
    city.obstacle("a", "2026-02-01", "leadership", description="z " * 4000)
    reading = WeekReading(city.register, Week.of(TODAY), TODAY)
    [proposal] = propose_decisions(reading)
    draft = word_proposal(proposal, city.register.opds, load_language("id"))
    context = Context("rani", city.register.only_city.recorded_at, TODAY)
    perform(MemoryStore(city.register), AddDecisions((draft,), TODAY), context)


def test_a_decision_falls_due_on_a_working_day() -> None:
    friday = date(2026, 11, 20)
    assert working_day(friday) == friday
    assert working_day(friday + timedelta(days=1)) == date(2026, 11, 23)
    assert working_day(friday + timedelta(days=2)) == date(2026, 11, 23)


def test_the_most_urgent_come_first_and_of_a_rule_what_holds_back_most() -> (
    None
):
    city = Builder()
    for number in range(6):
        code = f"s{number}"
        city.opd(f"opd{number}")
        city.service(
            code, f"opd{number}", "2026-01-05", name=f"Layanan {number}"
        )
        city.target(code, "2026-12-11", "online")
        city.obstacle(
            code, "2026-02-01", "leadership", description=f"hal {number // 4}"
        )
    reading = WeekReading(city.register, Week.of(TODAY), TODAY)
    assert [one.key for one in propose_decisions(reading)] == [
        "at-risk:2026-12-11",
        "leadership:hal-0",
        "leadership:hal-1",
    ]


def test_in_the_opening_nothing_is_proposed() -> None:
    city = Builder(in_opening=True)
    city.service("a", "satu", "2026-01-05")
    city.obstacle("a", "2026-02-01", "leadership", description="syarat")
    assert (
        propose_decisions(WeekReading(city.register, Week.of(TODAY), TODAY))
        == []
    )
