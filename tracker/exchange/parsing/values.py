"""Cells as people fill them in, read as the values that the register keeps."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from math import isfinite
from typing import Any

from tracker.errors import Rejected
from tracker.exchange.columns import ColumnType
from tracker.exchange.parsing.dates import date_in, moment_in, spreadsheet_day
from tracker.exchange.parsing.numbers import Style, has_time, measure_in, number_in
from tracker.language import N_
from tracker.model import Factor, Kind, Stage
from tracker.text import (
    collapse_whitespace,
    collapse_whitespace_in_lines,
    is_code,
    slugify,
    uncell,
)
from tracker.vocabulary import find_factor, find_kind, find_stage, find_yes_no
from tracker.week import Week

Cell = str | int | float | bool | date | datetime | list[str] | None
"""What a file's cell holds before it is understood."""


class CellError(str):
    """What a spreadsheet shows where a formula failed, such as ``#REF!``."""


class MissingResult(CellError):
    """A formula whose result is not stored in the file, as a program writes it that computes nothing."""


class Percent(float):
    """A number that is shown as a percentage: 36.4 for a stored 0.364 in a cell formatted ``0.0%``."""


class Formatted(float):
    """A number whose format shows other signs than its digits, such as ``0001`` for 1 or ``2.10`` for 2.1."""

    def __new__(cls, value: float, shown: str) -> "Formatted":
        """Keep how the number is shown."""
        number = super().__new__(cls, value)
        number.shown = shown
        return number

    shown: str


_BLANKS = frozenset(("", "-"))
_DASHES = frozenset(("–", "—"))
_TEXTS = (ColumnType.TEXT, ColumnType.LINES, ColumnType.LIST)


