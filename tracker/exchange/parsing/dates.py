"""Dates as people write them: ISO, 22/11/2026, Jum'at, 7 Februari 2025, 3-Feb-25, days of a spreadsheet.

``1/2/2025`` is two days: which one a file means is found from all the cells of its column, and asked for
if they leave it open.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from tracker.vocabulary import find_month, find_weekday
from tracker.week import Week

# Those that are not compiled here are when they are first asked for: few commands do.
_CLOCK = r"(?:[T\s,]+(?:(?:pukul|jam|at)\s+)?(?P<time>\d{1,2}[:.]\d{2}.*))?"
_BEFORE = r"(?:(?P<before>[^\W\d]+(?:['’‘`´][^\W\d]+)?)\.?,?\s+)?"
_ISO = r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _CLOCK
_DIGITS = r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})\s?[-/.]\s?(?P<second>\d{1,2})\s?[-/.]\s?(?P<year>\d{4}|\d{2})"
    + _CLOCK,
)
_WORDS = (
    _BEFORE
    + r"(?P<day>\d{1,2})[\s.-]*(?P<month>[^\W\d]+)[\s.,'’-]*(?P<year>\d{4}|\d{2})"
    + _CLOCK
)
_MONTH_FIRST = (
    r"(?:(?P<before>[^\W\d]+),\s+)?(?P<month>[^\W\d]+)\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})"
    + _CLOCK
)
_NO_YEAR = r"(\d{1,2})\s?[-/.]\s?(\d{1,2})[-/.]?"
_DAY_AND_MONTH = _BEFORE + r"(?P<day>\d{1,2})[\s.-]*(?P<month>[^\W\d]+)"
_TIME = (
    r"(?i)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?\s?"
    r"(?:(?P<zone>Z|UTC|GMT|WIB|WITA|WIT)|(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)"
)
_ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
SPREADSHEET_START = date(1899, 12, 30)
"""Day 0 as spreadsheets count: with it, every day since 1 March 1900 has the number that they give it."""


class DayOrder(StrEnum):
    """Which of the first two numbers of ``1/2/2025`` is the day."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class WrongWeekday(ValueError):
    """A date stands beside the name of another weekday than its own."""


@lru_cache(maxsize=4096)
def read_date(
    text: str,
    city_zone: str = "",
    order: DayOrder | None = None,
) -> date:
    """Read a day: ISO, numbers, or with the month's name in any language of the vocabulary.

    Numbers are read in ``order``; without one the day comes first, and a year of two digits is refused
    because nothing shows which number it is. A time that names its zone makes it the day that it then is
    in ``city_zone``; any other time is local. Raises ``ValueError`` for anything else.
    """
    if found := re.fullmatch(_ISO, text) or re.fullmatch(_DIGITS, text):
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        return _day_in_zone(day, found.groupdict().get("time"), city_zone)
    if found := _NUMERIC.fullmatch(text):
        return _day_in_zone(
            _numeric_day(found, order),
            found["time"],
            city_zone,
        )
    if found := re.fullmatch(_WORDS, text) or re.fullmatch(_MONTH_FIRST, text):
        day = date(
            _read_year(found["year"]),
            _read_month(found["month"]),
            int(found["day"]),
        )
        # A place may stand before the date as well: only another weekday is wrong.
        name = found["before"]
        weekday = find_weekday(name) if name else None
        if weekday is not None and weekday != day.weekday():
            raise WrongWeekday(name)
        return _day_in_zone(day, found["time"], city_zone)
    raise ValueError(text)


def find_day_order(texts: Iterable[str]) -> tuple[DayOrder | None, str]:
    """Return in which order a column's dates are written, and a date that leaves it open.

    The order is None if no date shows it, or if some show one and some the other. The open date is empty
    if there is none, or if the others show the order.
    """
    shown: set[DayOrder] = set()
    example = ""
    for text in texts:
        found = _NUMERIC.fullmatch(text)
        if not found:
            continue
        first, second = int(found["first"]), int(found["second"])
        if first > 12 >= second:
            shown.add(DayOrder.DAY_FIRST)
        elif second > 12 >= first:
            shown.add(DayOrder.MONTH_FIRST)
        elif first != second or len(found["year"]) == 2:
            example = example or text
    if len(shown) == 1:
        return shown.pop(), ""
    return None, example


def shows_day_order(text: str) -> bool:
    """Tell whether a date of numbers shows which of them is the day: one is too large for a month."""
    found = _NUMERIC.fullmatch(text)
    if not found:
        return False
    first, second = int(found["first"]), int(found["second"])
    return (first > 12) != (second > 12)


def swap_day(day: date) -> date:
    """Return a date with its day and its month swapped; ``ValueError`` if the day is no month."""
    return date(day.year, day.day, day.month)


def read_date_in_week(text: str, week: Week) -> date:
    """Read a day without its year, such as ``17/11`` or ``Selasa``, in a text about ``week``.

    A weekday is that of the week; a day and month the last such day up to the week's Sunday. Raises
    ``ValueError`` for anything else.
    """
    weekday = find_weekday(text)
    if weekday is not None:
        return week.monday + timedelta(days=weekday)
    if found := re.fullmatch(_NO_YEAR, text):
        return _last_before(int(found[1]), int(found[2]), week.sunday)
    if found := re.fullmatch(_DAY_AND_MONTH, text):
        return _last_before(
            int(found["day"]),
            _read_month(found["month"]),
            week.sunday,
        )
    raise ValueError(text)


def spreadsheet_day(number: float) -> date:
    """Return the day that a spreadsheet counts as ``number``; ValueError outside 1943 to 2201."""
    if not 16_000 <= number < 110_000:
        raise ValueError(number)
    return SPREADSHEET_START + timedelta(days=int(number))


@lru_cache(maxsize=4096)
def read_moment(text: str) -> datetime:
    """Read a moment in ISO 8601, in UTC if it names no zone; raise ``ValueError`` otherwise."""
    moment = datetime.fromisoformat(text)
    return (
        moment.replace(tzinfo=UTC)
        if moment.tzinfo is None
        else moment.astimezone(UTC)
    )


def _numeric_day(found: re.Match[str], order: DayOrder | None) -> date:
    if order is None and len(found["year"]) == 2:
        raise ValueError(found[0])
    day, month = int(found["first"]), int(found["second"])
    if order is DayOrder.MONTH_FIRST:
        day, month = month, day
    return date(_read_year(found["year"]), month, day)


def _read_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _read_month(name: str) -> int:
    number = find_month(name)
    if number is None:
        raise ValueError(name)
    return number


def _last_before(day: int, month: int, end: date) -> date:
    for year in range(end.year, end.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue  # 29 February
        if found <= end:
            return found
    raise ValueError(f"{day}/{month}")


def _day_in_zone(day: date, time: str | None, city_zone: str) -> date:
    """Return which day it is in ``city_zone`` at a time of ``day``; ValueError for a time that does not exist."""
    found = re.fullmatch(_TIME, time or "")
    if not found or not city_zone:
        return day
    zone = (found["zone"] or "").upper()
    hours = int(found["hours"] or _ZONES.get(zone, 0))
    offset = timedelta(hours=hours, minutes=int(found["minutes"] or 0))
    if found["sign"] == "-":
        offset = -offset
    try:
        moment = datetime(
            day.year,
            day.month,
            day.day,
            int(found["hour"]),
            int(found["minute"]),
        )
        there = moment.replace(tzinfo=timezone(offset))
        return there.astimezone(ZoneInfo(city_zone)).date()
    except OverflowError:
        raise ValueError(time) from None
