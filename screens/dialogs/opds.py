"""Dialogs on OPDs: enter, edit, merge, retire, and record their reports."""

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
from tracker.actions.draft import Action
from tracker.actions.opds import (
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
    """Ask for a new OPD; its kind is read from its name unless chosen."""
    kinds = [
        Option(None, state.language.text("by its name")),
        *options.kind_options(state.language, state.register.only_city.kinds),
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
    """Ask for changes of an OPD."""
    opd = _selected_opd(state, selection)
    without = () if opd.retired_on is not None else ("retired_on",)
    fields = (
        text_field("name", value=opd.name, required=True),
        text_field("code", value=opd.code, required=True),
        *detail_fields(state, "opds", opd, without=without),
    )

    def make(values: Values) -> Action:
        return EditOPD(opd.id, changed_values(values, fields))

    form = Form(N_("Edit OPD"), fields, make, opd.name)
    return action_dialog(state, form)


def _selected_opd(state: State, selection: Selection) -> OPD:
    return state.register.opds[selection.opds[0]]


def merge_opd(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the OPD that takes over the services and names of another one."""
    old = _selected_opd(state, selection)
    into = partial(options.opd_options, state.register, old.id)
    fields = (
        Field(
            "new",
            N_("Goes into"),
            FieldType.PICK,
            required=True,
            options=into,
        ),
        date_field(state),
    )

    def make(values: Values) -> Action:
        return MergeOPD(old.id, **values)

    title = N_("Merge OPD")
    form = Form(
        title,
        fields,
        make,
        old.name,
        confirm=N_("Merge"),
    )
    return action_dialog(state, form)


def retire_opd(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the day on which an OPD is dissolved."""
    opd = _selected_opd(state, selection)

    def make(values: Values) -> Action:
        return RetireOPD(opd.id, **values)

    form = Form(
        N_("Retire OPD"),
        (date_field(state),),
        make,
        opd.name,
        confirm=N_("Retire"),
    )
    return action_dialog(state, form)


def report_opds(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the week for which the OPDs have reported: by default the running one."""
    keys = selection.opds
    fields: tuple[Field, ...] = (
        text_field(
            "week",
            FieldType.WEEK,
            Week.of(state.today),
            required=True,
        ),
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
