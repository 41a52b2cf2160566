"""Whatever kind of rows a file holds, each of its values is taken or named as not read."""

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from openpyxl import Workbook

from tests.depth import examples
from tests.tracker.exchange.importing import empty, planned
from tests.tracker.exchange.test_account import accounted
from tracker.exchange.columns import KINDS, Column
from tracker.exchange.importing import ImportPlan
from tracker.fields import ValueType

VALUES = {
    ValueType.CODE: ["a-1", "0001", "2.10"],
    ValueType.DATE: ["2026-01-05", "5/1/2026", "13/02/25", "5 Januari 2026"],
    ValueType.STAGE: ["Daring", "manual", "terpadu", "Onlne"],
    ValueType.NUMBER: ["1", "1,5", "1.250"],
    ValueType.WHOLE: ["12", "dua ratus", "1.250"],
    ValueType.DAYS: ["3", "3-4 hari", "tiga hari", "30 menit"],
    ValueType.VISITS: ["2", "2 kali", "1-2 kunjungan"],
    ValueType.YES: ["ya", "tidak", "x"],
    ValueType.WEEK: ["2026-W05", "5/1/2026"],
    ValueType.KIND: ["dinas", "badan"],
    ValueType.FACTOR: ["sdm", "aplikasi"],
    ValueType.MOMENT: ["2026-01-05T08:00:00+07:00", "kemarin"],
}
ANY = [
    "Dinas A",
    "Dinas Kesehatan",
    "KTP",
    "a; b",
    "-",
    "",
    "Jumlah",
    "N/A",
    " ",
]
FOREIGN = ["Catatan petugas", "Kolom lain", ""]


def draw_rows(kind: str, draw: Any) -> list[list[str]]:
    """Draw a file of a kind: some of its columns, some of no meaning, and rows as people leave them."""
    columns: list[Column] = [
        column for column in KINDS[kind] if column.needed or draw(st.booleans())
    ]
    names = [
        draw(st.sampled_from([column.name, column.indonesian]))
        for column in columns
    ]
    foreign = draw(st.lists(st.sampled_from(FOREIGN), max_size=2, unique=True))
    cells = st.tuples(
        *(st.sampled_from([*VALUES.get(c.holds, ANY), *ANY]) for c in columns),
        *(st.sampled_from(ANY) for _ in foreign),
    ).map(list)
    rows = draw(st.lists(cells, max_size=5))
    if rows and draw(st.booleans()):
        rows.append([*rows[0], "lebih"])
    above = draw(st.sampled_from([[], [["DAFTAR"]], [["DAFTAR"], []]]))
    return [*above, [*names, *foreign], *rows]


def write(path: Path, rows: list[list[str]]) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=";").writerows(rows)
        return
    book = Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row])
    book.save(path)


def check_account(made: ImportPlan, rows: list[list[str]]) -> None:
    """Check that all values are accounted for, unless the file is refused as a whole."""
    if not made.headers:
        assert made.problems
        return
    filled = sum(bool(cell.strip()) for row in rows for cell in row)
    assert accounted(made.account) == filled


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=examples(3, 30),
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_every_value_of_a_file_of_any_kind_is_accounted_for(
    kind: str, ending: str, data: DataObject, tmp_path: Path
) -> None:
    rows = draw_rows(kind, data.draw)
    path = tmp_path / f"a.{ending}"
    write(path, rows)
    said = data.draw(st.sampled_from([kind, None]))
    answers = data.draw(
        st.sampled_from(
            [{}, {"spans": "skip", "total": "skip", "note": "skip"}]
        )
    )
    check_account(
        planned(empty(), path, kind=said, create_opds=True, answers=answers),
        rows,
    )
