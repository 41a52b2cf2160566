"""The annex on the trend."""

import pytest

from tests.tracker.builder import Builder
from tests.tracker.snapshot.cities import TODAY, W18
from tracker.language import load_language
from tracker.snapshot.annex_trend import trend_blocks
from tracker.snapshot.blocks import Drawn
from tracker.snapshot.week import read_week

EN = load_language("en")


@pytest.mark.parametrize(
    ("registered_on", "title"),
    [
        ("2026-04-27", None),
        ("2026-04-20", "from 2026-W17 to 2026-W18"),
        ("2026-04-13", "from 2026-W16 to 2026-W18"),
        ("2024-01-01", "from 2025-W19 to 2026-W18"),
    ],
)
def test_the_index_is_drawn_from_the_second_week_on_over_a_year_at_most(
    registered_on: str, title: str | None
) -> None:
    city = Builder()
    city.service("ktp", "dukcapil", registered_on, "online")
    (drawn,) = trend_blocks(read_week(city.register, W18, TODAY), EN)
    assert isinstance(drawn, Drawn)
    assert ("Index, 0 to 100" in drawn.text) == (title is not None)
    assert title is None or title in drawn.text
