"""The demonstration carries all that the model can carry, and nothing of it breaks a rule."""

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.demonstration import invented_city
from tracker.demo import TODAY, demo_register
from tracker.demo.published import LATE_WEEK
from tracker.demo.weeks import STANDSTILL
from tracker.history import stage_at, visits_at
from tracker.model import TABLES, Stage
from tracker.register import Register
from tracker.rules import check_register
from tracker.snapshot import find_revisions, missing_weeks
from tracker.snapshot.unexplained import find_unexplained
from tracker.week import Week


@pytest.fixture(scope="module")
def register() -> Register:
    return invented_city()


def test_it_is_the_same_every_time(register: Register) -> None:
    assert demo_register() == register


def test_it_says_that_it_is_illustrative(register: Register) -> None:
    assert register.only_city.illustrative
    assert register.only_city.today == TODAY
    assert all(
        "lustrasi" in (m.evidence + m.note) for m in register.moves.values()
    )
    assert all("lustrasi" in o.description for o in register.obstacles.values())


def test_it_breaks_no_rule(register: Register) -> None:
    assert check_register(register, TODAY) == []
    assert find_unexplained(register, TODAY) == []


def test_it_is_two_years_deep(register: Register) -> None:
    days = sorted(move.on for move in register.moves.values())
    assert days[-1] <= TODAY
    assert (days[-1] - days[0]).days > 720


# With members, whoever tries the demonstration would be nobody in it, and refused.
@pytest.mark.parametrize(
    "table", [name for name in TABLES if name != "members"]
)
def test_every_table_has_something(register: Register, table: str) -> None:
    assert register.table(table)


def test_services_move_back_too(register: Register) -> None:
    pairs = [
        pair for moves in register.moves_of.values() for pair in pairwise(moves)
    ]
    assert any(
        later.stage.points < earlier.stage.points for earlier, later in pairs
    )


def test_an_opd_was_merged_and_an_application_switched_off(
    register: Register,
) -> None:
    assert any(opd.retired_on for opd in register.opds.values())
    assert any(app.retired_on for app in register.applications.values())
    assert any(app.integrated_on for app in register.applications.values())


def test_a_service_was_retired_for_good_and_another_came_back(
    register: Register,
) -> None:
    ends = {closure.until is None for closure in register.closures.values()}
    assert ends == {True, False}


def test_some_services_are_online_and_still_want_a_visit(
    register: Register,
) -> None:
    online = [
        s
        for s in register.services.values()
        if stage_at(register, s, TODAY) is Stage.ONLINE
    ]
    assert any((visits_at(register, s, TODAY) or 0) > 0 for s in online)


def test_a_quarter_stood_still(register: Register) -> None:
    first, last = STANDSTILL
    moved = [
        m
        for m in register.moves.values()
        if first <= Week.of(m.on) <= last and "aplikasi" not in m.note
    ]
    assert len(moved) < 15
    assert (last.monday - first.monday) >= timedelta(weeks=12)


def test_claims_stand_beside_what_was_verified(register: Register) -> None:
    assert {move.verified_on is None for move in register.moves.values()} == {
        True,
        False,
    }
    assert any(
        milestone.method_break for milestone in register.milestones.values()
    )


def test_every_week_but_the_last_is_published_and_one_was_revised_by_a_late_entry(
    register: Register,
) -> None:
    assert len(missing_weeks(register, TODAY)) == 1
    revisions = find_revisions(register, TODAY)
    assert revisions
    assert [revision.week for revision in revisions] == [
        LATE_WEEK.plus(n) for n in range(len(revisions))
    ]


def test_volumes_are_those_of_a_city_of_two_and_a_half_million(
    register: Register,
) -> None:
    volumes = {s.code: s.volume for s in register.services.values() if s.volume}
    assert 3_000_000 < sum(volumes.values()) < 12_500_000
    assert max(volumes.values()) < 1_500_000
    letters = [
        n for code, n in volumes.items() if code.startswith("kecamatan-")
    ]
    assert 200_000 < sum(letters) < 1_500_000
    whistles = register.service_codes["inspektorat-wbs"]
    assert whistles.volume is None or whistles.volume < 150


def test_posts_answer_for_most_services_and_a_contact_for_most_opds(
    register: Register,
) -> None:
    owned = [service.owner for service in register.services.values()]
    assert 0.6 < sum(map(bool, owned)) / len(owned) < 0.9
    contacts = [opd.contact for opd in register.opds.values()]
    assert 0 < contacts.count("") < 10
    assert all("ilustrasi" in owner for owner in owned if owner)
    assert all(contact.endswith(".example") for contact in contacts if contact)


def test_the_letters_of_all_districts_are_one_family_each(
    register: Register,
) -> None:
    letters = [
        s for s in register.services.values() if s.code.startswith("kecamatan-")
    ]
    assert len({service.family for service in letters}) == 16
    assert all(service.family == service.name for service in letters)
