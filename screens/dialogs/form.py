"""Forms as data: the fields of a dialog and what is made of them, not its looks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from tracker.errors import Rejected
from tracker.language import N_

T = TypeVar("T")

Values = Mapping[str, Any]
"""The values of a form by field: dates as dates, numbers as numbers, None if empty."""


class FieldType(Enum):
    """The kinds of fields."""

    TEXT = auto()
    LINES = auto()
    """Text of several lines in an entry of one, with signs for line breaks."""
    LONG = auto()
    LIST = auto()
    DATE = auto()
    WEEK = auto()
    MEASURE = auto()
    NUMBER = auto()
    WHOLE = auto()
    YEAR = auto()
    CHOICE = auto()
    PICK = auto()
    SWITCH = auto()


@dataclass(frozen=True)
class Option:
    """An option: its value, its word, its full name, and other words that find it."""

    value: Any
    word: str
    name: str = ""
    also: str = ""


@dataclass(frozen=True)
class Field:
    """A field: ``label`` and ``hint`` are msgids, ``value`` is its first value.

    With ``ahead`` a date without a year is in the future. ``options`` are made when the
    field is drawn.
    """

    name: str
    label: str
    ask: FieldType = FieldType.TEXT
    value: Any = None
    required: bool = False
    hint: str = ""
    ahead: bool = False
    options: Callable[[], Sequence[Option]] = tuple


@dataclass(frozen=True)
class Form(Generic[T]):
    """A form: its title (a msgid), what it is about, its fields and its result."""

    title: str
    fields: Sequence[Field]
    make: Callable[[Values], T]
    about: str = ""
    confirm: str = N_("Save")
    first: str = ""
    """The name of the field that has the focus first; the first field if empty."""
    asides: Mapping[str, str] = field(default_factory=dict)
    """Texts beside fields, such as the value that holds now."""


class Unchanged(Rejected):
    """No field differs from its first value yet."""


def changed_values(values: Values, fields: Sequence[Field]) -> dict[str, Any]:
    """Return the values that differ from the fields' first ones.

    Raises ``Unchanged`` if none does.
    """
    empty = ("", (), None)
    changed = {}
    for one in fields:
        value = values[one.name]
        if value in empty and one.value in empty:
            continue
        if value != one.value:
            changed[one.name] = value

    if not changed:
        raise Unchanged(N_("Nothing has been changed yet."))
    return changed
