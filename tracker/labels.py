"""The words by which users know the values of the model, as msgids to be translated where shown."""

from tracker.language import N_
from tracker.metrics.values import Pace
from tracker.model import Factor, Kind, Stage

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
_KINDS = {
    Kind.SEKRETARIAT: N_("Secretariat"),
    Kind.DINAS: N_("Agency (dinas)"),
    Kind.BADAN: N_("Board (badan)"),
    Kind.INSPEKTORAT: N_("Inspectorate"),
    Kind.KECAMATAN: N_("District (kecamatan)"),
    Kind.KELURAHAN: N_("Ward (kelurahan)"),
    Kind.RUMAH_SAKIT: N_("Hospital"),
    Kind.LAINNYA: N_("Other"),
}
FIELD_WORDS = {
    "code": N_("Code"),
    "name": N_("Name"),
    "kind": N_("Kind"),
    "aliases": N_("Other names"),
    "contact": N_("Contact"),
    "retired_on": N_("Retired on"),
    "application": N_("Application"),
    "opd": N_("OPD"),
    "url": N_("Address"),
    "integrated_on": N_("Integrated on"),
    "stage": N_("Stage"),
    "registered_on": N_("Registered on"),
    "volume": N_("Requests a year"),
    "visits": N_("Office visits"),
    "days": N_("Days to process"),
    "tags": N_("Tags"),
    "owner": N_("Owner"),
    "until": N_("Open again on"),
    "evidence": N_("Evidence"),
    "verified_on": N_("Verified on"),
    "note": N_("Note"),
    "due_on": N_("Due on"),
    "factor": N_("Factor"),
    "description": N_("Description"),
    "opened_on": N_("Since"),
    "resolved_on": N_("Resolved on"),
    "week": N_("Week"),
    "instrument": N_("Instrument"),
    "year": N_("Year"),
    "score": N_("Score"),
    "improvement": N_("Improvement"),
    "target": N_("Target"),
    "rank": N_("Rank"),
    "source": N_("Source"),
    "text": N_("Text"),
    "method_break": N_("Method break"),
    "asked_on": N_("Asked on"),
    "decided_on": N_("Decided on"),
    "done_on": N_("Done on"),
    "dropped_on": N_("Dropped on"),
    "outcome": N_("Outcome"),
    "proposal": N_("Proposal"),
}
"""The fields of facts, as they are called in dialogs and in files."""

_PACES = {
    Pace.DONE: N_("done"),
    Pace.NEW: N_("new"),
    Pace.REGRESSING: N_("regressing"),
    Pace.STALLED: N_("standing still"),
    Pace.ACCELERATING: N_("accelerating"),
    Pace.SLOWING: N_("slowing"),
    Pace.STEADY: N_("steady"),
}
PACE_MARKS = {
    Pace.DONE: "✓",
    Pace.NEW: "•",
    Pace.REGRESSING: "▼",
    Pace.STALLED: "■",
    Pace.ACCELERATING: "▲",
    Pace.SLOWING: "▽",
    Pace.STEADY: "▶",
}
"""A sign for each pace, so that none is told by colour alone."""


def stage_word(stage: Stage) -> str:
    """Return the msgid of a stage."""
    return _STAGES[stage]


def factor_word(factor: Factor) -> str:
    """Return the msgid of a factor of success."""
    return _FACTORS[factor]


def kind_word(kind: Kind) -> str:
    """Return the msgid of a kind of OPD."""
    return _KINDS[kind]


def pace_word(pace: Pace) -> str:
    """Return the msgid of a pace."""
    return _PACES[pace]


_DECISION_STATES = {
    "open": N_("expected"),
    "decided": N_("decided"),
    "done": N_("carried out"),
    "dropped": N_("dropped"),
}


def decision_state_word(state: str, *, late: bool = False) -> str:
    """Return the msgid of where a decision stands; one that is still expected may be late."""
    return N_("late") if late else _DECISION_STATES[state]
