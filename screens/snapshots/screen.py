"""The weeks: which were published and revised since, the page of each, two compared, pages to files."""

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from screens.base_screen import TrackerScreen, bindings_for
from screens.commands.command import Command
from screens.commands.keys import keys_of, shown_key
from screens.commands.registry import BY_ID
from screens.empty_state import progress_items
from screens.figures.background_result import BackgroundResult
from screens.navigation import Destination, WeekLine
from screens.snapshots.markdown_lines import page_items
from screens.snapshots.pages import (
    PageForm,
    WeekRow,
    find_revised,
    page_form,
    page_of,
    week_columns,
    week_rows,
    write_pages,
)
from screens.widgets.greeting import greeting_items
from screens.widgets.lines import LineList, LineView
from screens.widgets.table import Table
from tracker.language import N_, Language
from tracker.paths import home_folder, typed_path
from tracker.week import Week

_Asked = tuple[tuple[Week, ...], Language]
"""Of which week a page is, or of which two a comparison, and in which language."""


class SnapshotsScreen(TrackerScreen):
    """The seventh screen: the weeks, and beside them the page of the one under the cursor."""

    screen_name = "snapshots"
    AUTO_FOCUS = "#weeks"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("snapshots")

    def __init__(self) -> None:
        super().__init__()
        self.page = ""
        self._wanted_line: Destination | None = None
        self._compared: tuple[Week, Week] | None = None
        self._read: _Asked | None = None
        self.revised: BackgroundResult[None, frozenset[Week]] = (
            BackgroundResult(
                self,
                lambda facts, _: find_revised(facts, self.state.read_page),
            )
        )
        self.pages: BackgroundResult[_Asked, str] = BackgroundResult(
            self,
            lambda facts, asked: page_of(facts, *asked, self.state.read_page),
        )

    def compose_body(self) -> Iterable[Widget]:
        """Return the table of weeks and the page."""
        table: Table[WeekRow] = Table(
            lambda row: WeekLine(str(row.week)),
            id="weeks",
        )
        yield Container(table, LineList(id="page"), id="snapshots")

    @property
    def _page(self) -> LineList:
        return self.query_one("#page", LineList)

    @property
    def weeks(self) -> Table[WeekRow]:
        """The table of weeks."""
        return self.query_one("#weeks", Table)

    def show_state(self) -> None:
        """Show the weeks, and the page of the one under the cursor."""
        state, facts = self.state, self.state.measured
        revised = (
            None
            if facts is None or state.empty
            else self.revised.get(facts, None)
        )
        self.weeks.display = revised is not None and not self.has_class(
            "-zoomed",
        )
        if facts is not None and revised is not None:
            self.weeks.show(
                week_rows(facts, revised),
                week_columns(state.language),
            )
            if self._wanted_line is not None:
                super().go_to_line(self._wanted_line)
                self._wanted_line = None
            self._show_preview()
        elif state.empty:
            self._page.show(
                greeting_items(state.language, state.register.only_city.name),
            )
        else:
            self._page.show(progress_items(state.language))

    def on_line_view_moved(self, event: LineView.Moved) -> None:
        """Show the page of the week that the cursor has come to."""
        if event.view is self.weeks and not self.weeks.marks:
            self._compared = None
            self._show_preview()

    def go_to_line(self, destination: Destination) -> bool:
        """Put the cursor on a week once the weeks are computed; return whether it is a week."""
        if not isinstance(destination, WeekLine):
            return False
        self._wanted_line = destination
        if self.weeks.display and self.weeks.count():
            self.show_state()
        return True

    def open_line(self, event: LineView.Opened) -> None:
        """Go into the page, to read it."""
        if event.view is self.weeks:
            self.set_focus(self._page)
        else:
            self.host.open_destination(event.key)

    def do_back(self) -> None:
        """Leave the page for the weeks."""
        if self.focused is not self.weeks and self.weeks.display:
            self.set_focus(self.weeks)
        else:
            super().do_back()

    def disabled_reason(self, command: Command) -> str:
        """Return why a command can do nothing now."""
        if command.where == ("snapshots",) and not self._chosen_weeks():
            return N_("There is no week yet.")
        return super().disabled_reason(command)

    def _chosen_weeks(self) -> list[Week]:
        return sorted(
            Week.parse(line.week)
            for line in self.weeks.chosen_keys()
            if isinstance(line, WeekLine)
        )

    def _show_preview(self) -> None:
        """Show the page of the week under the cursor, or of the two compared, as soon as it is made."""
        chosen, facts = self.weeks.key, self.state.measured
        if not isinstance(chosen, WeekLine) or facts is None:
            return
        asked = (
            self._compared or (Week.parse(chosen.week),),
            self.language,
        )
        page = self.pages.get(facts, asked)
        if page is not None and (page, asked) != (self.page, self._read):
            self.page = page
            self._break_lines()
            if asked != self._read:
                self._page.scroll_to(y=0, animate=False)
            self._read = asked

    def _break_lines(self) -> None:
        self._page.show(page_items(self.page, self._page.size.width - 2))

    def do_take(self) -> None:
        """Publish the marked weeks, or the one under the cursor; keep the marks if that is rejected."""
        from tracker.snapshot import TakeSnapshots

        if self.host.try_action(
            TakeSnapshots(tuple(self._chosen_weeks()), self.language),
        ):
            key = shown_key(
                (keys_of(BY_ID["write"], self.host.keymap_of_user) or ("",))[0],
            )
            self.host.show_message(
                self.translate(
                    "Kept in the register: {key} writes the page to a file.",
                    key=key,
                ),
            )
            self.weeks.unmark()

    def do_take_missing(self) -> None:
        """Publish every complete week that was not published, one by one."""
        from screens.dialogs.publishing import publish_missing
        from tracker.snapshot.stored import missing_weeks

        if missing_weeks(self.state.register, self.state.today):
            self.host.push_screen(publish_missing(self.state, self.host.store))
        else:
            self.host.show_message(
                self.translate("Every complete week is published already."),
            )

    def do_compare(self) -> None:
        """Compare two marked weeks, or the one under the cursor with the week before it."""
        weeks = self._chosen_weeks()
        first = weeks[0] if len(weeks) > 1 else weeks[0].plus(-1)
        self._compared = (first, weeks[-1])
        self._show_preview()

    def do_copy(self) -> None:
        """Copy the page that is shown."""
        self.app.copy_to_clipboard(self.page)
        self.host.show_message(self.translate("The page is copied."))

    def do_copy_message(self) -> None:
        """Copy the message for a chat of the week under the cursor, as it was published."""
        from tracker.publish.forms import CHAT
        from tracker.publish.writing import WeekForms

        facts, week = self.state.facts, self._chosen_weeks()[0]
        forms = WeekForms(
            facts.register,
            facts.today,
            self.language,
            self.state.read_page,
        )
        self.app.copy_to_clipboard(
            forms.published(week, CHAT) or forms.render(week, CHAT),
        )
        self.host.show_message(self.translate("The message is copied."))

    def do_write(self) -> None:
        """Ask for a folder and write the pages of the chosen weeks into it."""
        from screens.dialogs.base import FormDialog

        state = self.state
        usual = str(home_folder() / self.translate("pages"))
        folder = state.folders.get("pages", usual)
        form = page_form(folder, state.page_forms)
        dialog = FormDialog(form, self.language, state.today)
        dialog.submit = partial(self._write_pages, self._chosen_weeks())
        self.app.push_screen(dialog)

    def _write_pages(self, weeks: list[Week], form: PageForm) -> None:
        from tracker.exchange.writing.output_folder import describe_edited

        state = self.state
        files = write_pages(
            state.facts,
            weeks,
            form,
            self.language,
            state.read_page,
        )
        state.folders["pages"] = str(typed_path(form.folder).absolute())
        state.page_forms = form.chosen_forms
        paths = ", ".join(str(file.path) for file in files)
        self.host.show_message(self.translate("Written: {paths}", paths=paths))
        for line in describe_edited(files, self.language):
            self.host.show_message(line, severity="warning")

    def on_resize(self) -> None:
        """Wrap the page's lines for the new width."""
        if self.page:
            self.call_after_refresh(self._break_lines)
