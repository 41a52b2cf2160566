"""Read what users type into fields: days and weeks in everyday words, numbers, lists."""

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
from tracker.language import N_
from tracker.text import (
    collapse_whitespace,
    collapse_whitespace_in_lines,
    normalize_name,
)
from tracker.vocabulary import comparable_word, find_weekday, meanings
from tracker.week import Week

_AGO = re.compile(
    r"(?P<n>\d{1,4}) (?P<unit>hari|minggu|pekan|days?|weeks?) (?P<way>lalu|yang lalu|ago|lagi|from now)",
)
_NO_YEAR = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})[/.]?")
_SHORT_YEAR = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{2})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[\s.-]*([^\W\d]+)")
_MONTH_AND_DAY = re.compile(r"([^\W\d]+)\s+(\d{1,2})")
_WEEK = re.compile(
    r"(?:(\d{4})[- ]?)?(?:w|m|minggu ke-|minggu|week)\s?(\d{1,2})",
)


def read_day(
    text: str,
    today: date,
    *,
    ahead: bool = False,
) -> date:
    """Read ``kemarin``, ``Senin``, ``22/11``, ``22 Nov 2026`` or ``2026-11-22``.

    A day without a year is the last such day, or with ``ahead`` the next. Raises
    ``Rejected`` for other texts, with ``today`` as an example of how to write a day.
    """
    typed = normalize_name(text)
    try:
        return (
            _read_relative_day(typed, today, ahead)
            or _read_partial_date(typed, today, ahead)
            or read_date(collapse_whitespace(text))
        )
    except (ValueError, OverflowError):
        raise Rejected(
            N_(
                "“{value}” is not a date: write {digits}, {words}, {iso} or tomorrow.",
            )
            if ahead
            else N_(
                "“{value}” is not a date: write {digits}, {words}, {iso} or yesterday.",
            ),
            value=text[:40],
            digits=f"{today:%d/%m/%Y}",
            words=today,
            iso=today.isoformat(),
        ) from None


def _read_relative_day(typed: str, today: date, ahead: bool) -> date | None:
    days = meanings("relative_days").get(comparable_word(typed))
    if days is not None:
        return today + timedelta(days=int(days))

    if found := _AGO.fullmatch(typed):
        length = 1 if found["unit"].startswith(("hari", "day")) else 7
        distance = timedelta(days=int(found["n"]) * length)
        if found["way"] in {"lagi", "from now"}:
            return today + distance
        return today - distance

    return _read_weekday(typed, today, ahead)


def _read_weekday(typed: str, today: date, ahead: bool) -> date | None:
    """Read ``Senin``, ``hari Senin``, ``Senin lalu`` or ``last Monday``."""
    before_today = typed.endswith(" lalu")
    name = typed.removeprefix("hari ").removesuffix(" lalu")
    name = name.removeprefix("last ")
    weekday = find_weekday(name)
    # "minggu" is both Sunday and a week: neither is guessed.
    if weekday is None or name in meanings("units"):
        return None

    if ahead:
        return today + timedelta(days=(weekday - today.weekday()) % 7)

    days_ago = (today.weekday() - weekday) % 7
    if days_ago == 0 and before_today:
        days_ago = 7
    return today - timedelta(days=days_ago)


def _read_partial_date(typed: str, today: date, ahead: bool) -> date | None:
    """Read a date without a year or with one of two digits; None for any other."""
    if found := _SHORT_YEAR.fullmatch(typed):
        return date(2000 + int(found[3]), int(found[2]), int(found[1]))
    if found := _NO_YEAR.fullmatch(typed):
        return _nearest_day(
            int(found[1]),
            int(found[2]),
            today,
            ahead,
        )
    if found := _DAY_AND_MONTH.fullmatch(typed):
        month = read_date(f"1 {found[2]} 2000").month
        return _nearest_day(int(found[1]), month, today, ahead)
    if found := _MONTH_AND_DAY.fullmatch(typed):
        month = read_date(f"1 {found[1]} 2000").month
        return _nearest_day(int(found[2]), month, today, ahead)
    return None


def _nearest_day(
    day: int,
    month: int,
    today: date,
    ahead: bool,
) -> date:
    """Return the last such day, or with ``ahead`` the next; today is both.

    Raises ``ValueError`` if there is no such day.
    """
    _ = date(2000, month, day)  # a leap year: 29 February is a day
    step = 1 if ahead else -1
    # Nine years hold a leap year, even around 2100, which is none.
    for year in range(today.year, today.year + 9 * step, step):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found == today or (found > today) == ahead:
            return found

    raise ValueError(f"{day}/{month}")


def read_week(text: str, today: date) -> Week:
    """Read ``2026-W47``, ``W47``, ``minggu ini`` or any day of the week.

    Raises ``Rejected`` for other texts.
    """
    typed = normalize_name(text)
    weeks = meanings("relative_weeks").get(comparable_word(typed))
    if weeks is not None:
        return Week.of(today).plus(int(weeks))

    try:
        if found := _WEEK.fullmatch(typed):
            year = found[1] or Week.of(today).year
            return Week.parse(f"{year}-W{int(found[2]):02d}")
        return Week.of(read_day(text, today))
    except (ValueError, Rejected):
        raise Rejected(
            "“{value}” is not a week: write {week}, this week or a day of it.",
            value=text[:40],
            week=str(Week.of(today)),
        ) from None


def read_field(field: Field, typed: Any, today: date) -> Any:
    """Return the value of a field, None if empty; raise ``Rejected`` for a misfit.

    What is chosen rather than typed (a choice, switch or pick) is a value already.
    """
    match field.ask:
        case FieldType.CHOICE | FieldType.SWITCH | FieldType.PICK:
            return typed
        case FieldType.LINES:
            parts = typed.split(LINE_SIGN)
            return collapse_whitespace_in_lines(
                "\n".join(map(str.strip, parts)),
            )
        case FieldType.LONG:
            return collapse_whitespace_in_lines(typed)
        case FieldType.TEXT:
            return collapse_whitespace(typed)
        case FieldType.LIST:
            parts = split_items(collapse_whitespace(typed))
            items = map(collapse_whitespace, parts)
            return tuple(dict.fromkeys(item for item in items if item))

    text = collapse_whitespace(typed)
    return _read_text(field, text, today) if text else None


def _read_text(field: Field, text: str, today: date) -> Any:
    match field.ask:
        case FieldType.DATE:
            return read_day(text, today, ahead=field.ahead)
        case FieldType.WEEK:
            return read_week(text, today)
        case FieldType.MEASURE:
            measure = Reader().measure(text)
            check_clear(read_measure(text).number)
            return measure
        case FieldType.NUMBER:
            number = Reader().number(text)
            check_clear(text)
            return number
        case FieldType.WHOLE:
            return Reader().whole(text)
        case FieldType.YEAR:
            return _read_year(text)

    raise ValueError(f"no text is read for {field.ask}")


def _read_year(text: str) -> int:
    if not re.fullmatch(r"\d{4}", text):
        raise Rejected(
            "“{value}” is not a year: write four digits.",
            value=text[:40],
        )
    return int(text)


def is_missing(field: Field, value: Any) -> bool:
    """Return whether a required field is empty."""
    return field.required and value in (None, "", ())
