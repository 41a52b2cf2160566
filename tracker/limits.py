"""What one fact may hold by itself: texts that are plain, numbers and dates that can be true."""

from datetime import date
from functools import cache
from typing import Any

from msgspec import ValidationError, convert, to_builtins

from tracker.errors import Rejected
from tracker.model import City, Fact, StoredSnapshot
from tracker.text import MAX_NAME, MAX_TEXT, harmful, is_code
from tracker.week import Week

EARLIEST, LATEST = date(1945, 8, 17), date(2199, 12, 31)
MAX_VOLUME = 10_000_000_000
MAX_NUMBER = 1_000_000.0
_LONG = {
    "note",
    "evidence",
    "description",
    "text",
    "why",
    "source",
    "contact",
    "outcome",
}
_UNCHECKED = {"id", "recorded_at", "changes", "figures"}


@cache
def _checked_fields(kind: type[Fact]) -> tuple[str, ...]:
    return tuple(name for name in kind.__struct_fields__ if name not in _UNCHECKED)


def check_timezone(name: str) -> None:
    """Raise ``Rejected`` for what is no time zone."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Rejected(
            "“{zone}” is no time zone: Asia/Jakarta, Asia/Makassar or Asia/Jayapura are.",
            zone=name,
            field="timezone",
        ) from None


def is_week(text: str) -> bool:
    """Tell whether ``text`` is a week within reach."""
    try:
        return EARLIEST.year <= Week.parse(text).year <= LATEST.year
    except ValueError:
        return False


def check_fact(fact: Fact) -> None:
    """Raise ``Rejected`` where a ``field`` of ``fact``, named among its values, holds what none may hold."""
    for name in _checked_fields(type(fact)):
        value = getattr(fact, name)
        if value is not None:
            _check(name, value)
    _check_types(fact)
    if not (
        fact.recorded_at.tzinfo
        and EARLIEST.year <= fact.recorded_at.year <= LATEST.year
    ):
        raise Rejected(
            "The date {value} is out of reach: write one from 1945 to 2199.",
            value=str(fact.recorded_at),
            field="recorded_at",
        )
    if isinstance(fact, City):
        check_timezone(fact.timezone)
        if fact.stalled_after < 1:
            raise Rejected(
                "A service is stalled after at least one day.", field="stalled_after"
            )
    if isinstance(fact, StoredSnapshot):
        for count in (
            count for row in fact.figures.values() for count in row if count is not None
        ):
            _check_number("volume", abs(count))
    code = getattr(fact, "code", None)
    if code is not None and not is_code(code):
        raise Rejected(
            "The code “{code}” is not one: lower case letters, digits and hyphens, at most 64.",
            code=code[:80],
            field="code",
        )


def _check(field: str, value: Any) -> None:
    if isinstance(value, str):
        _check_text(field, value)
    elif isinstance(value, tuple):
        for item in value:
            _check_text(field, item)
    elif isinstance(value, date):
        if not EARLIEST <= value <= LATEST:
            raise Rejected(
                "The date {value} is out of reach: write one from 1945 to 2199.",
                value=str(value),
                field=field,
            )
    elif isinstance(value, int | float) and not isinstance(value, bool):
        _check_number(field, value)


def _check_text(field: str, value: str) -> None:
    limit = MAX_TEXT if field in _LONG else MAX_NAME
    if len(value) > limit:
        raise Rejected(
            "“{start}…” is too long: at most {limit} characters can be kept here.",
            start=value[:40],
            limit=limit,
            field=field,
        )
    bad = harmful(value, lines=field in _LONG)
    if bad is not None:
        raise Rejected(
            "“{value}” holds the hidden character {number}: take it out.",
            value=value[:80],
            number=f"U+{ord(bad):04X}",
            field=field,
        )
    if field == "week" and not is_week(value):
        raise Rejected(
            "“{value}” is no week: write 2026-W47.", value=value, field=field
        )
    if field == "name" and not value.strip():
        raise Rejected("A name is needed.", field=field)


def _check_number(field: str, value: float) -> None:
    limit = MAX_VOLUME if field == "volume" else MAX_NUMBER
    least = -limit if field == "improvement" else 0
    if not least <= value <= limit:
        raise Rejected(
            "{value} cannot be: a number from 0 to {limit} is meant.",
            value=f"{value:.6g}" if abs(value) < 10**300 else "∞",
            limit=limit,
            field=field,
        )


def _check_types(fact: Fact) -> None:
    """Refuse what no reading of the file would take: True for a number, 1.5 for a whole one."""
    try:
        convert(to_builtins(fact), type(fact))
    except (ValidationError, TypeError) as error:
        names = (
            name for name in type(fact).__struct_fields__ if f"$.{name}`" in f"{error}`"
        )
        field = next(names, "")
        value = getattr(fact, field, "")
        raise Rejected(
            "“{value}” is not what “{field}” can be.",
            value=str(value)[:80],
            field=field,
        ) from None
