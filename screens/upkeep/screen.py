"""The safety of the register on one page: what is wrong with it, and its backups."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import ClassVar, TypeVar
from zoneinfo import ZoneInfo

from textual.binding import BindingType
from textual.worker import get_current_worker

from screens.base_screen import bindings_for
from screens.commands.command import Command
from screens.dialogs.base import FormDialog
from screens.dialogs.form import Form
from screens.empty_state import ListScreen
from screens.host import Host
from screens.navigation import BackupLine, RunCommand
from screens.widgets.lines import (
    EMPTY_LINE,
    Item,
    LineList,
    LineView,
    text_item,
    wrap_after_sign,
)
from screens.widgets.paint import safe_line
from tracker.errors import UserError
from tracker.labels import backup_reason_word
from tracker.language import N_, Language
from tracker.os_errors import reason_of
from tracker.register import Register
from tracker.store.backups import BY_HAND, Backup, list_backups
from tracker.store.doctor import Finding, examine_register, examine_server
from tracker.store.file import FileStore

T = TypeVar("T")
NO_FILE = N_("This register is not kept in a file.")


class UpkeepScreen(ListScreen):
    """The page of findings and backups; Enter on a backup asks whether to restore it."""

    screen_name = "upkeep"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("upkeep")

    def __init__(self) -> None:
        super().__init__()
        self.findings: list[Finding] | None = None
        """What the doctor finds; None until it has looked."""

    @property
    def page_title(self) -> str:
        """The name of the page in the head."""
        return self.translate("Safety")

    @property
    def file_store(self) -> FileStore | None:
        """The register's file; None if it is kept elsewhere."""
        store = self.host.store
        return store if isinstance(store, FileStore) else None

    def create_list(self) -> LineList:
        """Return the list."""
        self.list = LineList(id="upkeep")
        return self.list

    def on_mount(self) -> None:
        """Start to look for what is wrong."""
        self._start_examining()

    def _start_examining(self) -> None:
        """Examine the register in a thread: a large one takes seconds."""
        host, today = self.host, self.state.today
        if self.file_store is None and not self.state.place:
            return

        host.run_worker(
            lambda: self._examine(host, today),
            thread=True,
            exclusive=True,
            group="examine",
            exit_on_error=False,
        )

    def _examine(self, host: Host, today: date) -> None:
        """Find what is wrong; the screen may be left meanwhile."""
        from tracker.snapshot.unexplained import find_unexplained

        def check(register: Register) -> list[UserError]:
            return find_unexplained(register, today)

        store = host.store
        if isinstance(store, FileStore):
            found = examine_register(store, today, check)
        else:
            found = examine_server(store, store.place, today, check)
        if not get_current_worker().is_cancelled:
            host.call_from_thread(self._show_findings, found)

    def _show_findings(self, found: list[Finding]) -> None:
        self.findings = found
        if self.is_complete:
            self.show_state()

    def show_state(self) -> None:
        """Show what is wrong, and the backups, the latest first."""
        store = self.file_store
        if store is None and self.state.place:
            message = self.translate(
                "The register is at {place}: its administrator backs it up there.",
                place=self.state.place,
            )
            items = [
                *finding_items(self.findings, self.language, self.size.width),
                EMPTY_LINE,
                text_item(f" {safe_line(message)}", "quiet"),
            ]
            self.list.show(items)
            self.show_empty_state(())
            return

        if store is None:
            message = self.translate(NO_FILE)
            self.show_empty_state([text_item(f" {message}", "warn")])
            return

        items = [
            *finding_items(self.findings, self.language, self.size.width),
            *self._backup_items(store),
        ]
        self.list.show(items)
        self.show_empty_state(())

    def _backup_items(self, store: FileStore) -> Iterator[Item]:
        """Yield the backups, or why their folder cannot be read."""
        try:
            backups = list_backups(store.path, store.plan)
        except OSError as error:
            yield EMPTY_LINE
            message = self.translate(
                "The folder of the backups cannot be read: {reason}.",
                reason=reason_of(error),
            )
            yield text_item(f" {safe_line(message)}", "warn")
        else:
            yield from backup_items(backups, self._zone, self.language)

    def on_resize(self) -> None:
        """Wrap the findings for the new width."""
        if self.is_complete:
            self.call_after_refresh(self.show_state)

    def disabled_reason(self, command: Command) -> str:
        """Return why no backup can be made, or nothing repaired."""
        if command.id in ("backup", "repair") and self.file_store is None:
            return NO_FILE
        if command.id == "repair" and not self._is_mendable:
            return N_("Nothing was found that has one right answer.")
        return super().disabled_reason(command)

    def open_line(self, event: LineView.Opened) -> None:
        """Ask whether to restore a backup."""
        store = self.file_store
        if not isinstance(event.key, BackupLine) or store is None:
            super().open_line(event)
            return

        backup = _find_backup(store, event.key.name)
        if backup is not None:
            self._ask_to_restore(store, backup)
        else:
            # Another writer has thinned out the older ones meanwhile.
            self.show_state()

    def _ask_to_restore(self, store: FileStore, backup: Backup) -> None:
        about = self.translate(
            "The register becomes what it was at {moment}. As it is now it is kept as a backup.",
            moment=self._local_moment(backup),
        )
        form: Form[Backup] = Form(
            N_("Restore"),
            (),
            lambda values: backup,
            about,
            confirm=N_("Restore"),
        )
        self._ask(form, lambda chosen: self._restore(store, chosen))

    def _ask(self, form: Form[T], submit: Callable[[T], None]) -> None:
        dialog = FormDialog(form, self.language, self.state.today)
        dialog.submit = submit
        self.app.push_screen(dialog)

    def _restore(self, store: FileStore, backup: Backup) -> None:
        from tracker.store.restore import restore_backup

        register = restore_backup(
            store,
            backup.path,
            by=self.state.by,
            now=datetime.now(UTC),
        )
        self.host.update_view(self.state.facts.with_register(register))
        message = self.translate(
            "The register is again as it was at {moment}.",
            moment=self._local_moment(backup),
        )
        self.host.show_message(message)

    @property
    def _zone(self) -> ZoneInfo:
        """The city's time zone, which the log uses too."""
        return ZoneInfo(self.state.register.only_city.timezone)

    def _local_moment(self, backup: Backup) -> str:
        return self.language.moment(backup.taken.astimezone(self._zone))

    @property
    def _is_mendable(self) -> bool:
        return any(finding.mendable for finding in self.findings or ())

    def do_repair(self) -> None:
        """Ask whether to repair what has one right answer."""
        store = self.file_store
        if store is None:
            return

        about = self.translate(
            "What has one right answer is mended. The original is kept as a backup.",
        )
        form: Form[FileStore] = Form(
            N_("Repair"),
            (),
            lambda values: store,
            about,
            confirm=N_("Repair"),
        )
        self._ask(form, self._repair)

    def _repair(self, store: FileStore) -> None:
        from tracker.store.doctor import repair_register

        messages = repair_register(
            store,
            by=self.state.by,
            now=datetime.now(UTC),
        )
        for message in messages:
            self.host.show_message(self.language.say(message))
        self.host.update_view(self.state.facts.with_register(store.load()))
        self.findings = None
        self._start_examining()

    def do_backup(self) -> None:
        """Make a backup of the register as it is now."""
        store = self.file_store
        if store is None:
            return

        try:
            kept = store.keep_backup(BY_HAND)
        except UserError as error:
            self.host.show_message(self.language.say(error), severity="error")
            return

        if kept is not None:
            message = self.translate("Kept: {path}", path=str(kept))
            self.host.show_message(message)
        self.show_state()


