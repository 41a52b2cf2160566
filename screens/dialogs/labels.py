"""The words by which users know the fields and the kinds of facts, as msgids."""

from datetime import date
from enum import StrEnum
from typing import Any

from tracker.labels import FIELD_WORDS, factor_word, kind_word, stage_word
from tracker.language import N_, Language
from tracker.model import (
    OPD,
    Application,
    City,
    Closure,
    Decision,
    Evaluation,
    Fact,
    Factor,
    Kind,
    Milestone,
    Move,
    Obstacle,
    Report,
    Service,
    Stage,
    Target,
    Transfer,
)
from tracker.register import Register

FACT_WORDS: dict[type[Fact], str] = {
    City: N_("City"),
    OPD: N_("OPD"),
    Application: N_("Application"),
    Service: N_("Service"),
    Move: N_("Move"),
    Transfer: N_("Transfer"),
    Closure: N_("Closure"),
    Target: N_("Target"),
    Obstacle: N_("Obstacle"),
    Report: N_("Report"),
    Milestone: N_("Milestone"),
    Evaluation: N_("Evaluation"),
    Decision: N_("Decision"),
}

_LABELS = {
    **FIELD_WORDS,
    "on": N_("On"),
    "verified": N_("Verified"),
    "start": N_("Closed from"),
    "portal": N_("Portal"),
    "timezone": N_("Time zone"),
    "goal": N_("Goal date"),
    "stalled_after": N_("Stalled after"),
    "addressee": N_("Page to"),
    "sender": N_("Page from"),
    "subject": N_("Page subject"),
    "why": N_("Why"),
    "catalogue": N_("Catalogue"),
}


def label(name: str) -> str:
    """Return the msgid of a field of a fact or an action."""
    return _LABELS[name]


def label_of(table: str, name: str) -> str:
    """Return the msgid of a fact's field; the end of an OPD and of an application are called differently."""
    return (
        N_("Switched off on")
        if (table, name) == ("applications", "retired_on")
        else _LABELS[name]
    )


def value_word(register: Register, name: str, value: Any, language: Language) -> str:
    """Return a value of a fact as its readers know it."""
    if isinstance(value, bool):
        return language.text("Yes") if value else language.text("No")
    if isinstance(value, date):
        return language.date(value)
    if isinstance(value, StrEnum):
        return language.text(_word(value))
    if isinstance(value, int | float) and name != "year":
        return language.plain(value)
    return (
        "; ".join(value)
        if isinstance(value, tuple)
        else _named(register, name, str(value))
    )


def _named(register: Register, name: str, value: str) -> str:
    if name == "opd" and value in register.opds:
        return register.opds[value].name
    if name == "application" and value in register.applications:
        return register.applications[value].name
    return value


def _word(value: StrEnum) -> str:
    if isinstance(value, Stage):
        return stage_word(value)
    if isinstance(value, Factor):
        return factor_word(value)
    return kind_word(value) if isinstance(value, Kind) else value.value
