"""The reminders: for each OPD the lines to be sent; y copies one, or all that are marked."""

from typing import ClassVar

from textual.binding import BindingType

from screens.base_screen import bindings_for
from screens.empty_state import ListScreen, empty_state_lines, progress_items
from screens.figures.background_result import BackgroundResult
from screens.navigation import OPDPage
from screens.selection import Selection, select_destinations
from screens.state import DayView
from screens.widgets.lines import Item, LineList
from screens.widgets.paint import safe_line, wrap_text
from tracker.language import N_, Language
from tracker.snapshot.reminders import Reminder, level_word, write_reminders


def _reminders(
    facts: DayView, asked: tuple[tuple[str, ...], Language]
) -> list[Reminder]:
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
        self.reminders: list[Reminder] = []
        self.written: BackgroundResult[
            tuple[tuple[str, ...], Language], list[Reminder]
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
        found = self.written.get(
            self.state.facts, (self.keys, self.state.language)
        )
        if found is None:
            self.show_empty_state(progress_items(self.state.language))
            return
        self.reminders = found
        self.list.show(
            [
                item
                for reminder in found
                for item in self._reminder_items(reminder)
            ]
        )
        self.show_empty_state(
            ()
            if found
            else empty_state_lines(self.state, N_("No OPD owes anything."))
        )

    def _reminder_items(self, reminder: Reminder) -> list[Item]:
        level = self.translate(level_word(reminder.level))
        heading = Item(
            (
                (f" {safe_line(reminder.opd.name)}", "title"),
                (f"  {level}", "quiet"),
            ),
            OPDPage(reminder.opd.id),
        )
        width = self.size.width - 6
        lines = [
            Item(((f"   {part}", ""),))
            for line in reminder.lines
            for part in wrap_text(line, width)
        ]
        return [heading, *lines, Item((("", ""),))]

    def current_selection(self) -> Selection:
        """Return the OPDs whose reminders are marked or under the cursor."""
        return select_destinations(self.list.chosen_keys())

    def do_copy(self) -> None:
        """Copy the reminders that are marked, else the one under the cursor."""
        chosen = set(self.current_selection().opds)
        texts = [one.text for one in self.reminders if one.opd.id in chosen]
        if texts:
            self.app.copy_to_clipboard("\n\n".join(texts))
            self.host.show_message(
                self.state.language.plural(
                    "{n} reminder copied", "{n} reminders copied", len(texts)
                )
            )