def _find_backup(store: FileStore, name: str) -> Backup | None:
    """Return the backup with this file name; None if it is gone or cannot be read."""
    try:
        backups = list_backups(store.path, store.plan)
    except OSError:
        return None
    for backup in backups:
        if backup.path.name == name:
            return backup
    return None


def finding_items(
    findings: Sequence[Finding] | None,
    language: Language,
    width: int,
) -> Iterator[Item]:
    """Yield what is wrong with the register, or that nothing is."""
    text = language.text
    yield text_item(" " + text("What the doctor finds"), "title")
    if findings is None:
        yield text_item("   " + text("Examining …"), "quiet")
        return
    if not findings:
        yield text_item("   ✓ " + text("Nothing is wrong."), "good")
        return

    for finding in findings:
        problem = language.say(finding.problem)
        yield from wrap_after_sign(problem, width, "   ! ", "warn")
    if any(finding.mendable for finding in findings):
        offer = text("Mend what has one right answer")
        pieces = ("   → ", "key"), (offer, "strong")
        yield Item(pieces, RunCommand("repair"))


def backup_items(
    backups: Sequence[Backup],
    zone: ZoneInfo,
    language: Language,
) -> Iterator[Item]:
    """Yield the backups, the latest first; each opens the question whether to restore it."""
    title = language.text("Backups")
    count = language.number(len(backups), 0)
    yield EMPTY_LINE
    yield Item(((f" {title} ", "title"), (count, "strong")))

    for backup in sorted(backups, key=lambda one: one.taken, reverse=True):
        taken = language.moment(backup.taken.astimezone(zone))
        reason = language.text(backup_reason_word(backup.why))
        pieces = (
            (f"   {taken}", "strong"),
            (f"  {safe_line(reason)}", ""),
            (f"  {safe_line(backup.path.name)}", "quiet"),
        )
        yield Item(pieces, BackupLine(backup.path.name))
