from datetime import date

import pytest
from msgspec.structs import replace

from tests.tracker.actions.world import City, day
from tracker.actions.applications import IntegrateApplication
from tracker.actions.draft import Action
from tracker.actions.moves import (
    CorrectFact,
    MoveServices,
    VerifyServices,
    WithdrawFact,
)
from tracker.actions.opds import AddOPD, MergeOPD
from tracker.actions.services import AddService, EditService
from tracker.actions.targets_obstacles import SetTargets
from tracker.actions.undo import Redo, Undo, undo_stacks
from tracker.model import TABLES, Stage
from tracker.register import Register
from tracker.snapshot import take
from tracker.week import Week


def state(register: Register) -> dict[str, dict[str, object]]:
    return {
        table: dict(register.table(table)) for table in TABLES if table != "log"
    }


def test_a_bulk_action_is_taken_back_whole() -> None:
    city = City()
    before = state(city.register)
    city.do(MergeOPD("dinkes", "dishub", day("2026-06-01")))
    after = state(city.register)
    undone = city.do(Undo())
    assert state(city.register) == before
    assert undone.entry is not None
    assert undone.entry.action == "undo"
    city.do(Redo())
    assert state(city.register) == after


def test_there_may_be_nothing_to_undo_or_redo() -> None:
    city = City()
    assert "nothing of rani's to undo" in city.refused(Undo())
    assert "nothing of rani's to redo" in city.refused(Redo())


def test_something_new_ends_what_could_be_redone() -> None:
    city = City()
    city.do(AddOPD("Badan Satu"))
    city.do(Undo())
    city.do(AddOPD("Badan Dua"))
    assert "nothing of rani's to redo" in city.refused(Redo())
    assert "badan-satu" not in city.register.opd_codes


def test_one_undoes_ones_own_last_action_not_the_last_of_all() -> None:
    city = City()
    city.do(AddOPD("Badan Satu"))
    city.do(AddOPD("Badan Dua"), by="budi")
    city.do(Undo())
    assert "badan-dua" in city.register.opd_codes
    assert "badan-satu" not in city.register.opd_codes


@pytest.mark.parametrize("again", [False, True])
def test_what_another_changed_since_comes_first(again: bool) -> None:
    city = City()
    city.do(EditService("izin", {"owner": "Rani"}))
    city.do(EditService("izin", {"owner": "Budi"}), by="budi")
    assert (
        "budi has changed the same entry since (service changed)"
        in city.refused(Undo())
    )
    if again:
        city.do(Undo(), by="budi")
        city.do(Undo())
        assert city.register.service_codes["izin"].owner == ""


def test_what_later_entries_of_others_rest_on_stays() -> None:
    city = City()
    city.do(AddOPD("Badan Satu"))
    city.do(AddService("badan-satu", "Layanan", day("2026-06-01")), by="budi")
    assert "rest on this one" in city.refused(Undo())
    assert "badan-satu" in city.register.opd_codes


FIRST, LATER = day("2026-06-01"), day("2026-07-06")


@pytest.mark.parametrize("later", [FIRST, LATER])
@pytest.mark.parametrize(
    "action",
    [
        MoveServices(("akta", "kir"), Stage.INTEGRATED, FIRST),
        IntegrateApplication("salaman", FIRST),
    ],
)
def test_a_later_move_of_another_rests_on_the_one_before_it(
    action: Action,
    later: date,
) -> None:
    city = City()
    city.do(action)
    city.do(MoveServices(("akta",), Stage.ONLINE, later), by="budi")
    assert "budi has moved akta since" in city.refused(Undo())
    city.do(Undo(), by="budi")
    city.do(Undo())
    assert city.stage("akta") is Stage.ONLINE
    city.do(MoveServices(("akta",), Stage.CONVENTIONAL, later), by="budi")
    assert "budi has moved akta since" in city.refused(Redo())


def test_a_correction_that_a_later_move_was_decided_on_stays() -> None:
    city = City()
    city.do(MoveServices(("izin",), Stage.INTEGRATED, FIRST))
    city.do(CorrectFact(max(city.register.moves), {"stage": "online"}))
    city.do(MoveServices(("izin",), Stage.INTEGRATED, LATER), by="budi")
    assert "budi has moved izin since" in city.refused(Undo())


def test_what_says_nothing_of_a_later_move_does_not_rest_on_it() -> None:
    city = City()
    city.do(MoveServices(("izin",), Stage.ONLINE, LATER))
    city.do(VerifyServices(("izin",), LATER))
    city.do(
        MoveServices(("izin",), Stage.CONVENTIONAL, FIRST, "surat"), by="budi"
    )
    city.do(MoveServices(("kir",), Stage.ONLINE, LATER), by="budi")
    city.do(Undo())
    city.do(MoveServices(("izin",), Stage.INTEGRATED, LATER), by="budi")
    city.do(Redo())
    assert city.register.moves[min(city.register.moves)].verified_on == LATER


def test_an_undo_may_not_leave_what_no_rule_allows() -> None:
    city = City()
    city.do(AddOPD("Badan Satu"))
    city.do(Undo())
    city.do(AddOPD("Badan Satu"), by="budi")
    assert "already taken" in city.refused(Redo())


def test_what_was_withdrawn_comes_back_as_it_was() -> None:
    city = City()
    city.do(
        MoveServices(
            ("izin",), Stage.ONLINE, day("2026-06-01"), evidence="surat"
        )
    )
    there = state(city.register)
    city.do(WithdrawFact(max(city.register.moves), "salah"))
    city.do(Undo())
    assert state(city.register) == there


def test_a_published_week_is_no_action() -> None:
    city = City()
    city.do(AddOPD("Badan Satu"))
    take(city.store, Week.parse("2026-W46"), city.context())
    city.do(Undo())
    assert "badan-satu" not in city.register.opd_codes
    assert len(city.register.snapshots) == 1


def test_the_stacks_of_a_log_that_has_lost_entries_can_be_told() -> None:
    city = City()
    city.do(SetTargets(("izin",), Stage.ONLINE, day("2026-12-01")))
    lost = max(city.register.log)
    city.do(Undo())
    city.do(Redo())
    register = city.register.changed({"log": {lost: None}})
    done, undone = undo_stacks(register, "rani")
    assert [entry.action for entry in done] == ["redo"]
    assert undone == []


@pytest.mark.parametrize("again", [False, True])
def test_what_another_has_decided_since_stands_though_it_is_the_same_again(
    again: bool,
) -> None:
    city = City()
    city.do(EditService("izin", {"owner": "Satu"}))
    if again:
        city.do(EditService("izin", {"owner": "Dua"}))
        city.do(Undo())
    city.do(EditService("izin", {"owner": "Tiga"}), by="budi")
    city.do(EditService("izin", {"owner": "Satu"}), by="budi")
    assert "budi has changed the same entry since" in city.refused(
        Redo() if again else Undo()
    )
    city.do(Undo(), by="budi")
    city.do(Undo(), by="budi")
    city.do(Redo() if again else Undo())
    assert city.register.service_codes["izin"].owner == ("Dua" if again else "")


def test_what_was_changed_by_hand_since_is_not_taken_back() -> None:
    city = City()
    city.do(EditService("izin", {"owner": "Satu"}))
    city.do(EditService("izin", {"owner": "Dua"}), by="budi")
    city.do(Undo(), by="budi")
    service = replace(
        city.register.service_codes["izin"], owner="dengan tangan"
    )
    edited = City(city.register.changed({"services": {service.id: service}}))
    assert "has changed the same entry since" in edited.refused(Undo())
    assert edited.register.service_codes["izin"].owner == "dengan tangan"
