import pytest

from tests.tracker.actions.world import NOW, City, day
from tracker.actions.draft import Context
from tracker.actions.moves import MoveServices
from tracker.actions.opds import AddOPD, EditOPD, ReportOPDs
from tracker.actions.perform import perform, plan
from tracker.actions.registry import ACTIONS
from tracker.actions.services import EditService, RetireServices
from tracker.errors import Conflict, ProblemList
from tracker.model import Stage
from tracker.week import Week


def test_every_fact_is_signed_and_dated_by_the_one_who_acts() -> None:
    city = City()
    done = city.do(AddOPD("Badan Satu"), by="budi")
    opd = city.register.opd_codes["badan-satu"]
    assert done.entry is not None
    assert (opd.by, opd.recorded_at) == (done.entry.by, done.entry.recorded_at)
    assert opd.id < done.entry.id
    assert done.entry.changes == {"opds": {opd.id: None}}
    assert done.register is city.register


def test_what_differs_in_nothing_leaves_no_entry() -> None:
    city = City()
    before = city.register
    done = city.do(EditOPD("dinkes", {"name": "Dinas Kesehatan"}))
    assert done.entry is None
    assert city.register.log == before.log
    assert city.register.next_number == before.next_number


def test_a_plan_stores_nothing() -> None:
    city = City()
    before = city.register
    commit = plan(before, AddOPD("Badan Satu"), city.context())
    assert commit.entry is not None
    assert list(commit.changes) == ["opds"]
    assert city.register is before


def test_every_action_has_a_name_of_its_own() -> None:
    names = [action.name for action in ACTIONS]
    assert len(set(names)) == len(names)


def test_several_problems_are_all_told() -> None:
    city = City()
    with pytest.raises(ProblemList) as told:
        city.do(
            MoveServices(
                ("izin", "akta", "kir"), Stage.ONLINE, day("2026-01-04")
            )
        )
    assert [problem.values["service"] for problem in told.value.problems] == [
        "izin",
        "akta",
        "kir",
    ]


def test_what_was_wrong_before_hinders_nothing_else() -> None:
    city = City()
    context = Context("rani", NOW, day("2026-01-20"))
    commit = plan(
        city.register, EditService("izin", {"owner": "Budi"}), context
    )
    assert commit.entry is not None


def test_a_decision_on_what_somebody_has_changed_since_is_refused() -> None:
    city = City()
    seen = city.register
    city.do(EditService("izin", {"owner": "Budi"}), by="budi")
    with pytest.raises(
        Conflict, match=r"budi changed this on .* \(service changed\)"
    ):
        city.do(EditService("izin", {"volume": 10}), seen=seen)
    assert city.register.service_codes["izin"].volume is None


def test_a_move_on_a_history_that_has_changed_since_is_refused() -> None:
    city = City()
    seen = city.register
    city.do(MoveServices(("izin",), Stage.ONLINE, day("2026-06-01")), by="budi")
    with pytest.raises(
        Conflict, match=r"budi changed this on .* \(moved to a stage\)"
    ):
        city.do(
            MoveServices(("izin",), Stage.ONLINE, day("2026-06-01")), seen=seen
        )
    city.do(MoveServices(("kir",), Stage.ONLINE, day("2026-06-01")), seen=seen)


def test_what_others_did_elsewhere_is_no_conflict() -> None:
    city = City()
    seen = city.register
    city.do(AddOPD("Badan Satu"), by="budi")
    city.do(RetireServices(("kir",), day("2026-06-01")), by="budi")
    city.do(EditService("izin", {"owner": "Rani"}), seen=seen)
    city.do(ReportOPDs(("dinkes",), Week.parse("2026-W46")), seen=seen)


def test_the_same_decision_seen_fresh_goes_through() -> None:
    city = City()
    city.do(EditService("izin", {"owner": "Budi"}), by="budi")
    city.do(EditService("izin", {"owner": "Rani"}), seen=city.register)
    assert city.register.service_codes["izin"].owner == "Rani"


def test_what_is_stopped_before_it_is_written_is_not_kept() -> None:
    city = City()
    before = city.store.load()

    def stop() -> None:
        raise EOFError

    with pytest.raises(EOFError):
        perform(
            city.store, AddOPD("Badan Satu"), city.context("budi"), ready=stop
        )
    assert city.store.load() is before
