"""Dialogs on entries that were wrong: put right, or take out."""

from functools import partial
from typing import Any

from screens.dialogs import fields, options
from screens.dialogs.base import FormDialog
from screens.dialogs.fields import action_dialog, text_field
from screens.dialogs.form import Field, FieldType, Form, Values, changed_values
from screens.dialogs.labels import FACT_WORDS
from screens.selection import Selection
from screens.state import State
from tracker.actions import Action, CorrectFact, WithdrawFact
from tracker.language import N_
from tracker.lookup import find_fact, number_of
from tracker.model import (
    OPD,
    Application,
    Closure,
    Decision,
    Evaluation,
    Fact,
    Milestone,
    Move,
    Obstacle,
    Report,
    Service,
    Target,
    Transfer,
)
from tracker.week import Week

_ASKED: dict[type[Fact], dict[str, FieldType]] = {
    Service: {
        "registered_on": FieldType.DATE,
        "stage": FieldType.CHOICE,
        "opd": FieldType.PICK,
        "visits": FieldType.MEASURE,
        "days": FieldType.MEASURE,
    },
    Move: {
        "stage": FieldType.CHOICE,
        "on": FieldType.DATE,
        "evidence": FieldType.TEXT,
        "visits": FieldType.MEASURE,
        "days": FieldType.MEASURE,
        "verified_on": FieldType.DATE,
        "note": FieldType.LONG,
    },
    Transfer: {"opd": FieldType.PICK, "on": FieldType.DATE},
    Closure: {"start": FieldType.DATE, "until": FieldType.DATE},
    Target: {"stage": FieldType.CHOICE, "due_on": FieldType.DATE},
    Obstacle: {
        "factor": FieldType.CHOICE,
        "description": FieldType.LONG,
        "opened_on": FieldType.DATE,
        "resolved_on": FieldType.DATE,
    },
    Report: {"week": FieldType.WEEK, "note": FieldType.LONG},
    Milestone: {
        "on": FieldType.DATE,
        "text": FieldType.LONG,
        "method_break": FieldType.SWITCH,
    },
    Evaluation: {
        "instrument": FieldType.TEXT,
        "year": FieldType.YEAR,
        "score": FieldType.NUMBER,
        "improvement": FieldType.NUMBER,
        "target": FieldType.NUMBER,
        "rank": FieldType.WHOLE,
        "source": FieldType.TEXT,
    },
    Decision: {
        "text": FieldType.LONG,
        "owner": FieldType.TEXT,
        "due_on": FieldType.DATE,
        "asked_on": FieldType.DATE,
        "decided_on": FieldType.DATE,
        "done_on": FieldType.DATE,
        "dropped_on": FieldType.DATE,
        "outcome": FieldType.LONG,
    },
    OPD: {"retired_on": FieldType.DATE},
    Application: {"integrated_on": FieldType.DATE, "retired_on": FieldType.DATE},
}
"""What may be wrong in a fact of each kind, and how it is asked for."""

_OPTIONAL = {
    "visits",
    "days",
    "verified_on",
    "until",
    "resolved_on",
    "retired_on",
    "integrated_on",
    "note",
}
_OPTIONAL |= {"decided_on", "done_on", "dropped_on", "outcome"}
_OPTIONAL |= {"evidence", "score", "improvement", "target", "rank", "source"}


def correct(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask what is to be put right in an entry of the history, and why."""
    fact = find_fact(state.register, selection.facts[0])
    fields = [
        _field_for(state, fact, name, ask) for name, ask in _ASKED[type(fact)].items()
    ]

    def make(values: Values) -> Action:
        fields_then = {
            k: str(v) if isinstance(v, Week) else v
            for k, v in changed_values(values, fields).items()
        }
        return CorrectFact(fact.id, fields_then, values["why"])

    form = Form(
        N_("Correct"), (*fields, text_field("why")), make, entry_word(state, fact)
    )
    return action_dialog(state, form)


def _field_for(state: State, fact: Fact, name: str, ask: FieldType) -> Field:
    value: Any = getattr(fact, name)
    if ask is FieldType.WEEK:
        value = Week.parse(value)
    required = name not in _OPTIONAL
    if name == "opd":
        return fields.opd_field(state, value, required=required)
    choices = {
        "stage": partial(options.stage_options, state.language),
        "factor": partial(options.factor_options, state.language),
    }
    more: dict[str, Any] = {"options": choices[name]} if name in choices else {}
    return text_field(
        name, ask, value, required=required, ahead=name == "due_on", **more
    )


def withdraw(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask why an entry is taken out of the history; the log keeps it."""
    fact = find_fact(state.register, selection.facts[0])

    def make(values: Values) -> Action:
        return WithdrawFact(fact.id, values["why"])

    fields = (text_field("why", required=True),)
    form = Form(
        N_("Withdraw"), fields, make, entry_word(state, fact), confirm=N_("Withdraw")
    )
    return action_dialog(state, form)


def entry_word(state: State, fact: Fact) -> str:
    """Return which entry is meant: its kind, its number, and what it speaks of."""
    kind = state.language.text(FACT_WORDS[type(fact)])
    service = state.register.services.get(getattr(fact, "service", ""))
    opd = state.register.opds.get(getattr(fact, "opd", None) or "")
    of = service.name if service else opd.name if opd else getattr(fact, "name", "")
    return f"{kind} {number_of(fact)}: {of}" if of else f"{kind} {number_of(fact)}"
