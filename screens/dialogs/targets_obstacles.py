"""Dialogs on what is wanted and what is in the way: targets and obstacles."""

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
from tracker.actions import (
    Action,
    AddObstacles,
    ClearTargets,
    ResolveObstacles,
    SetTargets,
)
from tracker.language import N_
from tracker.model import Stage


def target(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask what stage is to be reached by when, by the services selected or by all of an OPD."""
    keys, opd, whom = _targeted_stages(state, selection)

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
    return action_dialog(
        state, Form(N_("Target"), fields, make, whom, first="due_on")
    )


def clear_target(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask which targets no longer hold."""
    keys, opd, whom = _targeted_stages(state, selection)
    choices = [
        Option(None, state.language.text("every stage")),
        *options.stage_options(state.language),
    ]

    def make(values: Values) -> Action:
        return ClearTargets(keys, opd=opd, **values)

    fields = (
        text_field("stage", FieldType.CHOICE, None, options=lambda: choices),
    )
    return action_dialog(
        state,
        Form(N_("No target"), fields, make, whom, confirm=N_("Take away")),
    )


def _targeted_stages(
    state: State, selection: Selection
) -> tuple[tuple[str, ...], str, str]:
    """Return the services meant, else the OPD whose services are, and whom that is in words."""
    if selection.services or not selection.opds:
        return (
            selection.services,
            "",
            describe_selection(state, selection.services),
        )
    opd = state.register.opds[selection.opds[0]]
    return (
        (),
        opd.id,
        state.language.text("All services of {opd}", opd=opd.name),
    )


def add_obstacle(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask what holds services back, and since when; of none or one, which."""
    several = selection.services if len(selection.services) > 1 else ()
    key = selection.services[0] if selection.services else None
    factors = partial(options.factor_options, state.language)

    def make(values: Values) -> Action:
        said = {
            name: value for name, value in values.items() if name != "service"
        }
        return AddObstacles(several or (values["service"],), **said)

    fields = (
        *(() if several else (service_field(state, key),)),
        text_field(
            "factor", FieldType.CHOICE, None, required=True, options=factors
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


def resolve(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask since when the selected obstacles are out of the way."""
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
    """Return in words which obstacles are meant: one in full, of several how many and whose."""
    meant = [state.register.obstacles[key] for key in keys]
    if len(meant) == 1:
        return f"{state.register.services[meant[0].service].name}: {meant[0].description}"
    counted = state.language.plural("{n} obstacle", "{n} obstacles", len(meant))
    return f"{counted}: {describe_selection(state, tuple(dict.fromkeys(one.service for one in meant)))}"
