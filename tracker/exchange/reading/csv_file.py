"""CSV as spreadsheets and people save it: its encoding and its separator are found out."""

import csv
import errno
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

from tracker.errors import Rejected
from tracker.exchange.parsing.headers import known_headers
from tracker.exchange.parsing.wording import comparable_title
from tracker.exchange.progress import EVERY, Progress
from tracker.exchange.reading.grid import Grid, Numbered
from tracker.os_errors import reason_for

_SEPARATORS = ",;\t|"
_SAMPLE_LENGTH = 1_000_000
"""Characters in which the sample's rows are looked for: far more than they take."""
_SAMPLE_ROWS = 60
_LONGEST_CELL = 1_000_000
_MOST_CELLS = 15_000_000
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def named_rows(
    path: Path,
) -> tuple[list[str], Iterator[tuple[int, dict[str, str]]]]:
    """Return the plain header of a CSV file's first row, and the number and named cells of each other."""
    grid = read_csv(path, Progress())
    titles = (
        [comparable_title(str(cell)) for cell in grid.rows[0][1]]
        if grid.rows
        else []
    )
    rows = (
        (number, dict(zip(titles, map(str, cells), strict=False)))
        for number, cells in grid.rows[1:]
    )
    return titles, rows


def read_csv(path: Path, progress: Progress) -> Grid:
    """Read a CSV file; ``Rejected`` where it is no text or a quotation mark is left open."""
    text = decode_text(path.read_bytes(), path.name)
    _check_cells(text, path.name)
    said = _SAID.match(text)
    skipped = 1 if said else 0
    body = text[said.end() :] if said else text
    separator = said[1] if said else find_separator(body)
    csv.field_size_limit(_LONGEST_CELL)
    rows: Numbered = []
    number = skipped
    total = body.count("\n") + 1
    try:
        for number, cells in enumerate(
            _read_rows(body, separator),
            start=skipped + 1,
        ):
            if any(cells):
                rows.append((number, cells))
            if not number % EVERY:
                progress.tell(number, total)
    except csv.Error:
        raise Rejected(
            "{file} cannot be read from row {row} on: a quotation mark is not closed, or a cell is huge.",
            file=path.name,
            row=number + 1,
        ) from None
    return Grid(path.name, rows)


def _check_cells(text: str, file: str) -> None:
    """Refuse what would make so many cells that they would take gigabytes of memory."""
    if max(map(text.count, _SEPARATORS)) + text.count("\n") > _MOST_CELLS:
        raise Rejected(
            "{file} cannot be read: {reason}.",
            file=file,
            reason=reason_for(errno.EFBIG),
        )


def decode_text(data: bytes, file: str) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, else Windows-1252."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    encodings = ["utf-16"] if marked else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Rejected(
        "{file} is not a text file: save it as CSV (UTF-8) or as XLSX.",
        file=file,
    )


def find_separator(text: str) -> str:
    """Tell what separates the cells: what makes known headers appear, else what makes rows even."""
    sample = text[:_SAMPLE_LENGTH]
    return max(
        _SEPARATORS,
        key=lambda separator: _rate_separator(sample, separator),
    )


def _rate_separator(text: str, separator: str) -> tuple[int, float, int]:
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(islice(_read_rows(text, separator), _SAMPLE_ROWS))
    widths = Counter(len(row) for row in rows if any(row))
    if not widths:
        return (0, 0.0, 0)
    width, often = widths.most_common(1)[0]
    known = known_headers()
    recognised = max(
        (
            sum(comparable_title(cell) in known for cell in row)
            for row in rows
            if len(row) > 1
        ),
        default=0,
    )
    return (
        recognised,
        often / sum(widths.values()) if width > 1 else 0.0,
        width,
    )


def _read_rows(text: str, separator: str) -> Iterator[list[Any]]:
    return csv.reader(
        StringIO(text, newline=""),
        delimiter=separator,
        strict=True,
    )
