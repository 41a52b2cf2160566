"""A verdict is printed only where it is true, the most urgent finding first."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.tracker.builder import Builder
from tests.tracker.metrics.histories import History, histories
from tests.tracker.snapshot.conditions import Case, holds, is_true_of_its_day
from tracker.language import load_language
from tracker.metrics.values import Pace
from tracker.narration.chances import at_least, at_most
from tracker.publish.figures import target_bars
from tracker.register import Register
from tracker.snapshot import read_week
from tracker.snapshot.findings import (
    AllDone,
    DeadlineJustMissed,
    DeadlineKept,
    DeadlinesMissed,
    DeadlineThreatened,
    Finding,
    GoalDue,
    GoalMet,
    GoalMissed,
    GoalProspect,
    KindsApart,
    NotYet,
    PaceTurned,
    Standing,
)
from tracker.snapshot.verdict_short import word_finding_short
from tracker.snapshot.verdict_text import kind_name, word_finding
from tracker.week import Week

EN = load_language("en")
TODAY = date(2026, 5, 4)
W18 = Week(2026, 18)
"""The complete week before ``TODAY``."""


def findings(register: Register, today: date = TODAY) -> tuple[Finding, ...]:
    return read_week(register, W18, today).findings


def only(
    register: Register, kind: type[Finding], today: date = TODAY
) -> Finding:
    found = [one for one in findings(register, today) if isinstance(one, kind)]
    assert len(found) == 1
    return found[0]


def said(finding: Finding) -> str:
    led = word_finding(finding, EN)
    return f"{led.lead} {led.text}"


@settings(
    max_examples=examples(6, 100),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(histories())
def test_every_finding_is_true_of_the_facts(history: History) -> None:
    case = Case(history.register, history.week, history.today)
    value = read_week(history.register, history.week, history.today)
    for finding in value.findings:
        assert holds(finding, case), finding
    for due in value.deadlines:
        assert is_true_of_its_day(due, case), due


@settings(
    max_examples=examples(6, 60),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(histories())
def test_a_verdict_is_short_and_its_most_urgent_finding_comes_first(
    history: History,
) -> None:
    value = read_week(history.register, history.week, history.today)
    found = value.findings
    urgencies = [finding.urgency for finding in found]
    assert urgencies == sorted(urgencies)
    assert len(found) <= 4
    if value.figures.city.services:
        assert len(found) >= 2
    for finding in found:
        for led in (word_finding(finding, EN), word_finding_short(finding, EN)):
            assert led.lead
            assert not re.search(r"None|\{|\}", f"{led.lead} {led.text}")


@given(st.floats(0, 1))
def test_a_chance_is_said_to_be_at_least_or_at_most_what_it_is_and_never_certain(
    chance: float,
) -> None:
    assert int(at_least(chance, EN)) <= 100 * chance <= int(at_most(chance, EN))
    assert int(at_least(chance, EN)) < 100


def moving_city(goal: str | None = "2029-12-31", services: int = 40) -> Builder:
    """A city of one OPD in which a service goes online every week."""
    city = Builder(goal=goal)
    for number in range(services):
        city.service(f"a-{number}", "dinkes", "2025-09-01")
    for number in range(min(services, 33)):
        day = Week(2025, 37).plus(number).monday
        city.move(f"a-{number}", day, "online")
    return city


def test_a_deadline_that_the_pace_will_not_meet_is_at_risk() -> None:
    city = moving_city()
    for number in range(25, 40):
        city.target(f"a-{number}", "2026-05-24", "online")
    finding = only(city.register, DeadlineThreatened)
    assert said(finding) == (
        "The target of 24 May 2026 is at risk. 8 of 15 met, 7 open, 21 days left. At the pace "
        "of the last 13 weeks (8 met, 3 of them in the last four) 6 will be missed."
    )


@pytest.mark.parametrize(
    ("found_online", "missed"), [(3, "7 will"), (20, "1 will"), (40, "0 will")]
)
def test_what_the_stock_taking_found_hides_no_deadline_at_risk(
    found_online: int, missed: str
) -> None:
    city = Builder()
    for number in range(10):
        city.service(f"a-{number}", "dinkes", "2026-04-06")
        city.target(f"a-{number}", "2026-06-02", "online")
    for number in range(2):
        city.move(f"a-{number}", "2026-04-20", "online")
    for number in range(found_online):
        city.service(f"b-{number}", "dinkes", "2026-04-06", "online")
        city.target(f"b-{number}", "2026-06-02", "online")
    finding = only(city.register, DeadlineThreatened)
    assert word_finding_short(finding, EN).text.endswith("8 will be missed.")
    [bar] = target_bars(read_week(city.register, W18, TODAY).deadlines, EN)
    assert bar.words.endswith("8 will be missed")
    text = said(finding)
    assert f"({found_online + 2} met, " in text
    assert missed in text
    assert text.endswith(
        f"{found_online} of the {found_online + 2} were met already when they were registered: "
        "at the pace of the others 8 will be missed."
    )


def test_of_the_deadlines_at_risk_the_next_is_told() -> None:
    city = Builder()
    city.service("a", "dinkes", "2025-09-01")
    for due_on in ("2026-06-30", "2026-05-31"):
        city.target("a", due_on, "online")
    found = only(city.register, DeadlineThreatened)
    assert said(found).startswith("The target of 31 May 2026 is at risk.")


def test_a_deadline_that_the_pace_meets_is_not_at_risk() -> None:
    city = moving_city()
    for number in range(20, 34):
        city.target(f"a-{number}", "2026-05-24", "online")
    assert not any(
        isinstance(one, DeadlineThreatened) for one in findings(city.register)
    )


@pytest.mark.parametrize(
    ("days", "at_risk"), [(-1, False), (0, True), (91, True), (92, False)]
)
def test_a_deadline_is_at_risk_from_a_quarter_ahead_to_its_very_day(
    days: int, at_risk: bool
) -> None:
    city = Builder()
    city.service("a", "dinkes", "2025-09-01")
    city.target("a", TODAY + timedelta(days=days - 1), "online")
    found = {type(one) for one in findings(city.register)}
    assert (DeadlineThreatened in found) is at_risk


def test_a_missed_deadline_is_called_missed_for_as_long_as_it_is_open() -> None:
    city = moving_city()
    city.target("a-0", "2026-04-20", "integrated")
    city.target("a-1", "2026-01-31", "integrated")
    city.target("a-2", "2026-01-31", "online")
    assert said(only(city.register, DeadlineJustMissed)).startswith(
        "The target of 20 April 2026 is missed. 0 of 1 met, 0 of them on time; 1 late by 13 days"
    )
    assert said(only(city.register, DeadlinesMissed)).startswith(
        "The target of 31 January 2026 is missed. 1 of 2 met, 1 of them on time; 1 late by 92"
    )


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (("dinas",), False),
        (("dinas", "kecamatan"), True),
        (("dinas", "kecamatan", "badan"), False),
        (("dinas", "kecamatan", "badan", "dinas"), True),
    ],
)
def test_the_kind_with_half_of_the_open_targets_is_named_where_others_have_some(
    kinds: tuple[str, ...], told: bool
) -> None:
    city = Builder()
    for number, kind in enumerate(kinds):
        city.opd(f"opd-{number}", kind=kind)
        city.service(f"a-{number}", f"opd-{number}", "2025-09-01")
        city.target(f"a-{number}", "2026-06-02", "online")
    text = said(only(city.register, DeadlineThreatened))
    named = f"{kinds.count('dinas')} of the {len(kinds)} lie with this kind of OPD: department"
    assert (named in text) is told
    assert ("lie with" in text) is told


@pytest.mark.parametrize(
    ("days", "kept", "missed"),
    [
        (28, [DeadlineKept], [DeadlineJustMissed]),
        (29, [], [DeadlinesMissed]),
    ],
)
def test_a_deadline_that_has_passed_is_news_for_four_weeks(
    days: int, kept: list[type[Finding]], missed: list[type[Finding]]
) -> None:
    """A kept one is then told no more, a missed one among the older ones."""
    due_on = W18.sunday - timedelta(days=days)
    told = {DeadlineKept, DeadlineJustMissed, DeadlinesMissed}
    for stage, expected in (("online", kept), ("integrated", missed)):
        city = moving_city(goal=None)
        city.target("a-0", due_on, stage)
        found = [type(one) for one in findings(city.register)]
        assert [one for one in found if one in told] == expected


def test_of_the_days_that_were_kept_the_last_is_told() -> None:
    city = moving_city(goal=None)
    for number, due_on in enumerate(("2026-04-13", "2026-04-20")):
        city.target(f"a-{number}", due_on, "online")
    finding = only(city.register, DeadlineKept)
    assert said(finding).startswith("All targets of 20 April 2026 are met.")


@pytest.mark.parametrize(
    ("goal", "lead"),
    [
        ("2029-12-31", "The goal of 31 December 2029 is within reach."),
        (
            "2026-06-01",
            "The goal of 1 June 2026 is more likely missed than met.",
        ),
    ],
)
def test_a_goal_ahead_is_judged_by_its_chance(goal: str, lead: str) -> None:
    assert said(only(moving_city(goal).register, GoalProspect)).startswith(lead)


@pytest.mark.parametrize(
    ("earlier", "words"),
    [
        ([], ""),
        (["2026-03-02"], " Of earlier days 1 more target is late."),
        (
            ["2026-03-02", "2026-02-02"],
            " Of earlier days 2 more targets are late.",
        ),
    ],
)
def test_all_days_missed_before_the_last_are_counted_together(
    earlier: list[str], words: str
) -> None:
    city = moving_city()
    for number, due in enumerate(["2026-03-20", *earlier]):
        city.service(f"late-{number}", "dinkes", "2026-01-05")
        city.target(f"late-{number}", due)
    assert said(only(city.register, DeadlinesMissed)) == (
        "The target of 20 March 2026 is missed. 0 of 1 met, 0 of them on time; "
        f"1 late by 44 days, in 1 OPD.{words}"
    )


def test_a_goal_that_the_city_makes_but_not_its_slowest_opd_hangs_on_it() -> (
    None
):
    city = moving_city()
    city.service("b", "rests", "2025-09-01")
    assert said(only(city.register, GoalProspect)) == (
        "The goal of 31 December 2029 hangs on the slowest. For the steps of all OPDs taken "
        "together its chance is at least 99 in 100; the city is done only with its last OPD. But of 2 "
        "OPDs 1 has a chance of its own below 15 in 100; 1 of "
        "them without a week of progress since 9 February 2026."
    )


def test_the_opds_of_a_goal_are_those_of_every_chance() -> None:
    city = moving_city()
    found = only(city.register, GoalProspect)
    assert isinstance(found, GoalProspect)
    chances = replace(found, likely=2, open=3, unlikely=5, unknown=7)
    assert chances.opds == 17


@pytest.mark.parametrize(("days", "late"), [(-1, ["kecamatan"]), (0, [])])
def test_a_kind_with_an_even_chance_is_not_named_as_late(
    days: int, late: list[str]
) -> None:
    """Of a service that half of six weeks moved, the last step comes next week as likely as not."""
    goal = W18.sunday + timedelta(weeks=1, days=days)
    city = Builder(goal=goal)
    city.opd("cibiru", kind="kecamatan")
    first = W18.plus(-6).monday
    for service in ("domisili", "pindah"):
        city.service(service, "cibiru", first)
    for weeks, service, stage in (
        (1, "domisili", "online"),
        (3, "domisili", "integrated"),
        (5, "pindah", "online"),
    ):
        city.move(service, first + timedelta(weeks=weeks), stage)

    found = only(city.register, GoalProspect)
    assert isinstance(found, GoalProspect)
    assert found.chance == (0.5 if days == 0 else 0)
    assert [kind for kind, _ in found.late_kinds] == late
    assert ("district (kecamatan) (around May 2026)" in said(found)) is bool(
        late
    )


@pytest.mark.parametrize(
    ("chance", "lead"),
    [
        (0.49, "is more likely missed than met."),
        (0.5, "is open."),
        (0.84, "is open."),
        (0.85, "is within reach."),
    ],
)
def test_a_goal_is_open_from_an_even_chance_to_one_that_is_likely(
    chance: float, lead: str
) -> None:
    found = only(moving_city().register, GoalProspect)
    assert isinstance(found, GoalProspect)
    assert f"31 December 2029 {lead}" in said(replace(found, chance=chance))


def test_where_nobody_stands_still_that_is_not_told() -> None:
    found = only(moving_city().register, GoalProspect)
    assert isinstance(found, GoalProspect)
    text = said(replace(found, unlikely=2, standing_still=0))
    assert "2 have a chance of their own below 15 in 100. " in f"{text} "


def test_a_citys_own_kind_keeps_its_name_within_a_sentence() -> None:
    assert [kind_name(one, EN) for one in ("BUMD", "dinas")] == [
        "BUMD",
        "department (dinas)",
    ]


def test_a_late_kind_without_a_date_is_told_without_one() -> None:
    found = only(moving_city("2026-06-01").register, GoalProspect)
    assert isinstance(found, GoalProspect)
    never = replace(found, late_kinds=(("kecamatan", None),))
    assert "district (kecamatan) (no date within five years)" in said(never)


def test_a_goal_is_missed_only_after_its_day() -> None:
    city = Builder(goal="2026-05-03")
    city.service("a", "dinkes", "2026-01-05", stage="online")
    assert not any(
        isinstance(one, GoalMissed) for one in findings(city.register)
    )
    assert said(only(city.register, GoalDue)) == (
        "The day of the goal, 3 May 2026, has come. 1 step remains on it."
    )
    later = read_week(city.register, W18.plus(1), date(2026, 5, 11)).findings
    assert isinstance(later[0], GoalMissed)


def test_no_page_passes_over_a_goal() -> None:
    """Before its day, on it and after it every page says how the goal stands."""
    told = (GoalProspect, GoalDue, GoalMissed, GoalMet)
    monday = date(2026, 4, 27)
    for days in range(-8, 15):
        goal = monday + timedelta(days=days)
        register = moving_city(str(goal)).register
        for today in (monday, W18.sunday, TODAY):
            for week in (Week.of(today), Week.of(today).plus(-1)):
                found = read_week(register, week, today).findings
                of_goal = [one for one in found if isinstance(one, told)]
                assert len(of_goal) == 1, (goal, week, today)


def test_a_goal_that_was_met_stays_met_when_a_service_joins_later() -> None:
    city = Builder(goal="2026-04-26")
    city.service("a", "dinkes", "2026-01-05", stage="integrated")
    city.service("b", "dinkes", "2026-04-29")
    assert any(isinstance(one, GoalMet) for one in findings(city.register))
    assert not any(isinstance(one, AllDone) for one in findings(city.register))


def test_a_city_that_stands_still_is_told_since_when() -> None:
    city = Builder(goal="2029-12-31")
    city.service("a", "dinkes", "2025-09-01")
    found = [said(one) for one in findings(city.register)]
    assert (
        "No forecast. Since 9 February 2026 no week has ended with progress: no date can be "
        "given." in found
    )
    assert any(isinstance(one, PaceTurned) for one in findings(city.register))


def test_steps_forward_and_back_that_cancel_out_are_told_as_a_net_number() -> (
    None
):
    city = Builder()
    city.service("a", "dinkes", "2025-09-01")
    for number in range(6):
        city.move("a", Week(2026, 7 + 2 * number).monday, "online")
        city.move("a", Week(2026, 8 + 2 * number).monday, "conventional")
    turned = only(city.register, PaceTurned)
    assert isinstance(turned, PaceTurned)
    assert turned.pace is Pace.STALLED
    assert said(turned).startswith(
        "The city is standing still. 0 net steps in the last 12 complete weeks"
    )


@pytest.mark.parametrize(("online", "apart"), [(2, True), (1, False)])
def test_kinds_are_far_apart_from_twenty_index_points_on(
    online: int, apart: bool
) -> None:
    """Of five services in each OPD two that are online make 20 points."""
    city = Builder()
    for number in range(3):
        city.opd(f"kec-{number}", kind="kecamatan")
        for place in range(5):
            stage = "online" if place < online else "conventional"
            for opd in (f"kec-{number}", f"dinas-{number}"):
                own = stage if opd.startswith("dinas") else "conventional"
                city.service(f"{opd}-{place}", opd, "2026-04-06", stage=own)
    found = {type(one) for one in findings(city.register)}
    assert (KindsApart in found) is apart


def test_kinds_far_apart_are_told_with_what_is_still_at_the_counter() -> None:
    city = Builder()
    for number in range(3):
        city.opd(f"kec-{number}", kind="kecamatan")
        city.service(f"k-{number}", f"kec-{number}", "2026-04-06")
        city.service(
            f"d-{number}", f"dinas-{number}", "2026-04-06", stage="online"
        )
    assert said(only(city.register, KindsApart)).endswith(
        "District (kecamatan): index 0.0, 3 of 3 services still at the counter; department "
        "(dinas): index 50.0."
    )


def test_a_kind_of_one_opd_is_no_story() -> None:
    city = Builder()
    city.opd("itda", kind="inspektorat")
    city.service("i", "itda", "2026-04-06", stage="integrated")
    city.service("d", "dinkes", "2026-04-06")
    assert not any(
        isinstance(one, KindsApart) for one in findings(city.register)
    )


@pytest.mark.parametrize("in_opening", [False, True])
def test_a_register_without_services_says_so_and_no_more(
    in_opening: bool,
) -> None:
    city = Builder(in_opening=in_opening)
    assert findings(city.register) == (NotYet("no_service", None),)


def test_an_opening_in_which_all_have_answered_can_be_closed() -> None:
    city = Builder(in_opening=True)
    city.service("a", "dinkes", "2026-04-06")
    assert said(findings(city.register)[0]) == (
        "The opening is not closed: nothing counts as a step yet. All have answered; closing "
        "it starts the history."
    )


@pytest.mark.parametrize(
    ("goal", "found"),
    [
        (
            "2029-12-31",
            (NotYet("too_little_history", None), Standing(1, 0, 1, 0)),
        ),
        (None, (NotYet("too_little_history", None), NotYet("no_goal", None))),
    ],
)
def test_where_a_new_city_stands_is_told_where_little_else_is_told_of_it(
    goal: str | None, found: tuple[Finding, ...]
) -> None:
    city = Builder(goal=goal)
    city.service("a", "dinkes", "2026-04-28", stage="online")
    assert findings(city.register) == found


def test_an_opening_that_is_not_closed_comes_first() -> None:
    city = Builder(in_opening=True)
    city.service("a", "dinkes", "2026-04-06", assumed=True)
    city.service("b", "dinkes", "2026-04-06")
    first = findings(city.register)[0]
    assert holds(first, Case(city.register, W18, TODAY))
    assert said(first) == (
        "The opening is not closed: nothing counts as a step yet. Not told yet: 1 of 2 "
        "services, in 1 OPD."
    )
