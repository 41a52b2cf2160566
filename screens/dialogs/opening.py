"""Dialogs on the opening: close it, and reopen it for one OPD."""

from screens.dialogs.base import FormDialog
from screens.dialogs.fields import action_dialog, date_field, opd_field, opd_of
from screens.dialogs.form import Form, Values
from screens.selection import Selection
from screens.state import State
from tracker.actions.draft import Action
from tracker.actions.opening import (
    CloseOpening,
    RemoveFromOpening,
    ReopenOpening,
)
from tracker.language import N_
from tracker.metrics.opening import read_opening
from tracker.model import OPD, Application, Service
from tracker.narration.opening import answered_line

_NAMED = 4


def close_opening(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the day on which the history starts; show who has not answered yet."""
    found = read_opening(state.register, state.today)

    def make(values: Values) -> Action:
        return CloseOpening(values["on"])

    form = Form(
        N_("Close the opening"),
        (date_field(state),),
        make,
        answered_line(found, state.language),
        confirm=N_("Close"),
    )
    return action_dialog(state, form)


def reopen_opening(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the OPD whose baselines are corrected."""

    def make(values: Values) -> Action:
        return ReopenOpening(values["opd"])

    chosen = opd_of(state.register, selection.opds)
    form = Form(
        N_("Reopen the opening"),
        (opd_field(state, chosen, required=True),),
        make,
    )
    return action_dialog(state, form)


def remove_from_opening(
    state: State,
    selection: Selection,
) -> FormDialog[Action]:
    """Ask to take out what is selected: services, OPDs with theirs, or applications."""
    register, text = state.register, state.language.text
    chosen: tuple[OPD | Service | Application, ...] = (
        *(register.opds[key] for key in selection.opds),
        *(register.services[key] for key in selection.services),
        *(register.applications[key] for key in selection.applications),
    )

    def make(values: Values) -> Action:
        return RemoveFromOpening(
            selection.opds,
            selection.services,
            selection.applications,
        )

    names = state.language.enumeration(one.name for one in chosen[:_NAMED])
    about = text(
        "The city never had it: {names}. An OPD goes with its services.",
        names=f"{names} …" if len(chosen) > _NAMED else names,
    )
    form = Form(
        N_("Not in this city"),
        (),
        make,
        about,
        confirm=N_("Take out"),
    )
    return action_dialog(state, form)
