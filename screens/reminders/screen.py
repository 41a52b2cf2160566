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
from screens.widgets.paint import Piece, safe_line, wrap_text
from tracker.actions.reminders import RecordReminders
from tracker.labels import reminder_level_word
from tracker.language import N_, Language
from tracker.model import Reminder
from tracker.snapshot.reminders import (
    ReminderText,
    leadership_lines,
    write_reminders,
)


def write_reminders_of(
    facts: DayView,
    asked: tuple[tuple[str, ...], Language],
) -> list[ReminderText]:
    """Return the reminders of the OPDs with some keys, or of all if none are given."""
    keys, language = asked
    opds = facts.register.opds
    codes = [opds[key].code for key in keys if key in opds]
    if keys and not codes:
        # All of them are gone; to ask without codes would mean every OPD.
        return []
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
            tuple[tuple[str, ...], Language],
            list[ReminderText],
        ] = BackgroundResult(self, write_reminders_of)

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
        asked = self.keys, self.language
        found = self.written.get(self.state.facts, asked)
        if found is None:
            self.show_empty_state(progress_items(self.language))
            return

        # After an action the last answer is shown until the new one is there.
        opds = self.state.register.opds
        self.reminders = [one for one in found if one.opd.id in opds]
        items = self._leadership_items()
        for reminder in self.reminders:
            items += self._reminder_items(reminder)
        self.list.show(items)

        empty = empty_state_lines(
            self.state,
            N_("No OPD owes anything."),
            follows_filter=False,
        )
        self.show_empty_state(() if self.reminders else empty)

    def on_resize(self) -> None:
        """Wrap the lines for the new width."""
        if self.is_current:
            self.call_after_refresh(self.show_state)

    def _reminder_items(self, reminder: ReminderText) -> list[Item]:
        opd = reminder.opd
        level = self.translate(reminder_level_word(reminder.level))
        pieces = (f" {safe_line(opd.name)}", "title"), (f"  {level}", "quiet")

        end: tuple[Piece, ...] = ()
        last_sent = self._last_sent.get(opd.id)
        if last_sent is not None:
            sent = self.translate("sent on {day}", day=last_sent.on)
            end = ((f" ✓ {sent} ", "good"),)

        heading = Item(pieces, OPDPage(opd.id), end)
        return [heading, *self._text_items(reminder.lines), EMPTY_LINE]

    def _leadership_items(self) -> list[Item]:
        """Return the list for the leadership, above the OPDs' own reminders."""
        lines = leadership_lines(self.reminders, self.language)
        if not lines:
            return []
        return [*self._text_items(lines), EMPTY_LINE]

    def _text_items(self, lines: Sequence[str]) -> list[Item]:
        width = self.size.width - 6
        items = []
        for line in lines:
            items += [
                text_item(f"   {part}") for part in wrap_text(line, width)
            ]
        return items

    @property
    def _last_sent(self) -> dict[str, Reminder]:
        """The last reminder that each OPD was sent, by the OPD's key."""
        reminders = list(self.state.register.reminders.values())
        reminders.sort(key=lambda reminder: (reminder.on, reminder.id))
        return {reminder.opd: reminder for reminder in reminders}

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
        self._copy_chosen()
        count = len(self.chosen)
        message = self.language.plural(
            "{n} reminder copied",
            "{n} reminders copied",
            count,
        )
        self.host.show_message(message)

    def _copy_chosen(self) -> None:
        texts = [reminder.text for reminder in self.chosen]
        self.app.copy_to_clipboard("\n\n".join(texts))

    def do_record_reminders(self) -> None:
        """Copy the chosen reminders and record that they were sent."""
        self._copy_chosen()
        self._record(self.chosen)

    def do_write_reminders(self) -> None:
        """Ask for a folder, write the marked reminders or else all, and record them as sent."""
        written = self.chosen if self.list.marks else self.reminders
        dialog = reminder_files_dialog(self.host, written, self._record)
        self.app.push_screen(dialog)

    def _record(self, sent: Sequence[ReminderText]) -> None:
        """Record reminders as sent today, each at its level."""
        levels = tuple((one.opd.id, one.level) for one in sent)
        action = RecordReminders(levels, self.state.today)
        if self.host.try_action(action) is not None:
            self.host.forget_marks()
