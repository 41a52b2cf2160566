"""What a dialog asks, as data: its fields, what is made of them, and nothing of how it is drawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from tracker.errors import Rejected
from tracker.language import N_

T = TypeVar("T")

Values = Mapping[str, Any]
"""What was filled in, field by field, read: dates as dates, numbers as numbers, None where empty."""


class FieldType(Enum):
    """The kinds of fields."""

    TEXT = auto()
    LINES = auto()
    """Text of several lines in the room of one, its line breaks shown as signs."""
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
    """One of the things to choose from: what it gives, what it is called, and what else finds it."""

    value: Any
    word: str
    name: str = ""
    also: str = ""


@dataclass(frozen=True)
class Field:
    """One field: ``label`` and ``hint`` are msgids, ``value`` is what stands there at first.

    ``ahead`` says that a date without a year is one to come. ``options`` are made when first asked for.
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
    """A dialog's title (a msgid), whom or what it is about, its fields, and what is made of them."""

    title: str
    fields: Sequence[Field]
    make: Callable[[Values], T]
    about: str = ""
    confirm: str = N_("Save")
    first: str = ""
    """The name of the field in which typing begins; the first one where empty."""
    asides: Mapping[str, str] = field(default_factory=dict)
    """What stands beside a field, such as the figure that holds now."""


class Unchanged(Rejected):
    """Nothing was typed yet that differs from what stands there."""


def changed_values(values: Values, fields: Sequence[Field]) -> dict[str, Any]:
    """Return the values that differ from what stood there; raise ``Unchanged`` where none does."""
    different = {
        f.name: values[f.name]
        for f in fields
        if _comparable(values[f.name]) != _comparable(f.value)
    }
    if not different:
        raise Unchanged(N_("Nothing has been changed yet."))
    return different


def _comparable(value: Any) -> Any:
    return None if value in ("", ()) else value
