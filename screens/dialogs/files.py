"""Dialogs on files in and out: a city's catalogue, export."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from screens.dialogs.checking import rejection_lines
from screens.dialogs.fields import WHY_A_DAY, catalogue_day, text_field
from screens.dialogs.form import Field, FieldType, Form, Values
from screens.dialogs.options import plain_options
from screens.dialogs.working import Hook, Job, Report, WorkDialog
from screens.selection import Selection
from screens.state import State
from tracker.errors import ProblemList, Rejected
from tracker.fields import FACT_KINDS
from tracker.language import N_, Language
from tracker.paths import typed_path
from tracker.register import Changes


def _count_catalogue(changes: Changes, language: Language) -> list[str]:
    parts = [
        f"{language.text(FACT_KINDS[table].noun)}: {language.number(len(facts), 0)} {language.text('new')}"
        for table, facts in changes.items()
    ]
    return [
        "; ".join(parts),
        language.text("Save again to enter it: one undo takes it back."),
    ]


def catalogue(state: State, selection: Selection) -> WorkDialog:
    """Ask which city's OPDs and services the register is to begin with."""
    from tracker.exchange.catalogue import catalogues, load_catalogue

    def make(values: Values) -> Job:
        return lambda hook: _catalogue_report(
            values["path"] or values["catalogue"], values["as_of"]
        )

    def _catalogue_report(name: str, as_of: date | None) -> Report:
        from tracker.actions.perform import plan

        try:
            action = load_catalogue(name, state.context, as_of)
            commit = plan(state.register, action, state.context)
        except ProblemList as error:
            return Report(rejection_lines(error, state.language))
        return Report(_count_catalogue(commit.changes, state.language), action)

    names = plain_options(catalogues())
    fields = (
        text_field(
            "catalogue",
            FieldType.CHOICE,
            names[0].value if names else None,
            options=lambda: names,
        ),
        Field("path", N_("Or a file"), hint=N_("An export of another city")),
        catalogue_day(),
    )
    form = Form(
        N_("Catalogue"),
        fields,
        make,
        state.language.text(WHY_A_DAY),
        confirm=N_("Copy"),
    )
    return WorkDialog(form, state)


def export(state: State, selection: Selection) -> WorkDialog:
    """Ask where everything is to be written."""
    formats = plain_options(("json", "xlsx", "csv"))
    fields = (
        Field(
            "format", N_("Format"), FieldType.CHOICE, "json", options=lambda: formats
        ),
        Field(
            "path",
            N_("To"),
            value=str(Path.home() / _catalogue_name(state)),
            required=True,
        ),
    )

    def make(values: Values) -> Job:
        path = typed_path(values["path"])
        ending = "" if values["format"] == "csv" else f".{values['format']}"
        to = (
            path.with_name(path.name + ending)
            if ending and path.suffix.lower() != ending
            else path
        )
        if os.path.exists(to):
            raise Rejected(
                "{path} is there already: choose another name.", path=str(to)
            )
        return lambda hook: _write_export(state, to, values["format"], hook)

    return WorkDialog(
        Form(N_("Export"), fields, make, confirm=N_("Write"), first="path"), state
    )


def _catalogue_name(state: State) -> str:
    from tracker.text import slugify

    return f"{slugify(state.register.only_city.name)}-{state.today}"


def _write_export(state: State, path: Path, form: str, hook: Hook) -> Report:
    from tracker.exchange.exporting import export as write

    written: Sequence[Path] = write(
        state.register, path, form, hook, state.read_page, state.today
    )
    n = len(written)
    said = state.language.plural(
        "{n} file written: {path}", "{n} files written: {path}", n, path=str(path)
    )
    return Report([said], done=True)
