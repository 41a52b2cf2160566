"""The words by which users know the values of the model, as msgids to be translated where shown."""

from tracker.language import N_
from tracker.model import OPD, Factor, Kind, ReminderLevel, Role, Stage

_STAGES = {
    Stage.CONVENTIONAL: N_("Conventional"),
    Stage.ONLINE: N_("Online"),
    Stage.INTEGRATED: N_("Integrated"),
}
_FACTORS = {
    Factor.INFRASTRUCTURE: N_("Infrastructure"),
    Factor.PEOPLE: N_("People"),
    Factor.APPLICATION: N_("Application"),
    Factor.LEADERSHIP: N_("Leadership"),
}
_KINDS: dict[str, str] = {
    Kind.SEKRETARIAT: N_("Secretariat"),
    Kind.DINAS: N_("Department (dinas)"),
    Kind.BADAN: N_("Agency (badan)"),
    Kind.INSPEKTORAT: N_("Inspectorate"),
    Kind.KECAMATAN: N_("District (kecamatan)"),
    Kind.KELURAHAN: N_("Ward (kelurahan)"),
    Kind.RUMAH_SAKIT: N_("Hospital"),
    Kind.LAINNYA: N_("Other"),
}
_ROLES = {
    Role.COORDINATOR: N_("coordinator"),
    Role.OPD: N_("OPD"),
    Role.READER: N_("reader"),
}
_REMINDER_LEVELS = {
    ReminderLevel.CONTACT: N_("to the contact"),
    ReminderLevel.HEAD: N_("to the head of the OPD"),
    ReminderLevel.LEADERSHIP: N_(
        "to the head of the OPD, and on the leadership's list",
    ),
}


def stage_word(stage: Stage) -> str:
    """Return the msgid of a stage."""
    return _STAGES[stage]


def factor_word(factor: Factor) -> str:
    """Return the msgid of a factor of success."""
    return _FACTORS[factor]


def kind_word(kind: str) -> str:
    """Return the msgid of a kind of OPD; a city's own kind is called by its name."""
    return _KINDS.get(kind, kind)


def short_opd_name(opd: OPD) -> str:
    """Return the OPD's own short name, if an alias is one, else its name.

    The first alias counts, where it is at most two thirds as long as the name or only
    shortens the word before it (``Kec. Andir``).
    """
    for alias in opd.aliases[:1]:
        abbreviated = "." in alias and alias.split()[-1] == opd.name.split()[-1]
        if abbreviated or 3 * len(alias) <= 2 * len(opd.name):
            return alias
    return opd.name


def reminder_level_word(level: ReminderLevel) -> str:
    """Return the msgid of whom a reminder goes to."""
    return _REMINDER_LEVELS[level]


def role_word(role: Role) -> str:
    """Return the msgid of what a member may change."""
    return _ROLES[role]


ModelValue = Stage | Factor | Kind | ReminderLevel | Role
"""A value of the model that is one of a few."""


def value_word(value: ModelValue) -> str:
    """Return the msgid of a value of the model that is one of a few."""
    match value:
        case Stage():
            return stage_word(value)
        case Factor():
            return factor_word(value)
        case Kind():
            return kind_word(value)
        case ReminderLevel():
            return reminder_level_word(value)
        case Role():
            return role_word(value)


_DECISION_STATES = {
    "open": N_("expected"),
    "decided": N_("decided"),
    "done": N_("carried out"),
    "dropped": N_("dropped"),
}


def decision_state_word(state: str, *, late: bool = False) -> str:
    """Return the msgid of where a decision stands; one that is still expected may be late."""
    return N_("late") if late else _DECISION_STATES[state]


_BACKUP_REASONS = {
    "day": N_("first change of the day"),
    "import": N_("before an import"),
    "migration": N_("before a new version"),
    "restore": N_("before a restore"),
    "repair": N_("before a repair"),
    "hand": N_("by hand"),
}


def backup_reason_word(why: str) -> str:
    """Return the msgid that says why a backup was kept."""
    return _BACKUP_REASONS.get(why, why)
