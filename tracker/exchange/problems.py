"""Problems of a file with their places, and how they are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

from tracker.errors import Rejected, UserError
from tracker.exchange.account import row_ranges
from tracker.language import Language

FEW = 3
"""How many rows are named of a problem that many have."""
MANY = 20
"""How many different problems are shown of a long list."""


@dataclass(frozen=True, slots=True)
class RowLocation:
    """The place of something: file (with its sheet), row as a spreadsheet numbers it, column."""

    file: str
    row: int = 0
    column: str = ""
    about: str = ""
    """What the row is about, if a reader finds it more easily by that than by its number."""


def with_place(
    error: UserError,
    place: RowLocation,
    column: str = "",
) -> Rejected:
    """Return ``error`` with ``file``, ``row`` and ``column`` among its values."""
    values = {
        "file": place.file,
        "row": place.row,
        "column": column or place.column,
        **({"about": place.about} if place.about else {}),
        **error.values,
    }
    return Rejected(error.msgid, **values)


def group_problems(problems: Iterable[UserError]) -> list[UserError]:
    """Return each problem once: equal ones of a file's column become one with all their ``rows``."""
    alike: dict[tuple[Any, ...], list[UserError]] = {}
    for problem in problems:
        names = ("file", "column", *_names_in(problem.msgid))
        told = [str(problem.values.get(name, "")) for name in names]
        alike.setdefault((problem.msgid, *told), []).append(problem)
    return [
        same[0] if len(same) == 1 else _of_rows(same) for same in alike.values()
    ]


@cache
def _names_in(msgid: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(msgid) if name)


def problem_lines(
    language: Language,
    problems: Iterable[UserError],
    more: str = "",
) -> list[str]:
    """Return problems as lines, each once: all of them with all their rows.

    ``more``, a msgid that says how all are seen, lets a long list be cut short.
    """
    every = group_problems(problems)
    shown = every[:MANY] if more else every
    lines = [
        problem_line(language, problem, every_row=not more) for problem in shown
    ]
    left = len(every) - len(shown)
    if left:
        lines.append(language.plural("… and {n} more", "… and {n} more", left))
    longest = max(
        (len(problem.values.get("rows", ())) for problem in shown),
        default=0,
    )
    if more and (left or longest > FEW + 1):
        lines.append(language.text(more))
    return lines


def _of_rows(same: Sequence[UserError]) -> UserError:
    rows = dict.fromkeys(
        problem.values["row"] for problem in same if problem.values.get("row")
    )
    first = same[0]
    return (
        Rejected(first.msgid, **{**first.values, "rows": tuple(rows)})
        if len(rows) > 1
        else first
    )


def problem_line(
    language: Language,
    error: UserError,
    *,
    every_row: bool = False,
) -> str:
    """Return an error on one line, after its file, rows and column if it has them.

    Of many rows the first few are named, with ``every_row`` all of them.
    """
    values = error.values
    if "row" not in values or "{row}" in error.msgid:
        return language.say(error)
    return f"{_place(language, values, every_row)} {language.say(error)}"


def _place(
    language: Language,
    values: dict[str, Any],
    every_row: bool,
) -> str:
    said = {name: values.get(name, "") for name in ("file", "column")} | {
        "row": str(values["row"]),
    }
    if "about" in values:
        said["row"] += f" ({values['about']})"
    if "rows" in values:
        said["rows"] = (
            row_ranges(values["rows"], None)
            if every_row
            else _shorten_list(language, values["rows"])
        )
        if said["column"]:
            return language.text("{file}, rows {rows}, {column}:", **said)
        return language.text("{file}, rows {rows}:", **said)
    if said["column"]:
        return language.text("{file}, row {row}, {column}:", **said)
    if values["row"]:
        return language.text("{file}, row {row}:", **said)
    return language.text("{file}:", **said)


def _shorten_list(language: Language, rows: Sequence[int]) -> str:
    if len(rows) <= FEW + 1:
        return ", ".join(map(str, rows))
    first = ", ".join(map(str, rows[:FEW]))
    return language.plural(
        "{first}, … ({n} row)",
        "{first}, … ({n} rows)",
        len(rows),
        first=first,
    )
