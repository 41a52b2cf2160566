"""Read a spreadsheet or an export: choose the file, see what is understood of it, answer, enter it."""

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import get_current_worker

from screens import doing
from screens.commands.registry import Command
from screens.frame import bindings_for
from screens.importing.files import Found, found_under
from screens.importing.forms import column_form, keep_form, reading_form, unread_form, word_form
from screens.importing.job import Job, Seen, answered, keep_mapping, seen
from screens.importing.lines import file_items, import_items
from screens.importing.work import WorkingScreen
from screens.widgets.detail import Detail
from screens.widgets.lines import Item, LineList, LineView
from screens.widgets.path_input import PathInput
from tracker.actions.draft import Context
from tracker.actions.perform import Done
from tracker.errors import Said
from tracker.exchange.columns import COLUMNS
from tracker.exchange.meaning.headers import Header
from tracker.exchange.questions import SKIP
from tracker.language import N_
from tracker.paths import typed_path
from tracker.register import Register


class ImportScreen(WorkingScreen):
    """The import: first the file, then how it is understood and what would come of it."""

    place = "import"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "PathInput"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("import")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []
        self.job: Job | None = None
        self.seen: Seen | None = None
        self._planned: tuple[Job, Register] | None = None

    def body(self) -> Iterable[Widget]:
        """Return where the path is typed, the list, and how far long work has come."""
        yield PathInput()
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

    def show(self) -> None:
        """Show the files to choose from, or the import in the making."""
        self.path.placeholder = self.says("A CSV, XLSX or JSON file, or the folder of an export")
        if self.job is None:
            self._show_files()
        elif self.seen is not None:
            self.list.show(import_items(self.job, self.seen, self.state.language, self.size.width))
        if self.job is not None and not self.entering and self._overtaken:
            self._plan(self.job)

    @property
    def _overtaken(self) -> bool:
        """Tell whether somebody has changed the register since the import was planned."""
        return self._planned is not None and self._planned[1] is not self.state.register

    def _show_files(self) -> None:
        try:
            self.path.found = self.found = found_under(self.path.value)
        except Said as error:
            self.path.found = self.found = []
            self.list.show([Item(((" " + self.state.language.say(error), "warn"),))])
            return
        self.list.show(file_items(self.found, self.state.language))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits what is typed."""
        if isinstance(event.input, PathInput) and self.job is None:
            self._show_files()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the file that is typed, or the only one that fits."""
        if not isinstance(event.input, PathInput):
            return
        path = typed_path(event.value)
        if os.path.isfile(path):
            self.choose(path)
        elif len(self.found) == 1:
            self._enter(self.found[0])
        elif os.path.isdir(path) and event.value and not event.value.endswith("/"):
            self._type(f"{event.value}/")
        else:
            self.set_focus(self.list)

    def _enter(self, found: Found) -> None:
        if found.folder:
            self._type(f"{found.path}/")
        else:
            self.choose(found.path)

    def _type(self, text: str) -> None:
        self.path.value = text
        self.path.cursor_position = len(text)
        self.path.focus()

    def choose(self, path: Path) -> None:
        """Read a file and show what would come of it."""
        self.path.value = str(path)
        self._plan(Job(path))

    def opened(self, event: LineView.Opened) -> None:
        """Go into a folder, take a file, answer, or ask what a line is about."""
        kind, _, rest = event.key.partition(":")
        if kind == "file":
            self._enter(self.found[int(rest)])
        elif kind == "answer" and self.job is not None and self.seen is not None:
            self._plan(answered(self.job, self.seen, *rest.split("\n", 1)))
        elif kind == "reading" and self.job is not None:
            form = reading_form(self.job.reading, self.state.language)
            self._ask(form, self._read_as)
        elif kind == "column":
            self._ask_column(*rest.split(":"))
        elif kind in {"unread", "aside"} and self.job is not None and self.seen is not None:
            self._ask_unread(self.job, self.seen.headers[int(rest)][1])
        elif kind == "word" and self.job is not None:
            self._ask_word(self.job, *rest.split(":", 1))
        elif kind == "keep" and self.job is not None:
            job = self.job
            self._ask(keep_form(job), lambda path: self._replan(lambda: keep_mapping(job, path)))
        else:
            self.tracker.open_thing(event.key)

    def _read_as(self, reading: Any) -> None:
        if self.job is not None:
            self._replan(partial(self.job.read_as, reading))

    def _replan(self, make: Callable[[], Job]) -> None:
        """Plan another job; where it cannot be made say why, and leave what is there."""
        try:
            self._plan(make())
        except Said as error:
            self.tracker.tell(self.state.language.say(error), severity="error")

    def _ask_word(self, job: Job, column: str, word: str) -> None:
        form = word_form(job, column, word, self.state.register, self.state.language)
        self._ask(form, lambda chosen: self._plan(job.with_word(column, word, chosen[0])))

    def _ask_unread(self, job: Job, header: Header) -> None:
        def take(chosen: tuple[str, str]) -> None:
            theirs, ours = chosen
            self._plan(job.with_unread(theirs) if ours == SKIP else job.with_column(ours, theirs))

        self._ask(unread_form(header, self.state.language), take)

    def _ask_column(self, place: str, name: str) -> None:
        if self.seen is None or self.job is None:
            return
        job, (_, header) = self.job, self.seen.headers[int(place)]
        column = next(column for column in COLUMNS[header.kind] if column.name == name)
        form = column_form(column, header, self.state.language)
        self._ask(form, lambda chosen: self._plan(job.with_column(name, chosen[0])))

    def _ask(self, form: Any, then: Any) -> None:
        from screens.dialogs.base import FormDialog

        dialog: FormDialog[Any] = FormDialog(form, self.state.language, self.state.today)
        self.app.push_screen(dialog, lambda result: None if result is None else then(result))

    def _now(self) -> Context:
        return Context(by=self.state.by, now=datetime.now(UTC), today=self.state.today)

    def _plan(self, job: Job) -> None:
        """Read the file beside the screens."""
        self.job, register, context = job, self.state.register, self._now()
        self._planned = (job, register)

        def work() -> None:
            found = seen(job, register, context, self._hook)
            if not get_current_worker().is_cancelled:
                self.app.call_from_thread(self._take_plan, found)

        self._begin(work)

    def _take_plan(self, found: Seen) -> None:
        if self.seen is None:
            self.list.cursor = 0
        self.seen = found
        self.query_one(Detail).show(())
        self.show()
        self.set_focus(self.list)
        self.show_frame()

    def why_not(self, command: Command) -> str:
        """Return why nothing can be entered yet."""
        if command.id != "apply":
            return super().why_not(command)
        if self.entering:
            return N_("It is being entered.")
        if self.busy:
            return N_("The file is still being read.")
        return not_ready(self.seen)

    def do_apply(self) -> None:
        """Enter all of it as one action, beside the screens."""
        if self.seen is None:
            return
        plan = self.seen.plan
        before = self.state.register
        self.entering = True

        def work() -> None:
            worker = get_current_worker()
            action = replace(plan.action, hook=partial(self._entering_hook, worker))
            done = doing.carried_out(self.tracker, action, partial(self._write_now, worker))
            self.app.call_from_thread(self._entered, before, done)

        self._begin(work)

    def _entered(self, before: Any, done: Done) -> None:
        self.job = self.seen = self._planned = None
        self.entering = self.writing = False
        self.query_one(Detail).show(())
        if self.is_current:
            self.app.pop_screen()
        self.tracker.take(self.state.facts.after(done.register))
        self.tracker.tell(doing.told(before, done, self.state.language))

    def do_back(self) -> None:
        """Stop what is going on, else go back to the files, else leave."""
        stopped = self.stop()
        if self.writing:
            self.tracker.tell(self.says("It is being entered; u takes it back afterwards."))
            return
        if stopped:
            self.query_one(Detail).show(())
            self.tracker.tell(self.says("Stopped; nothing was changed."))
            if self.seen is not None:
                return
        if self.job is not None:
            self.job = self.seen = self._planned = None
            self.list.cursor = 0
            self.show()
            self._type(str(self.path.value))
        else:
            super().do_back()


def not_ready(seen: Seen | None) -> str:
    """Return why an import cannot be entered as it stands, as a msgid; empty where it can."""
    if seen is None:
        return N_("Choose a file first.")
    if seen.plan.problems:
        return N_("Put right what is wrong first.")
    return N_("Answer the questions first.") if seen.plan.questions else ""
