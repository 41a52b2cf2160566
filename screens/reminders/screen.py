"""The reminders: for each OPD the lines to be sent, copied or written, and recorded as sent."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from screens.base_screen import bindings_for
from screens.empty_state import ListScreen, empty_state_lines, progress_items
from screens.figures.background_result import BackgroundResult
from screens.navigation import OPDPage
from screens.reminders.writing import reminder_files_dialog
from screens.selection import Selection, select_destinations
from screens.state import DayView
from screens.widgets.lines import EMPTY_LINE, Item, LineList, text_item
from screens.widgets.paint import safe_line, wrap_text
from tracker.actions import RecordReminders
from tracker.labels import reminder_level_word
from tracker.language import N_, Language
from tracker.model import Reminder
from tracker.snapshot.reminders import (
    ReminderText,
    leadership_lines,
    write_reminders,
)


def _reminders(
    facts: DayView, asked: tuple[tuple[str, ...], Language]
) -> list[ReminderText]:
    """Write the reminders of some OPDs, by key; of none: of all."""
    opds, language = asked
    codes = [
        facts.register.opds[key].code
        for key in opds
        if key in facts.register.opds
    ]
    return write_reminders(facts.register, facts.today, language, codes)


class RemindersScreen(ListScreen):
    """The page of reminders, of the OPDs with these ``keys`` or of all."""

    screen_name = "reminders"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("reminders")

    def __init__(self, *keys: str) -> None:
        super().__init__()
        self.keys = keys
        self.reminders: list[ReminderText] = []
        self.written: BackgroundResult[
            tuple[tuple[str, ...], Language], list[ReminderText]
        ] = BackgroundResult(self, _reminders)

    @property
    def page_title(self) -> str:
        """The name of the page in the head."""
        return self.translate("Reminders")

    def create_list(self) -> LineList:
        """Return the list."""
        self.list = LineList(id="reminders")
        return self.list

    def show_state(self) -> None:
        """Show the lines for each OPD that owes something."""
        found = self.written.get(self.state.facts, (self.keys, self.language))
        if found is None:
            self.show_empty_state(progress_items(self.language))
            return
        self.reminders = found
        items = self._leadership_items()
        for reminder in found:
            items += self._reminder_items(reminder)
        self.list.show(items)
        self.show_empty_state(
            ()
            if found
            else empty_state_lines(self.state, N_("No OPD owes anything."))
        )

    def _reminder_items(self, reminder: ReminderText) -> list[Item]:
        level = self.translate(reminder_level_word(reminder.level))
        sent_on = self._last_sent.get(reminder.opd.id)
        sent = (
            self.translate("sent on {day}", day=sent_on.on) if sent_on else ""
        )
        heading = Item(
            (
                (f" {safe_line(reminder.opd.name)}", "title"),
                (f"  {level}", "quiet"),
            ),
            OPDPage(reminder.opd.id),
            ((f" ✓ {sent} ", "good"),) if sent else (),
        )
        return [heading, *self._text_items(reminder.lines), EMPTY_LINE]

    def _leadership_items(self) -> list[Item]:
        """Return the list for the leadership, which stands above the OPDs' own reminders."""
        lines = leadership_lines(self.reminders, self.language)
        return [*self._text_items(lines), EMPTY_LINE] if lines else []

    def _text_items(self, lines: Sequence[str]) -> list[Item]:
        width = self.size.width - 6
        return [
            text_item(f"   {part}")
            for line in lines
            for part in wrap_text(line, width)
        ]

    @property
    def _last_sent(self) -> dict[str, Reminder]:
        """The last reminder that each OPD was sent, by the OPD's key."""
        sent = sorted(
            self.state.register.reminders.values(),
            key=lambda reminder: (reminder.on, reminder.id),
        )
        return {reminder.opd: reminder for reminder in sent}

    def current_selection(self) -> Selection:
        """Return the OPDs whose reminders are marked or under the cursor."""
        return select_destinations(self.list.chosen_keys())

    @property
    def chosen(self) -> list[ReminderText]:
        """The reminders that are marked, else the one under the cursor."""
        opds = set(self.current_selection().opds)
        return [one for one in self.reminders if one.opd.id in opds]

    def do_copy(self) -> None:
        """Copy the chosen reminders."""
        self.app.copy_to_clipboard("\n\n".join(one.text for one in self.chosen))
        self.host.show_message(
            self.language.plural(
                "{n} reminder copied", "{n} reminders copied", len(self.chosen)
            )
        )

    def do_record_reminders(self) -> None:
        """Copy the chosen reminders and record that they were sent."""
        self.app.copy_to_clipboard("\n\n".join(one.text for one in self.chosen))
        self._record(self.chosen)

    def do_write_reminders(self) -> None:
        """Ask for a folder, write the marked reminders, else all, and record that they were sent."""
        written = self.chosen if self.list.marks else self.reminders
        self.app.push_screen(
            reminder_files_dialog(self.host, written, self._record)
        )

    def _record(self, sent: Sequence[ReminderText]) -> None:
        """Record reminders as sent today, at the level that each has."""
        levels = tuple((one.opd.id, one.level) for one in sent)
        if self.host.try_action(RecordReminders(levels, self.state.today)):
            self.host.forget_marks()
