"""Dialogs on agencies: enter, edit, merge, retire; and what they report."""

from functools import partial

from screens.dialogs import options
from screens.dialogs.base import FormDialog
from screens.dialogs.fields import action_dialog, day, field
from screens.dialogs.form import Field, FieldType, Form, Option, Values, changed
from screens.selection import Selection
from screens.state import State
from tracker.actions import Action, AddOPD, EditOPD, MergeOPD, ReportOPDs, RetireOPD
from tracker.language import N_
from tracker.model import OPD
from tracker.week import Week

_NAMES = N_("Several with ; between")


def add_opd(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for a new agency; its kind is read from its name unless chosen."""
    kinds = [
        Option(None, state.language.text("by its name")),
        *options.kinds(state.language),
    ]
    fields = (
        field("name", required=True),
        field("aliases", FieldType.LIST, hint=_NAMES),
        field("contact", FieldType.LONG, ""),
        field("kind", FieldType.CHOICE, None, options=lambda: kinds),
        field("code", hint=N_("Made from the name where empty")),
    )

    def make(values: Values) -> Action:
        given = dict(values)
        return AddOPD(title=given.pop("name"), **given)

    return action_dialog(state, Form(N_("New OPD"), fields, make))


def edit_opd(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask what is to be put right in an agency."""
    there = _selected(state, selection)
    kinds = partial(options.kinds, state.language)
    fields: tuple[Field, ...] = (
        field("name", value=there.name, required=True),
        field("code", value=there.code, required=True),
        field("kind", FieldType.CHOICE, there.kind, options=kinds),
        field("aliases", FieldType.LIST, there.aliases, hint=_NAMES),
        field("contact", FieldType.LONG, there.contact),
    )
    if there.retired_on is not None:
        fields += (field("retired_on", FieldType.DATE, there.retired_on),)

    def make(values: Values) -> Action:
        return EditOPD(there.id, changed(values, fields))

    return action_dialog(state, Form(N_("Edit OPD"), fields, make, there.name))


def _selected(state: State, selection: Selection) -> OPD:
    return state.register.opds[selection.opds[0]]


def merge_opd(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask into which OPD another one goes; its services and its names go with it."""
    old = _selected(state, selection)
    into = partial(options.opds, state.register, old.id)
    fields = (
        Field("new", N_("Goes into"), FieldType.PICK, required=True, options=into),
        day(state),
    )

    def make(values: Values) -> Action:
        return MergeOPD(old.id, **values)

    return action_dialog(
        state, Form(N_("Merge OPD"), fields, make, old.name, confirm=N_("Merge"))
    )


def retire_opd(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask from what day on an agency is no more."""
    there = _selected(state, selection)

    def make(values: Values) -> Action:
        return RetireOPD(there.id, **values)

    form = Form(N_("Retire OPD"), (day(state),), make, there.name, confirm=N_("Retire"))
    return action_dialog(state, form)


def report(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for which week OPDs have reported: the running one unless said otherwise."""
    keys = selection.opds
    fields: tuple[Field, ...] = (
        field("week", FieldType.WEEK, Week.of(state.today), required=True),
        field(
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
        N_("Report"), fields, make, "; ".join(names), confirm=N_("Report"), first="note"
    )
    return action_dialog(state, form)
