"""Cells as people fill them in, read as the values that the register keeps."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, cached_property
from math import isfinite
from typing import Any

from msgspec import Struct

from tracker.errors import Rejected, Term
from tracker.exchange.columns import CHOSEN
from tracker.exchange.parsing.dates import (
    DayOrder,
    WrongWeekday,
    read_date,
    read_date_in_week,
    read_moment,
    spreadsheet_day,
    swap_day,
)
from tracker.exchange.parsing.durations import (
    Measure,
    SpanReading,
    read_measure,
    read_measures,
)
from tracker.exchange.parsing.number_words import (
    spell_in_digits,
    split_scale,
)
from tracker.exchange.parsing.numbers import Style, read_number
from tracker.fields import ValueType
from tracker.labels import factor_word
from tracker.language import N_
from tracker.model import Factor, Kind, ReminderLevel, Stage
from tracker.text import (
    collapse_whitespace,
    collapse_whitespace_in_lines,
    is_code,
    slugify,
    uncell,
)
from tracker.vocabulary import (
    comparable_word,
    find_factor,
    find_kind,
    find_reminder_level,
    find_stage,
    find_yes_no,
    meanings,
)
from tracker.week import Week

Cell = str | int | float | bool | date | datetime | list[str] | None
"""What a file's cell holds before it is understood."""


