"""The head of every screen: the tabs, the city and page, and the day."""

from collections.abc import Mapping, Sequence

from textual import events

from screens.commands.registry import BY_ID
from screens.host import Host, host_of
from screens.widgets.paint import (
    Line,
    Picture,
    Piece,
    clip,
    safe_line,
    spread,
    width_of,
)
from tracker.language import N_

MODES = (
    "overview",
    "opds",
    "board",
    "services",
    "applications",
    "obstacles",
    "snapshots",
    "cities",
)
"""The eight screens, in the order of their number keys."""


SHORT_LABELS = {"applications": N_("Apps"), "cities": N_("Cities")}
"""The labels of tabs, as msgids, that are shorter where all do not fit."""
_WIDE = 110


def _tabs_width(labels: Mapping[str, str]) -> int:
    return sum(len(label) + 3 for label in labels.values())


def page_title(screen: object) -> str:
    """Return the title of a page that lies over one of the eight screens; empty for any other."""
    title = getattr(screen, "page_title", "")
    return title if isinstance(title, str) else ""


class Header(Picture):
    """Two lines: the eight screens, and the city with its week."""

    marked = 0
    """How many lines of the screen are marked."""

    def show_marked(self, count: int) -> None:
        """Show how many lines are marked."""
        if count != self.marked:
            self.marked = count
            self.redraw()

    @property
    def host(self) -> Host:
        """The app, as its widgets see it."""
        return host_of(self)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return both lines."""
        return (self._tab_pieces(width), self._city_line(width))

    def _tab_pieces(self, width: int) -> list[Piece]:
        here = self.app.current_mode
        labels = self._tab_labels(width)
        needed = sum(len(label) + 4 for label in labels.values())
        gap = " " if needed <= width else ""

        # While a page lies over the screen it is named in the line below, and no tab is lit.
        has_page = any(map(page_title, self.app.screen_stack))
        pieces: list[Piece] = []
        for mode, label in labels.items():
            tab = f" {BY_ID[mode].keys[0]} {label}".rstrip()
            if mode == here:
                pieces.append((f"{tab} ", "strong" if has_page else "here"))
            else:
                pieces.append((tab + gap, "quiet"))
        return pieces

    def _tab_labels(self, width: int) -> dict[str, str]:
        """Return the labels of the tabs: short ones, or none but the key, if they do not fit."""
        text = self.host.state.language.text
        labels = {mode: text(BY_ID[mode].label) for mode in MODES}
        if _tabs_width(labels) > width:
            labels |= {
                mode: text(label) for mode, label in SHORT_LABELS.items()
            }

        here = self.app.current_mode
        while _tabs_width(labels) > width:
            others = [mode for mode in labels if mode != here and labels[mode]]
            if not others:
                break
            longest = max(others, key=lambda mode: len(labels[mode]))
            labels[longest] = ""
        return labels

    def _city_line(self, width: int) -> list[Piece]:
        state = self.host.state
        style = "full" if width >= _WIDE else "medium"
        day = state.language.date(state.today, style)
        when: Piece = (f" · {state.facts.week} · {day}", "")
        titles = [page_title(screen) for screen in self.app.screen_stack]
        titles = [title for title in titles if title]

        right = self._notice(width, has_page=bool(titles))
        if self.marked:
            count = state.language.plural(
                "{n} marked",
                "{n} marked",
                self.marked,
            )
            right = [(f" ◉ {count} ", "key"), *right]

        city = safe_line(state.register.only_city.name)
        where: list[Piece] = [(f" {city}", "strong")]
        where += [(f" › {safe_line(title)}", "strong") for title in titles]
        if self.marked and width_of((*where, when, *right)) > width:
            # The count of the marks is worth more than a notice that stands there always.
            del right[1:]
        if state.place and not right:
            server = safe_line(state.place.partition("://")[2])
            if width_of((*where, when, (f" {server} ", ""))) <= width:
                right = [(f" {server} ", "quiet")]

        room = width - width_of((when, *right))
        return spread([*clip(where, room), when], right, width)

    def _notice(self, width: int, *, has_page: bool) -> list[Piece]:
        """Return the notice of a lost server, of a past week, or of a demonstration."""
        text = self.host.state.language.text
        facts = self.host.state.facts
        if self.host.state.is_lost:
            return [(f" {text('Server out of reach')} ", "warn")]
        if facts.is_past:
            return [(f" {text('Past week: ] next, 0 today')} ", "warn")]
        if not facts.register.only_city.illustrative:
            return []

        notice = text("Demonstration")
        if width >= (120 if has_page else 80):
            notice = text("Demonstration: an illustrative history")
        return [(f" {notice} ", "warn")]

    def on_click(self, event: events.Click) -> None:
        """Go to the screen whose name was clicked."""
        if event.y != 0:
            return
        left = 0
        tabs = self._tab_pieces(self.size.width)
        for mode, tab in zip(MODES, tabs, strict=True):
            left += width_of((tab,))
            if event.x < left:
                self.host.run_command(mode)
                return
