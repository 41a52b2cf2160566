"""The annex's notes: what others measured of the city."""

from tests.tracker.builder import Builder
from tests.tracker.snapshot.cities import TODAY, W18
from tracker.language import NOTHING, load_language
from tracker.snapshot.annex_notes import evaluation_table
from tracker.snapshot.blocks import Table
from tracker.snapshot.week import read_week

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
