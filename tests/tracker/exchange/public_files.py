"""Lists as agencies publish them: what a hurried person leaves in a file, in the forms they are found in."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl import Workbook

from tests.tracker.exchange.ods import write_ods

Rows: TypeAlias = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class PublicFile:
    """A file by the rows of each of its sheets, and what must come of it.

    ``asks`` has the keys of all questions, in their order; ``answers`` settles them, by key or by sort.
    ``services`` has the agency, name and stage of each service that is entered then, ``opds`` and
    ``applications`` names, ``codes`` and ``days`` those of the services (or else of the OPDs). ``refused``
    has the row and column of everything that keeps the file out.
    """

    name: str
    sheets: Mapping[str, Rows]
    asks: Sequence[str] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    services: Sequence[tuple[str, str, str]] = ()
    opds: Sequence[str] = ()
    applications: Sequence[str] = ()
    encoding: str = "utf-8"
    delimiter: str = ","
    finish: Callable[[Workbook], None] | None = None
    mapping: dict[str, Any] = field(default_factory=dict)
    sheet: str | None = None
    codes: Sequence[str] = ()
    days: Sequence[date] = ()
    refused: Sequence[tuple[int, str]] = ()

    def answer_to(self, key: str) -> str:
        """Return the answer to a question, given by its key or by its sort."""
        return self.answers.get(key) or self.answers[key.partition(":")[0]]

    @property
    def filled(self) -> int:
        """How many cells of all sheets hold something."""
        return sum(
            cell is not None and bool(str(cell).strip())
            for rows in self.sheets.values()
            for row in rows
            for cell in row
        )

    def write(self, folder: Path) -> Path:
        """Write the file in the form that its ending names."""
        path = folder / self.name
        if path.suffix in (".csv", ".txt"):
            [rows] = self.sheets.values()
            text = io.StringIO(newline="")
            csv.writer(text, delimiter=self.delimiter).writerows(rows)
            path.write_bytes(text.getvalue().encode(self.encoding))
        elif path.suffix == ".json":
            [(head, *rows)] = self.sheets.values()
            objects = [dict(zip(head, row, strict=False)) for row in rows]
            path.write_text(json.dumps(objects), encoding=self.encoding)
        elif path.suffix == ".ods":
            write_ods(path, self._workbook())
        else:
            self._workbook().save(path)
        return path

    def _workbook(self) -> Workbook:
        book = Workbook()
        del book["Sheet"]
        for name, rows in self.sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        if self.finish:
            self.finish(book)
        return book
