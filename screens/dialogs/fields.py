"""Fields that many dialogs share."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from screens.dialogs import options
from screens.dialogs.base import FormDialog
from screens.dialogs.form import Field, FieldType, Form, Option, Values
from screens.dialogs.labels import find_label
from screens.dialogs.planning import Planner
from screens.state import State
from tracker.actions.draft import Action
from tracker.exchange.catalogue.selection import Selection as CatalogueSelection
from tracker.fields import (
    FACT_KINDS,
    ChangedBy,
    ValueType,
    fields_changed_by,
    is_required,
)
from tracker.language import N_
from tracker.model import Fact, Service
from tracker.narration.counts import count_services
from tracker.register import Register
from tracker.week import Week

_NAMED = 4


def action_dialog(state: State, form: Form[Any]) -> FormDialog[Action]:
    """Return the dialog for a form that makes an action on the register on view."""
    return FormDialog(form, state.language, state.today, Planner(state))


def text_field(
    name: str,
    ask: FieldType = FieldType.TEXT,
    value: Any = None,
    **more: Any,
) -> Field:
    """Return a field under the label that its name has everywhere."""
    return Field(name, find_label(name), ask, value, **more)


_ASKED_AS: dict[ValueType, FieldType] = {
    ValueType.TEXT: FieldType.TEXT,
    ValueType.LINES: FieldType.LONG,
    ValueType.LIST: FieldType.LIST,
    ValueType.CODE: FieldType.TEXT,
    ValueType.OPD: FieldType.PICK,
    ValueType.SERVICE: FieldType.PICK,
    ValueType.APPLICATION: FieldType.PICK,
    ValueType.DATE: FieldType.DATE,
    ValueType.WEEK: FieldType.WEEK,
    ValueType.STAGE: FieldType.CHOICE,
    ValueType.FACTOR: FieldType.CHOICE,
    ValueType.KIND: FieldType.CHOICE,
    ValueType.REMINDER_LEVEL: FieldType.CHOICE,
    ValueType.NUMBER: FieldType.NUMBER,
    ValueType.VISITS: FieldType.MEASURE,
    ValueType.DAYS: FieldType.MEASURE,
    ValueType.WHOLE: FieldType.WHOLE,
    ValueType.YEAR: FieldType.YEAR,
    ValueType.YES: FieldType.SWITCH,
}
"""How a dialog asks for each type of value."""


def field_of_fact(
    state: State,
    table: str,
    name: str,
    value: Any = None,
    **more: Any,
) -> Field:
    """Return the dialog's field for a field of a fact, by its description."""
    described = FACT_KINDS[table].by_name[name]
    more.setdefault("required", is_required(table, described))
    if described.type is ValueType.WEEK and isinstance(value, str):
        value = Week.parse(value)
    more.setdefault("options", _options_of(state, described.type))
    return Field(
        name,
        described.label,
        _ASKED_AS[described.type],
        value,
        ahead=described.ahead,
        **more,
    )


SEVERAL = N_("Several with ; between")


def detail_fields(
    state: State,
    table: str,
    fact: Fact | None = None,
    *,
    without: Sequence[str] = (),
    **changes: Mapping[str, Any],
) -> list[Field]:
    """Return the fields that an edit of a fact may change, besides its name and code.

    For a new fact they are empty. ``changes`` override a field's description in this
    dialog, for example its hint.
    """
    fields = []
    for described in fields_changed_by(table, ChangedBy.EDIT):
        if described.name in ("name", "code", *without):
            continue
        more: dict[str, Any] = dict(changes.get(described.name, {}))
        if described.type is ValueType.LIST:
            more.setdefault("hint", SEVERAL)
        value = more.pop("value", getattr(fact, described.name, None))
        if value is None and described.type is ValueType.LINES:
            value = ""
        fields.append(
            field_of_fact(state, table, described.name, value, **more),
        )
    return fields


