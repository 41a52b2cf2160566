"""What happens on a day: the history of services, and what is said of the city as a whole."""

from tracker.fields.description import MAX_NUMBER, FactKind, Field, ValueType
from tracker.fields.shared import (
    CORRECT,
    DAYS_FIELD,
    EDIT,
    NOBODY,
    NOTE_FIELD,
    ON_FIELD,
    OPD_FIELD,
    SERVICE_FIELD,
    STAGE_FIELD,
    VISITS_FIELD,
)
from tracker.language import N_

TRANSFERS = FactKind(
    table="transfers",
    noun=N_("Transfer"),
    plural=N_("Transfers"),
    removed=N_("the transfer to {opd} on {on} is taken out"),
    day="on",
    also=("pengalihan",),
    fields=(SERVICE_FIELD, ON_FIELD, OPD_FIELD),
)

CLOSURES = FactKind(
    table="closures",
    noun=N_("Closure"),
    plural=N_("Closures"),
    removed=N_("the closure from {start} is taken out"),
    day="start",
    end="until",
    also=("penutupan",),
    fields=(
        SERVICE_FIELD,
        Field(
            "start",
            N_("Closed from"),
            ValueType.DATE,
            column="from",
            indonesian="dari",
            needed_in_files=True,
        ),
        Field(
            "until",
            N_("Open again on"),
            ValueType.DATE,
            indonesian="sampai",
        ),
    ),
)

MOVES = FactKind(
    table="moves",
    noun=N_("Move"),
    plural=N_("Moves"),
    removed=N_("the move to {stage} on {on} is taken out"),
    day="on",
    also=("perpindahan", "kemajuan"),
    fields=(
        SERVICE_FIELD,
        ON_FIELD,
        STAGE_FIELD,
        Field("evidence", N_("Evidence"), ValueType.LINES, indonesian="bukti"),
        Field(
            "verified_on",
            N_("Verified on"),
            ValueType.DATE,
            indonesian="tanggal_verifikasi",
        ),
        VISITS_FIELD,
        DAYS_FIELD,
        NOTE_FIELD,
    ),
)

TARGETS = FactKind(
    table="targets",
    noun=N_("Target"),
    plural=N_("Targets"),
    entered=N_("to be {stage} by {due_on}"),
    removed=N_("the target of {stage} by {due_on} is taken out"),
    day="due_on",
    also=("target",),
    fields=(
        SERVICE_FIELD,
        STAGE_FIELD,
        Field(
            "due_on",
            N_("Due on"),
            ValueType.DATE,
            indonesian="tenggat",
            needed_in_files=True,
            ahead=True,
        ),
    ),
)

OBSTACLES = FactKind(
    table="obstacles",
    noun=N_("Obstacle"),
    plural=N_("Obstacles"),
    entered=N_("held back since {opened_on} ({factor})"),
    removed=N_("the obstacle since {opened_on} ({factor}) is taken out"),
    day="opened_on",
    end="resolved_on",
    also=("hambatan", "kendala"),
    fields=(
        SERVICE_FIELD,
        Field(
            "factor",
            N_("Factor"),
            ValueType.FACTOR,
            indonesian="faktor",
            needed_in_files=True,
        ),
        Field(
            "description",
            N_("Description"),
            ValueType.LINES,
            indonesian="uraian",
            needed_in_files=True,
        ),
        Field(
            "opened_on",
            N_("Since"),
            ValueType.DATE,
            indonesian="tanggal_buka",
        ),
        Field(
            "resolved_on",
            N_("Resolved on"),
            ValueType.DATE,
            indonesian="tanggal_selesai",
        ),
    ),
)

REPORTS = FactKind(
    table="reports",
    noun=N_("Report"),
    plural=N_("Reports"),
    entered=N_("has reported for {week}"),
    removed=N_("the report for {week} is taken out"),
    also=("laporan",),
    fields=(
        OPD_FIELD,
        Field(
            "week",
            N_("Week"),
            ValueType.WEEK,
            indonesian="minggu",
            needed_in_files=True,
            also=("pekan",),
        ),
        NOTE_FIELD,
    ),
)

REMINDERS = FactKind(
    table="reminders",
    noun=N_("Reminder"),
    plural=N_("Reminders"),
    entered=N_("reminded on {on} ({level})"),
    removed=N_("the reminder of {on} is taken out"),
    day="on",
    also=("pengingat",),
    fields=(
        OPD_FIELD,
        ON_FIELD,
        Field(
            "level",
            N_("Reminded"),
            ValueType.REMINDER_LEVEL,
            indonesian="tingkat_pengingat",
            needed_in_files=True,
        ),
    ),
)

