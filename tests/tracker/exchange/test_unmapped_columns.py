"""Columns that are not read: told where they cannot matter, asked about where losing them would."""

from datetime import date
from pathlib import Path

import pytest

from tests.tracker.exchange.importing import (
    after,
    empty,
    file,
    imported,
    planned,
)
from tracker.exchange.columns import COLUMNS, Column
from tracker.exchange.importing import ImportPlan
from tracker.exchange.parsing.mapping import (
    mapping_as_toml,
    mapping_from,
    read_mapping,
)
from tracker.exchange.parsing.wording import names_column, resembles
from tracker.model import Service, Stage

CREATES = mapping_from({"create_opds": True})


def inventory(folder: Path, header: str, *cells: str) -> Path:
    """Write a file of services with further columns."""
    rows = [
        f"Dinas A;Layanan {number};{cell}"
        for number, cell in enumerate(cells, start=1)
    ]
    return file(folder, "layanan.csv", f"OPD;Nama Layanan;{header}", *rows)


def the_service(folder: Path, header: str, cell: str) -> Service:
    [service] = imported(
        empty(), inventory(folder, header, cell), mapping=CREATES
    ).services.values()
    return service


def asked(made: ImportPlan) -> list[tuple[object, list[str]]]:
    """Return of which columns it is asked, and the answers offered."""
    return [
        (q.values["column"], [c.answer for c in q.candidates])
        for q in made.questions
    ]


def services_column(name: str) -> Column:
    return next(column for column in COLUMNS["services"] if column.name == name)


def test_a_stage_and_a_volume_worded_as_inventories_do_are_read(
    tmp_path: Path,
) -> None:
    service = the_service(
        tmp_path, "Tahap Saat Ini;Jml Pemohon", "online;1.250"
    )
    assert (service.stage, service.volume) == (Stage.ONLINE, 1250)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Tahap Saat Ini", "stage"),
        ("TAHAP LAYANAN (saat ini)", "stage"),
        ("Jumlah Pemohon (per tahun)", "volume"),
        ("Jlh. Pemohon per Tahun", "volume"),
        ("jmlPemohon", "volume"),
        ("Jumlah Permohonan / Tahun", "volume"),
        ("Jumlah Pemohon (2025)", "volume"),
        ("Jangka Waktu Penyelesaian (Hari Kerja)", "days"),
        ("Waktu penyelesaian (hari)", "days"),
        ("Tgl. Pendaftaran", "registered_on"),
    ],
)
def test_what_people_add_to_a_column_s_name_does_not_hide_it(
    header: str, name: str
) -> None:
    assert [
        column.name
        for column in COLUMNS["services"]
        if names_column(header, column)
    ] == [name]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Jumlah Pemohon per bulan", "volume"),
        ("Volume (per bulan)", "volume"),
        ("Waktu penyelesaian (jam)", "days"),
        ("Kunjungan per tahun", "visits"),
        ("Kunjungan (per tahun)", "visits"),
        ("Tahap (target)", "stage"),
        ("Tahap tahun lalu", "stage"),
        ("Volume 2025", "volume"),
        ("Pemohon", "volume"),
        ("Jumlah", "volume"),
        ("Thap", "stage"),
        ("Status Layanan", "stage"),
    ],
)
def test_what_only_resembles_a_column_is_not_taken_for_it(
    header: str, name: str
) -> None:
    assert not names_column(header, services_column(name))
    assert resembles(header, services_column(name))


@pytest.mark.parametrize(
    "header",
    [
        *(
            "No",
            "Keterangan X",
            "Dasar Hukum",
            "Biaya",
            "NIK Pemohon",
            "Kode lama",
        ),
        "Update terakhir",
    ],
)
def test_other_columns_resemble_none(header: str) -> None:
    assert [
        column.name
        for column in COLUMNS["services"]
        if resembles(header, column)
    ] == []


def test_columns_that_cannot_matter_are_told_and_stop_nothing(
    tmp_path: Path,
) -> None:
    made = planned(
        empty(),
        inventory(tmp_path, "Dasar Hukum;Biaya;Tahap", "Perda 1;Gratis;online"),
        mapping=CREATES,
    )
    assert made.is_ready
    assert made.unread == [("layanan.csv", ["Dasar Hukum", "Biaya"])]


def test_a_column_that_only_resembles_one_of_ours_is_asked_about(
    tmp_path: Path,
) -> None:
    path = inventory(tmp_path, "Volume (per bulan)", "100")
    made = planned(empty(), path, mapping=CREATES)
    assert asked(made) == [("Volume (per bulan)", ["volume", "skip"])]
    [question] = made.questions
    [service] = imported(
        empty(), path, mapping=CREATES, answers={question.key: "volume"}
    ).services.values()
    assert service.volume == 100
    left = planned(empty(), path, mapping=CREATES, answers={"column": "skip"})
    assert (left.is_ready, left.unread) == (True, [])
    [service] = after(empty(), left).services.values()
    assert service.volume is None


