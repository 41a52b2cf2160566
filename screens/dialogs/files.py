"""Dialogs on files in and out: a city's catalogue, export."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from screens.dialogs.checking import rejection_lines
from screens.dialogs.fields import (
    WHY_A_DAY,
    catalogue_fields,
    read_selection,
    text_field,
)
from screens.dialogs.form import Field, FieldType, Form, Values
from screens.dialogs.options import plain_options
from screens.dialogs.working import Hook, Job, Report, WorkDialog
from screens.selection import Selection
from screens.state import State
from tracker.errors import ProblemList, Rejected
from tracker.exchange.catalogue.selection import Selection as CatalogueSelection
from tracker.fields import FACT_KINDS
from tracker.language import N_, Language
from tracker.lookup import find_opd
from tracker.os_errors import reason_of
from tracker.paths import typed_path
from tracker.register import Changes
from tracker.week import Week


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
    from tracker.exchange.catalogue.loading import load_catalogue
    from tracker.exchange.catalogue.shipped import catalogues

    def make(values: Values) -> Job:
        selection = read_selection(values)
        return lambda hook: _catalogue_report(
            values["path"] or values["catalogue"], values["as_of"], selection
        )

    def _catalogue_report(
        name: str, as_of: date | None, selection: CatalogueSelection
    ) -> Report:
        from tracker.actions.perform import plan

        try:
            action = load_catalogue(
                name,
                state.register.only_city,
                state.context,
                as_of,
                selection,
            )
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
        *catalogue_fields(),
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
            "format",
            N_("Format"),
            FieldType.CHOICE,
            "json",
            options=lambda: formats,
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
        Form(N_("Export"), fields, make, confirm=N_("Write"), first="path"),
        state,
    )


def sheets(state: State, selection: Selection) -> WorkDialog:
    """Ask for which OPDs the week's sheets are to be written, and where."""
    register = state.register
    marked = [
        register.opds[key].code
        for key in selection.opds
        if len(selection.opds) > 1
    ]
    week = str(Week.of(state.today))
    usual = Path.home() / state.language.text("sheets")
    folder = Path(state.folders.get("sheets", usual)) / week
    fields = (
        Field(
            "opds",
            N_("Only these OPDs"),
            FieldType.LIST,
            tuple(marked),
            hint=N_("Every OPD that has services"),
        ),
        Field("path", N_("Folder"), value=str(folder), required=True),
    )

    def make(values: Values) -> Job:
        path, opds = typed_path(values["path"]), values["opds"] or ()
        for said in opds:
            find_opd(register, said)
        # Each week has a folder of its own, so it is their parent that stays.
        parent = path.parent if path.name == week else path
        state.folders["sheets"] = str(parent.absolute())
        return lambda hook: _write_sheets(state, path, opds, hook)

    form = Form(
        N_("Sheets"),
        fields,
        make,
        state.language.text(
            "A spreadsheet for each OPD; Import reads the answers back."
        ),
        confirm=N_("Write"),
        first="path",
    )
    return WorkDialog(form, state)


def _write_sheets(
    state: State, path: Path, opds: Sequence[str], hook: Hook
) -> Report:
    from tracker.exchange.sheets.writing import write_sheets
    from tracker.exchange.writing.output_folder import describe_edited

    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Rejected(
            "{path} cannot be written: {reason}.",
            path=str(path),
            reason=reason_of(error),
        ) from error
    written = write_sheets(
        state.register, path, opds, state.language, state.today, hook
    )
    said = state.language.plural(
        "{n} file written: {path}",
        "{n} files written: {path}",
        len(written),
        path=str(path),
    )
    return Report([said, *describe_edited(written, state.language)], done=True)


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
        "{n} file written: {path}",
        "{n} files written: {path}",
        n,
        path=str(path),
    )
    return Report([said], done=True)
