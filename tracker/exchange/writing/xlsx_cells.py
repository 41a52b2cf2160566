"""Values as cells of a workbook: dates are dates, numbers numbers, text is never a formula."""

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from tracker.errors import Rejected, Term
from tracker.exchange.parsing.numbers import plain_number
from tracker.exchange.parsing.values import join_items
from tracker.text import uncell, visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_TEXT = 32_767
"""The characters that a cell of Excel holds; the library drops a longer text without a word."""


class CellWriter:
    """Writes values into the cells of one sheet.

    ``title`` is what messages call the sheet's rows, ``look`` how every cell is formatted.
    ``prepare_text`` changes texts that would be read back as others.
    """

    def __init__(
        self,
        book: "Workbook",
        sheet: "Worksheet",
        title: str | Term,
        look: dict[str, Any] | None = None,
        prepare_text: Callable[[str], str] = str,
    ) -> None:
        look = look or {}
        self._sheet = sheet
        self._title = title
        self._prepare_text = prepare_text
        self._plain = book.add_format(look) if look else None
        self._quoted = book.add_format({**look, "quote_prefix": True})
        self._day = book.add_format({**look, "num_format": "yyyy-mm-dd"})

    def write(self, row: int, column: int, value: Any) -> None:
        """Write a value as a cell of its type; raise ``Rejected`` for a text that no cell holds."""
        if type(value) is str:  # most cells are; an enumeration is one too
            self._write_text(row, column, value)
        elif value is None:
            return
        elif isinstance(value, Enum):
            self._write_text(row, column, str(value.value))
        elif isinstance(value, datetime):
            self._write_text(row, column, value.isoformat())
        elif isinstance(value, date):
            self._sheet.write_datetime(row, column, value, self._day)
        elif isinstance(value, bool):
            self._sheet.write_boolean(row, column, value, self._plain)
        elif isinstance(value, int | float):
            self._write_number(row, column, value)
        else:
            self._write_text(row, column, join_items(value))

    def _write_number(self, row: int, column: int, number: float) -> None:
        # 16 digits are written: a number that needs more of them goes as text.
        if float(f"{number:.16G}") == number:
            self._sheet.write_number(row, column, number, self._plain)
        else:
            self._write_text(row, column, plain_number(float(number)))

    def _write_text(self, row: int, column: int, text: str) -> None:
        if not text:
            return
        text = self._prepare_text(visible(text, lines=True))
        if len(text) > _LONGEST_TEXT:
            raise Rejected(
                "A text of {kind} is longer than the {limit} characters that a spreadsheet's cell holds: "
                "export as JSON or CSV.",
                kind=self._title,
                limit=_LONGEST_TEXT,
            )
        is_formula = text.startswith(_FORMULA_STARTS)
        look = self._quoted if is_formula else self._plain
        self._sheet.write_string(row, column, text, look)


def quote_text(text: str) -> str:
    """Return a text with an apostrophe before it if reading would take it for another one."""
    return "'" + text if uncell(text) != text or text == "-" else text
