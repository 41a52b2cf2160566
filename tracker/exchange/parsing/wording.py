"""Titles as people word them: additions to a column's name, contradictions of it, and what resembles it."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from tracker.exchange.columns import COLUMNS, Column
from tracker.fields import ValueType

_NEAR = 85.0
"""From this likeness on, of 100, a word may be another one misspelt."""

_LONGEST = 120
"""How many characters a title has at most that names a column in other words."""

_SPELLED_OUT = {
    "jml": "jumlah",
    "jmlh": "jumlah",
    "jlh": "jumlah",
    "tgl": "tanggal",
    "vol": "volume",
    "thn": "tahun",
    "th": "tahun",
}
_NOW = ("saat ini", "sekarang", "terkini", "eksisting", "existing")
_A_YEAR = (
    "dalam satu tahun",
    "dalam setahun",
    "dalam 1 tahun",
    "per tahun",
    "pertahun",
    "setahun",
    "a year",
)
_PADDING = {
    "stage": (*_NOW, "layanan", "pelayanan"),
    "application": _NOW,
    "owner": _NOW,
    "registered_on": ("layanan", "pelayanan"),
    "volume": (*_A_YEAR, *_NOW, "layanan", "pelayanan"),
    "visits": (*_NOW, "ke kantor"),
    "days": (*_NOW, "dalam hari kerja", "dalam hari", "layanan", "pelayanan"),
}
"""What people add to the name of a column without meaning another."""

_OTHER_TIMES = (
    "bulan bulanan minggu mingguan triwulan semester kuartal month week quarter"
)
_BELIES = {
    "stage": "target rencana tujuan awal sebelumnya lalu lama diharapkan planned",
    "volume": f"{_OTHER_TIMES} hari harian day ribu ribuan ratusan juta persen",
    "visits": f"{_OTHER_TIMES} hari harian day tahun tahunan year ribu persen",
    "days": f"{_OTHER_TIMES} jam menit tahun hours minutes weeks months years",
}
"""Words in parentheses that make another thing of a column, such as the unit of a number."""

_DAY = "tanggal date"
_END = "henti berhenti penghentian dihentikan tutup ditutup penutupan retired"
_HINTS = {
    "stage": "tahap tahapan stage fase phase status digital digitalisasi",
    "registered_on": f"{_DAY} daftar pendaftaran terdaftar registrasi registered mulai",
    "retired_on": _END,
    "volume": "volume pemohon permohonan kunjungan pengguna transaksi transactions",
    "visits": "kunjungan visit visits datang kedatangan",
    "days": "hari day days durasi lama waktu jangka sla",
    "date": _DAY,
    "evidence": "bukti evidence",
    "verified_on": "verifikasi diverifikasi verified",
    "integrated_on": "integrasi terintegrasi integrated",
    "until": "sampai hingga until buka dibuka",
    "due_on": "tenggat due",
    "opened_on": f"{_DAY} mulai sejak opened",
    "resolved_on": "selesai tuntas diselesaikan resolved",
    "score": "nilai skor indeks score",
}
"""Words by which a header resembles a column whose loss would make figures wrong."""

_IDENTIFIERS = frozenset(
    (
        "kode",
        "nama",
        "nik",
        "no",
        "nomor",
        "alamat",
        "telepon",
        "telp",
        "hp",
        "email",
        "code",
        "name",
    )
)
_AMOUNTS = frozenset(
    (
        ValueType.DATE,
        ValueType.MOMENT,
        ValueType.NUMBER,
        ValueType.VISITS,
        ValueType.DAYS,
        ValueType.WHOLE,
        ValueType.WEEK,
    )
)


@lru_cache(maxsize=4096)
def comparable_title(header: str) -> str:
    """Return a title without case, spaces, signs and accents: the form in which titles are compared."""
    said = _ascii(header).lower()
    return re.sub(r"[^a-z0-9]+", "", re.sub(r"\(.*?\)", "", said) or said)


@cache
def names_of_column(column: Column) -> tuple[str, ...]:
    """Return a column's names in comparable form, the promised ones first."""
    return tuple(
        dict.fromkeys(
            map(
                comparable_title, (column.name, column.indonesian, *column.also)
            )
        )
    )


def may_name(header: str) -> bool:
    """Tell whether a title is short and has a word of some column's name: a quick test for many titles."""
    return len(header) <= _LONGEST and not _vocabulary().isdisjoint(
        _words(header)
    )


@lru_cache(maxsize=65_536)
def names_column(header: str, column: Column) -> bool:
    """Tell whether a title names a column, abbreviated or padded, and no unit contradicts it."""
    return not contradicted_by_unit(header, column) and not _named(
        header, column
    ).isdisjoint(names_of_column(column))


def contradicted_by_unit(header: str, column: Column) -> bool:
    """Tell whether parentheses in a title change its meaning, as in ``Volume (per bulan)``."""
    added = set(_words(" ".join(re.findall(r"\((.*?)\)", header))))
    return not added.isdisjoint(_BELIES.get(column.name, "").split()) or (
        column.name in {"volume", "visits", "days"}
        and re.search(r"\(.*%.*\)", header) is not None
    )


@lru_cache(maxsize=65_536)
def resembles(header: str, column: Column) -> bool:
    """Tell whether a header may name a column whose loss would make figures wrong."""
    hints = _HINTS.get(column.name, "").split()
    words = _words(header)
    if not hints or (
        column.holds in _AMOUNTS and not _IDENTIFIERS.isdisjoint(words)
    ):
        return False
    if set(words) == {"jumlah"}:
        return column.name == "volume"
    run = comparable_title(header)
    return any(
        hint in words or (len(hint) > 4 and hint in run) for hint in hints
    ) or _is_near(words, [*hints, *names_of_column(column)])


def is_amount(column: Column) -> bool:
    """Tell whether a column holds numbers or dates, so that nothing without a digit can stand in it."""
    return column.holds in _AMOUNTS


def _is_near(words: Iterable[str], known: list[str]) -> bool:
    from rapidfuzz import fuzz

    said = [word for word in (*words, "".join(words)) if len(word) > 3]
    return any(
        fuzz.ratio(one, other) >= _NEAR
        for one in said
        for other in known
        if len(other) > 4
    )


def _named(header: str, column: Column) -> frozenset[str]:
    """Return the plain names that a header may stand for: as it is, spelled out, without its padding."""
    names = _spelled(header)
    if column.name not in _PADDING:
        return names
    bare = " ".join(
        _words(re.sub(r"\(.*?\)", " ", header).replace("/", " per "))
    )
    for phrase in _PADDING[column.name]:
        bare = re.sub(rf"\b{phrase}\b", " ", bare)
    return names | {comparable_title(bare)} - {""}


@cache
def _vocabulary() -> frozenset[str]:
    names = (
        name
        for columns in COLUMNS.values()
        for c in columns
        for name in (c.name, c.indonesian, *c.also)
    )
    return frozenset(word for name in names for word in _words(name))


@lru_cache(maxsize=4096)
def _spelled(header: str) -> frozenset[str]:
    return frozenset(
        (
            comparable_title(header),
            "".join(_words(re.sub(r"\(.*?\)", " ", header))),
        )
    ) - {""}


@lru_cache(maxsize=4096)
def _words(header: str) -> tuple[str, ...]:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _ascii(header)).lower()
    return tuple(
        _SPELLED_OUT.get(word, word)
        for word in re.findall(r"[a-z0-9]+", parted)
    )


def _ascii(text: str) -> str:
    return (
        unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    )
