"""Numbers and days as each language writes them."""

from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction
from math import floor

import pytest
from babel import Locale
from babel.dates import format_date, format_datetime
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.language import DATE_STYLES, LANGUAGES, load_language, rounded

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


PATTERNS = {
    "year": "y",
    "month_name": "MMM",
    "month": "MMM y",
    "short": "d MMM",
    "medium": "d MMM y",
    "long": "d MMMM y",
    "full": "EEEE, d MMMM y",
    "weekday": "EEEE",
}
"""The styles as Unicode writes them."""

DAYS = st.dates(date(1945, 8, 17), date(2199, 12, 31))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("style", PATTERNS)
def test_a_day_is_written_as_unicode_writes_it(code: str, style: str) -> None:
    locale, language = Locale.parse(code), load_language(code)
    for number in range(366):
        day = date(2028, 1, 1) + timedelta(days=number)
        written = format_date(day, PATTERNS[style], locale=locale)
        assert language.date(day, style) == written


@given(DAYS, st.times(), st.integers(-12, 14), st.sampled_from(LANGUAGES))
def test_a_moment_is_written_in_the_zone_that_it_carries(
    day: date, clock: time, hours: int, code: str
) -> None:
    zone = timezone(timedelta(hours=hours))
    moment = datetime.combine(day, clock, zone)
    written = format_datetime(moment, "d MMM y HH:mm", locale=code)
    assert load_language(code).moment(moment) == written


def test_every_style_is_held_beside_unicode() -> None:
    assert PATTERNS.keys() == DATE_STYLES.keys()
