from tests.tracker.actions.world import City, day
from tracker.actions.moves import MoveServices, WithdrawFact
from tracker.actions.opds import AddOPD, MergeOPD
from tracker.actions.services import EditService
from tracker.actions.undo import Redo, Undo
from tracker.changes import audit_log
from tracker.model import Move, Service, Stage


def test_every_action_is_told_with_what_it_found_and_what_it_left() -> None:
    city = City()
    for owner in ("Satu", "Dua", "Tiga"):
        city.do(EditService("izin", {"owner": owner}))
    changes = [told.changes[0] for told in audit_log(city.register)]
    assert [list(change.differences()) for change in changes] == [
        [("owner", "Dua", "Tiga")],
        [("owner", "Satu", "Dua")],
        [("owner", "", "Satu")],
    ]
    assert isinstance(changes[0].after, Service)


def test_what_is_gone_is_told_as_it_was() -> None:
    city = City()
    city.do(MoveServices(("izin",), Stage.ONLINE, day("2026-06-01")))
    key = max(city.register.moves)
    city.do(WithdrawFact(key, "salah"))
    city.do(Undo())
    city.do(Redo())
    redo, undo, withdrawn, moved = (
        told.changes[0] for told in audit_log(city.register)
    )
    assert isinstance(moved.after, Move)
    assert moved.before is undo.before is withdrawn.after is redo.after is None
    assert moved.after == withdrawn.before == undo.after == redo.before
    assert {name: after for name, _, after in moved.differences()}[
        "stage"
    ] is Stage.ONLINE


def test_each_state_is_found_back_by_walking_the_log() -> None:
    city = City()
    start = city.register
    city.do(AddOPD("Badan Satu"))
    city.do(MergeOPD("dinkes", "badan-satu", day("2026-06-01")))
    city.do(
        MoveServices(("izin", "kir"), Stage.ONLINE, day("2026-06-01")),
        by="budi",
    )
    register = city.register
    for told in audit_log(register):
        for change in told.changes:
            assert register.table(change.table).get(change.key) == change.after
            register = register.changed(
                {change.table: {change.key: change.before}}
            )
    for table in ("opds", "services", "moves", "transfers"):
        assert register.table(table) == start.table(table)
