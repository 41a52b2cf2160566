"""Dialogs on the kinds of OPD: add, rename, remove."""

from functools import partial

from screens.dialogs import options
from screens.dialogs.base import FormDialog
from screens.dialogs.fields import action_dialog
from screens.dialogs.form import Field, FieldType, Form, Option, Values
from screens.selection import Selection
from screens.state import State
from tracker.actions.draft import Action
from tracker.actions.kinds import AddKind, RemoveKind, RenameKind
from tracker.language import N_


def add_kind(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the name of a new kind."""
    fields = (Field("kind", N_("Kind"), required=True),)

    def make(values: Values) -> Action:
        return AddKind(values["kind"])

    return action_dialog(state, Form(N_("New kind of OPD"), fields, make))


def rename_kind(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask which kind gets which name."""
    own = state.register.only_city.kinds
    fields = (
        Field(
            "kind",
            N_("Kind"),
            FieldType.CHOICE,
            required=True,
            options=partial(options.kind_options, state.language, own),
        ),
        Field("title", N_("Its new name"), required=True),
    )

    def make(values: Values) -> Action:
        return RenameKind(values["kind"], values["title"])

    return action_dialog(state, Form(N_("Rename a kind"), fields, make))


def remove_kind(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask which of the city's own kinds is to go."""
    own = state.register.only_city.kinds

    def list_own() -> list[Option]:
        return options.plain_options(own)

    fields = (
        Field(
            "kind",
            N_("Kind"),
            FieldType.CHOICE,
            required=True,
            options=list_own,
        ),
    )

    def make(values: Values) -> Action:
        return RemoveKind(values["kind"])

    return action_dialog(state, Form(N_("Remove a kind"), fields, make))
