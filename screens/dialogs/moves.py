"""Dialogs on the stage of services: move, verify."""

from screens.dialogs.base import FormDialog
from screens.dialogs.fields import (
    action_dialog,
    date_field,
    describe_selection,
    services_of,
    stage_field,
    text_field,
)
from screens.dialogs.form import FieldType, Form, Values
from screens.selection import Selection
from screens.state import State
from tracker.actions.draft import Action
from tracker.actions.moves import MoveServices, VerifyServices
from tracker.history import days_at, stage_at, visits_at
from tracker.language import N_
from tracker.model import Stage


def move_services(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the stage that the services have reached, the day and the evidence."""
    keys = selection.services

    def make(values: Values) -> Action:
        return MoveServices(services=keys, **values)

    fields = (
        stage_field(state, selection.stage or _next_stage(state, keys)),
        date_field(state),
        text_field(
            "evidence",
            FieldType.LINES,
            hint=N_("What shows it: a letter, an address, a screen seen"),
        ),
        text_field("visits", FieldType.MEASURE, hint=N_("for one request")),
        text_field("days", FieldType.MEASURE, hint=N_("for one request")),
        text_field("verified", FieldType.SWITCH, False),
        text_field("note", FieldType.LONG, ""),
    )
    first = "evidence" if selection.stage else "stage"
    form = Form(
        N_("Move"),
        fields,
        make,
        describe_selection(state, keys),
        first=first,
        asides=_current_demands(state, keys),
    )
    return action_dialog(state, form)


def _next_stage(state: State, keys: tuple[str, ...]) -> Stage | None:
    """Return the stage that follows the lowest in which one of the services is."""
    points = [
        stage_at(state.register, service, state.today).points
        for service in services_of(state, keys)
    ]
    return list(Stage)[min(min(points) + 1, 2)] if points else None


def _current_demands(state: State, keys: tuple[str, ...]) -> dict[str, str]:
    """Return texts of the visits and days that a single service takes today."""
    services = services_of(state, keys)
    if len(services) != 1:
        return {}
    known = {
        "visits": visits_at(state.register, services[0], state.today),
        "days": days_at(state.register, services[0], state.today),
    }
    language = state.language
    return {
        name: language.text("now {value}", value=language.plain(value))
        for name, value in known.items()
        if value is not None
    }


def verify_services(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask on what day the last moves of the selected services were checked."""
    keys = selection.services

    def make(values: Values) -> Action:
        return VerifyServices(services=keys, on=values["on"])

    form = Form(
        N_("Verify"),
        (date_field(state),),
        make,
        describe_selection(state, keys),
        confirm=N_("Verify"),
    )
    return action_dialog(state, form)
