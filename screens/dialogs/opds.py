"""Dialogs on agencies: enter, edit, merge, retire; and what they report."""

from functools import partial

from screens.dialogs import options
from screens.dialogs.base import FormDialog
from screens.dialogs.fields import (
    action_dialog,
    date_field,
    detail_fields,
    filled_details,
    text_field,
)
from screens.dialogs.form import (
    Field,
    FieldType,
    Form,
    Option,
    Values,
    changed_values,
)
from screens.selection import Selection
from screens.state import State
from tracker.actions import (
    Action,
    AddOPD,
    EditOPD,
    MergeOPD,
    ReportOPDs,
    RetireOPD,
)
from tracker.language import N_
from tracker.model import OPD
from tracker.week import Week


def add_opd(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for a new agency; its kind is read from its name unless chosen."""
    kinds = [
        Option(None, state.language.text("by its name")),
        *options.kind_options(state.language),
    ]
    details = detail_fields(
        state,
        "opds",
        without=("retired_on",),
        kind={"options": lambda: kinds},
    )
    fields = (
        text_field("name", required=True),
        *details,
        text_field("code", hint=N_("Made from the name where empty")),
    )

    def make(values: Values) -> Action:
        described = filled_details(values, details)
        return AddOPD(values["name"], values["code"], described)

    return action_dialog(state, Form(N_("New OPD"), fields, make))


def edit_opd(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask what is to be put right in an agency."""
    there = _selected_opd(state, selection)
    without = () if there.retired_on is not None else ("retired_on",)
    fields = (
        text_field("name", value=there.name, required=True),
        text_field("code", value=there.code, required=True),
        *detail_fields(state, "opds", there, without=without),
    )

    def make(values: Values) -> Action:
        return EditOPD(there.id, changed_values(values, fields))

    return action_dialog(state, Form(N_("Edit OPD"), fields, make, there.name))


def _selected_opd(state: State, selection: Selection) -> OPD:
    return state.register.opds[selection.opds[0]]


def merge_opd(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask into which OPD another one goes; its services and its names go with it."""
    old = _selected_opd(state, selection)
    into = partial(options.opd_options, state.register, old.id)
    fields = (
        Field(
            "new", N_("Goes into"), FieldType.PICK, required=True, options=into
        ),
        date_field(state),
    )

    def make(values: Values) -> Action:
        return MergeOPD(old.id, **values)

    return action_dialog(
        state,
        Form(N_("Merge OPD"), fields, make, old.name, confirm=N_("Merge")),
    )


def retire_opd(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask from what day on an agency is no more."""
    there = _selected_opd(state, selection)

    def make(values: Values) -> Action:
        return RetireOPD(there.id, **values)

    form = Form(
        N_("Retire OPD"),
        (date_field(state),),
        make,
        there.name,
        confirm=N_("Retire"),
    )
    return action_dialog(state, form)


def report(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for which week OPDs have reported: the running one unless said otherwise."""
    keys = selection.opds
    fields: tuple[Field, ...] = (
        text_field("week", FieldType.WEEK, Week.of(state.today), required=True),
        text_field(
            "note",
            FieldType.LONG,
            "",
            hint=N_("What was said, also that nothing moved"),
        ),
    )

    def make(values: Values) -> Action:
        return ReportOPDs(keys, **values)

    names = [state.register.opds[key].name for key in keys]
    form = Form(
        N_("Report"),
        fields,
        make,
        "; ".join(names),
        confirm=N_("Report"),
        first="note",
    )
    return action_dialog(state, form)
