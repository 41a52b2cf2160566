"""How the cells of a sheet's columns are to be read: found from all of them, or asked once for all.

Three things are open in a single cell and often plain from its column or file: whether ``1.250`` has
thousands or decimals, whether ``1/2/2025`` is in January or in February, and how many days ``3-4 hari`` are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from msgspec.structs import replace

from tracker.errors import Rejected
from tracker.exchange.columns import Column
from tracker.exchange.parsing.dates import (
    DayOrder,
    find_day_order,
    shows_day_order,
    swap_day,
)
from tracker.exchange.parsing.durations import (
    SpanReading,
    read_measure,
    read_measures,
)
from tracker.exchange.parsing.number_words import split_scale
from tracker.exchange.parsing.numbers import (
    Shown,
    Style,
    find_number_style,
    is_number,
    plain_number,
)
from tracker.exchange.parsing.values import Cell, Reader
from tracker.exchange.questions import SKIP, Answers, Candidate, Question
from tracker.fields import ValueType
from tracker.language import N_
from tracker.text import collapse_whitespace

_NUMBERS = (
    ValueType.NUMBER,
    ValueType.VISITS,
    ValueType.DAYS,
    ValueType.WHOLE,
)
_MEASURES = (ValueType.VISITS, ValueType.DAYS)
_MONTHS = 12
_SWAPPED, _RIGHT = "swapped", "right"

Cells = Callable[[], Iterator[Cell]]
"""Returns the cells of one column, from the first row."""


@dataclass(frozen=True)
class ReadColumn:
    """A column of ours that stands in a sheet: its title there, and its cells."""

    column: Column
    title: str
    cells: Cells

    def texts(self) -> Iterator[str]:
        """Yield the cells that are texts, on one line."""
        for cell in self.cells():
            if isinstance(cell, str):
                yield collapse_whitespace(cell)


@dataclass
class ColumnReadings:
    """The reader of each column of a sheet, and what is still open about them."""

    sheet: str
    answers: Answers
    readers: dict[str, Reader] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    left_empty: set[str] = field(default_factory=set)
    """The columns in which a text with several numbers is left unread."""

    def find(
        self,
        columns: Sequence[ReadColumn],
        reader: Reader,
        numbers: str,
    ) -> None:
        """Choose how each column is read; ``numbers`` is the style that a mapping names, if any."""
        reader = replace(reader, style=self._find_style(columns, numbers))
        for one in columns:
            self.readers[one.column.name] = reader
            if one.column.holds is ValueType.DATE and reader.order is None:
                self.readers[one.column.name] = replace(
                    reader,
                    order=self._find_order(one),
                    swaps_dates=self._find_swapping(one),
                )
            elif one.column.holds in _MEASURES:
                spans = self._find_spans(one, reader)
                self.readers[one.column.name] = replace(reader, spans=spans)

    def _ask(self, question: Question) -> str | None:
        answer = question.answer_in(self.answers)
        if answer is None:
            self.questions.append(question)
        return answer

    def _find_style(self, columns: Sequence[ReadColumn], numbers: str) -> Style:
        """Return the file's number style: Indonesian until the question about it is answered."""
        if numbers in list(Style):
            return Style(numbers)
        style = find_number_style(_find_numbers(columns))
        if isinstance(style, Style):
            return style
        if style is not Shown.OPEN:
            return Style.INDONESIAN

        example = next(
            text
            for text, whole in _find_numbers(columns)
            if find_number_style([(text, whole)]) is Shown.OPEN
        )
        answer = self._ask(_style_question(self.sheet, example))
        return Style(answer) if answer else Style.INDONESIAN

    def _find_order(self, one: ReadColumn) -> DayOrder | None:
        order, example = find_day_order(one.texts())
        if not example:
            return order
        answer = self._ask(_order_question(self.sheet, one.title, example))
        return DayOrder(answer) if answer else DayOrder.DAY_FIRST

    def _find_swapping(self, one: ReadColumn) -> bool:
        """Tell whether a spreadsheet has taken days for months in the dates that it recognised.

        A spreadsheet turns 5/3/2025 into a date in the order of its own settings, and leaves 13/3/2025 a
        text where those want the month first: then texts have a day after the 12th, and no date has.
        """
        dates = [cell for cell in one.cells() if isinstance(cell, date)]
        doubtful = [day for day in dates if day.day != day.month]
        if not doubtful or any(day.day > _MONTHS for day in dates):
            return False
        text = next(filter(shows_day_order, one.texts()), "")
        if not text:
            return False
        example = doubtful[0]
        if isinstance(example, datetime):
            example = example.date()
        question = _swapping_question(
            self.sheet,
            one.title,
            example,
            text,
            len(doubtful),
        )
        return self._ask(question) == _SWAPPED

    def _find_spans(
        self,
        one: ReadColumn,
        reader: Reader,
    ) -> SpanReading | None:
        # What is no such number in any reading is refused later, in its row.
        spanning = replace(reader, spans=SpanReading.LONGEST)
        several = [
            text
            for text in one.texts()
            if _has_several(text) and _can_read(spanning, one.column, text)
        ]
        if not several:
            return None
        answer = self._ask(_span_question(self.sheet, one, several, reader))
        if answer == SKIP:
            self.left_empty.add(one.column.name)
        if answer in (None, SKIP):
            return SpanReading.LONGEST
        return SpanReading(answer)

    def is_left_empty(self, column: Column, cell: Cell) -> bool:
        """Tell whether a cell is not read because it gives several numbers."""
        return (
            column.name in self.left_empty
            and isinstance(cell, str)
            and _has_several(collapse_whitespace(cell))
        )