@dataclass(frozen=True)
class Reader:
    """Reads the cells of one file: its number style, and the portal whose name means integrated."""

    portal: str = ""
    style: Style = Style.INDONESIAN
    exact: bool = False
    """Whether texts stand as they are meant, as in JSON: nothing is tidied, a dash is a dash."""
    timezone: str = ""
    """The city's: on its days are the times that name another zone; without it on those that they name."""

    @cached_property
    def _readers(self) -> dict[ColumnType, Callable[[Cell], Any]]:
        return {
            ColumnType.TEXT: self.text,
            ColumnType.LINES: self.lines,
            ColumnType.LIST: self.items,
            ColumnType.CODE: self.code,
            ColumnType.OPD: self.text,
            ColumnType.SERVICE: self.text,
            ColumnType.APPLICATION: self.text,
            ColumnType.DATE: self.day,
            ColumnType.MOMENT: self.moment,
            ColumnType.WEEK: self.week,
            ColumnType.STAGE: self.stage,
            ColumnType.FACTOR: self.factor,
            ColumnType.KIND: self.kind,
            ColumnType.NUMBER: self.number,
            ColumnType.VISITS: self.visits,
            ColumnType.DAYS: self.measure,
            ColumnType.WHOLE: self.whole,
            ColumnType.YES: self.yes,
        }

    def read(self, cell: Cell, holds: ColumnType) -> Any:
        """Return what the cell says, or raise ``Rejected`` with what is expected in its place."""
        if isinstance(cell, MissingResult):
            raise _unfit(
                N_(
                    "“{value}” is a formula whose result the file does not hold: "
                    "open and save it in a spreadsheet program."
                ),
                cell,
            )
        if isinstance(cell, CellError):
            raise _unfit(
                N_("“{value}” is an error of the spreadsheet: correct its formula."),
                cell,
            )
        if isinstance(cell, list | dict) and holds is not ColumnType.LIST:
            raise _unfit(N_("“{value}” is not one value."), cell)
        return self._readers[holds](cell)

    def is_blank(self, cell: Cell, holds: ColumnType = ColumnType.TEXT) -> bool:
        """Tell whether nothing is filled in: empty, or a dash as people put for the unknown."""
        if cell is None:
            return True
        if not isinstance(cell, str):
            return cell == []
        if self.exact:
            return not cell
        return cell.strip() in _BLANKS or (
            holds not in _TEXTS and cell.strip() in _DASHES
        )

    def text(self, cell: Cell) -> str:
        """Read a text of one line."""
        said = written(cell)
        return said if self.exact else uncell(collapse_whitespace(said))

    def lines(self, cell: Cell) -> str:
        """Read a text that may have several lines."""
        said = written(cell)
        return said if self.exact else uncell(collapse_whitespace_in_lines(said))

    def items(self, cell: Cell) -> tuple[str, ...]:
        """Read several texts, split by ``;`` or by line; ``\\;`` is a semicolon within one."""
        if isinstance(cell, list):
            return tuple(str(item) for item in cell)
        said = map(collapse_whitespace, split_items(uncell(written(cell))))
        return tuple(dict.fromkeys(item for item in said if item))

    def code(self, cell: Cell) -> str:
        """Read a code; what is none yet is made one, so that ``4.05.02`` becomes ``4-05-02``."""
        said = self.text(cell)
        code = said if is_code(said) else slugify(said)
        if not code:
            raise _unfit(
                N_("“{value}” is not a code: write letters, digits and hyphens."), cell
            )
        return code

    def day(self, cell: Cell) -> date:
        """Read a day; that of a spreadsheet's own date and time is local."""
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        try:
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                return spreadsheet_day(cell)
            return date_in(collapse_whitespace(written(cell)), self.timezone)
        except ValueError:
            raise _unfit(
                N_("“{value}” is not a date: write DD/MM/YYYY or YYYY-MM-DD."), cell
            ) from None

    def moment(self, cell: Cell) -> datetime:
        """Read a moment, in UTC where it names no zone."""
        try:
            return moment_in(
                cell.isoformat()
                if isinstance(cell, datetime)
                else collapse_whitespace(written(cell))
            )
        except ValueError:
            raise _unfit(
                N_("“{value}” is not a moment: write 2026-11-22T14:30:00+07:00."), cell
            ) from None

    def week(self, cell: Cell) -> str:
        """Read a week, or the week of a day."""
        if isinstance(cell, date):
            return str(Week.of(cell))
        said = written(cell)
        try:
            return str(Week.parse(said))
        except ValueError:
            pass
        try:
            return str(Week.of(date_in(collapse_whitespace(said), self.timezone)))
        except ValueError:
            raise _unfit(N_("“{value}” is not a week: write 2026-W47."), cell) from None

    def stage(self, cell: Cell) -> Stage:
        """Read a stage by its name, by what people call it, or by the portal's name."""
        stage = find_stage(written(cell), self.portal)
        if stage is None:
            raise _unfit(
                N_(
                    "“{value}” is not a stage: write conventional, online or integrated."
                ),
                cell,
            )
        return stage

    def factor(self, cell: Cell) -> Factor:
        """Read a factor of success."""
        factor = find_factor(written(cell))
        if factor is None:
            expected = ", ".join(Factor)
            raise _unfit(
                N_("“{value}” is not a factor: write one of {expected}."),
                cell,
                expected=expected,
            )
        return factor

    def kind(self, cell: Cell) -> Kind:
        """Read a kind of OPD."""
        kind = find_kind(written(cell))
        if kind is None:
            expected = ", ".join(Kind)
            raise _unfit(
                N_("“{value}” is not a kind of OPD: write one of {expected}."),
                cell,
                expected=expected,
            )
        return kind

    def number(self, cell: Cell) -> float:
        """Read a number."""
        try:
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                return float(cell)
            return number_in(collapse_whitespace(written(cell)), self.style)
        except (ValueError, OverflowError):
            raise _unfit(N_("“{value}” is not a number."), cell) from None

    def measure(self, cell: Cell) -> float:
        """Read processing days, with or without their unit."""
        if isinstance(cell, int | float):
            return self.number(cell)
        try:
            number, unit = measure_in(collapse_whitespace(written(cell)))
            return (
                round(number_in(number, self.style) * unit, 6)
                if unit != 1
                else number_in(number, self.style)
            )
        except ValueError:
            raise _unfit(N_("“{value}” is not a number."), cell) from None

    def visits(self, cell: Cell) -> float:
        """Read office visits, with or without their unit; a time is no number of visits."""
        if isinstance(cell, str) and has_time(collapse_whitespace(cell)):
            raise _unfit(N_("“{value}” is not a number."), cell)
        return self.measure(cell)

    def whole(self, cell: Cell) -> int:
        """Read a whole number."""
        try:
            number = (
                self.number(cell)
                if isinstance(cell, float)
                else _whole(cell, self.style)
            )
        except ValueError:
            number = 0.5
        if not isfinite(number) or number != int(number):
            raise _unfit(N_("“{value}” is not a whole number."), cell)
        return int(number)

    def yes(self, cell: Cell) -> bool:
        """Read yes or no."""
        if isinstance(cell, bool):
            return cell
        answer = find_yes_no(written(cell))
        if answer is not None:
            return answer
        raise _unfit(N_("“{value}” is neither yes nor no."), cell)


def written(cell: Cell) -> str:
    """Return a cell as text: a whole number without its point, a day in ISO form."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, Formatted):
        return cell.shown
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (
        0,
        0,
        0,
    ):
        return str(cell.date())
    return str(cell)


def join_items(items: tuple[str, ...]) -> str:
    """Write several texts into one cell, as ``split_items`` reads them."""
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def split_items(said: str) -> list[str]:
    """Split a cell at each semicolon and line break that no backslash guards."""
    parts = re.findall(r"(?:\\[\\;]|[^;\n])+", said)
    return [re.sub(r"\\([\\;])", r"\1", part) for part in parts]


def _whole(cell: Cell, style: Style) -> float:
    if isinstance(cell, bool):
        raise ValueError(cell)
    return (
        cell
        if isinstance(cell, int)
        else number_in(collapse_whitespace(written(cell)), style, whole=True)
    )


def _unfit(msgid: str, cell: Cell, **values: str) -> Rejected:
    return Rejected(msgid, value=written(cell)[:80], **values)
