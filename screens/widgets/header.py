"""The head of every screen: where one is, whose register it is, and as of which day."""

from collections.abc import Sequence

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
        # Another page over the screen is named in the line below, and no tab is lit.
        lit = (
            "strong" if any(map(page_title, self.app.screen_stack)) else "here"
        )
        text = self.host.state.language.text
        labels = {mode: text(BY_ID[mode].label) for mode in MODES}
        while sum(len(label) + 3 for label in labels.values()) > width:
            others = [mode for mode in labels if mode != here and labels[mode]]
            if not others:
                break
            labels[max(others, key=lambda mode: len(labels[mode]))] = ""
        wide = sum(len(label) + 4 for label in labels.values()) <= width
        pieces: list[Piece] = []
        for mode, label in labels.items():
            role, end = (
                (lit, " ") if mode == here else ("quiet", " " if wide else "")
            )
            pieces.append(
                (f" {BY_ID[mode].keys[0]} {label}".rstrip() + end, role)
            )
        return pieces

    def _city_line(self, width: int) -> list[Piece]:
        state = self.host.state
        city = safe_line(state.register.only_city.name)
        titles = [
            title
            for screen in self.app.screen_stack
            if (title := page_title(screen))
        ]
        day = state.language.date(
            state.today, "full" if width >= 110 else "medium"
        )
        where: list[Piece] = [(f" {city}", "strong")]
        where += [(f" › {safe_line(title)}", "strong") for title in titles]
        when: Piece = (f" · {state.facts.week} · {day}", "")
        right: list[Piece] = []
        if state.facts.is_past:
            said = state.language.text("Past week: ] next, 0 today")
            right = [(f" {said} ", "warn")]
        elif state.register.only_city.illustrative:
            said = (
                N_("Demonstration: an illustrative history")
                if width >= (120 if titles else 80)
                else N_("Demonstration")
            )
            right = [(f" {state.language.text(said)} ", "warn")]
        if self.marked:
            said = state.language.plural(
                "{n} marked", "{n} marked", self.marked
            )
            right = [(f" ◉ {said} ", "key"), *right]
            if width_of((*where, when, *right)) > width:
                del right[1:]
        room = width - width_of((when, *right))
        return spread([*clip(where, room), when], right, width)

    def on_click(self, event: events.Click) -> None:
        """Go to the screen whose name was clicked."""
        if event.y != 0:
            return
        left = 0
        for mode, piece in zip(
            MODES, self._tab_pieces(self.size.width), strict=True
        ):
            left += width_of((piece,))
            if event.x < left:
                self.host.run_command(mode)
                return