def filled_details(values: Values, details: Sequence[Field]) -> dict[str, Any]:
    """Return the values of the detail fields that are not empty."""
    return {
        field.name: values[field.name]
        for field in details
        if values[field.name] not in (None, "", ())
    }


def _options_of(
    state: State,
    kind: ValueType,
) -> Callable[[], Sequence[Option]]:
    """Return the options of a type of value; none for a value that is typed."""
    choices: dict[ValueType, Callable[[], Sequence[Option]]] = {
        ValueType.OPD: partial(options.opd_options, state.register),
        ValueType.SERVICE: partial(options.service_options, state.register),
        ValueType.APPLICATION: partial(
            options.application_options,
            state.register,
        ),
        ValueType.STAGE: partial(options.stage_options, state.language),
        ValueType.FACTOR: partial(options.factor_options, state.language),
        ValueType.KIND: partial(
            options.kind_options,
            state.language,
            state.register.only_city.kinds,
        ),
        ValueType.REMINDER_LEVEL: partial(
            options.reminder_level_options,
            state.language,
        ),
    }
    return choices.get(kind, tuple)


def date_field(state: State, name: str = "on", **more: Any) -> Field:
    """Return the field for the day on which something took effect: by default today."""
    return text_field(name, FieldType.DATE, state.today, required=True, **more)


WHY_A_DAY = N_(
    "A catalogue's services are registered as of a day: no move can be dated before it.",
)


def catalogue_fields() -> tuple[Field, ...]:
    """Return the fields that ask for a catalogue's file, its day and what it leaves out."""
    return (
        Field(
            "path",
            N_("Or a file"),
            hint=N_("A catalogue, register or export of another city"),
        ),
        Field(
            "as_of",
            N_("Registered as of"),
            FieldType.DATE,
            hint=N_("Today"),
        ),
        Field(
            "without",
            N_("Without kinds"),
            FieldType.LIST,
            (),
            hint=N_("Kinds of OPD that the city does not have"),
        ),
        Field(
            "without_applications",
            N_("Without applications"),
            FieldType.LIST,
            (),
            hint=N_("Names, or * for all"),
        ),
    )


def read_selection(values: Values) -> CatalogueSelection:
    """Read what of a catalogue is to be left out."""
    return CatalogueSelection(
        frozenset(values["without"] or ()),
        tuple(values["without_applications"] or ()),
    )


def opd_field(
    state: State,
    value: str | None = None,
    *,
    name: str = "opd",
    without: str = "",
    **more: Any,
) -> Field:
    """Return the field for an OPD."""
    return text_field(
        name,
        FieldType.PICK,
        value,
        options=partial(options.opd_options, state.register, without),
        **more,
    )


def service_field(state: State, value: str | None = None, **more: Any) -> Field:
    """Return the field for a service."""
    listed = partial(options.service_options, state.register)
    return Field(
        "service",
        N_("Service"),
        FieldType.PICK,
        value,
        required=True,
        options=listed,
        **more,
    )


def stage_field(state: State, value: Any = None, **more: Any) -> Field:
    """Return the field for a stage."""
    return text_field(
        "stage",
        FieldType.CHOICE,
        value,
        options=partial(options.stage_options, state.language),
        **more,
    )


def services_of(state: State, keys: Sequence[str]) -> list[Service]:
    """Return the services that are selected."""
    return [
        state.register.services[key]
        for key in keys
        if key in state.register.services
    ]


def describe_selection(state: State, keys: Sequence[str]) -> str:
    """Return which services are selected: their number, and the first few by name."""
    names = [service.name for service in services_of(state, keys)]
    if len(names) == 1:
        return names[0]

    counted = count_services(len(names), state.language)
    # The members of a family are all called the same.
    different = list(dict.fromkeys(names))
    shown = different[:_NAMED]
    if len(different) > _NAMED:
        shown.append("…")
    return f"{counted}: {'; '.join(shown)}"


def opd_of(register: Register, keys: Sequence[str]) -> str | None:
    """Return the first OPD that is selected, if any."""
    return next((key for key in keys if key in register.opds), None)
