"""The command line and the screens tell the same of one action."""

from tests.tracker.actions.world import City, day
from tracker.actions.applications import IntegrateApplication
from tracker.actions.draft import Action
from tracker.actions.moves import MoveServices
from tracker.actions.opds import AddOPD
from tracker.actions.services import (
    AddService,
    EditService,
    RetireServices,
    TransferServices,
)
from tracker.actions.undo import Redo, Undo
from tracker.language import load_language
from tracker.model import Stage
from tracker.narration.results import (
    describe_notices,
    describe_others_changes,
    describe_result,
    summarize_result,
)
from tracker.snapshot.taking import TakeSnapshots
from tracker.week import Week

EN = load_language("en")
MOVE = MoveServices(("izin", "kir"), Stage.ONLINE, day("2026-06-01"))


def narrate(city: City, action: Action) -> tuple[list[str], list[str]]:
    """Carry out an action and return what the command line and the screens tell of it."""
    before = city.register
    result = city.do(action)
    return describe_result(result, EN), summarize_result(before, result, EN)


def test_nothing_that_differs_is_told_alike() -> None:
    told = narrate(City(), EditService("izin", {"owner": ""}))
    assert told == (["Nothing differs: it stands so already."],) * 2


def test_an_undo_names_the_action_that_it_takes_back() -> None:
    city = City()
    city.do(MOVE)
    in_full, in_short = narrate(city, Undo())
    assert in_full[0] == in_short[0] == "Taken back: moved to a stage"
    assert [line[0] for line in in_full[1:]] == ["−", "−"]
    assert in_short[1:] == ["2 services: Conventional → Online, on 1 Jun 2026"]

    in_full, in_short = narrate(city, Redo())
    assert in_full[0] == in_short[0] == "Done again: moved to a stage"
    assert [line[0] for line in in_full[1:]] == ["+", "+"]


def test_a_step_back_is_marked() -> None:
    city = City()
    city.do(MOVE)
    back = MoveServices(
        ("izin",), Stage.CONVENTIONAL, day("2026-06-08"), "salah"
    )
    in_full, in_short = narrate(city, back)
    assert in_full[-1] == "1 of these goes backward."
    assert in_short[0].endswith("(back)")


def test_what_others_did_is_told_with_their_names() -> None:
    city = City()
    before = city.register
    own = city.do(EditService("izin", {"owner": "Satu"})).entry
    after = city.do(MOVE, by="budi").register
    told = describe_others_changes(before, after, own, EN)
    assert told == [
        "budi has changed the register:",
        "2 services: Conventional → Online, on 1 Jun 2026",
    ]
    assert describe_others_changes(after, after, None, EN) == []


def test_what_others_made_and_then_used_is_told() -> None:
    city = City()
    before = city.register
    city.do(AddOPD("Dinas Baru", code="baru"), by="budi")
    city.do(AddService("dinkes", "Paspor", day("2026-05-04"), code="paspor"))
    city.do(MoveServices(("paspor",), Stage.ONLINE, day("2026-05-18")))
    city.do(TransferServices(("paspor",), "baru", day("2026-05-25")))
    after = city.do(RetireServices(("paspor",), day("2026-06-01"))).register
    told = describe_others_changes(before, after, None, EN)
    assert told[1:] == [
        "Paspor: Conventional → Online, on 18 May 2026",
        "Paspor: dinkes → baru, on 25 May 2026",
        "… and 3 more",
    ]


def test_a_week_that_was_published_changes_nothing_to_be_told() -> None:
    city = City()
    before = city.register
    after = city.do(TakeSnapshots((Week(2026, 20),)), by="budi").register
    assert describe_others_changes(before, after, None, EN) == []


def test_a_surprise_is_told_by_both() -> None:
    city = City()
    city.do(EditService("kir", {"application": "salaman"}))
    city.do(IntegrateApplication("salaman", day("2026-05-04")))
    before = city.register
    result = city.do(MoveServices(("kir",), Stage.ONLINE, day("2026-06-01")))
    (notice,) = describe_notices(result, EN)
    assert "kir may be integrated already" in notice
    assert summarize_result(before, result, EN)[-1] == notice
