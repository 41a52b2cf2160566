"""Rows that a column calls inactive are not entered as active ones in silence."""

from pathlib import Path

import pytest

from tests.tracker.exchange.importing import (
    NOW,
    after,
    empty,
    file,
    imported,
    planned,
)
from tracker.exchange.parsing.mapping import mapping_from

HEAD = "opd,nama layanan,status"
ROWS = (
    "dinkes,Gizi,Aktif",
    "dinkes,Imunisasi,Tidak Aktif",
    "dinkes,Ambulans,Non-aktif",
)


@pytest.mark.parametrize(
    ("answer", "names"),
    [("skip", {"Gizi"}), ("counted", {"Gizi", "Imunisasi", "Ambulans"})],
)
def test_inactive_rows_are_asked_about(
    tmp_path: Path, answer: str, names: set[str]
) -> None:
    path = file(tmp_path, "x.csv", HEAD, *ROWS)
    [question] = planned(empty(), path, create_opds=True).questions
    assert (question.key, question.values["count"]) == (
        "inactive:x.csv:status",
        2,
    )
    made = planned(
        empty(), path, create_opds=True, answers={"inactive": answer}
    )
    assert {
        service.name for service in after(empty(), made).services.values()
    } == names
    assert made.unread == []


def test_what_an_inactive_row_has_wrong_waits_for_the_answer(
    tmp_path: Path,
) -> None:
    rows = (*ROWS, "dinkes,Gizi,Tidak aktif", "dinkes,,Tidak aktif")
    made = planned(
        empty(), file(tmp_path, "x.csv", HEAD, *rows), create_opds=True
    )
    assert (len(made.problems), len(made.questions)) == (0, 1)


@pytest.mark.parametrize(
    "cells", [("1", "0"), ("ya", "tidak"), ("Y", "T"), ("aktif", "naktif")]
)
def test_a_column_called_active_may_say_yes_and_no(
    tmp_path: Path, cells: tuple[str, str]
) -> None:
    rows = [f"d{n},Dinas {n},{cell}" for n, cell in enumerate(cells)]
    made = planned(empty(), file(tmp_path, "x.csv", "kode,nama,aktif", *rows))
    assert [question.values["count"] for question in made.questions] == [1]


@pytest.mark.parametrize(
    "rows",
    [
        ("dinkes,Gizi,Aktif", "dinkes,Imunisasi,"),
        ("dinkes,Gizi,Tidak Aktif", "dinkes,Imunisasi,gratis"),
        ("dinkes,Gizi,1", "dinkes,Imunisasi,0"),
    ],
)
def test_a_column_that_says_other_things_is_not_asked_about(
    tmp_path: Path, rows: tuple[str, ...]
) -> None:
    path = file(tmp_path, "x.csv", "opd,nama layanan,keterangan", *rows)
    assert len(imported(empty(), path, create_opds=True).services) == 2


def test_a_row_that_says_since_when_it_is_retired_is_entered_as_retired(
    tmp_path: Path,
) -> None:
    head = "opd,nama layanan,status,tanggal daftar,tanggal henti"
    rows = (
        "dinkes,Gizi,Aktif,2026-01-05,",
        "dinkes,Imunisasi,Tidak aktif,2026-01-05,2026-02-02",
    )
    register = imported(
        empty(), file(tmp_path, "x.csv", head, *rows), create_opds=True
    )
    assert (len(register.services), len(register.closures)) == (2, 1)


def test_in_an_inventory_an_inactive_service_is_listed_no_more(
    tmp_path: Path,
) -> None:
    before = file(
        tmp_path, "x.csv", HEAD, "dinkes,Gizi,Aktif", "dinkes,Imunisasi,Aktif"
    )
    register = imported(empty(), before, create_opds=True)
    path = file(tmp_path, "y.csv", HEAD, *ROWS[:2])
    made = planned(
        register, path, as_of=NOW.today, answers={"inactive": "skip"}
    )
    assert [
        effect.name for effect in made.effects if effect.what == "gone"
    ] == ["Imunisasi (dinkes-imunisasi)"]


def test_a_mapping_settles_it(tmp_path: Path) -> None:
    path = file(tmp_path, "x.csv", HEAD, *ROWS)
    skip = mapping_from({"skip": {"status": ["Tidak aktif", "Non-aktif"]}})
    unread = mapping_from({"columns": {"unread": ["status"]}})
    for mapping, count in ((skip, 1), (unread, 3)):
        assert (
            len(
                imported(
                    empty(), path, create_opds=True, mapping=mapping
                ).services
            )
            == count
        )
