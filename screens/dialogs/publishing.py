"""Dialogs that publish: missing weeks, open data as of today, the site of published weeks."""

from pathlib import Path

from screens.dialogs.files import file_fields, new_path
from screens.dialogs.form import Field, Form, Values
from screens.dialogs.working import Hook, Job, Report, WorkDialog
from screens.selection import Selection
from screens.state import State
from tracker.language import N_
from tracker.paths import typed_path
from tracker.persistence import Store


class MissingWeeksDialog(WorkDialog):
    """Publishes the missing weeks one by one; those taken before it is stopped are kept."""

    stopped = N_("Stopped; the weeks taken so far are kept.")


def publish_missing(state: State, store: Store) -> WorkDialog:
    """Ask whether to publish every complete week that was not published."""
    from tracker.snapshot.stored import missing_weeks

    about = state.language.plural(
        "{n} complete week is not published yet.",
        "{n} complete weeks are not published yet.",
        len(missing_weeks(state.register, state.today)),
    )

    def make(values: Values) -> Job:
        return lambda hook: _publish_missing(state, store, hook)

    form = Form(
        N_("Take all"),
        (),
        make,
        about,
        confirm=N_("Take"),
    )
    return MissingWeeksDialog(form, state)


def _publish_missing(state: State, store: Store, hook: Hook) -> Report:
    from tracker.snapshot import take_missing

    language = state.language
    taken = len(list(take_missing(store, state.context, language, hook)))
    text = language.plural(
        "{n} week was published.",
        "{n} weeks were published.",
        taken,
    )
    return Report([text], done=True)


def publish_open_data(state: State, selection: Selection) -> WorkDialog:
    """Ask where today's state is written to, with a row for each service."""
    fields = file_fields(state, ("csv", "xlsx"))

    def make(values: Values) -> Job:
        format = values["format"]
        path = new_path(values["path"], f".{format}")
        return lambda hook: _write_open_data(state, path, format)

    form = Form(
        N_("Open data"),
        fields,
        make,
        confirm=N_("Write"),
        first="path",
    )
    return WorkDialog(form, state)


def _write_open_data(state: State, path: Path, form: str) -> Report:
    from tracker.exchange.current.writing import write_current

    written = write_current(
        state.register,
        path,
        form,
        state.language,
        state.today,
    )
    text = state.language.text(
        "Written: {paths}",
        paths=", ".join(map(str, written)),
    )
    return Report([text], done=True)


def publish_site(state: State, selection: Selection) -> WorkDialog:
    """Ask for the folder of the site of all published weeks."""
    kept = state.folders.get("site", "situs")
    asked = Field("folder", N_("Folder"), value=kept, required=True)

    def make(values: Values) -> Job:
        folder = typed_path(values["folder"])
        state.folders["site"] = str(folder.absolute())
        return lambda hook: _write_site(state, folder, hook)

    form = Form(N_("Site"), (asked,), make, confirm=N_("Write"))
    return WorkDialog(form, state)


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
