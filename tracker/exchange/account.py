"""What an import takes from its files and what it does not read, value by value.

Every filled cell of every sheet of every file is either taken or belongs to an ``Unread`` part, so that
``taken`` and the counts of ``unread`` add up to all the values that the files hold.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from tracker.language import N_, Language
from tracker.text import visible


class Part(Enum):
    """How large a part of the files is not read."""

    FILE = "file"
    SHEET = "sheet"
    ROWS = "rows"
    COLUMN = "column"


@dataclass(frozen=True)
class Unread:
    """A part of the files that is not read: where it is, how many values it holds, and why.

    ``count`` is None where nobody can tell, as of a PDF. ``is_chosen``: a person has said that it is not
    read. ``may_list``: rows of the kind that is imported may stand there, so that nothing can be called
    missing from the files.
    """

    part: Part
    file: str
    name: str = ""
    count: int | None = None
    reason: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    is_chosen: bool = False
    may_list: bool = False

    def in_file(self, file: str) -> "Unread":
        """Return the same part of a file that is called otherwise."""
        return replace(self, file=file)


@dataclass(frozen=True)
class Remark:
    """Something about a file that its reader should know, though all of it is read."""

    file: str
    msgid: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class Account:
    """The account of one import: values taken by sheet, parts that are not read, and remarks."""

    taken: Counter[str] = field(default_factory=Counter)
    unread: list[Unread] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def may_list_more(self) -> list[Unread]:
        """The parts that may hold rows of the imported kind and that nobody has left out."""
        return [
            one for one in self.unread if one.may_list and not one.is_chosen
        ]


def unread_lines(
    account: Account,
    language: Language,
    most: int | None = None,
) -> list[str]:
    """Return, as lines, everything that is not read and every remark.

    Columns of one sheet share a line, of which at most ``most`` columns are named.
    """
    columns = [
        _columns_line(msgid, columns, language, most)
        for msgid, columns in _column_groups(account)
    ]
    return [*columns, *part_lines(account, language)]


def part_lines(account: Account, language: Language) -> list[str]:
    """Return the files, sheets and rows that are not read and the remarks, a line each."""
    parts = [
        _part_line(one, language)
        for one in account.unread
        if one.part is not Part.COLUMN
    ]
    remarks = [
        f"{visible(one.file)}: {language.text(one.msgid, **one.values)}"
        for one in account.remarks
    ]
    return [*parts, *remarks]


def _column_groups(account: Account) -> Iterator[tuple[str, list[Unread]]]:
    """Yield the columns of each sheet that nobody spoke of, then those that somebody left out."""
    columns = [one for one in account.unread if one.part is Part.COLUMN]
    for is_chosen, msgid in (
        (False, N_("Columns not read: {columns}")),
        (True, N_("Left unread as told: {columns}")),
    ):
        for file in dict.fromkeys(one.file for one in columns):
            group = [
                one
                for one in columns
                if (one.file, one.is_chosen) == (file, is_chosen)
            ]
            if group:
                yield msgid, group


def _part_line(one: Unread, language: Language) -> str:
    reason = language.text(one.reason, file=one.file, **one.values)
    if one.part is Part.FILE:
        return language.text("Not read: {reason}", reason=reason)
    if one.part is Part.SHEET:
        said = N_("{file}: the sheet “{name}” is not read ({held}): {reason}")
    elif one.name.isdigit():
        said = N_("{file}: row {name} is not read ({held}): {reason}")
    else:
        said = N_("{file}: rows {name} are not read ({held}): {reason}")
    count = count_values(one.count or 0, language)
    return language.text(
        said,
        file=one.file,
        name=one.name,
        held=count,
        reason=reason,
    )


def _columns_line(
    msgid: str,
    columns: Sequence[Unread],
    language: Language,
    most: int | None,
) -> str:
    shown = ", ".join(_column(one, language) for one in columns[:most])
    left = len(columns) - len(columns[:most])
    if left:
        shown += " " + language.plural("… and {n} more", "… and {n} more", left)
    return f"{visible(columns[0].file)}: {language.text(msgid, columns=shown)}"


def _column(one: Unread, language: Language) -> str:
    name = one.name or language.text(one.reason, **one.values)
    return (
        f"{name} ({count_values(one.count, language)})" if one.count else name
    )


def count_values(count: int, language: Language) -> str:
    """Return how many values a part holds, in words."""
    return language.plural("{n} value", "{n} values", count)


_MOST_RUNS = 12


def row_ranges(rows: Iterable[int], most: int | None = _MOST_RUNS) -> str:
    """Return row numbers in order, runs of them as ``4–9``; of many only the first ``most`` runs."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = ", ".join(
        str(first) if first == last else f"{first}–{last}"
        for first, last in runs[:most]
    )
    return f"{shown} …" if len(runs) > len(runs[:most]) else shown
