"""Dialogs on what is asked of the leadership: ask, edit, carry out, drop."""

from datetime import timedelta

from screens.dialogs.base import FormDialog
from screens.dialogs.fields import action_dialog, day, field
from screens.dialogs.form import FieldType, Form, Values, changed
from screens.selection import Selection
from screens.state import State
from tracker.actions import (
    Action,
    AddDecisions,
    DecisionDraft,
    DropDecisions,
    EditDecision,
    FinishDecisions,
)
from tracker.language import N_

USUAL_TERM = timedelta(days=14)
"""How long the leadership has for a decision unless told otherwise."""


def add_decision(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask what is to be decided, by whom and by when."""
    fields = (
        field("text", FieldType.LONG, "", required=True),
        field("owner", value="Sekda", required=True),
        field(
            "due_on",
            FieldType.DATE,
            state.today + USUAL_TERM,
            required=True,
            ahead=True,
        ),
        day(state, "asked_on"),
    )

    def make(values: Values) -> Action:
        draft = DecisionDraft(values["text"], values["owner"], values["due_on"])
        return AddDecisions((draft,), values["asked_on"])

    return action_dialog(state, Form(N_("New decision"), fields, make))


def edit_decision(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the decision's words, owner and dates as they should be."""
    decision = state.register.decisions[selection.decisions[0]]
    fields = (
        field("text", FieldType.LONG, decision.text, required=True),
        field("owner", value=decision.owner, required=True),
        field("due_on", FieldType.DATE, decision.due_on, required=True, ahead=True),
        field("asked_on", FieldType.DATE, decision.asked_on, required=True),
        field("decided_on", FieldType.DATE, decision.decided_on),
        field("done_on", FieldType.DATE, decision.done_on),
        field("dropped_on", FieldType.DATE, decision.dropped_on),
        field("outcome", value=decision.outcome),
    )

    def make(values: Values) -> Action:
        return EditDecision(decision.id, changed(values, fields))

    form = Form(N_("Edit decision"), fields, make, first="due_on")
    return action_dialog(state, form)


def finish_decision(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask since when the selected decisions are carried out, and what came of them."""
    keys = selection.decisions

    def make(values: Values) -> Action:
        return FinishDecisions(keys, **values)

    form = Form(
        N_("Carried out"),
        (day(state), field("outcome")),
        make,
        _decisions(state, keys),
        confirm=N_("Carried out"),
    )
    return action_dialog(state, form)


def drop_decision(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask since when the selected decisions are no longer wanted, and why."""
    keys = selection.decisions

    def make(values: Values) -> Action:
        return DropDecisions(keys, **values)

    form = Form(
        N_("Drop"),
        (day(state), field("why", required=True)),
        make,
        _decisions(state, keys),
        confirm=N_("Drop"),
        first="why",
    )
    return action_dialog(state, form)


def _decisions(state: State, keys: tuple[str, ...]) -> str:
    """Return in words which decisions are meant: one in full, of several how many."""
    if len(keys) == 1:
        return state.register.decisions[keys[0]].text
    return state.language.plural("{n} decision", "{n} decisions", len(keys))
