"""Dialogs on the members of a register: who may change what."""

from screens.dialogs import options
from screens.dialogs.base import FormDialog
from screens.dialogs.fields import action_dialog
from screens.dialogs.form import Field, FieldType, Form, Values
from screens.selection import Selection
from screens.state import State
from tracker.actions.draft import Action
from tracker.actions.members import RemoveMember, SetMember
from tracker.language import N_


def set_member(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for a name, a role and, if the role needs one, an OPD."""
    fields = (
        Field(
            "member",
            N_("Name"),
            required=True,
            hint=N_("The name under which they act."),
        ),
        Field(
            "role",
            N_("Role"),
            FieldType.CHOICE,
            required=True,
            options=lambda: options.role_options(state.language),
        ),
        Field(
            "opd",
            N_("OPD"),
            FieldType.PICK,
            options=lambda: options.opd_options(state.register),
        ),
    )

    def make(values: Values) -> Action:
        return SetMember(values["member"], values["role"], values["opd"] or "")

    about = state.language.text(
        "Without any member everybody may change everything. Whoever enters the first one becomes a coordinator.",
    )
    return action_dialog(state, Form(N_("Member"), fields, make, about))


def remove_member(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask who is no member any more."""
    names = sorted(
        (member.name for member in state.register.members.values()),
        key=str.casefold,
    )
    field = Field(
        "member",
        N_("Name"),
        FieldType.PICK,
        required=True,
        options=lambda: options.plain_options(names),
    )

    def make(values: Values) -> Action:
        return RemoveMember(values["member"])

    return action_dialog(state, Form(N_("Remove member"), (field,), make))
