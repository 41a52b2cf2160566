"""Dates as people write them: ISO, 22/11/2026, 22 November 2026, spreadsheet days."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from tracker.vocabulary import find_month

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}:\d{2}.*))?")
_DAY_FIRST = re.compile(
    r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})(?: (\d{1,2}[:.]\d{2}.*))?"
)
_WORDS = re.compile(r"(?:[^\W\d]+,?\s+)?(\d{1,2})[\s.-]+([^\W\d]+)[\s.,-]+(\d{4})")
_MONTH_FIRST = re.compile(r"(?:[^\W\d]+,\s+)?([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?\s?"
    r"(?:(?P<zone>Z|UTC|GMT|WIB|WITA|WIT)|(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)",
    re.IGNORECASE,
)
_ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
_SPREADSHEET_START = date(1899, 12, 30)


@lru_cache(maxsize=4096)
def date_in(text: str, city_zone: str = "") -> date:
    """Read a day: ISO, the day first, or with the month's Indonesian or English name.

    A time that names its zone makes it the day that it then is in ``city_zone``; one that does not is local.
    Raises ValueError for anything else; a year of two digits could mean several days.
    """
    if found := _ISO.fullmatch(text):
        return _day_there(
            date(int(found[1]), int(found[2]), int(found[3])), found[4], city_zone
        )
    if found := _DAY_FIRST.fullmatch(text):
        return _day_there(
            date(int(found[3]), int(found[2]), int(found[1])), found[4], city_zone
        )
    if found := _WORDS.fullmatch(text):
        return date(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(text):
        return date(int(found[3]), _month(found[1]), int(found[2]))
    raise ValueError(text)


def _day_there(day: date, time: str | None, city_zone: str) -> date:
    """Return which day it is in ``city_zone`` at a time of ``day``; ValueError for no time of any day."""
    found = _TIME.fullmatch(time or "")
    if not found or not city_zone:
        return day
    hours, minutes = (
        int(found["hours"] or _ZONES.get((found["zone"] or "").upper(), 0)),
        found["minutes"],
    )
    offset = timedelta(hours=hours, minutes=int(minutes or 0)) * (
        -1 if found["sign"] == "-" else 1
    )
    try:
        moment = datetime(
            day.year, day.month, day.day, int(found["hour"]), int(found["minute"])
        )
        return (
            moment.replace(tzinfo=timezone(offset))
            .astimezone(ZoneInfo(city_zone))
            .date()
        )
    except OverflowError:
        raise ValueError(time) from None


def spreadsheet_day(number: float) -> date:
    """Return the day that a spreadsheet counts as ``number``; ValueError outside 1945 to 2199."""
    if not 16_000 <= number < 110_000:
        raise ValueError(number)
    return _SPREADSHEET_START + timedelta(days=int(number))


@lru_cache(maxsize=4096)
def moment_in(text: str) -> datetime:
    """Read a moment written in ISO 8601, in UTC where it names no zone; ValueError otherwise."""
    moment = datetime.fromisoformat(text)
    return (
        moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    )


def _month(name: str) -> int:
    number = find_month(name)
    if number is None:
        raise ValueError(name)
    return number