EVALUATIONS = FactKind(
    table="evaluations",
    noun=N_("Evaluation"),
    plural=N_("Evaluations"),
    entered=N_("new evaluation, of {year}"),
    removed=N_("the evaluation of {year} is taken out"),
    unique=True,
    also=("evaluasi", "penilaian"),
    fields=(
        Field(
            "instrument",
            N_("Instrument"),
            ValueType.TEXT,
            indonesian="instrumen",
            needed_in_files=True,
        ),
        Field(
            "year",
            N_("Year"),
            ValueType.YEAR,
            indonesian="tahun",
            needed_in_files=True,
        ),
        Field(
            "score",
            N_("Score"),
            ValueType.NUMBER,
            indonesian="nilai",
            also=("skor", "indeks"),
        ),
        Field(
            "improvement",
            N_("Improvement"),
            ValueType.NUMBER,
            indonesian="peningkatan",
            minimum=-MAX_NUMBER,
        ),
        Field("target", N_("Target"), ValueType.NUMBER, indonesian="target"),
        Field("rank", N_("Rank"), ValueType.WHOLE, indonesian="peringkat"),
        Field("source", N_("Source"), ValueType.LINES, indonesian="sumber"),
    ),
)

MILESTONES = FactKind(
    table="milestones",
    noun=N_("Milestone"),
    plural=N_("Milestones"),
    entered=N_("new milestone, {on}"),
    removed=N_("the milestone of {on} is taken out"),
    day="on",
    also=("tonggak",),
    fields=(
        ON_FIELD,
        Field(
            "text",
            N_("Text"),
            ValueType.LINES,
            indonesian="uraian",
            needed_in_files=True,
        ),
        Field(
            "method_break",
            N_("Method break"),
            ValueType.YES,
            indonesian="perubahan_metode",
        ),
    ),
)

DECISIONS = FactKind(
    table="decisions",
    noun=N_("Decision"),
    plural=N_("Decisions"),
    entered=N_("asked of {owner} by {due_on}"),
    removed=N_("the decision due on {due_on} is taken out"),
    day="asked_on",
    also=("keputusan",),
    fields=(
        Field(
            "text",
            N_("Text"),
            ValueType.LINES,
            changed_by=EDIT | CORRECT,
            column="decision",
            column_label=N_("Decision"),
            indonesian="keputusan",
            needed_in_files=True,
        ),
        Field(
            "owner",
            N_("Owner"),
            ValueType.TEXT,
            changed_by=EDIT | CORRECT,
            indonesian="penanggung_jawab",
            needed_in_files=True,
            also=("pic",),
        ),
        Field(
            "due_on",
            N_("Due on"),
            ValueType.DATE,
            changed_by=EDIT | CORRECT,
            indonesian="tenggat",
            needed_in_files=True,
            ahead=True,
        ),
        Field(
            "asked_on",
            N_("Asked on"),
            ValueType.DATE,
            changed_by=EDIT | CORRECT,
            indonesian="tanggal_diminta",
        ),
        Field(
            "decided_on",
            N_("Decided on"),
            ValueType.DATE,
            changed_by=EDIT | CORRECT,
            indonesian="tanggal_keputusan",
        ),
        Field(
            "done_on",
            N_("Done on"),
            ValueType.DATE,
            changed_by=EDIT | CORRECT,
            indonesian="tanggal_selesai",
        ),
        Field(
            "dropped_on",
            N_("Dropped on"),
            ValueType.DATE,
            changed_by=EDIT | CORRECT,
            indonesian="tanggal_batal",
        ),
        Field(
            "outcome",
            N_("Outcome"),
            ValueType.LINES,
            changed_by=EDIT | CORRECT,
            indonesian="hasil",
        ),
        Field(
            "proposal",
            N_("Proposal"),
            ValueType.TEXT,
            changed_by=NOBODY,
            indonesian="usulan",
        ),
    ),
)

MEMBERS = FactKind(
    table="members",
    noun=N_("Member"),
    plural=N_("Members"),
    entered=N_("new member, {role}"),
    removed=N_("the member is taken out"),
    in_files=False,
    fields=(
        Field(
            "name",
            N_("Name"),
            ValueType.TEXT,
            changed_by=NOBODY,
            needed_in_files=True,
        ),
        Field("role", N_("Role"), ValueType.ROLE, changed_by=NOBODY),
        Field("opd", N_("OPD"), ValueType.OPD, changed_by=NOBODY),
    ),
)

SNAPSHOTS = FactKind(
    table="snapshots",
    noun=N_("Snapshot"),
    plural=N_("Snapshots"),
    in_files=False,
    fields=(
        Field(
            "week",
            N_("Week"),
            ValueType.WEEK,
            changed_by=NOBODY,
        ),
    ),
)

LOG = FactKind(
    table="log",
    noun=N_("Log"),
    plural=N_("Log"),
    in_files=False,
    fields=(
        Field(
            "why",
            N_("Why"),
            ValueType.LINES,
            changed_by=NOBODY,
        ),
    ),
)

DATED_KINDS = (
    TRANSFERS,
    CLOSURES,
    MOVES,
    TARGETS,
    OBSTACLES,
    REPORTS,
    REMINDERS,
    EVALUATIONS,
    MILESTONES,
    DECISIONS,
    MEMBERS,
    SNAPSHOTS,
    LOG,
)
"""In the order in which an import enters them: what is referred to first."""
