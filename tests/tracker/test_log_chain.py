"""The chain of the log: what is altered, taken out or put in afterwards is found."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.tracker.actions.world import NOW, TODAY, City
from tests.tracker.merge.world import Apart, merge
from tracker.actions.moves import MoveServices
from tracker.actions.opds import AddOPD, ReportOPDs
from tracker.actions.services import EditService
from tracker.actions.undo import Undo
from tracker.language import load_language
from tracker.log_chain import find_broken_links, find_log_head
from tracker.model import LogEntry, Stage
from tracker.snapshot import take
from tracker.snapshot.page import render
from tracker.snapshot.week import read_week
from tracker.store.new_register import create_register
from tracker.week import Week

Log = dict[str, LogEntry]


@pytest.fixture
def log() -> Log:
    """The log of a register in which four actions were carried out."""
    city = City()
    city.do(AddOPD("Dinas Baru"))
    city.do(MoveServices(("izin",), Stage.ONLINE, date(2026, 11, 2)))
    city.do(ReportOPDs(("dinkes",), Week.of(TODAY)))
    city.do(Undo())
    return dict(city.register.log)


def keys(entries: list[LogEntry]) -> list[str]:
    return [entry.id for entry in entries]


def test_an_untouched_log_fits_together(log: Log) -> None:
    assert find_broken_links(log) == []
    assert all(entry.chain for entry in log.values())
    assert len({entry.chain for entry in log.values()}) == len(log)


@pytest.mark.parametrize(
    "alter",
    [
        lambda entry: replace(entry, by="budi"),
        lambda entry: replace(
            entry, recorded_at=entry.recorded_at - timedelta(days=1)
        ),
        lambda entry: replace(entry, changes={}),
        lambda entry: replace(entry, why="lain"),
        lambda entry: replace(entry, chain="0" * 32),
    ],
    ids=["author", "moment", "changes", "reason", "link"],
)
def test_an_altered_entry_is_found(
    log: Log, alter: Callable[[LogEntry], LogEntry]
) -> None:
    for key in log:
        altered = {**log, key: alter(log[key])}
        assert key in keys(find_broken_links(altered))


def turn_round(value: Any) -> Any:
    """Return the same with the keys of every dict in the opposite order."""
    if not isinstance(value, dict):
        return value
    return {key: turn_round(value[key]) for key in reversed(value)}


def test_keys_in_another_order_are_no_alteration() -> None:
    city = City()
    city.do(EditService("izin", {"volume": 12, "owner": "Ani"}))
    log = city.register.log
    turned = {
        key: replace(entry, changes=turn_round(entry.changes))
        for key, entry in log.items()
    }
    assert str(turned) != str(log)
    assert find_broken_links(turned) == []


def test_an_entry_that_was_taken_out_is_found_by_the_next(log: Log) -> None:
    first, second, *_ = sorted(log)
    without = {key: entry for key, entry in log.items() if key != first}
    assert keys(find_broken_links(without)) == [second]


def test_a_log_of_an_older_version_is_covered_from_the_next_action_on() -> None:
    register = create_register(
        by="rani", now=NOW, prefix="x", name="Kota", portal="Pintu"
    )
    old = {key: replace(entry, chain="") for key, entry in register.log.items()}
    city = City(register.changed({"log": dict(old)}))
    city.do(AddOPD("Dinas Baru"))
    log = dict(city.register.log)
    assert find_broken_links(log) == []
    (first, second) = sorted(log)
    altered = {**log, first: replace(log[first], by="budi")}
    assert keys(find_broken_links(altered)) == [second]


def test_a_repair_of_another_copy_hides_nothing_here() -> None:
    start = City()
    start.do(AddOPD("Dinas Baru"))
    copy = Apart(start.register, 2)
    copy.do(MoveServices(("izin",), Stage.ONLINE, date(2026, 11, 2)))
    last = max(copy.register.log)
    repaired = replace(copy.register.log[last], action="repair", changes={})
    there = start.register.changed(
        {"log": {last: repaired}}, copy.register.next_number
    )
    log = dict(merge(start.register, there).log)
    assert "repair" in {entry.action for entry in log.values()}
    assert find_broken_links(log) == []
    first = min(log)
    altered = {**log, first: replace(log[first], by="budi")}
    assert first in keys(find_broken_links(altered))


def test_a_merge_links_what_it_brings_in() -> None:
    start = City()
    start.do(AddOPD("Dinas Baru"))
    copy = Apart(start.register, 2)
    copy.do(MoveServices(("izin",), Stage.ONLINE, date(2026, 11, 2)))
    merged = merge(start.register, copy.register)
    assert len(merged.log) == len(start.register.log) + 2
    assert find_broken_links(merged.log) == []


def test_a_page_says_where_the_chain_stands_and_is_the_same_when_taken_again() -> (
    None
):
    city = City()
    city.do(MoveServices(("izin",), Stage.ONLINE, date(2026, 11, 2)))
    week, language = Week.of(TODAY), load_language("en")
    head = find_log_head(city.register.log)
    page = render(read_week(city.register, week, TODAY), language)
    assert f"ends in {head[:16]};" in page
    first = take(city.store, week, city.context(), language)
    assert first.log_head == head
    assert take(city.store, week, city.context(), language) == first
