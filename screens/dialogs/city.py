"""Dialogs on the city as a whole: milestones, evaluations, settings."""

from functools import partial

from screens.dialogs import options
from screens.dialogs.base import FormDialog
from screens.dialogs.fields import action_dialog, date_field, text_field
from screens.dialogs.form import FieldType, Form, Values, changed_values
from screens.selection import Selection
from screens.state import State
from tracker.actions.city import AddEvaluation, AddMilestone, ChangeCity
from tracker.actions.draft import Action
from tracker.language import N_


def add_milestone(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for a dated remark on the city's timeline."""
    fields = (
        date_field(state),
        text_field("text", FieldType.LONG, "", required=True),
        text_field("method_break", FieldType.SWITCH, False),
    )

    def make(values: Values) -> Action:
        return AddMilestone(**values)

    form = Form(N_("Milestone"), fields, make, first="text")
    return action_dialog(state, form)


def add_evaluation(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for an outside evaluation of the city in a year."""
    fields = (
        text_field("instrument", required=True, hint="SPBE, Smart City, …"),
        text_field("year", FieldType.YEAR, state.today.year, required=True),
        text_field("score", FieldType.NUMBER),
        text_field(
            "improvement",
            FieldType.NUMBER,
            hint=N_("As published, else computed"),
        ),
        text_field("target", FieldType.NUMBER),
        text_field("rank", FieldType.WHOLE),
        text_field("source"),
    )

    def make(values: Values) -> Action:
        return AddEvaluation(**values)

    return action_dialog(state, Form(N_("Evaluation"), fields, make))


def edit_settings(state: State, selection: Selection) -> FormDialog[Action]:
    """Ask for the city's settings, including the head of its weekly page."""
    city = state.register.only_city
    fields = (
        text_field("name", value=city.name, required=True),
        text_field("portal", value=city.portal, required=True),
        text_field(
            "goal",
            FieldType.DATE,
            city.goal,
            ahead=True,
            hint=N_("None yet"),
        ),
        text_field(
            "stalled_after",
            FieldType.WHOLE,
            city.stalled_after,
            required=True,
            hint=N_("days in one stage"),
        ),
        text_field(
            "timezone",
            FieldType.CHOICE,
            city.timezone,
            options=partial(options.timezone_options, city.timezone),
        ),
        text_field(
            "addressee",
            value=city.addressee,
            hint=N_("Regional Secretary"),
        ),
        text_field(
            "sender",
            value=city.sender,
            hint=N_("Who signs the weekly page"),
        ),
        text_field("subject", value=city.subject, hint=N_("The page's own")),
    )

    def make(values: Values) -> Action:
        return ChangeCity(changed_values(values, fields))

    form = Form(
        N_("Settings"),
        fields,
        make,
        city.name,
        first="goal",
    )
    return action_dialog(state, form)
