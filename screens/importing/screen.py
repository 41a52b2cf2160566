"""The screen of the import: choose a file, see how it is read, answer, enter it."""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import Worker

from screens import action_runner
from screens.base_screen import bindings_for
from screens.commands.command import Command
from screens.dialogs.form import Form
from screens.importing.files import Found, folder_and_start, found_under
from screens.importing.forms import (
    column_form,
    keep_form,
    reading_form,
    unread_form,
    word_form,
)
from screens.importing.job import (
    ImportPreview,
    Job,
    answer_question,
    keep_mapping,
    preview_import,
)
from screens.importing.lines import file_items, import_items
from screens.importing.mending import (
    Mending,
    bad_rows,
    mend,
    mending_form,
    put_aside,
)
from screens.importing.work import BEFORE_WRITING, STOPPED, WorkingScreen
from screens.navigation import ImportLine
from screens.widgets.detail import Detail
from screens.widgets.lines import LineList, LineView, text_item
from screens.widgets.path_input import PathInput
from tracker.actions.perform import ActionResult
from tracker.errors import UserError
from tracker.exchange.columns import COLUMNS
from tracker.exchange.loading import is_register_file
from tracker.exchange.problems import group_problems
from tracker.exchange.questions import SKIP
from tracker.language import N_
from tracker.paths import typed_path
from tracker.register import Register
from tracker.store.file import FileStore

T = TypeVar("T")
READING = "reading"
"""The group of the workers that read the file."""

GLANCE = 0.5
"""Seconds in which nobody reads a question: Enter so soon was pressed twice for the one before."""


