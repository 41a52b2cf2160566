"""The fields that several kinds of facts have."""

from tracker.fields.description import ChangedBy, Field, ValueType
from tracker.language import N_

EDIT, CORRECT, NOBODY = ChangedBy.EDIT, ChangedBy.CORRECT, ChangedBy.NOBODY

OPD_FIELD = Field(
    "opd",
    N_("OPD"),
    ValueType.OPD,
    indonesian="perangkat_daerah",
    needed_in_files=True,
    also=(
        "perangkat daerah",
        "skpd",
        "instansi",
        "unit kerja",
        "nama opd",
        "kode opd",
        "agency",
        "nama perangkat daerah",
        "nama skpd",
        "opd pengampu",
        "perangkat daerah pengampu",
        "opd pengelola",
        "perangkat daerah pengelola",
        "instansi pengelola",
        "opd pemilik",
        "opd penyelenggara",
        "nama instansi",
        "dinas",
        "department",
        "id opd",
        "id skpd",
    ),
)
SERVICE_FIELD = Field(
    "service",
    N_("Service"),
    ValueType.SERVICE,
    changed_by=NOBODY,
    indonesian="layanan",
    needed_in_files=True,
    also=("kode layanan", "nama layanan"),
)
STAGE_FIELD = Field(
    "stage",
    N_("Stage"),
    ValueType.STAGE,
    indonesian="tahap",
    needed_in_files=True,
    also=("tahapan", "status tahap", "status tahapan", "tahap digitalisasi"),
)
VISITS_FIELD = Field(
    "visits",
    N_("Office visits"),
    ValueType.VISITS,
    indonesian="kunjungan",
    also=("jumlah kunjungan", "office visits"),
)
DAYS_FIELD = Field(
    "days",
    N_("Days to process"),
    ValueType.DAYS,
    indonesian="hari",
    also=(
        "lama hari",
        "waktu penyelesaian",
        "processing days",
        "jangka waktu penyelesaian",
        "lama penyelesaian",
        "lama proses",
        "waktu proses",
        "jumlah hari",
        "jumlah hari kerja",
    ),
)
ON_FIELD = Field(
    "on",
    N_("Date"),
    ValueType.DATE,
    column="date",
    indonesian="tanggal",
    needed_in_files=True,
)
NOTE_FIELD = Field("note", N_("Note"), ValueType.LINES, indonesian="catatan")
LISTED_AS_FIELD = Field(
    "listed_as",
    N_("Code in the list"),
    ValueType.TEXT,
    changed_by=EDIT,
    indonesian="kode_di_daftar",
)
NAME_FIELD = Field(
    "name",
    N_("Name"),
    ValueType.TEXT,
    changed_by=EDIT,
    needed_in_files=True,
)
RETIRED_ON_FIELD = Field(
    "retired_on",
    N_("Retired on"),
    ValueType.DATE,
    changed_by=EDIT | CORRECT,
    indonesian="tanggal_henti",
)

RECORDED = (
    Field(
        "recorded_at",
        N_("Recorded"),
        ValueType.MOMENT,
        changed_by=NOBODY,
        indonesian="direkam",
    ),
    Field(
        "by",
        N_("Recorded by"),
        ValueType.TEXT,
        changed_by=NOBODY,
        indonesian="oleh",
        also=("recorded_by",),
    ),
)
"""What every fact carries: when it was recorded and by whom."""
