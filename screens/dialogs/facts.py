"""Dialogs that correct or withdraw wrong entries."""

from screens.dialogs.base import FormDialog
from screens.dialogs.fields import action_dialog, field_of_fact, text_field
from screens.dialogs.form import Form, Values, changed_values
from screens.selection import Selection
from screens.state import State
from tracker.actions.draft import Action
from tracker.actions.moves import CorrectFact, WithdrawFact
from tracker.fields import ChangedBy, fields_changed_by, kind_of_fact
from tracker.language import N_
from tracker.lookup import find_fact, number_of
from tracker.model import Fact
from tracker.week import Week


def correct_fact(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the correction of an entry of the history, and its reason."""
    fact = find_fact(state.register, selection.facts[0])
    table = kind_of_fact(fact).table
    fields = [
        field_of_fact(
            state,
            table,
            described.name,
            getattr(fact, described.name),
        )
        for described in fields_changed_by(table, ChangedBy.CORRECT)
    ]

    def make(values: Values) -> Action:
        different = changed_values(values, fields)
        as_kept = {
            name: str(value) if isinstance(value, Week) else value
            for name, value in different.items()
        }
        return CorrectFact(fact.id, as_kept, values["why"])

    # Of a move the stage is what is wrong most often.
    first = selection.field
    if not first and any(field.name == "stage" for field in fields):
        first = "stage"
    form = Form(
        N_("Correct"),
        (*fields, text_field("why")),
        make,
        entry_word(state, fact),
        first=first,
    )
    return action_dialog(state, form)


def withdraw_fact(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask why an entry is taken out of the history; the log keeps it."""
    fact = find_fact(state.register, selection.facts[0])

    def make(values: Values) -> Action:
        return WithdrawFact(fact.id, values["why"])

    fields = (text_field("why", required=True),)
    form = Form(
        N_("Withdraw"),
        fields,
        make,
        entry_word(state, fact),
        confirm=N_("Withdraw"),
    )
    return action_dialog(state, form)


def entry_word(state: State, fact: Fact) -> str:
    """Return which entry is meant: its kind, its number, and what it speaks of."""
    kind = state.language.text(kind_of_fact(fact).noun)
    service = state.register.services.get(getattr(fact, "service", ""))
    opd = state.register.opds.get(getattr(fact, "opd", None) or "")
    of = (
        service.name
        if service
        else opd.name
        if opd
        else getattr(fact, "name", "")
    )
    return (
        f"{kind} {number_of(fact)}: {of}" if of else f"{kind} {number_of(fact)}"
    )