@pytest.mark.parametrize("unread", ["tahap akhir", ["Tahap Akhir"]])
def test_a_mapping_says_which_columns_are_not_read(
    tmp_path: Path, unread: object
) -> None:
    path = inventory(tmp_path, "Tahap Akhir", "sudah bagus")
    assert asked(planned(empty(), path, mapping=CREATES)) == [
        ("Tahap Akhir", ["stage", "skip"])
    ]
    mapping = mapping_from({"create_opds": True, "columns": {"unread": unread}})
    made = planned(empty(), path, mapping=mapping)
    assert (made.is_ready, made.unread) == (True, [])


def test_a_mapping_that_leaves_columns_unread_is_written_as_it_is_read(
    tmp_path: Path,
) -> None:
    mapping = mapping_from(
        {"columns": {"stage": "Cara", "unread": ["Tahap", "Status"]}}
    )
    assert (
        read_mapping(file(tmp_path, "peta.toml", mapping_as_toml(mapping)))
        == mapping
    )


def test_a_column_of_ours_is_not_read_where_a_mapping_says_so(
    tmp_path: Path,
) -> None:
    mapping = mapping_from(
        {"create_opds": True, "columns": {"unread": ["Volume"]}}
    )
    [service] = imported(
        empty(), inventory(tmp_path, "Volume", "12"), mapping=mapping
    ).services.values()
    assert service.volume is None


def test_of_two_columns_alike_in_name_the_mapping_names_one_to_the_letter(
    tmp_path: Path,
) -> None:
    path = inventory(tmp_path, "Volume (2024);Volume (2025)", "10;20")
    assert planned(empty(), path, mapping=CREATES).problems
    mapping = mapping_from(
        {
            "create_opds": True,
            "columns": {"volume": "Volume (2025)", "unread": "Volume (2024)"},
        }
    )
    [service] = imported(empty(), path, mapping=mapping).services.values()
    assert service.volume == 20


def test_two_columns_that_both_say_the_stage_are_asked_about(
    tmp_path: Path,
) -> None:
    made = planned(
        empty(),
        inventory(tmp_path, "Tahap;Tahap Saat Ini", "manual;online"),
        mapping=CREATES,
    )
    assert asked(made) == [("Tahap Saat Ini", ["stage", "skip"])]


def test_two_columns_cannot_be_answered_to_be_one(tmp_path: Path) -> None:
    path = inventory(tmp_path, "Pemohon A;Pemohon B", "1;2")
    made = planned(empty(), path, mapping=CREATES, answers={"column": "volume"})
    [problem] = made.problems
    assert (problem.values["first"], problem.values["second"]) == (
        "Pemohon A",
        "Pemohon B",
    )


def test_a_status_is_the_stage_where_every_cell_says_one(
    tmp_path: Path,
) -> None:
    assert (
        the_service(tmp_path, "Status Layanan", "Terintegrasi").stage
        is Stage.INTEGRATED
    )
    some = planned(
        empty(),
        inventory(tmp_path, "Status Layanan", "online", "belum ada"),
        mapping=CREATES,
    )
    assert asked(some) == [("Status Layanan", ["stage", "skip"])]
    active = planned(
        empty(),
        inventory(tmp_path, "Status", "Aktif", "Tidak Aktif"),
        mapping=CREATES,
    )
    assert [question.sort for question in active.questions] == ["inactive"]


def test_stages_under_any_header_are_asked_about(tmp_path: Path) -> None:
    made = planned(
        empty(),
        inventory(tmp_path, "Cara", "online", "tatap muka"),
        mapping=CREATES,
    )
    assert asked(made) == [("Cara", ["stage", "skip"])]


@pytest.mark.parametrize("cell", ["", "-", "warga kota"])
def test_a_column_that_can_hold_no_number_is_not_asked_about(
    tmp_path: Path, cell: str
) -> None:
    path = inventory(tmp_path, "Pemohon;Biaya", f"{cell};gratis")
    assert planned(empty(), path, mapping=CREATES).is_ready


def test_a_value_for_every_row_needs_no_column(tmp_path: Path) -> None:
    mapping = mapping_from(
        {
            "create_opds": True,
            "defaults": {"stage": "online", "registered_on": "2026-01-05"},
        }
    )
    made = planned(
        empty(),
        inventory(tmp_path, "Tahap Akhir;Tanggal Mulai", "x;2026-02-01"),
        mapping=mapping,
    )
    [service] = after(empty(), made).services.values()
    assert (service.stage, service.registered_on) == (
        Stage.ONLINE,
        date(2026, 1, 5),
    )


def test_a_column_by_which_rows_are_skipped_is_not_told_as_unread(
    tmp_path: Path,
) -> None:
    mapping = mapping_from({"create_opds": True, "skip": {"Status": "Tidak"}})
    made = planned(
        empty(), inventory(tmp_path, "Status", "Ya", "Tidak"), mapping=mapping
    )
    assert (made.is_ready, made.skipped, made.unread) == (True, 1, [])


def test_the_evidence_of_moves_is_asked_about(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "x.csv",
        "layanan;tanggal;tahap saat ini;Nomor Bukti",
        "a;2026-01-05;online;SK 1",
    )
    assert asked(planned(empty(), path, kind="moves")) == [
        ("Nomor Bukti", ["evidence", "skip"])
    ]
