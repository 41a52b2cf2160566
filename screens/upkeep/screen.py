"""The register's safety on one page: what is wrong with it, and the backups to go back to."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.binding import BindingType
from textual.worker import get_current_worker

from screens.base_screen import bindings_for
from screens.commands.command import Command
from screens.dialogs.base import FormDialog
from screens.dialogs.form import Form
from screens.empty_state import ListScreen
from screens.navigation import BackupLine, RunCommand
from screens.widgets.lines import (
    EMPTY_LINE,
    Item,
    LineList,
    LineView,
    text_item,
)
from screens.widgets.paint import safe_line
from tracker.errors import UserError
from tracker.labels import backup_reason_word
from tracker.language import N_, Language
from tracker.store.backups import BY_HAND, Backup, list_backups
from tracker.store.doctor import Finding, examine_register
from tracker.store.file import FileStore

NO_FILE = N_("This register is not kept in a file.")


class UpkeepScreen(ListScreen):
    """The page of findings and backups; Enter on a backup asks whether to go back to it."""

    screen_name = "upkeep"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("upkeep")

    def __init__(self) -> None:
        super().__init__()
        self.findings: list[Finding] | None = None

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
        """Look for what is wrong."""
        self._start_examining()

    def _start_examining(self) -> None:
        """Examine the register in a thread: a large one takes seconds."""
        store, today = self.file_store, self.state.today
        if store is not None:
            self.host.run_worker(
                lambda: self._examine(store, today),
                thread=True,
                exclusive=True,
                group="examine",
                exit_on_error=False,
            )

    def _examine(self, store: FileStore, today: date) -> None:
        from tracker.snapshot.unexplained import unexplained

        found = examine_register(
            store, today, lambda register: unexplained(register, today)
        )
        if not get_current_worker().is_cancelled:
            self.host.call_from_thread(self._show_findings, found)

    def _show_findings(self, found: list[Finding]) -> None:
        self.findings = found
        if self.is_attached:
            self.show_state()

    def show_state(self) -> None:
        """Show what is wrong, and the backups, the latest first."""
        store = self.file_store
        if store is None:
            self.show_empty_state(
                [text_item(f" {self.translate(NO_FILE)}", "warn")]
            )
            return
        backups = list_backups(store.path, store.plan)
        language = self.language
        self.list.show(
            [
                *finding_items(self.findings, language),
                *backup_items(backups, self._zone, language),
            ]
        )
        self.show_empty_state(())

    def disabled_reason(self, command: Command) -> str:
        """Return why nothing can be kept or mended."""
        if command.id in ("backup", "repair") and self.file_store is None:
            return NO_FILE
        if command.id == "repair" and not self._is_mendable:
            return N_("Nothing was found that has one right answer.")
        return super().disabled_reason(command)

    def open_line(self, event: LineView.Opened) -> None:
        """Ask whether to go back to a backup."""
        store, key = self.file_store, event.key
        if not isinstance(key, BackupLine) or store is None:
            super().open_line(event)
            return
        backups = {
            one.path.name: one for one in list_backups(store.path, store.plan)
        }
        if key.name in backups:
            self._ask_to_restore(store, backups[key.name])
        else:
            # Whoever writes meanwhile thins the older ones out.
            self.show_state()

    def _ask_to_restore(self, store: FileStore, backup: Backup) -> None:
        language = self.language
        about = language.text(
            "The register becomes what it was at {moment}. As it is now it is kept as a backup.",
            moment=language.moment(backup.taken.astimezone(self._zone)),
        )
        form: Form[Backup] = Form(
            N_("Restore"),
            (),
            lambda values: backup,
            about,
            confirm=N_("Restore"),
        )
        dialog: FormDialog[Backup] = FormDialog(
            form, language, self.state.today
        )
        dialog.submit = lambda chosen: self._restore(store, chosen)
        self.app.push_screen(dialog)

    def _restore(self, store: FileStore, backup: Backup) -> None:
        from tracker.store.restore import restore_backup

        register = restore_backup(
            store, backup.path, by=self.state.by, now=datetime.now(UTC)
        )
        self.host.update_view(self.state.facts.with_register(register))
        self.host.show_message(
            self.translate(
                "The register is again as it was at {moment}.",
                moment=self.language.moment(
                    backup.taken.astimezone(self._zone)
                ),
            )
        )

    @property
    def _zone(self) -> ZoneInfo:
        """The city's time zone, in which the log tells its moments too."""
        return ZoneInfo(self.state.register.only_city.timezone)

    @property
    def _is_mendable(self) -> bool:
        return any(finding.mendable for finding in self.findings or ())

    def do_repair(self) -> None:
        """Ask whether to mend what has one right answer."""
        store = self.file_store
        if store is None:
            return
        form: Form[FileStore] = Form(
            N_("Repair"),
            (),
            lambda values: store,
            self.translate(
                "What has one right answer is mended. The original is kept as a backup."
            ),
            confirm=N_("Repair"),
        )
        dialog: FormDialog[FileStore] = FormDialog(
            form, self.language, self.state.today
        )
        dialog.submit = self._repair
        self.app.push_screen(dialog)

    def _repair(self, store: FileStore) -> None:
        from tracker.store.doctor import repair_register

        language = self.language
        for message in repair_register(
            store, by=self.state.by, now=datetime.now(UTC)
        ):
            self.host.show_message(language.say(message))
        self.host.update_view(self.state.facts.with_register(store.load()))
        self.findings = None
        self._start_examining()

    def do_backup(self) -> None:
        """Keep the register as it is now."""
        store = self.file_store
        if store is None:
            return
        try:
            kept = store.keep_backup(BY_HAND)
        except UserError as error:
            self.host.show_message(self.language.say(error), severity="error")
            return
        if kept is not None:
            self.host.show_message(
                self.translate("Kept: {path}", path=str(kept))
            )
        self.show_state()


def finding_items(
    findings: Sequence[Finding] | None, language: Language
) -> Iterator[Item]:
    """Yield what is wrong with the register, or that nothing is."""
    yield text_item(f" {language.text('What the doctor finds')}", "title")
    if findings is None:
        yield text_item(f"   {language.text('Examining …')}", "quiet")
    elif not findings:
        yield text_item(f"   ✓ {language.text('Nothing is wrong.')}", "good")
    else:
        for finding in findings:
            yield text_item(
                f"   ! {safe_line(language.say(finding.problem))}", "warn"
            )
        if any(finding.mendable for finding in findings):
            said = language.text("Mend what has one right answer")
            yield Item(
                (("   → ", "key"), (said, "strong")), RunCommand("repair")
            )


def backup_items(
    backups: Sequence[Backup], zone: ZoneInfo, language: Language
) -> Iterator[Item]:
    """Yield the backups, the latest first; each opens the question whether to go back to it."""
    yield EMPTY_LINE
    count = language.number(len(backups), 0)
    yield Item(((f" {language.text('Backups')} ", "title"), (count, "strong")))
    for backup in sorted(backups, key=lambda one: one.taken, reverse=True):
        why = language.text(backup_reason_word(backup.why))
        taken = language.moment(backup.taken.astimezone(zone))
        yield Item(
            (
                (f"   {taken}", "strong"),
                (f"  {safe_line(why)}", ""),
                (f"  {safe_line(backup.path.name)}", "quiet"),
            ),
            BackupLine(backup.path.name),
        )
