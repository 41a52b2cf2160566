"""Dialogs on targets and obstacles."""

from collections.abc import Sequence
from functools import partial

from screens.dialogs import options
from screens.dialogs.base import FormDialog
from screens.dialogs.fields import (
    action_dialog,
    date_field,
    describe_selection,
    service_field,
    stage_field,
    text_field,
)
from screens.dialogs.form import FieldType, Form, Option, Values
from screens.selection import Selection
from screens.state import State
from tracker.actions.draft import Action
from tracker.actions.targets_obstacles import (
    AddObstacles,
    ClearTargets,
    ResolveObstacles,
    SetTargets,
)
from tracker.language import N_
from tracker.model import Stage


def set_target(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for a stage and the day by which services, or all of an OPD, reach it."""
    keys, opd, whom = _targeted_services(state, selection)

    def make(values: Values) -> Action:
        return SetTargets(keys, opd=opd, **values)

    fields = (
        stage_field(state, Stage.INTEGRATED),
        text_field(
            "due_on",
            FieldType.DATE,
            state.register.only_city.goal,
            required=True,
            ahead=True,
        ),
    )
    form = Form(N_("Target"), fields, make, whom, first="due_on")
    return action_dialog(state, form)


def clear_target(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask which targets no longer hold."""
    keys, opd, whom = _targeted_services(state, selection)
    choices = [
        Option(None, state.language.text("every stage")),
        *options.stage_options(state.language),
    ]

    def make(values: Values) -> Action:
        return ClearTargets(keys, opd=opd, **values)

    fields = (
        text_field("stage", FieldType.CHOICE, None, options=lambda: choices),
    )
    title = N_("No target")
    form = Form(title, fields, make, whom, confirm=N_("Take away"))
    return action_dialog(state, form)


def _targeted_services(
    state: State,
    selection: Selection,
) -> tuple[tuple[str, ...], str, str]:
    """Return the selected services, or else the selected OPD, and a description."""
    if selection.services or not selection.opds:
        services = selection.services
        return services, "", describe_selection(state, services)

    opd = state.register.opds[selection.opds[0]]
    description = state.language.text("All services of {opd}", opd=opd.name)
    return (), opd.id, description


def add_obstacle(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask what holds services back, and since when; and which one, unless several."""
    several = selection.services if len(selection.services) > 1 else ()
    key = selection.services[0] if selection.services else None
    factors = partial(options.factor_options, state.language)

    def make(values: Values) -> Action:
        details = dict(values)
        service = details.pop("service", None)
        return AddObstacles(several or (service,), **details)

    fields = (
        *(() if several else (service_field(state, key),)),
        text_field(
            "factor",
            FieldType.CHOICE,
            None,
            required=True,
            options=factors,
        ),
        text_field("description", FieldType.LONG, "", required=True),
        date_field(state, "opened_on"),
    )
    whose = describe_selection(state, several) if several else ""
    form = Form(
        N_("New obstacle"),
        fields,
        make,
        whose,
        first="factor" if key else "service",
    )
    return action_dialog(state, form)


def resolve_obstacles(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the day on which the selected obstacles were resolved."""
    keys = selection.obstacles

    def make(values: Values) -> Action:
        return ResolveObstacles(keys, **values)

    form = Form(
        N_("Resolve"),
        (date_field(state),),
        make,
        _selected_obstacles(state, keys),
        confirm=N_("Resolve"),
    )
    return action_dialog(state, form)


def _selected_obstacles(state: State, keys: Sequence[str]) -> str:
    """Return which obstacles are selected: one in full, several with their services."""
    obstacles = [state.register.obstacles[key] for key in keys]
    if len(obstacles) == 1:
        service = state.register.services[obstacles[0].service]
        return f"{service.name}: {obstacles[0].description}"

    language = state.language
    counted = language.plural("{n} obstacle", "{n} obstacles", len(obstacles))
    services = tuple(dict.fromkeys(one.service for one in obstacles))
    return f"{counted}: {describe_selection(state, services)}"
