"""What is registered once and edited: the city, its agencies, applications and services."""

from msgspec.structs import replace

from tracker.fields.description import FactKind, Field, ValueType
from tracker.fields.shared import (
    CORRECT,
    DAYS_FIELD,
    EDIT,
    LISTED_AS_FIELD,
    NAME_FIELD,
    NOBODY,
    OPD_FIELD,
    RETIRED_ON_FIELD,
    STAGE_FIELD,
    VISITS_FIELD,
)
from tracker.language import N_

MAX_VOLUME = 10_000_000_000
"""Requests a year: more than every citizen of the country could make."""

CITY = FactKind(
    table="city",
    noun=N_("City"),
    plural=N_("City"),
    in_files=False,
    fields=(
        NAME_FIELD,
        Field("portal", N_("Portal"), ValueType.TEXT, changed_by=EDIT),
        Field("timezone", N_("Time zone"), ValueType.TEXT, changed_by=EDIT),
        Field(
            "goal", N_("Goal date"), ValueType.DATE, changed_by=EDIT, ahead=True
        ),
        Field(
            "stalled_after",
            N_("Stalled after"),
            ValueType.WHOLE,
            changed_by=EDIT,
            minimum=1,
        ),
        Field(
            "in_opening", N_("In the opening"), ValueType.YES, changed_by=NOBODY
        ),
        Field(
            "started_on",
            N_("History starts on"),
            ValueType.DATE,
            changed_by=NOBODY,
        ),
        Field("addressee", N_("Page to"), ValueType.TEXT, changed_by=EDIT),
        Field("sender", N_("Page from"), ValueType.TEXT, changed_by=EDIT),
        Field("subject", N_("Page subject"), ValueType.TEXT, changed_by=EDIT),
        Field("kinds", N_("Kinds of OPD"), ValueType.LIST, changed_by=NOBODY),
    ),
)

OPDS = FactKind(
    table="opds",
    noun=N_("OPD"),
    plural=N_("OPDs"),
    entered=N_("new OPD, with the code {code}"),
    removed=N_("OPD {code} is taken out"),
    day="retired_on",
    also=("opd", "perangkat daerah", "skpd"),
    fields=(
        Field(
            "code",
            N_("Code"),
            ValueType.CODE,
            changed_by=EDIT,
            indonesian="kode",
            needed_in_files=True,
            also=(
                "kode opd",
                "kode skpd",
                "kode perangkat daerah",
                "id opd",
                "id skpd",
                "id perangkat daerah",
            ),
        ),
        replace(
            NAME_FIELD,
            indonesian="nama",
            also=("nama opd", "nama skpd", "nama perangkat daerah"),
        ),
        Field(
            "kind",
            N_("Kind"),
            ValueType.KIND,
            changed_by=EDIT,
            indonesian="jenis",
            help=N_("Its kind."),
        ),
        Field(
            "aliases",
            N_("Other names"),
            ValueType.LIST,
            changed_by=EDIT,
            indonesian="alias",
            also=("singkatan", "nama pendek", "abbreviation"),
            flag="--alias",
            metavar="NAME",
            help=N_("Another name of it; may be repeated."),
            edit_help=N_("All of its other names; may be repeated."),
        ),
        Field(
            "contact",
            N_("Contact"),
            ValueType.LINES,
            changed_by=EDIT,
            indonesian="kontak",
            also=("narahubung", "contact person"),
            help=N_("Whom to ask there."),
        ),
        replace(
            RETIRED_ON_FIELD, help=N_("The day on which it was dissolved.")
        ),
        Field(
            "reopened",
            N_("Opening reopened"),
            ValueType.YES,
            changed_by=NOBODY,
            indonesian="pendataan_dibuka_lagi",
        ),
    ),
)

