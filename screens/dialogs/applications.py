"""Dialogs on applications: enter, edit, integrate, switch off."""

from screens.dialogs.base import FormDialog
from screens.dialogs.fields import (
    action_dialog,
    date_field,
    detail_fields,
    filled_details,
    text_field,
)
from screens.dialogs.form import FieldType, Form, Values, changed_values
from screens.selection import Selection
from screens.state import State
from tracker.actions.applications import (
    AddApplication,
    EditApplication,
    IntegrateApplication,
    RetireApplication,
    online_services,
)
from tracker.actions.draft import Action
from tracker.language import N_
from tracker.model import Application


def add_application(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for a new application."""
    opd = selection.opds[0] if selection.opds else None
    details = detail_fields(
        state,
        "applications",
        without=("retired_on",),
        opd={"value": opd},
        integrated_on={"hint": N_("Not yet")},
    )
    fields = (
        text_field("name", required=True),
        *details,
        text_field("code", hint=N_("Made from the name where empty")),
    )

    def make(values: Values) -> Action:
        described = filled_details(values, details)
        return AddApplication(values["name"], values["code"], described)

    return action_dialog(state, Form(N_("New application"), fields, make))


def edit_application(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for changes of an application."""
    application = _selected_application(state, selection)
    fields = (
        text_field("name", value=application.name, required=True),
        text_field("code", value=application.code, required=True),
        *detail_fields(state, "applications", application),
    )

    def make(values: Values) -> Action:
        return EditApplication(application.id, changed_values(values, fields))

    return action_dialog(
        state,
        Form(N_("Edit application"), fields, make, application.name),
    )


def _selected_application(state: State, selection: Selection) -> Application:
    return state.register.applications[selection.applications[0]]


def integrate_application(
    state: State,
    selection: Selection,
) -> FormDialog[Action]:
    """Ask when an application, and with it its online services, was integrated."""
    application = _selected_application(state, selection)
    fields = (
        date_field(state),
        text_field(
            "evidence",
            FieldType.LINES,
            hint=N_("What shows it: a letter, an address, a screen seen"),
        ),
        text_field("verified", FieldType.SWITCH, False),
    )

    def make(values: Values) -> Action:
        return IntegrateApplication(application.id, **values)

    online = len(online_services(state.register, application, state.today))
    about = state.language.plural(
        "{name}: {n} service is online through it today",
        "{name}: {n} services are online through it today",
        online,
        name=application.name,
    )
    title = N_("Integrate")
    form = Form(title, fields, make, about, confirm=title)
    return action_dialog(state, form)


def retire_application(
    state: State,
    selection: Selection,
) -> FormDialog[Action]:
    """Ask for the day on which an application is switched off."""
    application = _selected_application(state, selection)

    def make(values: Values) -> Action:
        return RetireApplication(application.id, **values)

    form = Form(
        N_("Switch off"),
        (date_field(state),),
        make,
        application.name,
        confirm=N_("Switch off"),
    )
    return action_dialog(state, form)