def _swapping_question(
    sheet: str,
    title: str,
    day: date,
    text: str,
    count: int,
) -> Question:
    values = {"day": day, "swapped": swap_day(day)}
    return Question(
        f"swapped:{sheet}:{title}",
        N_(
            "In the column “{column}” of {file} some dates are texts, such as “{text}”, and others have been "
            "recognised by the spreadsheet, none after the 12th of its month ({count}). Which day is “{day}”?",
        ),
        {
            "column": title,
            "file": sheet,
            "text": text,
            "count": count,
            "day": day.isoformat(),
        },
        (
            Candidate(
                _SWAPPED,
                N_("{swapped}: day and month were swapped, here and in all"),
                values,
            ),
            Candidate(_RIGHT, N_("{day}: the dates are right"), values),
        ),
    )


def _find_numbers(columns: Sequence[ReadColumn]) -> Iterator[tuple[str, bool]]:
    """Yield the numbers written as text, each with whether it must be whole.

    A text that is no number shows nothing: ``1.250 (perkiraan)`` is refused in its row.
    """
    for one in columns:
        if one.column.holds not in _NUMBERS:
            continue
        is_count = one.column.holds is ValueType.WHOLE
        for text in one.texts():
            if "." not in text and "," not in text:
                continue
            number = text.removesuffix("%").strip()
            if one.column.holds in _MEASURES:
                for measure in _find_measures(number):
                    yield measure, False
                continue
            digits, scale = split_scale(number)
            if is_number(digits):
                yield digits, is_count and scale == 1


def _find_measures(text: str) -> list[str]:
    try:
        return [read_measure(text).number]
    except ValueError:
        pass
    try:
        return [measure.number for measure in read_measures(text)]
    except ValueError:
        return []


def _can_read(reader: Reader, column: Column, text: str) -> bool:
    try:
        reader.read(text, column.holds)
    except Rejected:
        return False
    return True


def _has_several(text: str) -> bool:
    """Tell whether a text gives several numbers, or one with a condition."""
    try:
        read_measure(text)
    except ValueError:
        pass
    else:
        return False
    try:
        return bool(read_measures(text))
    except ValueError:
        return False


def _rounded_amount(amount: float) -> int | float | str:
    """Return an amount so that a language writes it with no more decimals than it has."""
    if amount.is_integer():
        return int(amount)
    return (
        amount if round(amount, 1) == amount else plain_number(round(amount, 4))
    )


def _style_question(file: str, example: str) -> Question:
    candidates = (
        Candidate(
            "id",
            N_(
                "as in Indonesian: the point parts thousands, the comma is the decimal sign",
            ),
            {},
        ),
        Candidate(
            "en",
            N_(
                "as in English: the comma parts thousands, the point is the decimal sign",
            ),
            {},
        ),
    )
    return Question(
        f"numbers:{file}",
        N_("How does {file} write numbers, such as “{example}”?"),
        {"file": file, "example": example},
        candidates,
    )


def _order_question(sheet: str, title: str, example: str) -> Question:
    return Question(
        f"dates:{sheet}:{title}",
        N_(
            "In the column “{column}” of {file}, which number of “{example}” is the day?",
        ),
        {"column": title, "file": sheet, "example": example},
        (
            Candidate(
                DayOrder.DAY_FIRST,
                N_("the first: day, month, year"),
                {},
            ),
            Candidate(
                DayOrder.MONTH_FIRST,
                N_("the second: month, day, year"),
                {},
            ),
        ),
    )


_SPANS = (
    (
        SpanReading.LONGEST,
        N_("the largest: “{example}” is {amount}"),
        N_("the longest: “{example}” is {amount} days"),
    ),
    (
        SpanReading.SHORTEST,
        N_("the smallest: “{example}” is {amount}"),
        N_("the shortest: “{example}” is {amount} days"),
    ),
    (
        SpanReading.MIDDLE,
        N_("the middle: “{example}” is {amount}"),
        N_("the middle: “{example}” is {amount} days"),
    ),
)


def _span_question(
    sheet: str,
    one: ReadColumn,
    texts: Sequence[str],
    reader: Reader,
) -> Question:
    example = next(
        (text for text in texts if len(_find_measures(text)) > 1),
        texts[0],
    )

    in_days = one.column.holds is ValueType.DAYS
    candidates = []
    for spans, msgid, msgid_of_days in _SPANS:
        spanning = replace(reader, spans=spans)
        amount = spanning.read(example, one.column.holds)
        values = {"example": example, "amount": _rounded_amount(amount)}
        candidates.append(
            Candidate(spans, msgid_of_days if in_days else msgid, values),
        )
    candidates.append(
        Candidate(SKIP, N_("none: these cells are left empty"), {}),
    )
    return Question(
        f"spans:{sheet}:{one.title}",
        N_(
            "Cells of the column “{column}” of {file} give several numbers or a condition, such as "
            "“{example}” ({count}). Which number counts?",
        ),
        {
            "column": one.title,
            "file": sheet,
            "example": example,
            "count": len(texts),
            "mapping": f"[values.{one.column.name}]",
        },
        tuple(candidates),
        N_("What single texts mean can be said in a mapping file: {mapping}."),
    )
