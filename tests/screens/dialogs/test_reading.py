"""What people type is read as they mean it, on Sunday 22 November 2026."""

from datetime import date, timedelta
from typing import Any

import pytest

from screens.dialogs.form import Field, FieldType
from screens.dialogs.formatting import format_value
from screens.dialogs.reading import read_day, read_field, read_week
from tests.screens.dialogs.host import TODAY
from tracker.errors import Rejected
from tracker.language import load_language
from tracker.week import Week


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("hari ini", "2026-11-22"),
        ("Today", "2026-11-22"),
        ("kemarin", "2026-11-21"),
        ("yesterday", "2026-11-21"),
        ("kemarin lusa", "2026-11-20"),
        ("besok", "2026-11-23"),
        ("3 hari lalu", "2026-11-19"),
        ("2 minggu yang lalu", "2026-11-08"),
        ("1 week ago", "2026-11-15"),
        ("2 minggu lagi", "2026-12-06"),
        ("minggu lalu", "2026-11-15"),
        ("Senin", "2026-11-16"),
        ("jumat", "2026-11-20"),
        ("Jum'at", "2026-11-20"),
        ("sunday", "2026-11-22"),
        ("senin lalu", "2026-11-16"),
        ("22/11", "2026-11-22"),
        ("23/11", "2025-11-23"),
        ("1-2", "2026-02-01"),
        ("29/2", "2024-02-29"),
        ("22 Nov", "2026-11-22"),
        ("5 agustus", "2026-08-05"),
        ("17agt", "2026-08-17"),
        ("Nov 22", "2026-11-22"),
        ("22/11/26", "2026-11-22"),
        ("22-11-2026", "2026-11-22"),
        ("22.11.2026", "2026-11-22"),
        ("22 Nov 2026", "2026-11-22"),
        ("22 November 2026", "2026-11-22"),
        ("2026-11-22", "2026-11-22"),
        ("  22   Nov  2026 ", "2026-11-22"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, day: str) -> None:
    assert read_day(typed, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31/12", "2026-12-31"),
        ("1 Jan", "2027-01-01"),
        ("22/11", "2026-11-22"),
        ("senin", "2026-11-23"),
    ],
)
def test_a_day_to_come_is_the_next_one(typed: str, day: str) -> None:
    assert read_day(typed, TODAY, ahead=True) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "typed",
    [
        "x",
        "32/1",
        "31/2",
        "30 Feb",
        "22/13/2026",
        "2026-02-30",
        "Mei",
        "2026",
        "99999 minggu lalu",
        "/",
    ],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Rejected, match="is not a date"):
        read_day(typed, TODAY)


def test_what_is_no_day_or_week_is_refused_with_today_as_the_example() -> None:
    day = date(2031, 3, 5)
    with pytest.raises(Rejected) as refused:
        read_day("kapan", day)
    said = load_language("en").say(refused.value)
    assert (
        said
        == "“kapan” is not a date: write 05/03/2031, 5 Mar 2031, 2031-03-05 or yesterday."
    )
    with pytest.raises(Rejected) as refused:
        read_day("kapan", day, ahead=True)
    assert load_language("en").say(refused.value).endswith("or tomorrow.")
    with pytest.raises(Rejected) as refused:
        read_week("kapan", day)
    assert (
        load_language("en")
        .say(refused.value)
        .startswith("“kapan” is not a week: write 2031-W10,")
    )


@pytest.mark.parametrize("code", ["id", "en"])
@pytest.mark.parametrize("days", range(0, 366, 13))
def test_a_day_is_read_as_it_is_shown(code: str, days: int) -> None:
    day = TODAY + timedelta(days=days)
    field = Field("on", "On", FieldType.DATE, day)
    assert (
        read_field(field, format_value(field, load_language(code)), TODAY)
        == day
    )


@pytest.mark.parametrize(
    ("typed", "week"),
    [
        ("2026-W47", (2026, 47)),
        ("2026w7", (2026, 7)),
        ("W12", (2026, 12)),
        ("minggu 3", (2026, 3)),
        ("minggu ini", (2026, 47)),
        ("last week", (2026, 46)),
        ("17/11", (2026, 47)),
        ("kemarin", (2026, 47)),
    ],
)
def test_a_week_is_read_as_people_write_it(
    typed: str, week: tuple[int, int]
) -> None:
    assert read_week(typed, TODAY) == Week(*week)


@pytest.mark.parametrize("typed", ["2026-W54", "w", "0", "W0", "minggu"])
def test_what_is_no_week_is_refused(typed: str) -> None:
    with pytest.raises(Rejected, match="is not a week"):
        read_week(typed, TODAY)


@pytest.mark.parametrize(
    ("ask", "typed", "value"),
    [
        (FieldType.NUMBER, "4,59", 4.59),
        (FieldType.NUMBER, "4.59", 4.59),
        (FieldType.NUMBER, "1.250.000", 1_250_000.0),
        (FieldType.NUMBER, "1.2500", 1.25),
        (FieldType.WHOLE, "1.250", 1250),
        (FieldType.MEASURE, "1,5", 1.5),
        (FieldType.MEASURE, "2 minggu", 14.0),
        (FieldType.YEAR, "2025", 2025),
        (FieldType.LIST, "a; b ;a;", ("a", "b")),
        (FieldType.TEXT, "  two   words ", "two words"),
        (FieldType.LONG, "one\r\n two ", "one\n two"),
        (FieldType.NUMBER, "", None),
        (FieldType.DATE, " ", None),
        (FieldType.LONG, "", ""),
    ],
)
def test_a_field_is_read_by_its_kind(
    ask: FieldType, typed: str, value: Any
) -> None:
    assert read_field(Field("f", "Name", ask), typed, TODAY) == value


@pytest.mark.parametrize(
    ("ask", "typed"),
    [
        (FieldType.NUMBER, "x"),
        (FieldType.WHOLE, "1,5"),
        (FieldType.MEASURE, "3-5 hari"),
        (FieldType.YEAR, "26"),
        (FieldType.NUMBER, "1e5"),
    ],
)
def test_what_does_not_fit_is_refused(ask: FieldType, typed: str) -> None:
    with pytest.raises(Rejected, match="is no"):
        read_field(Field("f", "Name", ask), typed, TODAY)


@pytest.mark.parametrize(
    ("ask", "typed"),
    [
        (FieldType.NUMBER, "4.590"),
        (FieldType.NUMBER, "4,590"),
        (FieldType.MEASURE, "4.590 hari"),
    ],
)
def test_what_could_be_two_numbers_is_refused(
    ask: FieldType, typed: str
) -> None:
    with pytest.raises(
        Rejected, match=r"could be two numbers: write 4590 or 4\.59\."
    ):
        read_field(Field("f", "Name", ask), typed, TODAY)


@pytest.mark.parametrize("code", ["id", "en"])
@pytest.mark.parametrize(
    "value", [0, 3, 1.5, 0.125, 4.125, 1250, 1234567.25, 0.333333]
)
def test_a_number_is_read_as_it_is_shown(code: str, value: float) -> None:
    field = Field("f", "Name", FieldType.NUMBER, value)
    assert (
        read_field(field, format_value(field, load_language(code)), TODAY)
        == value
    )


@pytest.mark.parametrize("items", [(), ("a",), ("a; b", "c\\d")])
def test_a_list_is_read_as_it_is_shown(items: tuple[str, ...]) -> None:
    field = Field("f", "Name", FieldType.LIST, items)
    assert (
        read_field(field, format_value(field, load_language("id")), TODAY)
        == items
    )
