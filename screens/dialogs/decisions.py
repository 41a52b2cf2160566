"""Dialogs on what is asked of the leadership: ask, edit, carry out, drop."""

from datetime import timedelta

from screens.dialogs.base import FormDialog
from screens.dialogs.fields import action_dialog, date_field, text_field
from screens.dialogs.form import FieldType, Form, Values, changed_values
from screens.selection import Selection
from screens.state import State
from tracker.actions.decisions import (
    AddDecisions,
    DecisionDraft,
    DropDecisions,
    EditDecision,
    FinishDecisions,
)
from tracker.actions.draft import Action
from tracker.language import N_

USUAL_TERM = timedelta(days=14)
"""The time that the leadership has for a decision, unless another day is set."""


def add_decision(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask what is to be decided, by whom and by when; a proposal fills the fields."""
    empty = DecisionDraft("", "Sekda", state.today + USUAL_TERM)
    proposed = selection.proposals[0] if selection.proposals else empty
    fields = (
        text_field("text", FieldType.LONG, proposed.text, required=True),
        text_field("owner", value=proposed.owner, required=True),
        text_field(
            "due_on",
            FieldType.DATE,
            proposed.due_on,
            required=True,
            ahead=True,
        ),
        date_field(state, "asked_on"),
    )

    def make(values: Values) -> Action:
        asked = values["text"], values["owner"], values["due_on"]
        draft = DecisionDraft(*asked, proposed.proposal)
        return AddDecisions((draft,), values["asked_on"])

    return action_dialog(state, Form(N_("New decision"), fields, make))


def edit_decision(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for changes of a decision."""
    decision = state.register.decisions[selection.decisions[0]]
    fields = (
        text_field("text", FieldType.LONG, decision.text, required=True),
        text_field("owner", value=decision.owner, required=True),
        text_field(
            "due_on",
            FieldType.DATE,
            decision.due_on,
            required=True,
            ahead=True,
        ),
        text_field(
            "asked_on",
            FieldType.DATE,
            decision.asked_on,
            required=True,
        ),
        text_field("decided_on", FieldType.DATE, decision.decided_on),
        text_field("done_on", FieldType.DATE, decision.done_on),
        text_field("dropped_on", FieldType.DATE, decision.dropped_on),
        text_field("outcome", value=decision.outcome),
    )

    def make(values: Values) -> Action:
        return EditDecision(decision.id, changed_values(values, fields))

    form = Form(N_("Edit decision"), fields, make, first="due_on")
    return action_dialog(state, form)


def finish_decision(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the day on which decisions were carried out, and their outcome."""
    keys = selection.decisions

    def make(values: Values) -> Action:
        return FinishDecisions(keys, **values)

    form = Form(
        N_("Carried out"),
        (date_field(state), text_field("outcome")),
        make,
        _describe_decisions(state, keys),
        confirm=N_("Carried out"),
    )
    return action_dialog(state, form)


def drop_decision(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the day from which decisions are no longer wanted, and why."""
    keys = selection.decisions

    def make(values: Values) -> Action:
        return DropDecisions(keys, **values)

    form = Form(
        N_("Drop"),
        (date_field(state), text_field("why", required=True)),
        make,
        _describe_decisions(state, keys),
        confirm=N_("Drop"),
        first="why",
    )
    return action_dialog(state, form)


def _describe_decisions(state: State, keys: tuple[str, ...]) -> str:
    """Return which decisions are selected: the text of one, the number of several."""
    if len(keys) == 1:
        return state.register.decisions[keys[0]].text
    return state.language.plural("{n} decision", "{n} decisions", len(keys))
