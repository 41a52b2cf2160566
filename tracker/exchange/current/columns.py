"""The columns of the open data: what stands in each, and what it means.

Their names and order are a promise to whoever reads the file by a program. No column
holds a person's name, a contact, evidence or a note: the file may be published.
"""

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import NamedTuple

from tracker.exchange.current.rows import CurrentService
from tracker.exchange.parsing.values import join_items
from tracker.labels import stage_word
from tracker.language import N_, Language
from tracker.model import Stage

Value = str | int | float | date | bool | Stage | None


class CellKind(Enum):
    """What the cells of a column hold."""

    TEXT = N_("text")
    STAGE = N_("one of the three stages")
    DATE = N_("date")
    WHOLE = N_("whole number")
    NUMBER = N_("number")
    YES = N_("yes or no")


class CurrentColumn(NamedTuple):
    """A column: its English and Indonesian header, its cells, and its meaning (a msgid)."""

    name: str
    indonesian: str
    kind: CellKind
    meaning: str
    value: Callable[[CurrentService], Value]
    width: int = 14

    def header(self, language: Language) -> str:
        """Return the column's header in the language of the file."""
        return self.indonesian if language.code == "id" else self.name


OPEN_DATA = (
    CurrentColumn(
        "city",
        "kota",
        CellKind.TEXT,
        N_("The city whose register this is."),
        lambda row: row.city.name,
    ),
    CurrentColumn(
        "as_of",
        "per_tanggal",
        CellKind.DATE,
        N_("The day at whose end things stood so."),
        lambda row: row.day,
    ),
    CurrentColumn(
        "service",
        "kode_layanan",
        CellKind.TEXT,
        N_("The service's code in the register."),
        lambda row: row.at.service.code,
        28,
    ),
    CurrentColumn(
        "name",
        "nama_layanan",
        CellKind.TEXT,
        N_("The service's name."),
        lambda row: row.at.service.name,
        44,
    ),
    CurrentColumn(
        "opd",
        "perangkat_daerah",
        CellKind.TEXT,
        N_("The code of the OPD that offers it that day."),
        lambda row: row.opd.code,
        18,
    ),
    CurrentColumn(
        "opd_name",
        "nama_perangkat_daerah",
        CellKind.TEXT,
        N_("The name of that OPD."),
        lambda row: row.opd.name,
        36,
    ),
    CurrentColumn(
        "opd_kind",
        "jenis_perangkat_daerah",
        CellKind.TEXT,
        N_("The kind of OPD: dinas, badan, kecamatan and so on."),
        lambda row: str(row.opd.kind),
    ),
    CurrentColumn(
        "stage",
        "tahap",
        CellKind.STAGE,
        N_("How the service is reached: see the stages below."),
        lambda row: row.at.stage,
    ),
    CurrentColumn(
        "points",
        "poin",
        CellKind.WHOLE,
        N_("The stage as a number: 0, 1 or 2 steps made, of 2."),
        lambda row: row.at.points,
        8,
    ),
    CurrentColumn(
        "since",
        "sejak",
        CellKind.DATE,
        N_(
            "Since when it is in this stage; the day of registration where it never changed.",
        ),
        lambda row: row.at.entered_on,
    ),
    CurrentColumn(
        "registered_on",
        "tanggal_daftar",
        CellKind.DATE,
        N_("Since when the register knows the service."),
        lambda row: row.at.service.registered_on,
    ),
    CurrentColumn(
        "moved_on",
        "tanggal_pindah",
        CellKind.DATE,
        N_("The day of its last recorded move; empty where it never moved."),
        lambda row: row.moved.on if row.moved else None,
    ),
    CurrentColumn(
        "verified",
        "terverifikasi",
        CellKind.YES,
        N_("Whether the city's coordinator has checked the last move."),
        lambda row: row.at.verified,
    ),
    CurrentColumn(
        "volume",
        "volume",
        CellKind.WHOLE,
        N_("Requests a year; empty where unknown."),
        lambda row: row.at.service.volume,
    ),
    CurrentColumn(
        "visits",
        "kunjungan",
        CellKind.NUMBER,
        N_("Visits to an office that one request takes; empty where unknown."),
        lambda row: row.at.visits,
    ),
    CurrentColumn(
        "days",
        "hari",
        CellKind.NUMBER,
        N_("Days that one request takes; empty where unknown."),
        lambda row: row.at.days,
    ),
    CurrentColumn(
        "application",
        "aplikasi",
        CellKind.TEXT,
        N_("The application through which it is offered."),
        lambda row: row.application.name if row.application else None,
        24,
    ),
    CurrentColumn(
        "family",
        "layanan_sejenis",
        CellKind.TEXT,
        N_(
            "The name under which the same service of several OPDs is counted as one.",
        ),
        lambda row: row.at.service.family or None,
        24,
    ),
    CurrentColumn(
        "tags",
        "tag",
        CellKind.TEXT,
        N_("The sets to which it belongs, separated by semicolons."),
        lambda row: join_items(row.at.service.tags) or None,
        20,
    ),
    CurrentColumn(
        "target_stage",
        "target_tahap",
        CellKind.STAGE,
        N_("The stage that it is to reach next and has not reached."),
        lambda row: row.target.stage if row.target else None,
    ),
    CurrentColumn(
        "target_due_on",
        "target_tenggat",
        CellKind.DATE,
        N_("The day by whose end it is to reach that stage."),
        lambda row: row.target.due_on if row.target else None,
    ),
    CurrentColumn(
        "days_late",
        "hari_terlambat",
        CellKind.WHOLE,
        N_("Days since that day; 0 until then, empty without a target."),
        lambda row: row.days_late,
    ),
)


def cell_value(
    value: Value,
    language: Language,
) -> str | int | float | date | None:
    """Return a value as a cell holds it: stages and yes or no in the reader's words."""
    if isinstance(value, Stage):
        return language.text(stage_word(value))
    if isinstance(value, bool):
        return language.text("yes") if value else language.text("no")
    return value
