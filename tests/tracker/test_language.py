"""Numbers as each language writes them."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.errors import Term
from tracker.language import load_language, rounded
from tracker.week import Week

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


@given(
    st.fractions(-100, 100, max_denominator=20_000),
    st.integers(0, 3),
)
@example(Fraction(-375, 100), 1)
@example(Fraction(3125, 100), 1)
@example(Fraction(285, 1000) * 100, 0)
def test_a_figure_is_rounded_as_the_fraction_that_it_is(
    figure: Fraction, digits: int
) -> None:
    scaled = abs(figure) * 10**digits
    wanted = Fraction(floor(scaled + Fraction(1, 2)), 10**digits)

    assert abs(Fraction(rounded(float(figure), digits))) == wanted
    assert abs(Fraction(rounded(100 * float(figure / 100), digits))) == wanted


def test_one_number_is_rounded_the_same_way_wherever_it_is_shown() -> None:
    assert EN.number(-3.75, 1) == "−3.8"
    assert EN.text("{value}", value=-3.75) == "−3.8"
    assert EN.percent(0.3125) == "31.3%"
    assert EN.plain(2.0625) == "2.063"
    assert EN.number(10**30, 0) == f"{10**30:,}"


def test_a_change_carries_its_sign_and_nought_has_none() -> None:
    assert [
        EN.number(value, 1, signed=True) for value in (0.5, -0.5, 0.0, -0.04)
    ] == [
        "+0.5",
        "−0.5",
        "0.0",
        "0.0",
    ]


def test_what_does_not_exist_is_a_dash() -> None:
    assert (
        EN.number(None)
        == EN.percent(None)
        == EN.date(None)
        == EN.plain(None)
        == "–"
    )


def test_values_are_shown_as_people_write_them() -> None:
    language = load_language("id")
    week = Week.parse("2026-W47")
    assert language.text("{week}", week=week) == "2026-W47"
    words = [Term("coordinator"), Term("reader")]
    assert language.text("{words}", words=words) == "koordinator, pembaca"
