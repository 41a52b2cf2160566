"""Dialogs on the opening: close it, and reopen it for one OPD."""

from screens.dialogs.base import FormDialog
from screens.dialogs.fields import action_dialog, date_field, opd_field, opd_of
from screens.dialogs.form import Form, Values
from screens.selection import Selection
from screens.state import State
from tracker.actions import Action, CloseOpening, ReopenOpening
from tracker.language import N_
from tracker.metrics.opening import read_opening
from tracker.narration.opening import assumed_line


def close_opening(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the day on which the history starts; show who has not answered yet."""
    found, language = read_opening(state.register, state.today), state.language
    waiting = assumed_line(found, language)

    def make(values: Values) -> Action:
        return CloseOpening(values["on"])

    form = Form(
        N_("Close the opening"),
        (date_field(state),),
        make,
        waiting if found.assumed else language.text("All have answered."),
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
