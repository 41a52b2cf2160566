"""Numbers as each language writes them."""

import pytest

from tracker.language import load_language

EN, ID = load_language("en"), load_language("id")


def test_each_language_has_its_own_marks() -> None:
    assert EN.number(1234567.5, 1) == "1,234,567.5"
    assert ID.number(1234567.5, 1) == "1.234.567,5"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(28.125, "28.13"), (34.375, "34.38"), (0.285, "0.29"), (-2.675, "−2.68")],
)
def test_halves_are_rounded_away_from_nought(value: float, shown: str) -> None:
    assert EN.number(value, 2) == shown


def test_a_change_carries_its_sign_and_nought_has_none() -> None:
    assert [EN.number(value, 1, signed=True) for value in (0.5, -0.5, 0.0, -0.04)] == [
        "+0.5",
        "−0.5",
        "0.0",
        "0.0",
    ]


def test_what_does_not_exist_is_a_dash() -> None:
    assert EN.number(None) == EN.percent(None) == EN.date(None) == EN.plain(None) == "–"
