"""Dialogs for files: copy a catalogue, export, write the OPDs' sheets."""

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
from tracker.paths import home_folder, typed_path
from tracker.register import Changes
from tracker.week import Week


def _count_catalogue(changes: Changes, language: Language) -> list[str]:
    parts = []
    for table, facts in changes.items():
        noun = language.text(FACT_KINDS[table].noun)
        count = language.number(len(facts), 0)
        parts.append(f"{noun}: {count} {language.text('new')}")

    return [
        "; ".join(parts),
        language.text("Save again to enter it: one undo takes it back."),
    ]


def copy_catalogue(state: State, selection: Selection) -> WorkDialog:
    """Ask for the city whose OPDs and services are copied into the register."""
    from tracker.exchange.catalogue.shipped import list_catalogues

    def make(values: Values) -> Job:
        name = values["path"] or values["catalogue"]
        part = read_selection(values)
        return lambda hook: _plan_catalogue(state, name, values["as_of"], part)

    names = plain_options(list_catalogues())
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


def _plan_catalogue(
    state: State,
    name: str,
    as_of: date | None,
    part: CatalogueSelection,
) -> Report:
    from tracker.actions.perform import plan
    from tracker.exchange.catalogue.loading import load_catalogue

    try:
        action = load_catalogue(
            name,
            state.register.only_city,
            state.context,
            as_of,
            part,
        )
        commit = plan(state.register, action, state.context)
    except ProblemList as error:
        return Report(rejection_lines(error, state.language))

    return Report(_count_catalogue(commit.changes, state.language), action)


def export_register(state: State, selection: Selection) -> WorkDialog:
    """Ask for the file and the format of an export of the whole register."""
    fields = file_fields(state, ("json", "xlsx", "csv"))

    def make(values: Values) -> Job:
        format = values["format"]
        path = new_path(values["path"], "" if format == "csv" else f".{format}")
        return lambda hook: _write_export(state, path, format, hook)

    form = Form(
        N_("Export"),
        fields,
        make,
        confirm=N_("Write"),
        first="path",
    )
    return WorkDialog(form, state)


def file_fields(state: State, formats: Sequence[str]) -> tuple[Field, Field]:
    """Return the fields for a file's format, by default the first, and its path."""
    from tracker.text import slugify

    city = slugify(state.register.only_city.name)
    usual = home_folder() / f"{city}-{state.today}"
    choices = plain_options(formats)
    return (
        Field(
            "format",
            N_("Format"),
            FieldType.CHOICE,
            formats[0],
            options=lambda: choices,
        ),
        Field(
            "path",
            N_("To"),
            value=str(usual),
            required=True,
        ),
    )


def new_path(typed: str, ending: str) -> Path:
    """Return a path for a new file, with an ending such as ``.json`` (empty for none).

    Raises ``Rejected`` if something is there already.
    """
    path = typed_path(typed)
    if ending and path.suffix.lower() != ending:
        path = path.with_name(path.name + ending)
    # Path.exists would raise PermissionError in a folder that cannot be searched.
    if os.path.exists(path):
        raise Rejected(
            "{path} is there already: choose another name.",
            path=str(path),
        )
    return path


def write_opd_sheets(state: State, selection: Selection) -> WorkDialog:
    """Ask for the OPDs that get a sheet of the week, and for the folder."""
    register = state.register
    marked = [
        register.opds[key].code
        for key in selection.opds
        if len(selection.opds) > 1
    ]
    week = str(Week.of(state.today))
    usual = home_folder() / state.language.text("sheets")
    folder = Path(state.folders.get("sheets", usual)) / week
    fields = (
        Field(
            "opds",
            N_("Only these OPDs"),
            FieldType.LIST,
            tuple(marked),
            hint=N_("Every OPD that has services"),
        ),
        Field(
            "path",
            N_("Folder"),
            value=str(folder),
            required=True,
        ),
    )

    def make(values: Values) -> Job:
        path, opds = typed_path(values["path"]), values["opds"] or ()
        for opd in opds:
            find_opd(register, opd)
        # Each week has a folder of its own, so it is their parent that stays.
        parent = path.parent if path.name == week else path
        state.folders["sheets"] = str(parent.absolute())
        return lambda hook: _write_sheets(state, path, opds, hook)

    form = Form(
        N_("Sheets"),
        fields,
        make,
        state.language.text(
            "A spreadsheet for each OPD; Import reads the answers back.",
        ),
        confirm=N_("Write"),
        first="path",
    )
    return WorkDialog(form, state)


def _write_sheets(
    state: State,
    path: Path,
    opds: Sequence[str],
    hook: Hook,
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
        state.register,
        path,
        opds,
        state.language,
        state.today,
        hook,
    )
    line = _count_files(state.language, len(written), path)
    return Report([line, *describe_edited(written, state.language)], done=True)


def _write_export(
    state: State,
    path: Path,
    form: str,
    hook: Hook,
) -> Report:
    from tracker.exchange.exporting import export as write

    written: Sequence[Path] = write(
        state.register,
        path,
        form,
        hook,
        state.read_page,
        state.today,
    )
    line = _count_files(state.language, len(written), path)
    return Report([line], done=True)


def _count_files(language: Language, count: int, path: Path) -> str:
    return language.plural(
        "{n} file written: {path}",
        "{n} files written: {path}",
        count,
        path=str(path),
    )
