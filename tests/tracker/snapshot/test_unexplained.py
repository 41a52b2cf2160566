"""Kept figures are held against the history as it stood when they were kept."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.tracker.snapshot.cities import TODAY, W18, small_city
from tests.tracker.snapshot.test_stored import context
from tracker.actions.moves import CorrectFact, MoveServices, WithdrawFact
from tracker.actions.perform import perform
from tracker.actions.undo import Undo
from tracker.exchange.exporting import export
from tracker.exchange.importing import plan_import
from tracker.exchange.options import ImportOptions
from tracker.model import Stage, StoredSnapshot
from tracker.register import Register
from tracker.snapshot import find_revisions, take, take_missing
from tracker.snapshot.unexplained import find_unexplained
from tracker.store.memory import MemoryStore
from tracker.week import Week


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore(small_city().register)
    list(take_missing(store, context(hour=1)))
    return store


def weeks(register: Register, today: date = TODAY) -> list[str]:
    return [said.values["week"] for said in find_unexplained(register, today)]


def tampered(register: Register, **fields: Any) -> Register:
    """Return the register with its snapshot of week 18 changed behind the program's back."""
    snapshot = next(
        s for s in register.snapshots.values() if s.week == str(W18)
    )
    return register.changed(
        {"snapshots": {snapshot.id: replace(snapshot, **fields)}}
    )


def late_changes(register: Register) -> Iterator[Any]:
    move = next(iter(register.moves.values()))
    service = register.services[move.service]
    yield CorrectFact(move.id, {"stage": Stage.INTEGRATED})
    yield Undo()
    yield WithdrawFact(move.id, "salah catat")
    yield MoveServices((service.code,), Stage.ONLINE, W18.monday)


def test_figures_that_are_as_they_were_kept_need_no_explaining(
    store: MemoryStore,
) -> None:
    assert weeks(store.load()) == []


def test_what_late_entries_changed_is_explained(store: MemoryStore) -> None:
    differed = 0
    for hour, action in enumerate(late_changes(store.load()), 2):
        perform(store, action, context(hour=hour))
        differed += len(find_revisions(store.load(), TODAY))
        assert weeks(store.load()) == []
    assert differed


def test_figures_that_were_never_the_historys_are_found_also_after_late_entries(
    store: MemoryStore,
) -> None:
    wrong = {"city": [1, 2, 5, 0, 0, 1, 1]}
    assert weeks(tampered(store.load(), figures=wrong)) == [str(W18)]
    for hour, action in enumerate(late_changes(store.load()), 2):
        perform(store, action, context(hour=hour))
        assert str(W18) in weeks(tampered(store.load(), figures=wrong))


def test_figures_that_nobody_is_said_to_have_kept_are_held_against_the_history_as_it_is(
    store: MemoryStore,
) -> None:
    other = context(hour=9).now
    assert weeks(tampered(store.load(), recorded_at=other)) == []
    assert weeks(
        tampered(store.load(), recorded_at=other, figures={"city": [9]})
    ) == [str(W18)]


def test_a_clock_that_was_set_back_makes_no_kept_figure_doubtful() -> None:
    store = MemoryStore(small_city().register)
    late, early = context(hour=9), context(hour=1)
    perform(store, MoveServices(("pindah",), Stage.ONLINE, W18.monday), late)
    take(store, W18, early)
    perform(store, MoveServices(("ktp",), Stage.ONLINE, W18.monday), early)
    assert find_revisions(store.load(), TODAY)
    assert weeks(store.load()) == []


def test_what_another_action_did_at_the_moment_of_the_publication_explains_nothing() -> (
    None
):
    store = MemoryStore(small_city().register)
    now = context()
    for service in ("kk", "pindah"):
        perform(store, MoveServices((service,), Stage.ONLINE, W18.monday), now)
    take(store, W18, now)
    perform(store, MoveServices(("ktp",), Stage.ONLINE, W18.monday), now)
    assert find_revisions(store.load(), TODAY)
    assert weeks(store.load()) == []


def test_figures_that_an_import_brought_are_not_held_against_this_history(
    store: MemoryStore, tmp_path: Path
) -> None:
    path = tmp_path / "kota.json"
    export(store.load(), path)
    city = small_city()
    city.service("pajak", "dukcapil", "2026-02-02", "online")
    here = MemoryStore(city.register)
    planned = plan_import(here.load(), [path], ImportOptions(), context())
    perform(here, planned.action, context())
    assert find_revisions(here.load(), TODAY)
    assert weeks(here.load()) == []


def test_those_of_a_running_week_are_looked_at_as_of_their_day(
    store: MemoryStore,
) -> None:
    day = date(2026, 5, 6)
    running = take(store, Week.of(day), context(day))
    assert not running.final
    assert weeks(store.load(), day) == []
    for figures, found in (
        ({**running.figures, "x-0000001": [0] * 7}, []),
        ({"city": [40, 2]}, [running.week]),
    ):
        kept: StoredSnapshot = replace(running, figures=figures)
        register = store.load().changed({"snapshots": {kept.id: kept}})
        assert weeks(register, day) == found
