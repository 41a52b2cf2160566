"""Dialogs that publish: the open data of today, and the site of all published weeks."""

from pathlib import Path

from screens.dialogs.form import Field, FieldType, Form, Values
from screens.dialogs.options import plain_options
from screens.dialogs.working import Hook, Job, Report, WorkDialog
from screens.selection import Selection
from screens.state import State
from tracker.errors import Rejected
from tracker.language import N_
from tracker.paths import typed_path
from tracker.text import slugify


def open_data(state: State, selection: Selection) -> WorkDialog:
    """Ask where today's state is to be written, a row a service."""
    formats = plain_options(("csv", "xlsx"))
    name = f"{slugify(state.register.only_city.name)}-{state.today}"
    fields = (
        Field(
            "format",
            N_("Format"),
            FieldType.CHOICE,
            "csv",
            options=lambda: formats,
        ),
        Field("path", N_("To"), value=str(Path.home() / name), required=True),
    )

    def make(values: Values) -> Job:
        path, ending = typed_path(values["path"]), f".{values['format']}"
        if path.suffix.lower() != ending:
            path = path.with_name(path.name + ending)
        if path.exists():
            raise Rejected(
                "{path} is there already: choose another name.", path=str(path)
            )
        return lambda hook: _write_open_data(state, path, values["format"])

    form = Form(
        N_("Open data"), fields, make, confirm=N_("Write"), first="path"
    )
    return WorkDialog(form, state)


def _write_open_data(state: State, path: Path, form: str) -> Report:
    from tracker.exchange.current.writing import write_current

    written = write_current(
        state.register, path, form, state.language, state.today
    )
    text = state.language.text(
        "Written: {paths}", paths=", ".join(map(str, written))
    )
    return Report([text], done=True)


def site(state: State, selection: Selection) -> WorkDialog:
    """Ask in which folder the site of all published weeks is to be written."""
    kept = state.folders.get("site", "situs")
    fields = (Field("folder", N_("Folder"), value=kept, required=True),)

    def make(values: Values) -> Job:
        folder = typed_path(values["folder"])
        state.folders["site"] = str(folder.absolute())
        return lambda hook: _write_site(state, folder, hook)

    return WorkDialog(
        Form(N_("Site"), fields, make, confirm=N_("Write")), state
    )


def _write_site(state: State, folder: Path, hook: Hook) -> Report:
    from tracker.exchange.writing.output_folder import describe_edited
    from tracker.publish.site.site import write_site
    from tracker.publish.writing import WeekForms

    language = state.language
    forms = WeekForms(state.register, state.today, language, state.read_page)
    files = write_site(forms, folder, hook)
    changed = language.text(
        "{changed} of {files} files written, the others are as they were.",
        changed=sum(file.changed for file in files),
        files=len(files),
    )
    return Report([changed, *describe_edited(files, language)], done=True)