APPLICATIONS = FactKind(
    table="applications",
    noun=N_("Application"),
    plural=N_("Applications"),
    entered=N_("new application, with the code {code}"),
    removed=N_("application {code} is taken out"),
    day="integrated_on",
    also=("aplikasi",),
    fields=(
        Field(
            "code",
            N_("Code"),
            ValueType.CODE,
            changed_by=EDIT,
            column="application",
            column_label=N_("Application code"),
            indonesian="kode_aplikasi",
            also=("application code",),
        ),
        replace(
            NAME_FIELD,
            indonesian="nama_aplikasi",
            also=("application name", "aplikasi", "nama"),
        ),
        replace(
            OPD_FIELD,
            changed_by=EDIT,
            needed_in_files=False,
            help=N_("The OPD that runs it."),
        ),
        Field(
            "url",
            N_("Address"),
            ValueType.TEXT,
            changed_by=EDIT,
            indonesian="tautan",
            also=("link", "alamat web"),
            metavar="URL",
            help=N_("Its address."),
        ),
        Field(
            "integrated_on",
            N_("Integrated on"),
            ValueType.DATE,
            changed_by=EDIT | CORRECT,
            indonesian="tanggal_integrasi",
            help=N_("Since when it is behind the single door."),
        ),
        replace(
            RETIRED_ON_FIELD,
            label=N_("Switched off on"),
            help=N_("Since when it is switched off."),
        ),
        LISTED_AS_FIELD,
    ),
)

SERVICES = FactKind(
    table="services",
    noun=N_("Service"),
    plural=N_("Services"),
    entered=N_("new service, with the code {code}, {stage} on {registered_on}"),
    removed=N_("service {code} is taken out"),
    day="registered_on",
    also=("layanan",),
    fields=(
        Field(
            "code",
            N_("Code"),
            ValueType.CODE,
            changed_by=EDIT,
            column="service",
            column_label=N_("Service code"),
            indonesian="kode_layanan",
            also=("service code",),
        ),
        OPD_FIELD,
        replace(
            NAME_FIELD,
            indonesian="nama_layanan",
            also=(
                "layanan",
                "service name",
                "jenis layanan",
                "nama pelayanan",
                "jenis pelayanan",
                "nama sop",
                "nama izin",
                "jenis izin",
                "nama perizinan",
                "jenis perizinan",
                "jenis surat",
                "nama",
            ),
        ),
        replace(STAGE_FIELD, needed_in_files=False),
        Field(
            "registered_on",
            N_("Registered on"),
            ValueType.DATE,
            indonesian="tanggal_daftar",
            also=(
                "tanggal pendaftaran",
                "tanggal terdaftar",
                "tanggal registrasi",
            ),
        ),
        replace(RETIRED_ON_FIELD, changed_by=NOBODY, derived=True),
        Field(
            "volume",
            N_("Requests a year"),
            ValueType.WHOLE,
            changed_by=EDIT,
            indonesian="volume",
            maximum=MAX_VOLUME,
            also=(
                "volume per tahun",
                "permohonan per tahun",
                "pemohon per tahun",
                "jumlah pemohon",
                "jumlah permohonan",
                "jumlah volume",
                "volume permohonan",
            ),
            help=N_("Requests a year."),
        ),
        VISITS_FIELD,
        DAYS_FIELD,
        Field(
            "application",
            N_("Application"),
            ValueType.APPLICATION,
            changed_by=EDIT,
            indonesian="aplikasi",
            also=("nama aplikasi", "kode aplikasi"),
            flag="--app",
            help=N_("The application through which it is offered."),
        ),
        Field(
            "tags",
            N_("Tags"),
            ValueType.LIST,
            changed_by=EDIT,
            indonesian="tag",
            flag="--tag",
            metavar="TAG",
            help=N_("A set it belongs to; may be repeated."),
            edit_help=N_("All of its tags; may be repeated."),
        ),
        Field(
            "owner",
            N_("Owner"),
            ValueType.TEXT,
            changed_by=EDIT,
            indonesian="penanggung_jawab",
            also=("pic",),
            metavar="NAME",
            help=N_("Who answers for it."),
        ),
        Field("assumed", N_("Stage assumed"), ValueType.YES, changed_by=NOBODY),
        Field(
            "family",
            N_("Family"),
            ValueType.TEXT,
            changed_by=EDIT,
            indonesian="layanan_sejenis",
            also=("jenis layanan sejenis", "keluarga layanan"),
            metavar="NAME",
            help=N_("The name that the same service has in every OPD."),
        ),
        LISTED_AS_FIELD,
    ),
)

REGISTERED_KINDS = (CITY, OPDS, APPLICATIONS, SERVICES)
"""In the order in which an import enters them: what is referred to first."""
