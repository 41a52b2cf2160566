"""What members may change, checked on an action's changes."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.tracker.actions.world import TODAY, City
from tracker.actions.city import ChangeCity
from tracker.actions.draft import Action
from tracker.actions.members import RemoveMember, SetMember
from tracker.actions.moves import (
    CorrectFact,
    MoveServices,
    VerifyServices,
    WithdrawFact,
)
from tracker.actions.opds import AddOPD, ReportOPDs
from tracker.actions.services import (
    AddService,
    EditService,
    RetireServices,
    TransferServices,
)
from tracker.actions.targets_obstacles import AddObstacles, SetTargets
from tracker.actions.undo import Undo
from tracker.model import Factor, Role, Stage
from tracker.week import Week

RECENT = TODAY - timedelta(days=3)
WEEK = Week.of(TODAY)


@pytest.fixture
def city() -> City:
    """A city with a coordinator, somebody of the health office, and a reader."""
    city = City()
    city.do(SetMember("Sari", Role.COORDINATOR), "Sari")
    city.do(SetMember("Budi", Role.OPD, "dinkes"), "Sari")
    city.do(SetMember("Wali", Role.READER), "Sari")
    return city


OWN = [
    MoveServices(("izin",), Stage.ONLINE, RECENT),
    EditService("izin", {"owner": "Bu Sri"}),
    AddService("dinkes", "Layanan baru", TODAY),
    AddObstacles(("izin",), Factor.PEOPLE, "petugas", RECENT),
    SetTargets(("izin",), Stage.ONLINE, TODAY),
    RetireServices(("izin",), RECENT),
    ReportOPDs(("dinkes",), WEEK),
]
OTHERS = [
    MoveServices(("kir",), Stage.ONLINE, RECENT),
    MoveServices(("izin", "kir"), Stage.ONLINE, RECENT),
    EditService("kir", {"owner": "Bu Sri"}),
    AddService("dishub", "Layanan baru", TODAY),
    ReportOPDs(("dinkes", "dishub"), WEEK),
    TransferServices(("izin",), "dishub", RECENT),
    TransferServices(("kir",), "dinkes", RECENT),
    AddOPD("Dinas Baru"),
    ChangeCity({"name": "Kota lain"}),
    SetMember("Budi", Role.COORDINATOR),
    RemoveMember("Sari"),
]


@pytest.mark.parametrize("action", OWN, ids=repr)
def test_a_member_of_an_opd_changes_its_services_and_takes_that_back(
    city: City, action: Action
) -> None:
    before = city.register
    assert city.do(action, "budi").entry is not None
    city.do(Undo(), "budi")
    assert city.register.services == before.services
    assert city.register.moves == before.moves


@pytest.mark.parametrize("action", OTHERS, ids=repr)
def test_and_nothing_else(city: City, action: Action) -> None:
    said = city.refused(action, "Budi")
    assert "may change only the services and reports of dinkes" in said


def test_only_a_coordinator_verifies(city: City) -> None:
    city.do(MoveServices(("izin",), Stage.ONLINE, RECENT), "Budi")
    verify = VerifyServices(("izin",), TODAY)
    assert "Only a coordinator verifies" in city.refused(verify, "Budi")
    move = max(city.register.moves)
    correct = CorrectFact(move, {"verified_on": TODAY})
    assert "Only a coordinator verifies" in city.refused(correct, "Budi")
    city.do(verify, "Sari")


def test_a_member_takes_back_what_they_did_to_a_verified_move(
    city: City,
) -> None:
    city.do(
        MoveServices(("izin",), Stage.ONLINE, RECENT, verified=True), "Sari"
    )
    before, move = city.register, max(city.register.moves)
    for action in (
        WithdrawFact(move, "keliru"),
        CorrectFact(move, {"verified_on": None}),
    ):
        city.do(action, "Budi")
        assert city.register.moves != before.moves
        city.do(Undo(), "Budi")
        assert city.register.moves == before.moves


@pytest.mark.parametrize("action", [*OWN, *OTHERS], ids=repr)
def test_a_reader_and_a_stranger_change_nothing(
    city: City, action: Action
) -> None:
    assert "can only read this register" in city.refused(action, "Wali")
    assert "is not a member of this register" in city.refused(action, "rani")


def test_whoever_enters_the_first_member_is_a_coordinator_and_one_remains() -> (
    None
):
    city = City()
    reader = SetMember("Sari", Role.READER)
    assert "must be a coordinator" in city.refused(reader, "Sari")
    city.do(SetMember("Budi", Role.OPD, "dinkes"), "Sari")
    roles = {one.name: one.role for one in city.register.members.values()}
    assert roles == {"Sari": Role.COORDINATOR, "Budi": Role.OPD}
    assert "must be a coordinator" in city.refused(RemoveMember("Sari"), "Sari")
    demoted = SetMember("Sari", Role.READER)
    assert "must be a coordinator" in city.refused(demoted, "Sari")


def test_a_member_of_an_opd_needs_one(city: City) -> None:
    said = city.refused(SetMember("Ani", Role.OPD), "Sari")
    assert "Say whose services Ani may change" in said


def test_a_member_of_no_opd_in_a_file_edited_by_hand_only_reads(
    city: City,
) -> None:
    budi = max(city.register.members.values(), key=lambda one: one.opd or "")
    edited = {budi.id: replace(budi, opd=None)}
    said = City(city.register.changed({"members": {**edited}})).refused(
        ReportOPDs(("dinkes",), WEEK), "Budi"
    )
    assert said == "Budi can only read this register."


def test_names_are_one_however_they_are_written(city: City) -> None:
    city.do(SetMember("BUDI", Role.READER), "Sari")
    assert len(city.register.members) == 3
    assert "can only read" in city.refused(
        ReportOPDs(("dinkes",), WEEK), "budi"
    )
