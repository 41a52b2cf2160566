"""No service is offered by an OPD from the day on which that OPD was retired."""

import pytest

from tests.tracker.actions.world import TODAY, City, day
from tests.tracker.builder import Builder
from tracker.actions.draft import Action
from tracker.actions.moves import CorrectFact, MoveServices, WithdrawFact
from tracker.actions.opds import EditOPD, MergeOPD, RetireOPD
from tracker.actions.services import (
    EditService,
    ReopenServices,
    RetireServices,
    TransferServices,
)
from tracker.actions.undo import Redo, Undo
from tracker.history import opd_at
from tracker.model import Stage
from tracker.register import Register
from tracker.rules import check_register

CANNOT = "was retired on 2026-06-01 and cannot offer it on"


def merged_city() -> City:
    """Dinkes was merged into dishub in June, when izin was closed."""
    city = City()
    city.do(RetireServices(("izin",), day("2026-05-04")))
    city.do(MergeOPD("dinkes", "dishub", day("2026-06-01")))
    return city


def owner(city: City, service: str) -> str:
    found = city.register.service_codes[service]
    return city.register.opds[opd_at(city.register, found, TODAY)].code


def test_a_service_closed_at_a_merge_reopens_where_the_others_went() -> None:
    city = merged_city()
    city.do(ReopenServices(("izin",), day("2026-07-06")))
    assert owner(city, "izin") == "dishub"
    assert check_register(city.register, TODAY) == []
    city.do(Undo())
    assert len(city.register.transfers) == 1


def test_a_merge_is_followed_through_another() -> None:
    city = merged_city()
    city.do(MergeOPD("dishub", "arsip", day("2026-06-08")))
    city.do(ReopenServices(("izin",), day("2026-06-05")))
    assert owner(city, "izin") == "arsip"


def test_a_service_reopens_with_the_opd_that_is_named() -> None:
    city = merged_city()
    city.do(ReopenServices(("izin",), day("2026-07-06"), "arsip"))
    assert owner(city, "izin") == "arsip"


def test_a_service_whose_opd_has_no_successor_reopens_with_one_that_is_named() -> (
    None
):
    city = City()
    city.do(RetireServices(("kir",), day("2026-05-04")))
    city.do(RetireOPD("dishub", day("2026-06-01")))
    said = city.refused(ReopenServices(("kir",), day("2026-07-06")))
    assert said.startswith(
        "kir was with dishub, which was retired on 2026-06-01: name the OPD"
    )
    assert "was retired on" in city.refused(
        ReopenServices(("kir",), day("2026-07-06"), "dishub")
    )
    city.do(ReopenServices(("kir",), day("2026-07-06"), "dinkes"))
    assert owner(city, "kir") == "dinkes"


def test_a_service_that_reopened_before_the_end_went_with_the_merge() -> None:
    city = City()
    city.do(RetireServices(("izin",), day("2026-05-04")))
    city.do(ReopenServices(("izin",), day("2026-05-18")))
    assert len(city.register.transfers) == 0
    city.do(MergeOPD("dinkes", "dishub", day("2026-06-01")))
    assert owner(city, "izin") == "dishub"


@pytest.mark.parametrize(
    "action",
    [
        CorrectFact("9", {"until": "2026-07-06"}),
        CorrectFact("8", {"opd": "dinkes"}),
        CorrectFact("11", {"on": "2026-06-02"}),
        CorrectFact("11", {"opd": "dinkes"}),
        WithdrawFact("11", "salah"),
        WithdrawFact("9", "salah"),
    ],
)
def test_no_correction_lets_a_retired_opd_offer_a_service(
    action: Action,
) -> None:
    city = merged_city()
    assert CANNOT in city.refused(action)


def test_an_end_is_put_right_where_nothing_was_offered_after_it() -> None:
    city = merged_city()
    assert "still offers services on 2026-05-31" in city.refused(
        EditOPD("dinkes", {"retired_on": "2026-05-31"})
    )
    assert "cannot offer it on" in city.refused(
        CorrectFact("2", {"retired_on": "2026-05-31"})
    )
    city.do(CorrectFact("2", {"retired_on": "2026-06-03"}))


def test_what_was_ended_is_not_ended_again() -> None:
    city = merged_city()
    assert "was retired on" in city.refused(RetireOPD("dinkes", TODAY))
    assert "was retired on" in city.refused(MergeOPD("dinkes", "arsip", TODAY))


def test_an_end_is_done_again_only_where_nothing_came_meanwhile() -> None:
    city = City()
    city.do(RetireOPD("arsip", day("2026-06-01")))
    city.do(Undo())
    city.do(TransferServices(("izin",), "arsip", day("2026-07-06")), by="budi")
    assert CANNOT in city.refused(Redo())


def troubled() -> Register:
    """A register of before the rule: kir was reopened with an OPD that was no more."""
    city = Builder()
    city.opd("dishub", retired_on=day("2026-06-01"))
    city.opd("dinkes")
    city.service("kir", "dishub", "2026-01-05")
    city.closure("kir", "2026-05-04", "2026-07-06")
    return city.register


def test_an_old_register_that_breaks_the_rule_is_told_of_and_hinders_nothing_else() -> (
    None
):
    city = City(troubled())
    (problem,) = check_register(city.register, TODAY)
    assert str(problem.message).startswith(
        "kir: dishub was retired on 2026-06-01 and cannot offer it on 2026-07-06"
    )
    assert problem.fact in city.register.closures
    city.do(EditService("kir", {"owner": "Budi"}))
    city.do(MoveServices(("kir",), Stage.ONLINE, day("2026-08-03")))
    city.do(EditOPD("dishub", {"contact": "Umi"}))
    city.do(TransferServices(("kir",), "dinkes", day("2026-07-06")))
    assert check_register(city.register, TODAY) == []
