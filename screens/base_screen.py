"""The frame that every screen has: head, filter, what the screen itself shows, and the keys."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from screens.commands.command import Command
from screens.commands.registry import COMMANDS
from screens.host import Host, host_of
from screens.navigation import Destination
from screens.selection import NOTHING_SELECTED, Selection, missing_for
from screens.state import State
from screens.textual_workarounds import mark_styles_current, style_app
from screens.widgets.filter_bar import FilterBar
from screens.widgets.flow_chart import FlowChart
from screens.widgets.footer import KeyFooter
from screens.widgets.header import Header
from screens.widgets.lines import LineView
from screens.widgets.table import Table
from tracker.language import N_, Language


def bindings_of(commands: Iterable[Command]) -> list[BindingType]:
    """Return the bindings of commands; each goes through the app, which knows why one cannot be done."""
    return [
        Binding(
            ",".join(command.keys),
            f"app.command('{command.id}')",
            command.label,
            show=False,
            tooltip=command.tooltip,
            id=command.id,
        )
        for command in commands
        if command.keys
    ]


def bindings_for(screen_name: str) -> list[BindingType]:
    """Return the bindings of a screen beside those of the app."""
    return bindings_of(
        command for command in COMMANDS if screen_name in command.where
    )


class TrackerScreen(Screen[None]):
    """A screen of the program; ``screen_name`` is its name in the registry of commands.

    A subclass implements ``compose_body`` (its widgets), ``show_state`` (draw the state) and,
    if its commands act on something, ``current_selection``. ``show_state`` is called when
    the register, the filter or the language has changed and the screen is visible.
    """

    screen_name: ClassVar[str] = ""
    shows_figures: ClassVar[bool] = True
    """Whether it shows figures, so that it is drawn anew once they are worked out."""
    AUTO_FOCUS = "LineView"

    def __init__(self) -> None:
        super().__init__()
        self._seen: tuple[object, ...] = ()
        if not self.app.styles.has_rule("background"):
            style_app(self.app)
        mark_styles_current(self)

    @property
    def host(self) -> Host:
        """The app, as its screens see it."""
        return host_of(self)

    @property
    def page_title(self) -> str:
        """What the head calls this page when it lies over another; empty on the eight screens."""
        return ""

    @property
    def state(self) -> State:
        """The one state of all screens."""
        return self.host.state

    @property
    def language(self) -> Language:
        """The language of the user."""
        return self.state.language

    def compose(self) -> ComposeResult:
        """Compose the frame around the body."""
        yield Header()
        yield FilterBar()
        yield from self.compose_body()
        yield KeyFooter()

    def compose_body(self) -> Iterable[Widget]:
        """Return the screen's own widgets."""
        raise NotImplementedError

    def show_state(self) -> None:
        """Put the state on view."""
        raise NotImplementedError

    def translate(self, msgid: str, /, **values: object) -> str:
        """Return a message in the user's language."""
        return self.language.text(msgid, **values)

    @property
    def active_list(self) -> LineView | None:
        """The list that has the cursor: the one in focus, else the first."""
        if isinstance(self.focused, LineView):
            return self.focused
        return next(
            (view for view in self.query(LineView) if view.display),
            None,
        )

    def open_filter(self) -> None:
        """Open the filter, to type in it."""
        self.query_one(FilterBar).open()

    def focus_list(self) -> None:
        """Focus the list that had the focus."""
        self.set_focus(
            next((view for view in self.query(LineView) if view.display), None),
        )

    def current_selection(self) -> Selection:
        """Return what commands on this screen are meant for."""
        return NOTHING_SELECTED

    def disabled_reason(self, command: Command) -> str:
        """Return why a command can do nothing now, as a msgid; empty if it can."""
        if command.needs == "rows" and (
            self.active_list is None or self.active_list.key is None
        ):
            return N_("There is nothing here to select.")
        return (
            missing_for(command, self.current_selection())
            if command.needs
            else ""
        )

    @property
    def needs_figures(self) -> bool:
        """Whether something on it rests on figures: what it shows, or what the filter asks."""
        return self.shows_figures or self.state.filter.asks_opds

    @property
    def is_complete(self) -> bool:
        """Whether all its widgets are there: not yet while it opens, nor while it closes."""
        return self.is_mounted and self.is_attached and self.display

    def on_screen_resume(self) -> None:
        """Catch up with what has changed while another screen was on top."""
        mark_styles_current(self)
        self.update_if_changed()
        self.host.measure_if_needed()

    def update_if_changed(self) -> None:
        """Show the state if it has changed since it was last shown."""
        if not self.is_complete:
            # The app has it on top before its widgets are there; it resumes then.
            return

        state = self.state
        measured = state.measured if self.needs_figures else None
        now = (
            state.facts,
            measured,
            state.filter,
            state.language,
            state.is_lost,
        )
        if len(self._seen) != len(now) or any(
            a is not b for a, b in zip(self._seen, now, strict=True)
        ):
            self._seen = now
            self.show_state()
            self.redraw_frame()

    def redraw_frame(self) -> None:
        """Draw head, filter and keys again."""
        self._count_marked()
        self.query_one(Header).redraw()
        self.query_one(FilterBar).show()
        self.query_one(KeyFooter).redraw()

    def on_line_view_moved(self, event: LineView.Moved) -> None:
        """Update the keys: which of them work depends on the selection."""
        self.query_one(KeyFooter).redraw()
        self._count_marked()

    def _count_marked(self) -> None:
        marked = sum(len(view.marks) for view in self.query(LineView))
        self.query_one(Header).show_marked(marked)

    def do_mark(self) -> None:
        """Mark the line under the cursor, or unmark it."""
        if self.active_list:
            self.active_list.mark()

    def do_range(self) -> None:
        """Begin or end a range of marks."""
        if self.active_list:
            self.active_list.mark_range()

    def do_mark_all(self) -> None:
        """Mark all lines, or none."""
        if self.active_list:
            self.active_list.mark_all()

    def do_sort(self) -> None:
        """Offer the columns to sort by."""
        if isinstance(self.active_list, Table):
            self.host.offer_columns(self.active_list)

    def do_sort_left(self) -> None:
        """Sort by the column before the one sorted by."""
        if isinstance(self.active_list, Table):
            self.active_list.sort_beside(-1)

    def do_sort_right(self) -> None:
        """Sort by the column after the one sorted by."""
        if isinstance(self.active_list, Table):
            self.active_list.sort_beside(1)

    def do_reverse(self) -> None:
        """Sort the other way round."""
        if isinstance(self.active_list, Table):
            self.active_list.sort_reverse()

    def do_copy(self) -> None:
        """Copy the line under the cursor as text."""
        if self.active_list is not None and self.active_list.key is not None:
            text = self.active_list.text_at(self.active_list.cursor)
            self.app.copy_to_clipboard(text)
            self.host.show_message(self.translate("Copied: {text}", text=text))

    def do_zoom(self) -> None:
        """Show the chart, the page or the list on the whole screen, or go back."""
        self.toggle_class("-zoomed")
        self.call_after_refresh(self.show_state)

    def do_more_weeks(self) -> None:
        """Draw more weeks in the chart."""
        for chart in self.query(FlowChart):
            chart.widen(1)

    def do_fewer_weeks(self) -> None:
        """Draw fewer weeks in the chart, each larger."""
        for chart in self.query(FlowChart):
            chart.widen(-1)

    def do_open(self) -> None:
        """Open what is under the cursor."""
        if self.active_list and self.active_list.key is not None:
            self.active_list.post_message(
                LineView.Opened(self.active_list, self.active_list.key),
            )

    def do_back(self) -> None:
        """Take marks away, else leave this screen for the one below."""
        if self.active_list and self.active_list.unmark():
            return
        if self.has_class("-zoomed"):
            self.do_zoom()
            return
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    def on_line_view_opened(self, event: LineView.Opened) -> None:
        """Open the line, once."""
        event.stop()
        self.open_line(event)

    def go_to_line(self, destination: Destination) -> bool:
        """Put the cursor on the line that opens ``destination``; return whether a list shows it."""
        views = self.query(LineView)
        return any(view.move_to_key(destination) for view in views)

    def open_line(self, event: LineView.Opened) -> None:
        """Open what the line stands for."""
        self.host.open_destination(event.key)
