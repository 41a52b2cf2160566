"""Dialogs on services: enter, edit, transfer, retire, reopen."""

from screens.dialogs.base import FormDialog
from screens.dialogs.fields import (
    action_dialog,
    date_field,
    describe_selection,
    detail_fields,
    filled_details,
    opd_field,
    services_of,
    stage_field,
    text_field,
)
from screens.dialogs.form import FieldType, Form, Values, changed_values
from screens.selection import Selection
from screens.state import State
from tracker.actions.draft import Action
from tracker.actions.families import NameFamilies
from tracker.actions.services import (
    AddService,
    EditService,
    ReopenServices,
    RetireServices,
    TransferServices,
)
from tracker.families import spelled_like
from tracker.history import opd_at
from tracker.language import N_
from tracker.model import Stage

_FAMILY = N_("The name that the same service has in every OPD")


def add_service(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for a new service as it stands on the day of its registration."""
    details = detail_fields(state, "services", family={"hint": _FAMILY})
    fields = (
        opd_field(state, _opd_here(state, selection), required=True),
        text_field("name", required=True),
        date_field(state, "registered_on"),
        stage_field(state, Stage.CONVENTIONAL),
        text_field("visits", FieldType.MEASURE, hint=N_("for one request")),
        text_field("days", FieldType.MEASURE, hint=N_("for one request")),
        *details,
        text_field("code", hint=N_("Made from the name where empty")),
    )

    def make(values: Values) -> Action:
        return AddService(
            values["opd"],
            values["name"],
            values["registered_on"],
            code=values["code"],
            stage=values["stage"],
            visits=values["visits"],
            days=values["days"],
            fields=filled_details(values, details),
        )

    first = "name" if fields[0].value else "opd"
    return action_dialog(
        state,
        Form(N_("New service"), fields, make, first=first),
    )


def _opd_here(state: State, selection: Selection) -> str | None:
    """Return the OPD on view: the one selected, else that of the selected service."""
    if selection.opds:
        return selection.opds[0]
    services = services_of(state, selection.services)
    return (
        opd_at(state.register, services[0], state.today) if services else None
    )


def edit_service(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for new values of a service's fields; dated facts are corrected in its timeline."""
    service = state.register.services[selection.services[0]]
    fields = (
        text_field("name", value=service.name, required=True),
        text_field("code", value=service.code, required=True),
        *detail_fields(state, "services", service, family={"hint": _FAMILY}),
    )

    def make(values: Values) -> Action:
        return EditService(service.id, changed_values(values, fields))

    first = selection.field
    form = Form(
        N_("Edit service"),
        fields,
        make,
        service.name,
        first=first,
    )
    return action_dialog(state, form)


def name_family(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the family of the selected services, proposing the name of the first."""
    keys = selection.services
    first = state.register.services[keys[0]]
    proposed = first.family or spelled_like(state.register, first.name)

    def make(values: Values) -> Action:
        return NameFamilies(((values["family"], keys),))

    fields = (text_field("family", value=proposed, hint=_FAMILY),)
    form = Form(N_("Family"), fields, make, describe_selection(state, keys))
    return action_dialog(state, form)


def transfer_services(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask to which OPD the selected services pass, and when."""
    keys = selection.services

    def make(values: Values) -> Action:
        return TransferServices(keys, **values)

    fields = (opd_field(state, required=True), date_field(state))
    form = Form(
        N_("Transfer"),
        fields,
        make,
        describe_selection(state, keys),
        confirm=N_("Transfer"),
    )
    return action_dialog(state, form)


def retire_services(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask from what day on the selected services are no longer offered, and why."""
    keys = selection.services

    def make(values: Values) -> Action:
        return RetireServices(keys, **values)

    fields = (date_field(state), text_field("why", FieldType.LONG, ""))
    form = Form(
        N_("Retire service"),
        fields,
        make,
        describe_selection(state, keys),
        confirm=N_("Retire"),
    )
    return action_dialog(state, form)


def reopen_services(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask from what day on the selected services are offered again, and by whom where another OPD does."""
    keys = selection.services

    def make(values: Values) -> Action:
        return ReopenServices(keys, values["on"], values["opd"] or "")

    fields = (
        date_field(state),
        opd_field(state, hint=N_("As before, or its successor")),
    )
    form = Form(
        N_("Reopen service"),
        fields,
        make,
        describe_selection(state, keys),
        confirm=N_("Reopen"),
    )
    return action_dialog(state, form)
