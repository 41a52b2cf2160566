"""The dialog that writes reminders to files."""

from collections.abc import Callable, Sequence
from pathlib import Path

from screens.dialogs.form import Field, Form, Values
from screens.dialogs.working import Hook, Job, Report, WorkDialog
from screens.host import Host
from screens.state import State
from tracker.language import N_
from tracker.paths import home_folder, typed_path
from tracker.snapshot.reminders import ReminderText, name_reminder_files


def reminder_files_dialog(
    host: Host,
    reminders: Sequence[ReminderText],
    after: Callable[[Sequence[ReminderText]], None],
) -> WorkDialog:
    """Ask for the folder of the reminders; once they are written, ``after`` is called with them."""
    state = host.state
    usual = str(home_folder() / state.language.text("reminders"))
    kept = state.folders.get("reminders", usual)
    asked = Field("folder", N_("Folder"), value=kept, required=True)

    def make(values: Values) -> Job:
        folder = typed_path(values["folder"])
        state.folders["reminders"] = str(folder.absolute())

        def write(hook: Hook) -> Report:
            report = _write_files(state, reminders, folder, hook)
            host.call_from_thread(after, reminders)
            return report

        return write

    form = Form(N_("Reminders"), (asked,), make, confirm=N_("Write"))
    return WorkDialog(form, state)


def _write_files(
    state: State,
    reminders: Sequence[ReminderText],
    folder: Path,
    hook: Hook,
) -> Report:
    from tracker.exchange.writing.output_folder import (
        describe_edited,
        writing_into,
    )

    language = state.language
    files = name_reminder_files(reminders, state.today, language)
    written = []
    with writing_into(folder, language) as output:
        for done, (name, text) in enumerate(files.items(), start=1):
            written.append(output.write(name, f"{text}\n".encode()))
            hook(done, len(files))

    said = language.plural(
        "{n} file written: {path}",
        "{n} files written: {path}",
        len(files),
        path=str(folder),
    )
    return Report([said, *describe_edited(written, language)], done=True)
