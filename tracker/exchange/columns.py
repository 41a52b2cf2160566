"""The kinds of rows that travel in files and the names of their columns: a promise to spreadsheets."""

from enum import Enum
from functools import cache
from typing import NamedTuple


class ColumnType(Enum):
    """What the cells of a column hold, and so how they are read and written."""

    TEXT = "text"
    LINES = "lines"
    LIST = "list"
    CODE = "code"
    OPD = "opd"
    SERVICE = "service"
    APPLICATION = "application"
    DATE = "date"
    MOMENT = "moment"
    WEEK = "week"
    STAGE = "stage"
    FACTOR = "factor"
    KIND = "kind"
    NUMBER = "number"
    VISITS = "visits"
    DAYS = "days"
    WHOLE = "whole"
    YES = "yes"


CHOSEN = frozenset(
    (ColumnType.STAGE, ColumnType.FACTOR, ColumnType.KIND, ColumnType.YES)
)
"""What is one of a few values, so that an unknown word for one can be given its meaning."""


class Column(NamedTuple):
    """A column: its English and Indonesian header, what it holds, and what else people call it."""

    name: str
    indonesian: str
    holds: ColumnType
    needed: bool = False
    also: tuple[str, ...] = ()


_OPD_ALSO = (
    *(
        "perangkat daerah",
        "skpd",
        "instansi",
        "unit kerja",
        "nama opd",
        "kode opd",
        "agency",
    ),
    *(
        "nama perangkat daerah",
        "nama skpd",
        "opd pengampu",
        "perangkat daerah pengampu",
    ),
)
_STAGE_ALSO = ("tahapan", "status tahap", "status tahapan", "tahap digitalisasi")
_VOLUME_ALSO = (
    *(
        "volume per tahun",
        "permohonan per tahun",
        "pemohon per tahun",
        "jumlah pemohon",
    ),
    *("jumlah permohonan", "jumlah volume", "volume permohonan"),
)
_REGISTERED_ALSO = ("tanggal pendaftaran", "tanggal terdaftar", "tanggal registrasi")
_DAYS_ALSO = (
    *(
        "lama hari",
        "waktu penyelesaian",
        "processing days",
        "jangka waktu penyelesaian",
    ),
    *(
        "lama penyelesaian",
        "lama proses",
        "waktu proses",
        "jumlah hari",
        "jumlah hari kerja",
    ),
)
_RECORDED = (
    Column("recorded_at", "direkam", ColumnType.MOMENT),
    Column("by", "oleh", ColumnType.TEXT, also=("recorded_by",)),
)
_SERVICE = Column(
    "service", "layanan", ColumnType.SERVICE, True, ("kode layanan", "nama layanan")
)
_OPD = Column("opd", "perangkat_daerah", ColumnType.OPD, True, _OPD_ALSO)
_VISITS = Column(
    "visits", "kunjungan", ColumnType.VISITS, also=("jumlah kunjungan", "office visits")
)
_DAYS = Column("days", "hari", ColumnType.DAYS, also=_DAYS_ALSO)

