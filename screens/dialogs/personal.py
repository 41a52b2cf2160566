"""Dialogs that change no register: a person's own settings, and a new register."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from screens.dialogs.base import FormDialog
from screens.dialogs.fields import (
    WHY_A_DAY,
    catalogue_fields,
    read_selection,
    text_field,
)
from screens.dialogs.form import (
    Field,
    FieldType,
    Form,
    Option,
    Values,
    changed_values,
)
from screens.dialogs.options import plain_options, timezone_options
from tracker.errors import Rejected
from tracker.exchange.catalogue.selection import Selection
from tracker.language import N_, Language
from tracker.model import DEFAULT_ZONE
from tracker.settings import Settings, with_setting

_SPOKEN = (Option("id", "Bahasa Indonesia"), Option("en", "English"))


def edit_preferences(
    settings: Settings,
    language: Language,
    today: date,
    themes: Sequence[str],
    by: str = "",
) -> FormDialog[Settings]:
    """Ask for a person's own settings; ``by`` is their name if they set none."""
    theme_options = plain_options(sorted(themes))
    fields = (
        Field("by", N_("Your name"), value=settings.by, hint=by),
        Field(
            "language",
            N_("Language"),
            FieldType.CHOICE,
            language.code,
            options=lambda: _SPOKEN,
        ),
        Field(
            "theme",
            N_("Theme"),
            FieldType.PICK,
            settings.theme or None,
            options=lambda: theme_options,
        ),
        Field(
            "backups",
            N_("Backups kept"),
            FieldType.WHOLE,
            settings.backups,
            required=True,
        ),
        Field(
            "backup_folder",
            N_("Backup folder"),
            value=settings.backup_folder,
            hint=N_("By the register"),
        ),
        Field(
            "permissions",
            N_("Permissions"),
            value=settings.permissions,
            hint="600",
        ),
    )

    def make(values: Values) -> Settings:
        changed = settings
        for name, value in changed_values(values, fields).items():
            text = "" if value is None else str(value)
            changed = with_setting(changed, name, text)
        return changed

    return FormDialog(Form(N_("Preferences"), fields, make), language, today)


@dataclass(frozen=True)
class NewRegister:
    """A new register: the fields of its city, and its catalogue (empty for none).

    ``as_of`` is the day as of which the catalogue's services are registered; None is
    today. ``selection`` is what of the catalogue is left out.
    """

    city: dict[str, Any]
    catalogue: str = ""
    as_of: date | None = None
    selection: Selection = field(default_factory=Selection)


def ask_new_register(
    language: Language,
    today: date,
    catalogues: Sequence[str],
) -> FormDialog[NewRegister]:
    """Ask for the city, its portal and the catalogue of a new register."""
    none = Option("", language.text("none: begin empty"))
    fields = (
        text_field("name", required=True, hint=N_("The city's name")),
        text_field(
            "portal",
            required=True,
            hint=N_("The single door to all services"),
        ),
        text_field("goal", FieldType.DATE, ahead=True, hint=N_("None yet")),
        text_field(
            "timezone",
            FieldType.CHOICE,
            DEFAULT_ZONE,
            options=partial(timezone_options, DEFAULT_ZONE),
        ),
        text_field(
            "catalogue",
            FieldType.CHOICE,
            "",
            options=lambda: (none, *plain_options(catalogues)),
        ),
        *catalogue_fields(),
    )

    def make(values: Values) -> NewRegister:
        return _make_new_register(values, today)

    form = Form(
        N_("New register"),
        fields,
        make,
        language.text(WHY_A_DAY),
        confirm=N_("Begin"),
    )
    return FormDialog(form, language, today)


def _make_new_register(values: Values, today: date) -> NewRegister:
    city = {
        name: value
        for name, value in values.items()
        if name in {"name", "portal", "goal", "timezone"} and value is not None
    }
    goal, as_of = city.get("goal"), values["as_of"]
    if goal and goal <= today:
        raise Rejected("{day} is past: a goal lies ahead.", day=goal)
    if as_of and as_of > today:
        raise Rejected(
            "{day} is still to come; enter what has happened.",
            day=as_of,
        )

    source = values["path"] or values["catalogue"]
    as_of = as_of if source else None
    return NewRegister(city, source, as_of, read_selection(values))
