"""Files as agencies publish them go in without a silent loss: entered, asked about, or named as not read."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.depth import one_in
from tests.tracker.exchange.importing import (
    NOW,
    after,
    complaints,
    empty,
    file,
    planned,
)
from tests.tracker.exchange.public_files import PublicFile
from tests.tracker.exchange.test_account import accounted
from tracker.exchange.importing import ImportPlan, plan_import
from tracker.exchange.options import ImportOptions
from tracker.exchange.parsing.mapping import mapping_from
from tracker.exchange.questions import Answers
from tracker.register import Register

CATALOGUE = PublicFile(
    "katalog_layanan.csv",
    {
        "": [
            ["DAFTAR LAYANAN PUBLIK KOTA CONTOH"],
            ["Per 30 September 2026"],
            [],
            ["No", "Perangkat Daerah", "Nama Layanan", "Online?", "Keterangan"],
            [1, "Dinas Sosial", "Rekomendasi bantuan", "Ya", "via situs"],
            [2, "Dinas Sosial", "Surat keterangan terdaftar", "Tidak", ""],
            [3, "Kecamatan Coblong", "Surat pindah", "Tidak", "loket 2"],
        ]
    },
    encoding="utf-8-sig",
    delimiter=";",
    asks=[
        "stage-columns:katalog_layanan.csv",
        "opd:dinas-sosial",
        "opd:kecamatan-coblong",
    ],
    answers={"opd": "new", "stage-columns": "online"},
    services=[
        ("Dinas Sosial", "Rekomendasi bantuan", "online"),
        ("Dinas Sosial", "Surat keterangan terdaftar", "conventional"),
        ("Kecamatan Coblong", "Surat pindah", "conventional"),
    ],
)

SOP = PublicFile(
    "SOP 2026.csv",
    {
        "": [
            ["Nama OPD", "Nama SOP", "Jangka Waktu", "Tahap"],
            [
                "Dinas Kesehatan",
                "Izin praktik bidan",
                "3-4 Hari Kerja",
                "Daring",
            ],
            ["Dinas Kesehatan", "Izin apotek", "7 (tujuh) hari", "Manual"],
            ["Dinas Kesehatan", "Surat sehat", "30 menit", "Manual"],
        ]
    },
    asks=[
        "column:SOP 2026.csv:Jangka Waktu",
        "opd:dinas-kesehatan",
        "spans:SOP 2026.csv:Jangka Waktu",
    ],
    answers={
        "opd": "new",
        "column:SOP 2026.csv:Jangka Waktu": "days",
        "spans": "longest",
    },
    services=[
        ("Dinas Kesehatan", "Izin praktik bidan", "online"),
        ("Dinas Kesehatan", "Izin apotek", "conventional"),
        ("Dinas Kesehatan", "Surat sehat", "conventional"),
    ],
)

PERMITS = PublicFile(
    "perizinan.xlsx",
    {
        "Izin": [
            ["No", "Nama Izin", "Biaya", "Dasar Hukum"],
            [1, "Izin Reklame", 150000, "Perda 3/2019"],
            [2, "Izin Parkir", "Gratis", "Perda 5/2020"],
        ]
    },
    asks=["opd:dpmptsp", "stage:perizinan.xlsx"],
    answers={"opd": "new", "stage": "unknown"},
    services=[
        ("DPMPTSP", "Izin Reklame", "conventional"),
        ("DPMPTSP", "Izin Parkir", "conventional"),
    ],
    mapping={"defaults": {"opd": "DPMPTSP"}},
)

INVENTORY = PublicFile(
    "inventaris_aplikasi.csv",
    {
        "": [
            ["No", "Nama Aplikasi", "OPD Pengelola", "URL", "Status"],
            [
                1,
                "Salaman",
                "Disdukcapil",
                "https://salaman.example.id",
                "Aktif",
            ],
            [2, "Si Lama", "Dinas Sosial", "-", "Non Aktif"],
        ]
    },
    delimiter=";",
    encoding="cp1252",
    asks=["inactive:inventaris_aplikasi.csv:Status", "opd:disdukcapil"],
    answers={"opd": "new", "inactive": "skip"},
    applications=["Salaman"],
    opds=["Disdukcapil"],
)

PER_OPD = PublicFile(
    "layanan per OPD.xlsx",
    {
        "Dinas Sosial": [
            ["No", "Nama Layanan", "Tahap"],
            [1, "Bantuan", "Manual"],
            [2, "Rujukan", "Daring"],
        ],
        "Kecamatan Coblong": [
            ["No", "Nama Layanan", "Tahap"],
            [1, "KTP", "Manual"],
        ],
        "Petunjuk": [["Isi kolom Tahap dengan Manual atau Daring"]],
    },
    asks=[
        "sheet-opd:layanan per OPD.xlsx (Dinas Sosial)",
        "sheet-opd:layanan per OPD.xlsx (Kecamatan Coblong)",
        "opd:dinas-sosial",
        "opd:kecamatan-coblong",
    ],
    answers={"sheet-opd": "yes", "opd": "new"},
    services=[
        ("Dinas Sosial", "Bantuan", "conventional"),
        ("Dinas Sosial", "Rujukan", "online"),
        ("Kecamatan Coblong", "KTP", "conventional"),
    ],
    sheet="*",
)


def merge_two_line_head(book: Workbook) -> None:
    sheet = book.active
    assert sheet is not None
    for cells in ("A1:A2", "B1:B2", "C1:D1"):
        sheet.merge_cells(cells)


TWO_LINES = PublicFile(
    "rekap.xlsx",
    {
        "Rekap": [
            ["OPD", "Nama Layanan", "Pelaksanaan", None],
            [None, None, "Online", "Volume"],
            ["Dinas Sosial", "Bantuan", "Ya", 120],
            ["Dinas Sosial", "Rujukan", "Tidak", 30],
        ]
    },
    finish=merge_two_line_head,
    asks=["stage-columns:rekap.xlsx", "opd:dinas-sosial"],
    answers={"opd": "new", "stage-columns": "online"},
    services=[
        ("Dinas Sosial", "Bantuan", "online"),
        ("Dinas Sosial", "Rujukan", "conventional"),
    ],
)

KECAMATAN = PublicFile(
    "surat kecamatan.csv",
    {
        "": [
            ["KECAMATAN", "JENIS SURAT", "ONLINE/OFFLINE"],
            ["Kecamatan Andir", "Surat Pindah", "Offline"],
            ["Kecamatan Cicendo", "Surat Pindah", "Online"],
            ["Kecamatan Cicendo", "Keterangan Usaha", "Online"],
        ]
    },
    encoding="cp1252",
    delimiter=";",
    asks=[
        "column:surat kecamatan.csv:ONLINE/OFFLINE",
        "opd:kecamatan-andir",
        "opd:kecamatan-cicendo",
    ],
    answers={
        "opd": "new",
        "column:surat kecamatan.csv:ONLINE/OFFLINE": "stage",
    },
    services=[
        ("Kecamatan Andir", "Surat Pindah", "conventional"),
        ("Kecamatan Cicendo", "Surat Pindah", "online"),
        ("Kecamatan Cicendo", "Keterangan Usaha", "online"),
    ],
    mapping={"columns": {"opd": "KECAMATAN"}},
)

UKRAINIAN = PublicFile(
    "послуги.csv",
    {
        "": [
            ["agency", "service name", "stage"],
            ["Департамент охорони здоров'я", "Довідка", "online"],
            ["Департамент освіти", "Запис до школи", "conventional"],
        ]
    },
    asks=["opd:62fa1f35", "opd:0d556c06"],
    answers={"opd": "new"},
    services=[
        ("Департамент охорони здоров'я", "Довідка", "online"),
        ("Департамент освіти", "Запис до школи", "conventional"),
    ],
)

ENGLISH = PublicFile(
    "services.csv",
    {
        "": [
            [
                "Department",
                "Service Name",
                "Available online",
                "Transactions per year",
            ],
            ["Ministry of Health", "Birth record", "Yes", "1,250"],
            ["Ministry of Health", "Death record", "No", "12"],
        ]
    },
    asks=[
        "column:services.csv:Transactions per year",
        "stage-columns:services.csv",
        "opd:ministry-of-health",
    ],
    answers={
        "opd": "new",
        "column:services.csv:Transactions per year": "volume",
        "stage-columns": "online",
    },
    services=[
        ("Ministry of Health", "Birth record", "online"),
        ("Ministry of Health", "Death record", "conventional"),
    ],
)

FRENCH = PublicFile(
    "services_gc.csv",
    {
        "": [
            ["opd", "service name", "stage", "Langue"],
            ["Agence du revenu", "Déclaration d’impôt", "online", "français"],
            [
                "Ministère de la Santé",
                "Carte santé",
                "conventional",
                "français",
            ],
        ]
    },
    encoding="cp1252",
    delimiter=";",
    asks=["opd:agence-du-revenu", "opd:ministere-de-la-sante"],
    answers={"opd": "new"},
    services=[
        ("Agence du revenu", "Déclaration d’impôt", "online"),
        ("Ministère de la Santé", "Carte santé", "conventional"),
    ],
)

HAN = PublicFile(
    "机构.csv",
    {
        "": [
            ["opd", "layanan", "tahap"],
            ["卫生局", "健康证", "Daring"],
            ["教育局", "入学", "Manual"],
        ]
    },
    asks=["opd:6d89a0d2", "opd:43101fb5"],
    answers={"opd": "new"},
    services=[
        ("卫生局", "健康证", "online"),
        ("教育局", "入学", "conventional"),
    ],
)

PASTED = PublicFile(
    "tempelan.txt",
    {
        "": [
            ["OPD", "Nama Layanan", "Tahap", "Volume"],
            ["Dinas Sosial", "Bantuan", "Manual", 120],
            ["Dinas Sosial", "Rujukan", "Daring", 30],
            ["JUMLAH", "", "", 150],
        ]
    },
    delimiter="\t",
    asks=["total:tempelan.txt", "opd:dinas-sosial"],
    answers={"total": "skip", "opd": "new"},
    services=[
        ("Dinas Sosial", "Bantuan", "conventional"),
        ("Dinas Sosial", "Rujukan", "online"),
    ],
)

NOTES = PublicFile(
    "dengan catatan.xlsx",
    {
        "Data": [
            ["OPD", "Nama Layanan", "Tahap"],
            ["Dinas Sosial", "Bantuan", "Manual"],
            [],
            ["Catatan: data sementara"],
            ["Sumber: Bagian Organisasi, 2026"],
        ]
    },
    asks=["note:dengan catatan.xlsx", "opd:dinas-sosial"],
    answers={"note": "skip", "opd": "new"},
    services=[("Dinas Sosial", "Bantuan", "conventional")],
)


def hide_column_d(book: Workbook) -> None:
    book.worksheets[0].column_dimensions["D"].hidden = True


HIDDEN = PublicFile(
    "tersembunyi.xlsx",
    {
        "Data": [
            ["OPD", "Nama Layanan", "Tahap", "Volume"],
            ["Dinas Sosial", "Bantuan", "Manual", 120],
        ]
    },
    finish=hide_column_d,
    asks=["opd:dinas-sosial"],
    answers={"opd": "new"},
    services=[("Dinas Sosial", "Bantuan", "conventional")],
)


def show_percent(book: Workbook) -> None:
    for row in (2, 3):
        book.worksheets[0].cell(row, 4).number_format = "0%"


PERCENT = PublicFile(
    "persen.xlsx",
    {
        "Data": [
            ["OPD", "Nama Layanan", "Tahap", "Volume"],
            ["Dinas Sosial", "Bantuan", "Manual", 0.45],
            ["Dinas Sosial", "Rujukan", "Daring", 0.55],
        ]
    },
    finish=show_percent,
    refused=[(2, "Volume"), (3, "Volume")],
)


def show_codes(book: Workbook) -> None:
    for row in (2, 3):
        book.worksheets[0].cell(row, 1).number_format = "0000"


CODES = PublicFile(
    "kode.xlsx",
    {
        "Data": [
            ["Kode Layanan", "OPD", "Nama Layanan", "Tahap"],
            [1, "Dinas Sosial", "Bantuan", "Manual"],
            [20, "Dinas Sosial", "Rujukan", "Daring"],
        ]
    },
    finish=show_codes,
    asks=["opd:dinas-sosial"],
    answers={"opd": "new"},
    services=[
        ("Dinas Sosial", "Bantuan", "conventional"),
        ("Dinas Sosial", "Rujukan", "online"),
    ],
    codes=["0001", "0020"],
)

DATES = PublicFile(
    "tanggal.csv",
    {
        "": [
            ["OPD", "Nama Layanan", "Tahap", "Tanggal Pendaftaran"],
            ["Dinas Sosial", "Bantuan", "Manual", "Jum'at, 7 Februari 2025"],
            ["Dinas Sosial", "Rujukan", "Daring", "1 Peb 2025"],
            ["Dinas Sosial", "Aduan", "Daring", "3-Feb-25"],
        ]
    },
    asks=["opd:dinas-sosial"],
    answers={"opd": "new"},
    services=[
        ("Dinas Sosial", "Bantuan", "conventional"),
        ("Dinas Sosial", "Rujukan", "online"),
        ("Dinas Sosial", "Aduan", "online"),
    ],
    days=[date(2025, 2, 7), date(2025, 2, 1), date(2025, 2, 3)],
)

ODS = PublicFile(
    "daftar.ods",
    {
        "Layanan": [
            ["OPD", "Nama Layanan", "Tahap", "Terdaftar"],
            ["Dinas Sosial", "Bantuan", "Manual", date(2025, 2, 7)],
        ],
        "Kontak": [["Nama", "Telepon"], ["Asep", "022-123"]],
    },
    asks=["column:daftar.ods (Layanan):Terdaftar", "opd:dinas-sosial"],
    answers={
        "opd": "new",
        "column:daftar.ods (Layanan):Terdaftar": "registered_on",
    },
    services=[("Dinas Sosial", "Bantuan", "conventional")],
    days=[date(2025, 2, 7)],
)

JSON = PublicFile(
    "layanan.json",
    {
        "": [
            ["opd", "nama_layanan", "tahap", "catatan"],
            ["Dinas Sosial", "Bantuan", "Manual", "x"],
            ["Dinas Sosial", "Rujukan", "Daring", None],
        ]
    },
    asks=["opd:dinas-sosial"],
    answers={"opd": "new"},
    services=[
        ("Dinas Sosial", "Bantuan", "conventional"),
        ("Dinas Sosial", "Rujukan", "online"),
    ],
)

AGENCIES = PublicFile(
    "opd.csv",
    {
        "": [
            ["idopd", "namaopd", "alamat"],
            ["0101", "Dinas Sosial", "Jl. A"],
            ["0102", "Kecamatan Andir", "Jl. B"],
        ]
    },
    opds=["Dinas Sosial", "Kecamatan Andir"],
    codes=["0101", "0102"],
)

NUMBERED = PublicFile(
    "tabel resmi.csv",
    {
        "": [
            ["No", "OPD", "Nama Layanan", "Tahap"],
            ["(1)", "(2)", "(3)", "(4)"],
            ["A", "PENDAFTARAN", "", ""],
            [1, "Dinas Sosial", "Bantuan", "Manual"],
            ["B", "LAIN-LAIN", "", ""],
            [2, "Dinas Sosial", "Rujukan", "Daring"],
            [],
            ["", "", "", "Bandung, 3 Mei 2026"],
            ["", "", "", "Kepala Bagian Organisasi"],
        ]
    },
    delimiter=";",
    asks=["note:tabel resmi.csv", "opd:dinas-sosial"],
    answers={"note": "skip", "opd": "new"},
    services=[
        ("Dinas Sosial", "Bantuan", "conventional"),
        ("Dinas Sosial", "Rujukan", "online"),
    ],
)

FILES = [
    CATALOGUE, SOP, PERMITS, INVENTORY, PER_OPD, TWO_LINES, KECAMATAN, UKRAINIAN, ENGLISH, FRENCH, HAN,
    PASTED, NOTES, HIDDEN, PERCENT, CODES, DATES, ODS, JSON, AGENCIES, NUMBERED,
]  # fmt: skip


def plan_of(one: PublicFile, folder: Path, answers: Answers) -> ImportPlan:
    path = one.write(folder)
    options = ImportOptions(mapping=mapping_from(one.mapping), sheet=one.sheet)
    return plan_import(empty(), [path], options, NOW, answers)


def plan_with_answers(
    one: PublicFile, folder: Path
) -> tuple[ImportPlan, list[str], list[ImportPlan]]:
    """Answer what is asked until nothing more is; return the last plan, all questions, and all plans."""
    asked: list[str] = []
    given: dict[str, str] = {}
    plans = [plan_of(one, folder, given)]
    while plans[-1].questions:
        new = [question.key for question in plans[-1].questions]
        assert not set(new) & set(asked), "an answered question is asked again"
        asked += new
        given |= {key: one.answer_to(key) for key in new}
        plans.append(plan_of(one, folder, given))
    return plans[-1], asked, plans


@pytest.mark.parametrize("one", one_in(3, FILES), ids=lambda one: str(one.name))
def test_a_public_file_goes_in_without_a_silent_loss(
    one: PublicFile, tmp_path: Path
) -> None:
    made, asked, plans = plan_with_answers(one, tmp_path)
    assert asked == list(one.asks)
    for plan in plans:
        assert accounted(plan.account) == one.filled
    assert complaints(made) == list(one.refused)
    if not one.refused:
        check_entered(one, after(empty(), made))


def check_entered(one: PublicFile, register: Register) -> None:
    """Assert that a register holds what the file lists, and nothing besides."""
    services = list(register.services.values())
    assert [
        (register.opds[service.opd].name, service.name, str(service.stage))
        for service in services
    ] == list(one.services)
    opds = list(register.opds.values())
    agencies = one.opds or dict.fromkeys(
        agency for agency, _, _ in one.services
    )
    assert [opd.name for opd in opds] == list(agencies)
    applications = register.applications.values()
    assert [one.name for one in applications] == list(one.applications)
    if one.codes:
        assert [entry.code for entry in services or opds] == list(one.codes)
    if one.days:
        assert [service.registered_on for service in services] == list(one.days)


def test_durations_and_volumes_are_read_as_written(tmp_path: Path) -> None:
    durations = after(empty(), plan_with_answers(SOP, tmp_path)[0])
    assert [service.days for service in durations.services.values()] == [
        4,
        7,
        0.020833,
    ]
    volumes = after(empty(), plan_with_answers(ENGLISH, tmp_path)[0])
    assert [service.volume for service in volumes.services.values()] == [
        1250,
        12,
    ]


def test_permits_without_an_agency_are_refused_with_what_lacks(
    tmp_path: Path,
) -> None:
    made = plan_import(empty(), [PERMITS.write(tmp_path)], ImportOptions(), NOW)
    [problem] = made.problems
    assert problem.values["columns"] == "opd (perangkat_daerah)"


def test_a_file_called_after_an_agency_lists_its_services(
    tmp_path: Path,
) -> None:
    path = file(
        tmp_path, "Dinas_Sosial.csv", "Nama Layanan,Tahap", "Bantuan,Manual"
    )
    made = planned(empty(), path, create_opds=True)
    assert [question.key for question in made.questions] == [
        "sheet-opd:Dinas_Sosial.csv"
    ]
    answers = {"sheet-opd": "yes"}
    register = after(
        empty(), planned(empty(), path, create_opds=True, answers=answers)
    )
    assert [opd.name for opd in register.opds.values()] == ["Dinas Sosial"]
    refused = planned(empty(), path, answers={"sheet-opd": "no"})
    assert refused.problems


def test_a_sheet_without_a_header_keeps_what_is_missing_from_being_retired(
    tmp_path: Path,
) -> None:
    path = PER_OPD.write(tmp_path)
    options = {"sheet": "*", "as_of": date(2026, 6, 1), "retire_missing": True}
    answers = {"sheet-opd": "yes"}
    made = planned(empty(), path, create_opds=True, answers=answers, **options)
    assert [question.sort for question in made.questions] == ["unread"]