KINDS: dict[str, tuple[Column, ...]] = {
    "opds": (
        Column(
            "code",
            "kode",
            ColumnType.CODE,
            True,
            ("kode opd", "kode skpd", "kode perangkat daerah"),
        ),
        Column(
            "name",
            "nama",
            ColumnType.TEXT,
            True,
            ("nama opd", "nama skpd", "nama perangkat daerah"),
        ),
        Column("kind", "jenis", ColumnType.KIND),
        Column(
            "aliases",
            "alias",
            ColumnType.LIST,
            also=("singkatan", "nama pendek", "abbreviation"),
        ),
        Column(
            "contact", "kontak", ColumnType.LINES, also=("narahubung", "contact person")
        ),
        Column("retired_on", "tanggal_henti", ColumnType.DATE),
        *_RECORDED,
    ),
    "applications": (
        Column(
            "application", "kode_aplikasi", ColumnType.CODE, also=("application code",)
        ),
        Column(
            "name",
            "nama_aplikasi",
            ColumnType.TEXT,
            True,
            ("application name", "aplikasi", "nama"),
        ),
        _OPD._replace(needed=False),
        Column("url", "tautan", ColumnType.TEXT, also=("link", "alamat web")),
        Column("integrated_on", "tanggal_integrasi", ColumnType.DATE),
        Column("retired_on", "tanggal_henti", ColumnType.DATE),
        *_RECORDED,
    ),
    "services": (
        Column("service", "kode_layanan", ColumnType.CODE, also=("service code",)),
        _OPD,
        Column(
            "name",
            "nama_layanan",
            ColumnType.TEXT,
            True,
            ("layanan", "service name", "jenis layanan", "nama"),
        ),
        Column("stage", "tahap", ColumnType.STAGE, also=_STAGE_ALSO),
        Column(
            "registered_on", "tanggal_daftar", ColumnType.DATE, also=_REGISTERED_ALSO
        ),
        Column("retired_on", "tanggal_henti", ColumnType.DATE),
        Column("volume", "volume", ColumnType.WHOLE, also=_VOLUME_ALSO),
        _VISITS,
        _DAYS,
        Column(
            "application",
            "aplikasi",
            ColumnType.APPLICATION,
            also=("nama aplikasi", "kode aplikasi"),
        ),
        Column("tags", "tag", ColumnType.LIST),
        Column("owner", "penanggung_jawab", ColumnType.TEXT, also=("pic",)),
        *_RECORDED,
    ),
    "transfers": (
        _SERVICE,
        Column("date", "tanggal", ColumnType.DATE, True),
        _OPD,
        *_RECORDED,
    ),
    "closures": (
        _SERVICE,
        Column("from", "dari", ColumnType.DATE, True),
        Column("until", "sampai", ColumnType.DATE),
        *_RECORDED,
    ),
    "moves": (
        _SERVICE,
        Column("date", "tanggal", ColumnType.DATE, True),
        Column("stage", "tahap", ColumnType.STAGE, True, _STAGE_ALSO),
        Column("evidence", "bukti", ColumnType.LINES),
        Column("verified_on", "tanggal_verifikasi", ColumnType.DATE),
        _VISITS,
        _DAYS,
        Column("note", "catatan", ColumnType.LINES),
        *_RECORDED,
    ),
    "targets": (
        _SERVICE,
        Column("stage", "tahap", ColumnType.STAGE, True, _STAGE_ALSO),
        Column("due_on", "tenggat", ColumnType.DATE, True),
        *_RECORDED,
    ),
    "obstacles": (
        _SERVICE,
        Column("factor", "faktor", ColumnType.FACTOR, True),
        Column("description", "uraian", ColumnType.LINES, True),
        Column("opened_on", "tanggal_buka", ColumnType.DATE),
        Column("resolved_on", "tanggal_selesai", ColumnType.DATE),
        *_RECORDED,
    ),
    "reports": (
        _OPD,
        Column("week", "minggu", ColumnType.WEEK, True, ("pekan",)),
        Column("note", "catatan", ColumnType.LINES),
        *_RECORDED,
    ),
    "evaluations": (
        Column("instrument", "instrumen", ColumnType.TEXT, True),
        Column("year", "tahun", ColumnType.WHOLE, True),
        Column("score", "nilai", ColumnType.NUMBER, also=("skor", "indeks")),
        Column("improvement", "peningkatan", ColumnType.NUMBER),
        Column("target", "target", ColumnType.NUMBER),
        Column("rank", "peringkat", ColumnType.WHOLE),
        Column("source", "sumber", ColumnType.LINES),
        *_RECORDED,
    ),
    "milestones": (
        Column("date", "tanggal", ColumnType.DATE, True),
        Column("text", "uraian", ColumnType.LINES, True),
        Column("method_break", "perubahan_metode", ColumnType.YES),
        *_RECORDED,
    ),
    "decisions": (
        Column("decision", "keputusan", ColumnType.TEXT, True),
        Column("owner", "penanggung_jawab", ColumnType.TEXT, True, ("pic",)),
        Column("due_on", "tenggat", ColumnType.DATE, True),
        Column("asked_on", "tanggal_diminta", ColumnType.DATE),
        Column("decided_on", "tanggal_keputusan", ColumnType.DATE),
        Column("done_on", "tanggal_selesai", ColumnType.DATE),
        Column("dropped_on", "tanggal_batal", ColumnType.DATE),
        Column("outcome", "hasil", ColumnType.LINES),
        Column("proposal", "usulan", ColumnType.TEXT),
        *_RECORDED,
    ),
}
"""Every kind of row, in the order in which an import enters them: what is referred to comes first."""

ANSWERS = "answers"
"""The kind of the rows that an OPD fills in on its sheet: moves, where anything differs."""

RETURNS = "returns"
"""The kind of the one row that tells of each sheet that came back: the OPD's report of the week."""

COLUMNS: dict[str, tuple[Column, ...]] = {
    **KINDS,
    ANSWERS: (
        _SERVICE,
        Column("stage", "tahap", ColumnType.STAGE),
        Column("date", "tanggal", ColumnType.DATE),
        _OPD._replace(needed=False),
        Column("evidence", "bukti", ColumnType.LINES),
        _VISITS,
        _DAYS,
        Column("note", "catatan", ColumnType.LINES),
    ),
    RETURNS: (
        _OPD,
        Column("week", "minggu", ColumnType.WEEK, True),
        Column("filled", "terisi", ColumnType.YES),
        Column("note", "catatan", ColumnType.LINES),
    ),
}
"""The columns of every kind of row that can be read."""

FIELDS: dict[str, dict[str, str]] = {
    "closures": {"from": "start"},
    "moves": {"date": "on"},
    "transfers": {"date": "on"},
    "milestones": {"date": "on"},
    "decisions": {"decision": "text"},
    "applications": {"application": "code"},
    "services": {"service": "code"},
}
"""The fields of the model that columns stand for, where they are called otherwise."""

INDONESIAN_KINDS = {
    "opds": ("opd", "perangkat daerah", "skpd"),
    "applications": ("aplikasi",),
    "services": ("layanan",),
    "transfers": ("pengalihan",),
    "closures": ("penutupan",),
    "moves": ("perpindahan", "kemajuan"),
    "targets": ("target",),
    "obstacles": ("hambatan", "kendala"),
    "reports": ("laporan",),
    "evaluations": ("evaluasi", "penilaian"),
    "milestones": ("tonggak",),
    "decisions": ("keputusan",),
}
"""What people call the kinds, for ``--kind`` and file names."""


@cache
def names(kind: str) -> tuple[str, ...]:
    """Return the names of a kind's columns, in the order in which exports write them."""
    return tuple(c.name for c in KINDS[kind])


def column_of(kind: str, field: str) -> str:
    """Return the column in which a field of the model stands."""
    return next(
        (name for name, own in FIELDS.get(kind, {}).items() if own == field), field
    )
