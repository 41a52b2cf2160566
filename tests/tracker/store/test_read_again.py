"""What another program wrote is read as a file opened anew, and what it left alone is taken over."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.calls import count_calls
from tests.depth import examples
from tests.tracker.actions.test_any_order import ANY, a_full_city
from tests.tracker.actions.world import TODAY, City, small_city
from tracker.actions.draft import Action
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.actions.services import EditService
from tracker.actions.undo import Redo, Undo
from tracker.errors import Rejected, Unreadable
from tracker.indexes import INDEXES
from tracker.model import TABLES, Stage
from tracker.register import Register
from tracker.store.file import FileStore

STEPS = st.one_of(ANY, st.sampled_from([Undo(), Redo()]))


def look_up_all(register: Register) -> dict[str, Any]:
    return {name: getattr(register, name) for name in INDEXES}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    where = tmp_path / "register.json"
    FileStore.create(where, small_city())
    return where


@settings(
    max_examples=examples(6, 80),
    suppress_health_check=list(HealthCheck),
)
@given(steps=st.lists(STEPS, min_size=1, max_size=12))
def test_it_is_read_as_by_a_program_that_has_just_started(
    steps: list[Action], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("again") / "register.json"
    reader = FileStore.create(path, a_full_city(with_member=False))
    writer, context = FileStore(path), City().context
    look_up_all(reader.load())
    for step in steps:
        with suppress(Rejected):
            perform(writer, step, context())
        again, anew = reader.load(), FileStore(path).load()
        assert again == anew
        for name in TABLES:
            assert list(again.table(name)) == list(anew.table(name))
        assert look_up_all(again) == look_up_all(anew)


@pytest.mark.parametrize(
    "action",
    [
        MoveServices(("izin",), Stage.ONLINE, TODAY),
        EditService("izin", {"owner": "Rani"}),
    ],
    ids=lambda action: action.name,
)
def test_facts_left_alone_are_the_same_objects(
    path: Path, action: Action
) -> None:
    reader = FileStore(path)
    before = reader.load()
    perform(FileStore(path), action, City().context())
    after = reader.load()
    assert after != before
    assert after.opds is before.opds
    assert after.milestones is before.milestones, "though there are none"
    assert after.services["x-0000007"] is before.services["x-0000007"]


def test_what_was_added_is_decoded_alone(path: Path) -> None:
    reader, context = FileStore(path), City().context
    reader.load()
    perform(
        FileStore(path),
        MoveServices(("izin",), Stage.ONLINE, TODAY),
        context(),
    )
    reader.load()
    perform(
        FileStore(path),
        MoveServices(("izin",), Stage.INTEGRATED, TODAY),
        context(),
    )
    calls = count_calls(reader.load)
    assert calls["_read_as_written"] == 2, "the tails of moves and log"
    assert calls["_keep_known"] == 0, "no table was read whole"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('"izin"', '"akta"', 1),
        lambda text: text.replace("}}", '},"5":{}}', 1),
        lambda text: text.replace("}}", '},"900":{"id":"x-0000900"}}', 1),
        lambda text: text[:-20],
        lambda text: json.dumps(json.loads(text), indent=1),
    ],
    ids=["edited", "doubled", "added", "cut", "spaced"],
)
def test_an_edited_file_is_judged_as_if_it_was_never_read(
    path: Path, spoil: Any
) -> None:
    reader = FileStore(path)
    reader.load()
    path.write_text(spoil(path.read_text()))

    outcomes: list[tuple[Register | None, str]] = []
    for store in (reader, FileStore(path)):
        try:
            outcomes.append((store.load(), ""))
        except Unreadable as error:
            outcomes.append((None, str(error)))
    assert outcomes[0] == outcomes[1]


def test_one_action_after_another_sorts_no_table_again(path: Path) -> None:
    store, context = FileStore(path), City().context
    move = MoveServices(("izin",), Stage.ONLINE, TODAY)
    perform(store, move, context())
    back = MoveServices(("izin",), Stage.CONVENTIONAL, TODAY)
    calls = count_calls(lambda: perform(store, back, context()))
    assert calls["put_changes"] == 1
    assert calls["group_by_service"] == calls["_read_table"] == 0


@pytest.mark.parametrize("is_known", [True, False], ids=["read", "unread"])
def test_a_number_padded_with_zeros_is_no_second_document(
    path: Path, is_known: bool
) -> None:
    """Neither an edit of it nor its removal leaves the old one behind."""
    store, writer, context = FileStore(path), FileStore(path), City().context
    perform(writer, MoveServices(("izin",), Stage.ONLINE, TODAY), context())
    if is_known:
        store.load()
    perform(writer, MoveServices(("izin",), Stage.INTEGRATED, TODAY), context())
    tables = json.loads(path.read_bytes())
    for name in ("services", "moves"):
        last = list(tables[name])[-1]
        tables[name][last.zfill(7)] = tables[name].pop(last)
    path.write_text(json.dumps(tables, separators=(",", ":")))

    moved = store.load()
    perform(store, Undo(), context())
    service = list(moved.services.values())[-1]
    edited = perform(
        store, EditService(service.code, {"owner": "Rani"}), context()
    ).register
    assert len(edited.moves) == len(moved.moves) - 1
    assert edited.services[service.id].owner == "Rani"
    assert FileStore(path).load() == edited
