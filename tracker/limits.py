"""What one fact may hold by itself: texts that are plain, numbers and dates that can be true."""

import re
from datetime import date
from typing import Any

from msgspec import ValidationError, convert, to_builtins

from tracker.errors import Rejected
from tracker.fields import MAX_VOLUME, Field, ValueType, kind_of_fact
from tracker.model import OPD, City, Fact, StoredSnapshot
from tracker.text import MAX_NAME, MAX_TEXT, find_harmful, is_code
from tracker.week import Week

EARLIEST, LATEST = date(1945, 8, 17), date(2199, 12, 31)
"""From the Republic's first day on, and no further than anybody plans."""

_PLAIN = Field("", "", ValueType.TEXT)
"""How a field without a description is checked: as one line of text, or a number."""

_UNCHECKED = frozenset(
    {"id", "recorded_at", "changes", "figures", "made", "merged"},
)
"""Fields that no person types: the program makes them, or checks them apart."""


def check_timezone(name: str) -> None:
    """Raise ``Rejected`` for what is not a time zone."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Rejected(
            "“{zone}” is not a time zone: write WIB, WITA or WIT.",
            zone=name,
            field="timezone",
        ) from None


def check_kind(name: str) -> None:
    """Raise ``Rejected`` for what cannot name a kind of OPD.

    A kind stands within sentences, in tables and file names, so its name is plain words.
    """
    if (
        re.fullmatch(r"[^\W_][^\W_ ]*(?:[ -][^\W_]+)*", name)
        and len(name) <= 40
    ):
        return
    raise Rejected(
        "“{value}” cannot name a kind of OPD: write words of letters and digits, at most 40.",
        value=name[:80],
        field="kind",
    )


def is_week(text: str) -> bool:
    """Return whether ``text`` is a week between the earliest and the latest year."""
    try:
        return EARLIEST.year <= Week.parse(text).year <= LATEST.year
    except ValueError:
        return False


def check_fact(fact: Fact) -> None:
    """Raise ``Rejected`` if any field is invalid; ``error.values["field"]`` names it."""
    described = kind_of_fact(fact).by_name
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        if value is not None and name not in _UNCHECKED:
            _check_value(name, described.get(name, _PLAIN), value)
    _check_types(fact)
    _check_moment(fact)
    if isinstance(fact, OPD):
        check_kind(fact.kind)
    if isinstance(fact, City):
        check_timezone(fact.timezone)
        for kind in fact.kinds:
            check_kind(kind)
    if isinstance(fact, StoredSnapshot):
        _check_figures(fact)


def _check_value(name: str, field: Field, value: Any) -> None:
    if isinstance(value, str):
        _check_text(name, field, value)
    elif isinstance(value, tuple):
        for item in value:
            _check_text(name, field, item)
    elif isinstance(value, date):
        _check_date(name, value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        _check_number(name, value, field.minimum, field.maximum)


def _check_date(name: str, value: date) -> None:
    if not EARLIEST <= value <= LATEST:
        raise Rejected(
            "The date {value} is out of reach: write one from 17 August 1945 to 31 December 2199.",
            value=str(value),
            field=name,
        )


def _check_text(name: str, field: Field, value: str) -> None:
    has_lines = field.type is ValueType.LINES
    limit = MAX_TEXT if has_lines else MAX_NAME
    if len(value) > limit:
        raise Rejected(
            "“{start}…” is too long: at most {limit} characters can be kept here.",
            start=value[:40],
            limit=limit,
            field=name,
        )

    bad = find_harmful(value, lines=has_lines)
    if bad is not None:
        raise Rejected(
            "“{value}” holds the hidden character {number}: take it out.",
            value=value[:80],
            number=f"U+{ord(bad):04X}",
            field=name,
        )

    if field.type is ValueType.WEEK and not is_week(value):
        raise Rejected(
            "“{value}” is not a week: write 2026-W47.",
            value=value,
            field=name,
        )
    if field.type is ValueType.CODE and not is_code(value):
        raise Rejected(
            "The code “{code}” is not one: lower case letters, digits and hyphens, at most 64.",
            code=value[:80],
            field=name,
        )
    if name == "name" and not value.strip():
        raise Rejected("A name is needed.", field=name)


def _check_number(
    name: str,
    value: float,
    minimum: float,
    maximum: float,
) -> None:
    if name == "stalled_after" and value < minimum:
        raise Rejected(
            "A service is stalled after at least one day.",
            field=name,
        )
    if not minimum <= value <= maximum:
        raise Rejected(
            "{value} cannot be: a number from 0 to {limit} is meant.",
            value=_readable(value),
            limit=int(maximum),
            field=name,
        )


def _readable(value: float) -> str | int:
    """Return a number that is out of bounds as a person writes it, however large."""
    if abs(value) >= 10**300:
        return "∞"
    if 10**6 <= abs(value) < 10**15 and value == int(value):
        return int(value)
    return f"{value:.6g}"


def _check_moment(fact: Fact) -> None:
    moment = fact.recorded_at
    if not (moment.tzinfo and EARLIEST.year <= moment.year <= LATEST.year):
        raise Rejected(
            "The date {value} is out of reach: write one from 17 August 1945 to 31 December 2199.",
            value=str(moment),
            field="recorded_at",
        )


def _check_figures(snapshot: StoredSnapshot) -> None:
    for row in snapshot.figures.values():
        for count in row:
            if count is not None:
                _check_number("figures", abs(count), 0, MAX_VOLUME)


def _check_types(fact: Fact) -> None:
    """Reject what no reading of the file would accept: True for a number, 1.5 for a whole one."""
    try:
        convert(to_builtins(fact), type(fact))
    except (ValidationError, TypeError) as error:
        names = (
            name
            for name in fact.__struct_fields__
            if f"$.{name}`" in f"{error}`"
        )
        field = next(names, "")
        value = getattr(fact, field, "")
        raise Rejected(
            "“{value}” is not what “{field}” can be.",
            value=str(value)[:80],
            field=field,
        ) from None
