"""The annex's notes: what others measured of the city, and what was entered late."""

from datetime import UTC, datetime

import pytest

from tests.tracker.builder import Builder
from tests.tracker.snapshot.cities import TODAY, W18
from tracker.actions.draft import Context
from tracker.actions.moves import CorrectFact
from tracker.actions.perform import perform
from tracker.language import NOTHING, load_language
from tracker.model import Stage
from tracker.snapshot.annex_notes import evaluation_table, late_lines
from tracker.snapshot.blocks import Table
from tracker.snapshot.week import read_week
from tracker.store.memory import MemoryStore

EN = load_language("en")


def test_an_evaluation_is_told_with_its_rank_if_it_has_one() -> None:
    city = Builder()
    city.service("ktp", "dukcapil", "2026-01-05")
    city.evaluation("SPBE", 2024, score=3.5)
    city.evaluation("SPBE", 2025, score=3.75, target=4.0, rank=12)
    value = read_week(city.register, W18, TODAY)
    (table,) = evaluation_table(value, EN)
    assert isinstance(table, Table)
    assert [row[:6] for row in table.rows] == [
        ("SPBE", "2024", "3.5", NOTHING, NOTHING, NOTHING),
        ("SPBE", "2025", "3.75", "+0.25", "4", "12"),
    ]


@pytest.mark.parametrize(
    ("entries", "told"), [(12, 12), (13, "2026-W18: 13 entries entered late.")]
)
def test_many_late_entries_of_a_week_are_counted_beside_each_correction(
    entries: int, told: int | str
) -> None:
    """A correction counts among no late entries: it is told whatever their number."""
    now = datetime(2026, 5, 4, 3, tzinfo=UTC)
    city = Builder()
    city.service("ktp", "dukcapil", "2026-01-05")
    move = city.move("ktp", W18.monday, "online")
    for number in range(entries):
        city.service(f"a-{number}", "dukcapil", W18.monday, recorded_at=now)
    store = MemoryStore(city.register)
    wrong = CorrectFact(move, {"stage": Stage.INTEGRATED})
    perform(store, wrong, Context(by="uji", now=now, today=TODAY))
    lines = list(late_lines(read_week(store.load(), W18.plus(1), TODAY), EN))
    late = [line for line in lines if "entered late" in line]
    assert len(lines) == len(late) + 1
    assert late == [told] or len(late) == told
