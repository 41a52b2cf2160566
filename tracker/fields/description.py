"""The terms in which a field of a fact, and a kind of facts, are described."""

from collections.abc import Mapping
from enum import Enum, Flag, auto
from functools import cached_property

from msgspec import Struct

MAX_NUMBER = 1_000_000.0
"""The largest count, score or duration that a field takes unless it says otherwise."""


class ValueType(Enum):
    """What a field holds, and so how it is read, checked, asked for, shown and written."""

    TEXT = "text"
    """One line of text."""
    LINES = "lines"
    """Text that may have several lines, and be long."""
    LIST = "list"
    CODE = "code"
    OPD = "opd"
    SERVICE = "service"
    APPLICATION = "application"
    DATE = "date"
    MOMENT = "moment"
    WEEK = "week"
    STAGE = "stage"
    FACTOR = "factor"
    KIND = "kind"
    REMINDER_LEVEL = "reminder_level"
    ROLE = "role"
    NUMBER = "number"
    VISITS = "visits"
    DAYS = "days"
    WHOLE = "whole"
    YEAR = "year"
    YES = "yes"


REFERENCED_TABLES: Mapping[ValueType, str] = {
    ValueType.OPD: "opds",
    ValueType.SERVICE: "services",
    ValueType.APPLICATION: "applications",
}
"""The table in which the key that a field of this type holds must stand."""


class ChangedBy(Flag):
    """Who may change a field once the fact is entered."""

    NOBODY = 0
    EDIT = auto()
    """The edit action of its kind: what is not dated, so that it holds for the past too."""
    CORRECT = auto()
    """The correction of one entry of the history."""


class Field(Struct, frozen=True):
    """One field of a kind of facts, described once for every part of the program.

    ``label`` is a msgid. ``column`` is its header in files, ``indonesian`` the Indonesian
    one and ``also`` what else people call it; without ``indonesian`` it travels in no
    file. ``needed_in_files`` columns must be filled in on every row. ``minimum`` and
    ``maximum`` bound numbers. ``ahead`` dates lie mostly in the future, so that a day
    typed without a year means the next one. A ``derived`` field is none of the fact's
    own: a file tells it by a column, the model by another fact. ``flag``, ``metavar`` and
    ``help`` (msgids) word its option on the command line where the label alone would not
    do; ``edit_help`` replaces the help where a value is changed.
    """

    name: str
    label: str
    type: ValueType
    changed_by: ChangedBy = ChangedBy.CORRECT
    column: str = ""
    column_label: str = ""
    indonesian: str = ""
    also: tuple[str, ...] = ()
    needed_in_files: bool = False
    minimum: float = 0
    maximum: float = MAX_NUMBER
    ahead: bool = False
    derived: bool = False
    flag: str = ""
    metavar: str = ""
    help: str = ""
    edit_help: str = ""

    @property
    def referenced_table(self) -> str:
        """The table whose key it holds; empty where it holds no key."""
        return REFERENCED_TABLES.get(self.type, "")


class FactKind(Struct, frozen=True, kw_only=True, dict=True):
    """A kind of facts: what it is called, and its fields in the order in which files have them.

    ``noun``, ``plural``, ``entered`` and ``removed`` are msgids; the last two narrate that
    one was entered or taken out, filled with the fact's own values. ``day`` names the field
    that dates it, ``end`` the one in which it ends. Of a ``unique`` kind no two facts have the
    same ``identity``. ``also`` are the names that people give its files and sheets.
    """

    table: str
    noun: str
    plural: str
    fields: tuple[Field, ...]
    day: str = ""
    end: str = ""
    unique: bool = False
    entered: str = ""
    removed: str = ""
    in_files: bool = True
    also: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Its own fields by their names."""
        return {item.name: item for item in self.fields if not item.derived}

    @property
    def identity(self) -> tuple[str, ...]:
        """The fields that every row of a file has: by them it is known which fact a row is about."""
        return tuple(
            name for name, item in self.by_name.items() if item.needed_in_files
        )

    @property
    def title(self) -> str:
        """The field by which people know a fact of the kind: its name or text; empty if it has none."""
        for name in self.identity:
            if self.by_name[name].type in (ValueType.TEXT, ValueType.LINES):
                return name
        return ""