class ImportScreen(WorkingScreen):
    """The import: first the file, then how it is understood and what would come of it."""

    screen_name = "import"
    AUTO_FOCUS = "PathInput"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("import")

    def __init__(self) -> None:
        super().__init__()
        self.job: Job | None = None
        self.seen: ImportPreview | None = None
        self._planned_on: Register | None = None
        self._come_up: ImportLine | None = None
        """The answer to which the cursor went by itself, and when it did."""
        self._come_up_at = 0.0

    @property
    def page_title(self) -> str:
        """The name of the page in the head."""
        return self.translate("Import")

    def compose_body(self) -> Iterable[Widget]:
        """Return the input of the path, the list, and the progress of long work."""
        folder = self.state.import_folder
        path = f"{folder}/" if folder and os.path.isdir(folder) else ""
        yield PathInput(path)
        yield LineList(id="import")
        yield Detail()

    @property
    def path(self) -> PathInput:
        """Where the path is typed."""
        return self.query_one(PathInput)

    @property
    def list(self) -> LineList:
        """The files to choose from, or the lines of the import."""
        return self.query_one("#import", LineList)

    def show_state(self) -> None:
        """Show the files to choose from, or the plan of the import."""
        self.path.placeholder = self.translate(
            "A CSV, XLSX or JSON file, or a folder of them",
        )
        if self.job is None:
            self._show_files()
            return

        if self.seen is not None:
            self._show_plan(self.seen)
        is_stale = self._planned_on is not self.state.register
        if is_stale and not self.host.is_importing:
            self._plan(self.job)

    def on_resize(self) -> None:
        """Wrap the lines for the new width."""
        if self.is_current and self.seen is not None:
            self.call_after_refresh(self.show_state)

    def _show_plan(self, preview: ImportPreview) -> None:
        """Show the lines of the plan; if the cursor's line is gone, go to what is open."""
        key = self.list.key
        self.list.show(import_items(preview, self.language, self.size.width))
        if self.list.key != key:
            self._go_to_what_is_open()

    def _go_to_what_is_open(self) -> None:
        """Put the cursor on the first answer to choose, or the first problem."""
        openable = self.list.keys()
        for line in openable:
            if not isinstance(line, ImportLine):
                continue
            if line.text.startswith(("answer:", "problem:")):
                self.list.move_to_key(line)
                self._come_up, self._come_up_at = line, time.monotonic()
                return

    def _show_files(self) -> None:
        store = self.host.store
        register = store.path if isinstance(store, FileStore) else None
        try:
            self.path.found = found_under(self.path.value, register)
        except UserError as error:
            message = " " + self.language.say(error)
            self.path.found = []
            self.list.show([text_item(message, "warn")])
            return

        _, start = folder_and_start(self.path.value)
        items = file_items(self.path.found, self.language, whole=not start)
        self.list.show(items)

    def _show_first_files(self) -> None:
        """Show other files, with the cursor on the first line."""
        self._show_files()
        self.list.move_to(0)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the files that fit what is typed."""
        if isinstance(event.input, PathInput) and self.job is None:
            self._show_first_files()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the typed file, the only one that fits, or all files of the folder."""
        if not isinstance(event.input, PathInput):
            return

        path = typed_path(event.value)
        is_open_folder = not event.value or event.value.endswith("/")
        if os.path.isfile(path):
            self.choose(path)
        elif len(self.path.found) == 1:
            self._enter(self.path.found[0])
        elif os.path.isdir(path) and not is_open_folder:
            self._type(f"{event.value}/")
        elif self.list.keys()[:1] == [ImportLine("folder:")]:
            self.choose(folder_and_start(self.path.value)[0])
        elif self.path.found:
            self.set_focus(self.list)

    def _enter(self, found: Found) -> None:
        if found.folder:
            self._type(f"{found.path}/")
        else:
            self.choose(found.path)

    def _type(self, text: str) -> None:
        with self.path.prevent(Input.Changed):
            self.path.value = text
        self._show_first_files()
        self.path.cursor_position = len(text)
        self.path.focus()

    def choose(self, path: Path) -> None:
        """Read a file and show what would come of it; the next import begins in its folder.

        A register is no file to import: the dialog of a merge opens on it.
        """
        self.state.import_folder = str(path.absolute().parent)
        if is_register_file(path):
            self._merge(path)
            return
        self.path.value = str(path)
        self._plan(Job(path))

    def _merge(self, path: Path) -> None:
        from screens.dialogs.merging import MergeDialog

        dialog = MergeDialog(self.state, path)
        dialog.submit = self.host.perform_action
        self.host.push_screen(dialog)

    def open_line(self, event: LineView.Opened) -> None:
        """Go into a folder, take a file, answer a question, or open a form about a line."""
        if not isinstance(event.key, ImportLine):
            return
        is_new = time.monotonic() - self._come_up_at < GLANCE
        if is_new and event.key == self._come_up:
            return

        kind, _, rest = event.key.text.partition(":")
        if kind == "file":
            self._enter(self.path.found[int(rest)])
        elif kind == "folder":
            self.choose(folder_and_start(self.path.value)[0])
        elif self.job is not None and self.seen is not None:
            self._open_plan_line(kind, self.job, self.seen, rest)

    def _open_plan_line(
        self,
        kind: str,
        job: Job,
        found: ImportPreview,
        rest: str,
    ) -> None:
        opens: dict[str, Callable[[Job, ImportPreview, str], None]] = {
            "answer": self._answer,
            "reading": self._ask_reading,
            "column": self._ask_column,
            "unread": self._ask_unread,
            "aside": self._ask_unread,
            "word": self._ask_word,
            "keep": self._ask_where,
            "problem": self._ask_mending,
            "rows-aside": self._put_rows_aside,
            "forget": self._forget_answers,
        }
        opens[kind](job, found, rest)

    def _answer(self, job: Job, found: ImportPreview, rest: str) -> None:
        key, answer = rest.split("\n", 1)
        self._plan(answer_question(job, found, key, answer))

    def _forget_answers(
        self,
        job: Job,
        found: ImportPreview,
        rest: str,
    ) -> None:
        self._plan(replace(job, answers={}))

    def _ask_reading(self, job: Job, found: ImportPreview, rest: str) -> None:
        form = reading_form(job.reading, found.sheets, self.language)
        form = replace(form, first=rest)
        self._ask(
            form,
            lambda reading: self._plan(job.read_as(reading)),
        )

    def _ask_mending(self, job: Job, found: ImportPreview, rest: str) -> None:
        problem = group_problems(found.plan.problems)[int(rest)]
        language = self.language

        def take(mending: Mending) -> None:
            self._plan(mend(job, found, problem, mending, language))

        self._ask(mending_form(problem, found, language), take)

    def _put_rows_aside(
        self,
        job: Job,
        found: ImportPreview,
        rest: str,
    ) -> None:
        language = self.language
        problems = bad_rows(found.plan.problems)

        try:
            without, path, count = put_aside(job, found, problems, language)
        except UserError as error:
            self.host.show_message(language.say(error), severity="error")
            return
        message = language.plural(
            "{n} row was put aside into {path}.",
            "{n} rows were put aside into {path}.",
            count,
            path=str(path),
        )
        self.host.show_message(message)
        self._plan(without)

    def _ask_where(self, job: Job, found: ImportPreview, rest: str) -> None:
        self._ask(
            keep_form(job),
            lambda path: self._plan(keep_mapping(job, path)),
        )

    def _ask_word(self, job: Job, found: ImportPreview, rest: str) -> None:
        column, word = rest.split(":", 1)

        def take(chosen: tuple[str]) -> None:
            [meaning] = chosen
            self._plan(job.with_word(column, word, meaning))

        register = self.state.register
        form = word_form(job, column, word, register, self.language)
        self._ask(form, take)

    def _ask_unread(self, job: Job, found: ImportPreview, rest: str) -> None:
        def take(chosen: tuple[str, str]) -> None:
            theirs, ours = chosen
            if ours == SKIP:
                self._plan(job.with_unread(theirs))
            else:
                self._plan(job.with_column(ours, theirs))

        header = found.headers[int(rest)][1]
        self._ask(unread_form(header, self.language), take)

    def _ask_column(self, job: Job, found: ImportPreview, rest: str) -> None:
        index, name = rest.split(":")
        _, header = found.headers[int(index)]
        [column] = [one for one in COLUMNS[header.kind] if one.name == name]
        form = column_form(column, header, self.language)

        def take(chosen: tuple[str | None]) -> None:
            [theirs] = chosen
            self._plan(job.with_column(name, theirs))

        self._ask(form, take)

    def _ask(self, form: Form[T], then: Callable[[T], None]) -> None:
        """Open a form, and call ``then`` with its result; it stays open where that is refused."""
        from screens.dialogs.base import FormDialog

        dialog = FormDialog(form, self.language, self.state.today)
        dialog.submit = then
        self.app.push_screen(dialog)

    def _plan(self, job: Job) -> None:
        """Read the file in a thread; not while another import is being written."""
        if self.host.is_importing:
            running = self.translate(action_runner.IMPORT_RUNNING)
            self.host.show_message(running, severity="warning")
            return

        register = self.state.register
        context = self.state.context
        self.job = job
        self._planned_on = register

        def work(worker: Worker[None]) -> None:
            hook = partial(self.hook, worker, 1.0)
            found = preview_import(job, register, context, hook)
            self.hand_over(worker, self._take_plan, found)

        self.begin(READING, work)

    def _take_plan(self, found: ImportPreview) -> None:
        if self.seen is None:
            self.list.cursor = 0
        self.seen = found
        self.ended()
        self.show_state()
        self.set_focus(self.list)
        self.redraw_frame()

    def disabled_reason(self, command: Command) -> str:
        """Return why nothing can be entered yet."""
        if command.id != "apply":
            return super().disabled_reason(command)
        if self.busy:
            return N_("The file is still being read.")
        return not_ready(self.seen)

    def do_apply(self) -> None:
        """Enter the whole import as one action, in a thread."""
        if self.seen is None:
            return

        action = self.seen.plan.action
        register = self.seen.register

        def work(worker: Worker[None]) -> None:
            hook = partial(self.hook, worker, BEFORE_WRITING)
            ready = partial(self.write_now, worker)
            done = action_runner.run_action(
                self.host,
                replace(action, hook=hook),
                register,
                ready,
            )
            self.hand_over(worker, self._entered, done)

        self.begin(action_runner.IMPORT_GROUP, work)

    def _entered(self, done: ActionResult) -> None:
        self.job = self.seen = None
        self.ended()
        if self.is_current:
            self.app.pop_screen()
        self.host.after_action(self.state.register, done)

    def ended(self) -> None:
        """Go back to the plan that is shown, whatever was to replace it."""
        super().ended()
        self.job = self.seen.job if self.seen is not None else None

    def do_back(self) -> None:
        """Stop what is going on, else go back to the files, else leave."""
        stopped = self.stop()
        if stopped:
            self.ended()
            self.host.show_message(self.translate(STOPPED))

        if self.writing:
            message = self.translate(
                "It is being entered; u takes it back afterwards.",
            )
            self.host.show_message(message)
        elif self.seen is None and not stopped:
            super().do_back()
        elif self.seen is None or not stopped:
            self._choose_again()

    def _choose_again(self) -> None:
        """Show the folder of the file, or the folder that was read, with the cursor on it."""
        path = typed_path(self.path.value)
        folder = path if path.is_dir() else path.parent
        self.job = self.seen = None
        self._type(f"{folder}/")
        self.show_state()
        self.list.move_to(0)
        for index, found in enumerate(self.path.found):
            if found.path == path:
                self.list.move_to_key(ImportLine(f"file:{index}"))


def not_ready(seen: ImportPreview | None) -> str:
    """Return why an import cannot be entered yet, as a msgid; empty if it can."""
    if seen is None:
        return N_("Choose a file first.")
    if seen.plan.problems:
        return N_("Correct what is wrong first.")
    if seen.plan.questions:
        return N_("Answer the questions first.")
    return ""
