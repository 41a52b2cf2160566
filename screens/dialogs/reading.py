"""What people type into a field, read: days and weeks in everyday words, numbers, lists."""

import re
from datetime import date, timedelta
from typing import Any

from screens.dialogs.form import Field, FieldType
from screens.dialogs.line_input import LINE_SIGN
from tracker.errors import Rejected
from tracker.exchange.parsing.dates import read_date
from tracker.exchange.parsing.durations import read_measure
from tracker.exchange.parsing.numbers import check_clear
from tracker.exchange.parsing.values import Reader, split_items
from tracker.text import (
    collapse_whitespace,
    collapse_whitespace_in_lines,
    normalize_name,
)
from tracker.vocabulary import comparable_word, find_weekday, meanings
from tracker.week import Week

_TEXTS = frozenset((FieldType.TEXT, FieldType.LINES, FieldType.LONG))
_AGO = re.compile(
    r"(?P<n>\d{1,4}) (?P<unit>hari|minggu|pekan|days?|weeks?) (?P<way>lalu|yang lalu|ago|lagi|from now)"
)
_NO_YEAR = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})[/.]?")
_SHORT_YEAR = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{2})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[\s.-]*([^\W\d]+)")
_MONTH_AND_DAY = re.compile(r"([^\W\d]+)\s+(\d{1,2})")
_WEEK = re.compile(
    r"(?:(\d{4})[- ]?)?(?:w|m|minggu ke-|minggu|week)\s?(\d{1,2})"
)


def day_in(text: str, today: date, *, ahead: bool = False) -> date:
    """Read a day as people say it: ``kemarin``, ``Senin``, ``22/11``, ``22 Nov 2026``, ``2026-11-22``.

    A day without a year is the last one that there was, or with ``ahead`` the next one that there will
    be. Raises ``Rejected`` for what is no day, and shows there how ``today`` would be written.
    """
    said = normalize_name(text)
    try:
        return (
            _read_relative_day(said, today, ahead)
            or _read_partial_date(said, today, ahead)
            or read_date(collapse_whitespace(text))
        )
    except (ValueError, OverflowError):
        raise Rejected(
            "“{value}” is not a date: write {digits}, {words}, {iso} or yesterday.",
            value=text[:40],
            digits=f"{today:%d/%m/%Y}",
            words=today,
            iso=today.isoformat(),
        ) from None


def _read_relative_day(said: str, today: date, ahead: bool) -> date | None:
    relative = meanings("relative_days").get(comparable_word(said))
    if relative is not None:
        return today + timedelta(days=int(relative))
    if found := _AGO.fullmatch(said):
        days = int(found["n"]) * (
            1 if found["unit"].startswith(("hari", "day")) else 7
        )
        return today + timedelta(
            days=days if found["way"] in {"lagi", "from now"} else -days
        )
    name = (
        said.removeprefix("hari ").removesuffix(" lalu").removeprefix("last ")
    )
    weekday = find_weekday(name)
    if weekday is None or name in meanings(
        "units"
    ):  # "minggu" is Sunday and week
        return None
    if ahead:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    before = (today.weekday() - weekday) % 7
    return today - timedelta(
        days=before or (7 if said != said.removesuffix(" lalu") else 0)
    )


def _read_partial_date(said: str, today: date, ahead: bool) -> date | None:
    """Read a day whose year is missing or has two digits; None where it is written out."""
    if found := _SHORT_YEAR.fullmatch(said):
        return date(2000 + int(found[3]), int(found[2]), int(found[1]))
    if found := _NO_YEAR.fullmatch(said):
        return _nearest_day(int(found[1]), int(found[2]), today, ahead)
    if found := _DAY_AND_MONTH.fullmatch(said):
        return _nearest_day(
            int(found[1]), read_date(f"1 {found[2]} 2000").month, today, ahead
        )
    if found := _MONTH_AND_DAY.fullmatch(said):
        return _nearest_day(
            int(found[2]), read_date(f"1 {found[1]} 2000").month, today, ahead
        )
    return None


def _nearest_day(day: int, month: int, today: date, ahead: bool) -> date:
    _ = date(2000, month, day)
    years = (
        range(today.year, today.year + 9)
        if ahead
        else range(today.year, today.year - 9, -1)
    )
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found == today or (found > today) == ahead:
            return found
    raise ValueError(f"{day}/{month}")


def week_in(text: str, today: date) -> Week:
    """Read a week: ``2026-W47``, ``W47``, ``minggu ini``, or any day of it; raise ``Rejected`` otherwise."""
    said = normalize_name(text)
    weeks = meanings("relative_weeks").get(comparable_word(said))
    if weeks is not None:
        return Week.of(today).plus(int(weeks))
    try:
        if found := _WEEK.fullmatch(said):
            return Week.parse(
                f"{found[1] or Week.of(today).year}-W{int(found[2]):02d}"
            )
        return Week.of(day_in(text, today))
    except (ValueError, Rejected):
        raise Rejected(
            "“{value}” is not a week: write {week}, this week or a day of it.",
            value=text[:40],
            week=str(Week.of(today)),
        ) from None


def read_field(field: Field, typed: Any, today: date) -> Any:
    """Return what was filled into a field, None where it is empty; raise ``Rejected`` for what does not fit.

    What is chosen rather than typed (choices, switches, a picked option) is given as it is.
    """
    if field.ask in {FieldType.CHOICE, FieldType.SWITCH, FieldType.PICK}:
        return typed
    if field.ask is FieldType.LINES:
        typed = "\n".join(part.strip() for part in typed.split(LINE_SIGN))
    text = (
        collapse_whitespace_in_lines(typed)
        if field.ask in {FieldType.LONG, FieldType.LINES}
        else collapse_whitespace(typed)
    )
    if field.ask is FieldType.LIST:
        return tuple(
            dict.fromkeys(
                item
                for item in map(collapse_whitespace, split_items(text))
                if item
            )
        )
    if not text:
        return "" if field.ask in _TEXTS else None
    return _read_text(field, text, today)


def _read_text(field: Field, text: str, today: date) -> Any:
    if field.ask is FieldType.DATE:
        return day_in(text, today, ahead=field.ahead)
    if field.ask is FieldType.WEEK:
        return week_in(text, today)
    readers = {
        FieldType.MEASURE: _read_measure,
        FieldType.NUMBER: _read_number,
        FieldType.WHOLE: Reader().whole,
        FieldType.YEAR: _read_year,
    }
    return readers[field.ask](text) if field.ask in readers else text


def _read_measure(text: str) -> float:
    number = Reader().measure(text)
    check_clear(read_measure(text).number)
    return number


def _read_number(text: str) -> float:
    number = Reader().number(text)
    check_clear(text)
    return number


def _read_year(text: str) -> int:
    if not re.fullmatch(r"\d{4}", text):
        raise Rejected(
            "“{value}” is not a year: write four digits.", value=text[:40]
        )
    return int(text)


def is_missing(field: Field, value: Any) -> bool:
    """Tell whether a field that has to be filled in is empty."""
    return field.required and value in (None, "", ())
