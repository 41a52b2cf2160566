import pytest

from tests.tracker.actions.world import TODAY, City, day
from tests.tracker.builder import Builder
from tracker.actions.applications import IntegrateApplication, RetireApplication
from tracker.actions.city import AddMilestone
from tracker.actions.draft import Action
from tracker.actions.moves import CorrectFact, MoveServices, VerifyServices
from tracker.actions.notices import find_notices
from tracker.actions.opening import CloseOpening
from tracker.actions.services import EditService
from tracker.actions.targets_obstacles import SetTargets
from tracker.changes import audit_log
from tracker.language import load_language
from tracker.model import Stage

EN = load_language("en")


def told(city: City, action: Action) -> list[str]:
    """Carry out an action and return what its maker is told of it."""
    register = city.do(action).register
    return [
        str(notice)
        for notice in find_notices(
            register, next(audit_log(register)).changes, TODAY
        )
    ]


def city_of_salaman() -> City:
    """A city in which all services use an application that went behind the single door in June."""
    city = City()
    for service in ("izin", "kir"):
        city.do(EditService(service, {"application": "salaman"}))
    city.do(IntegrateApplication("salaman", day("2026-06-01")))
    return city


@pytest.mark.parametrize("on", ["2026-05-04", "2026-06-01", "2026-11-19"])
def test_what_goes_online_through_an_integrated_application_may_be_integrated(
    on: str,
) -> None:
    said = told(
        city_of_salaman(), MoveServices(("kir", "izin"), Stage.ONLINE, day(on))
    )
    assert said == [
        "salaman is behind the single door since 2026-06-01: izin, kir may be integrated already."
    ]


def test_a_correction_to_online_is_told_too() -> None:
    city = city_of_salaman()
    assert (
        told(city, MoveServices(("kir",), Stage.INTEGRATED, day("2026-07-06")))
        == []
    )
    (said,) = told(
        city, CorrectFact(max(city.register.moves), {"stage": "online"})
    )
    assert "kir may be integrated already" in said
    assert (
        told(city, CorrectFact(max(city.register.moves), {"note": "surat"}))
        == []
    )


def test_there_is_nothing_to_tell_where_it_does_not_stay_or_goes_another_way() -> (
    None
):
    assert (
        told(
            City(), MoveServices(("akta", "kir"), Stage.ONLINE, TODAY, "surat")
        )
        == []
    )
    city = city_of_salaman()
    assert (
        told(
            city,
            MoveServices(("akta",), Stage.ONLINE, day("2026-05-04"), "surat"),
        )
        == []
    )
    city.do(RetireApplication("salaman", day("2026-07-06")))
    assert (
        told(city, MoveServices(("kir",), Stage.ONLINE, day("2026-07-06")))
        == []
    )


def test_long_lists_are_cut_short() -> None:
    builder = Builder()
    builder.application("lapor", integrated_on="2026-06-01")
    codes = tuple(f"s{number}" for number in range(7))
    for code in codes:
        builder.service(code, "dinkes", "2026-01-05", application="lapor")
    (said,) = told(
        City(builder.register), MoveServices(codes, Stage.ONLINE, TODAY)
    )
    assert "s0, s1, s2, s3, s4, … may be" in said


def test_a_verification_that_went_with_its_claim_is_told() -> None:
    city = City()
    city.do(MoveServices(("izin",), Stage.ONLINE, day("2026-06-01")))
    city.do(VerifyServices(("izin",), day("2026-06-03")))
    (said,) = told(
        city, CorrectFact(max(city.register.moves), {"stage": "integrated"})
    )
    assert (
        said
        == "izin: what was verified on 2026-06-03 was another claim; verify this one anew."
    )


def test_a_target_that_is_reached_already_is_told() -> None:
    city = City()
    city.do(MoveServices(("kir",), Stage.ONLINE, day("2026-07-06")))
    later = day("2027-01-01")
    assert told(city, SetTargets(("kir", "izin"), Stage.ONLINE, later)) == [
        "Reached already: kir."
    ]
    assert told(city, SetTargets(("kir",), Stage.INTEGRATED, later)) == []


def say_all(city: City, action: Action) -> list[str]:
    register = city.do(action).register
    changes = next(audit_log(register)).changes
    return [EN.say(one) for one in find_notices(register, changes, TODAY)]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2036-11-19", []),
        (
            "2036-11-20",
            [
                "More than 10 years ahead: 20 Nov 2036. Correct it if another year was meant."
            ],
        ),
    ],
)
def test_a_day_that_nobody_plans_for_is_told(due: str, said: list[str]) -> None:
    target = SetTargets(("kir", "izin"), Stage.INTEGRATED, day(due))
    assert say_all(City(), target) == said


def test_a_day_of_another_age_is_told_whatever_it_dates() -> None:
    city = City()
    thirty_years_ago = AddMilestone(day("1996-11-18"), "Perwal lama")
    assert say_all(city, thirty_years_ago) == []
    milestone = AddMilestone(day("1962-01-05"), "Perwal baru")
    assert say_all(city, milestone) == [
        "More than 30 years ago: 5 Jan 1962. Correct it if another year was meant."
    ]
    edit = CorrectFact(
        max(city.register.milestones), {"text": "Perwal baru, sah"}
    )
    assert say_all(city, edit) == []


def test_an_opening_that_is_closed_before_any_service_is_told() -> None:
    empty = City(Builder(in_opening=True).register)
    assert told(empty, CloseOpening(TODAY)) == [
        "The opening is closed before any service was entered: those that are entered now "
        "join on their day. `undo` opens it again."
    ]
    begun = Builder(in_opening=True)
    begun.service("ktp", "dukcapil", "2026-01-05")
    assert told(City(begun.register), CloseOpening(TODAY)) == []


def test_where_services_begin_is_told_of_stages_alone() -> None:
    begun = Builder(in_opening=True)
    begun.service("ktp", "dukcapil", "2026-01-05")
    city = City(begun.register)
    assert told(city, EditService("ktp", {"name": "KTP elektronik"})) == []
    [said] = told(city, MoveServices(("ktp",), Stage.ONLINE, TODAY))
    assert "where services begin" in said
