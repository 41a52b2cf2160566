"""Services that every OPD of a kind offers alike, listed once in ``common.csv``."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tracker.errors import ProblemList, Rejected
from tracker.exchange.catalogue.selection import Row
from tracker.exchange.parsing.values import Reader
from tracker.exchange.reading.csv_file import named_rows

_COLUMNS = ("kind", "name", "service", "tags")


def read_common_services(path: Path, opds: Iterable[Row]) -> list[Row]:
    """Return a row of a service for each OPD of its kind, each with its own code.

    Raises ``Rejected`` if a column is missing, ``ProblemList`` with every bad row.
    """
    titles, rows = named_rows(path)
    missing = [name for name in _COLUMNS if name not in titles]
    if missing:
        raise Rejected(
            "{file} lacks the columns {columns}.",
            file=path.name,
            columns=", ".join(missing),
        )
    reader = Reader()
    found: list[Row] = []
    problems: list[Rejected] = []
    for number, cells in rows:
        try:
            kind = reader.kind(cells.get("kind"))
        except Rejected as error:
            place = {"file": path.name, "row": number, "column": "kind"}
            problems.append(Rejected(error.msgid, **place, **error.values))
            continue
        of_kind = (opd for opd in opds if opd["kind"] == kind)
        found.extend(_rows_for(of_kind, cells, reader))
    if problems:
        raise ProblemList(problems)
    return found


def _rows_for(
    opds: Iterable[Row],
    cells: dict[str, str],
    reader: Reader,
) -> Iterator[Row]:
    for opd in opds:
        yield {
            "service": f"{opd['code']}-{reader.code(cells.get('service'))}",
            "opd": opd["code"],
            "name": reader.text(cells.get("name")),
            "tags": reader.items(cells.get("tags")),
        }