class CellError(str):
    """The error that a spreadsheet shows for a failed formula, such as ``#REF!``."""


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
_TEXTS = (ValueType.TEXT, ValueType.LINES, ValueType.LIST)
_LONGEST_EMPTY_WORD = 20
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
"""A long number as a spreadsheet shows it in a narrow column: most of its digits are lost."""
_NOT_A_NUMBER = N_(
    "“{value}” is not a number: write it in digits, such as {example}.",
)
_EXAMPLE = 1.5
_NOT_DAYS = N_(
    "“{value}” is not a number of days. A mapping file can say what it means: [values.days]",
)
_NOT_VISITS = N_(
    "“{value}” is not a number of visits. A mapping file can say what it means: [values.visits]",
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


class Reader(Struct, frozen=True, dict=True):
    """Reads the cells of one column or file, in the way that was found or chosen for all of them.

    Without ``order`` numeric dates have the day first. Without ``spans`` a text that gives several numbers
    is refused. ``portal`` is the name that means integrated, ``timezone`` the city's.
    """

    portal: str = ""
    style: Style = Style.INDONESIAN
    exact: bool = False
    """Whether texts stand as they are meant, as in JSON: nothing is tidied, a dash is a dash."""
    keeps_words: bool = False
    """Whether ``NULL`` and the like are texts, as in this program's own exports."""
    timezone: str = ""
    order: DayOrder | None = None
    swaps_dates: bool = False
    """Whether day and month are swapped in the dates that a spreadsheet has recognised."""
    spans: SpanReading | None = None
    known_week: Week | None = None
    """The week that the file tells about, in which dates without a year fall."""
    kinds: tuple[str, ...] = ()
    """The city's own kinds of OPD."""
    in_file: bool = False
    """Whether cells are those of a file and not typed: five digits may be a day as spreadsheets count."""

    @cached_property
    def _readers(self) -> dict[ValueType, Callable[[Cell], Any]]:
        return {
            ValueType.TEXT: self.text,
            ValueType.LINES: self.lines,
            ValueType.LIST: self.items,
            ValueType.CODE: self.code,
            ValueType.OPD: self.text,
            ValueType.SERVICE: self.text,
            ValueType.APPLICATION: self.text,
            ValueType.DATE: self.day,
            ValueType.MOMENT: self.moment,
            ValueType.WEEK: self.week,
            ValueType.STAGE: self.stage,
            ValueType.FACTOR: self.factor,
            ValueType.KIND: self.kind,
            ValueType.REMINDER_LEVEL: self.reminder_level,
            ValueType.NUMBER: self.number,
            ValueType.VISITS: self.visits,
            ValueType.DAYS: self.measure,
            ValueType.WHOLE: self.whole,
            ValueType.YES: self.yes,
        }

    def read(self, cell: Cell, holds: ValueType) -> Any:
        """Return the value of a cell; raise ``Rejected`` with what is expected instead."""
        if isinstance(cell, MissingResult):
            raise _unfit(
                N_(
                    "“{value}” is a formula whose result the file does not hold: "
                    "open and save it in a spreadsheet program.",
                ),
                cell,
            )
        if isinstance(cell, CellError):
            raise _unfit(
                N_(
                    "“{value}” is an error of the spreadsheet: correct its formula.",
                ),
                cell,
            )
        if isinstance(cell, list | dict) and holds is not ValueType.LIST:
            raise _unfit(N_("“{value}” is not one value."), cell)
        return self._readers[holds](cell)

    def is_blank(self, cell: Cell, holds: ValueType = ValueType.TEXT) -> bool:
        """Tell whether nothing is filled in: empty, a dash, or a word such as ``NULL`` and ``nihil``."""
        if cell is None:
            return True
        if not isinstance(cell, str):
            return cell == []
        if self.exact:
            return not cell
        text = cell.strip()
        return (
            text in _BLANKS
            or (holds not in _TEXTS and text in _DASHES)
            or self.is_empty_word(text, holds)
        )

    def is_empty_word(self, text: str, holds: ValueType) -> bool:
        """Tell whether a text is a word for nothing: ``NULL``, ``N/A``, ``nihil``, ``tidak ada``."""
        if self.exact or self.keeps_words or len(text) > _LONGEST_EMPTY_WORD:
            return False
        if text[:1].casefold() not in _empty_word_starts():
            return False
        word = comparable_word(text)
        if holds is ValueType.YES and word in meanings("yes_no"):
            return False
        if word in meanings("not_yet"):
            return holds not in CHOSEN and holds is not ValueType.LINES
        return word in meanings("empty")

    def text(self, cell: Cell) -> str:
        """Read a text of one line."""
        said = cell_text(cell)
        return said if self.exact else uncell(collapse_whitespace(said))

    def lines(self, cell: Cell) -> str:
        """Read a text that may have several lines."""
        said = cell_text(cell)
        return (
            said if self.exact else uncell(collapse_whitespace_in_lines(said))
        )

    def items(self, cell: Cell) -> tuple[str, ...]:
        """Read several texts, split by ``;`` or by line; ``\\;`` is a semicolon within one."""
        if isinstance(cell, list):
            return tuple(str(item) for item in cell)
        said = map(collapse_whitespace, split_items(uncell(cell_text(cell))))
        return tuple(dict.fromkeys(item for item in said if item))

    def code(self, cell: Cell) -> str:
        """Read a code; a text that is not one yet is made one, so that ``4.05.02`` becomes ``4-05-02``."""
        said = self.text(cell)
        if not self.exact and _SHORTENED.fullmatch(said):
            raise _unfit(
                N_(
                    "“{value}” is a long number that the spreadsheet has shortened, its digits are lost: "
                    "format the column as text and write the code again.",
                ),
                cell,
            )
        code = said if is_code(said) else slugify(said)
        if not code:
            raise _unfit(
                N_(
                    "“{value}” is not a code: write letters, digits and hyphens.",
                ),
                cell,
            )
        return code

    def day(self, cell: Cell) -> date:
        """Read a day; that of a spreadsheet's own date and time is local."""
        if isinstance(cell, date):
            day = cell.date() if isinstance(cell, datetime) else cell
            return swap_day(day) if self.swaps_dates else day
        try:
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                return spreadsheet_day(cell)
            return self._day_in(tidy_text(cell))
        except WrongWeekday:
            raise _unfit(
                N_(
                    "“{value}”: that day is another weekday. Which of the two is right?",
                ),
                cell,
            ) from None
        except ValueError:
            raise _unfit(
                N_("“{value}” is not a date: write DD/MM/YYYY or YYYY-MM-DD."),
                cell,
            ) from None

    def _day_in(self, text: str) -> date:
        if self.in_file and _SERIAL.fullmatch(text):
            return spreadsheet_day(float(text))
        try:
            return read_date(text, self.timezone, self.order)
        except WrongWeekday:
            raise
        except ValueError:
            if self.known_week is None:
                raise
            return read_date_in_week(text, self.known_week)

    def moment(self, cell: Cell) -> datetime:
        """Read a moment, in UTC if it names no zone."""
        try:
            return read_moment(
                cell.isoformat()
                if isinstance(cell, datetime)
                else tidy_text(cell),
            )
        except ValueError:
            raise _unfit(
                N_(
                    "“{value}” is not a moment: write 2026-11-22T14:30:00+07:00.",
                ),
                cell,
            ) from None

    def week(self, cell: Cell) -> str:
        """Read a week, or the week of a day."""
        if isinstance(cell, date):
            return str(Week.of(cell))
        said = cell_text(cell)
        try:
            return str(Week.parse(said))
        except ValueError:
            pass
        try:
            return str(
                Week.of(read_date(collapse_whitespace(said), self.timezone)),
            )
        except ValueError:
            raise _unfit(
                N_("“{value}” is not a week: write 2026-W47."),
                cell,
            ) from None

    def stage(self, cell: Cell) -> Stage:
        """Read a stage by its name, by what people call it, or by the portal's name."""
        stage = find_stage(cell_text(cell), self.portal)
        if stage is None:
            raise _unfit(
                N_(
                    "“{value}” is not a stage: write conventional, online or integrated.",
                ),
                cell,
            )
        return stage

    def factor(self, cell: Cell) -> Factor:
        """Read a factor of success."""
        factor = find_factor(cell_text(cell))
        if factor is None:
            expected = [Term(factor_word(one)) for one in Factor]
            raise _unfit(
                N_("“{value}” is not a factor: write one of {expected}."),
                cell,
                expected=expected,
            )
        return factor

    def reminder_level(self, cell: Cell) -> ReminderLevel:
        """Read whom a reminder goes to."""
        level = find_reminder_level(cell_text(cell))
        if level is None:
            expected = ", ".join(ReminderLevel)
            raise _unfit(
                N_(
                    "“{value}” is not whom a reminder goes to: write one of {expected}.",
                ),
                cell,
                expected=expected,
            )
        return level

    def kind(self, cell: Cell) -> str:
        """Read a kind of OPD; this program's own files may name one that is new here."""
        text = tidy_text(cell)
        if self.keeps_words or self.exact:
            # "UPT Daerah" is a kind of its own there, whatever people mean by it elsewhere.
            return text
        kind = find_kind(text, self.kinds)
        if kind is None:
            expected = ", ".join((*Kind, *self.kinds))
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
            return read_number(tidy_text(cell), self.style)
        except (ValueError, OverflowError):
            raise _unfit(_NOT_A_NUMBER, cell, example=_EXAMPLE) from None

    def measure(self, cell: Cell) -> float:
        """Read processing days, with or without their unit; how often something happens is no time."""
        msgid = _NOT_DAYS if self.in_file else _NOT_A_NUMBER
        if any(one.is_count for one in _measures_in(cell)):
            raise _unfit(msgid, cell, example=_EXAMPLE)
        return self._measure(cell, msgid)

    def visits(self, cell: Cell) -> float:
        """Read office visits, with or without their unit; a time is not a number of visits."""
        msgid = _NOT_VISITS if self.in_file else _NOT_A_NUMBER
        if any(one.is_time for one in _measures_in(cell)):
            raise _unfit(msgid, cell, example=_EXAMPLE)
        return self._measure(cell, msgid)

    def _measure(self, cell: Cell, unfit: str) -> float:
        _check_no_share(cell)
        if isinstance(cell, int | float):
            return self.number(cell)
        text = tidy_text(cell)
        try:
            return self._amount(read_measure(text))
        except ValueError:
            pass
        try:
            return self._amount_of_several(
                [*map(self._amount, read_measures(text))],
            )
        except ValueError:
            raise _unfit(unfit, cell, example=_EXAMPLE) from None

    def _amount(self, measure: Measure) -> float:
        number = read_number(measure.number, self.style)
        return number if measure.days == 1 else round(number * measure.days, 6)

    def _amount_of_several(self, amounts: list[float]) -> float:
        if self.spans is None:
            raise ValueError(amounts)
        if self.spans is SpanReading.LONGEST:
            return max(amounts)
        if self.spans is SpanReading.SHORTEST:
            return min(amounts)
        return round((min(amounts) + max(amounts)) / 2, 6)

    def whole(self, cell: Cell) -> int:
        """Read a whole number."""
        _check_no_share(cell)
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
        answer = find_yes_no(cell_text(cell))
        if answer is not None:
            return answer
        raise _unfit(N_("“{value}” is neither yes nor no."), cell)


def cell_text(cell: Cell) -> str:
    """Return a cell as text: a whole number without its point, a day in ISO form."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        # With a time zone it is a moment, at midnight too.
        is_day = not (cell.hour or cell.minute or cell.second or cell.tzinfo)
        return str(cell.date() if is_day else cell)
    return str(cell)


def _number_text(number: float) -> str:
    if isinstance(number, Formatted):
        return number.shown
    if isinstance(number, Percent):
        return f"{float(number):g}%"
    if number.is_integer():
        return str(int(number))
    return str(number)


def tidy_text(cell: Cell) -> str:
    """Return a cell as text on one line, its words apart by single spaces."""
    return collapse_whitespace(cell_text(cell))


def join_items(items: tuple[str, ...]) -> str:
    """Write several texts into one cell, as ``split_items`` reads them."""
    return "; ".join(
        item.replace("\\", "\\\\").replace(";", "\\;") for item in items
    )


def split_items(said: str) -> list[str]:
    """Split a cell at each semicolon and line break that no backslash guards."""
    parts = re.findall(r"(?:\\[\\;]|[^;\n])+", said)
    return [re.sub(r"\\([\\;])", r"\1", part) for part in parts]


@cache
def _empty_word_starts() -> frozenset[str]:
    """Return the letters with which words for nothing begin: few cells do, and there are many cells."""
    words = (*meanings("empty"), *meanings("not_yet"))
    return frozenset(word[0] for word in words)


def _check_no_share(cell: Cell) -> None:
    """Refuse a percentage where things are counted."""
    if isinstance(cell, Percent) or (
        isinstance(cell, str) and cell.strip().endswith("%")
    ):
        raise _unfit(N_("“{value}” is a percentage, not a count."), cell)


def _measures_in(cell: Cell) -> tuple[Measure, ...]:
    """Return the measures that a text gives; none if it is no text, or gives none."""
    if not isinstance(cell, str):
        return ()
    text = collapse_whitespace(cell)
    try:
        return (read_measure(text),)
    except ValueError:
        pass
    try:
        return read_measures(text)
    except ValueError:
        return ()


def _whole(cell: Cell, style: Style) -> float:
    if isinstance(cell, bool):
        raise ValueError(cell)
    if isinstance(cell, int):
        return cell
    said = spell_in_digits(tidy_text(cell))
    digits, scale = split_scale(said)
    number = read_number(digits, style, whole=scale == 1)
    return round(number * scale, 6)


def _unfit(msgid: str, cell: Cell, **values: object) -> Rejected:
    return Rejected(msgid, value=cell_text(cell)[:80], **values)
