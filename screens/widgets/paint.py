"""How drawings and data become coloured cells: pieces of text with a role, never markup."""

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.color import Color as RichColor
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.css.styles import RenderStyles
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.contrast import BORDER, SIGN_CONTRAST, readable_style
from tracker.text import visible

Piece = tuple[str, str]
"""A text and its role: one of ``ROLES``, or empty for plain text."""
Line = Sequence[Piece]

ROLES = (
    "conventional",
    "online",
    "integrated",
    "good",
    "bad",
    "warn",
    "quiet",
    "goal",
    "forecast",
    "title",
    "strong",
    "key",
    "here",
)
"""What a piece can stand for; the theme gives each role its colour (``app.tcss``)."""

COMPONENTS = {
    *(f"paint--{role}" for role in ROLES),
    *(f"lines--{part}" for part in ("cursor", "marked", "head")),
    *(f"row--{part}" for part in ("label", "here", "aside")),
}
"""The component classes of the app that give everything that is drawn its colours."""

ELLIPSIS = "…"
FILL_SHADES = {"integrated": 1.0, "online": 0.75, "conventional": 0.25}
"""How much of its colour each stage's fill has: that of █, ▓ and ░."""


def safe_line(text: str) -> str:
    """Return text of the register as one harmless line."""
    return visible(text)


def width_of(line: Iterable[Piece]) -> int:
    """Count the cells that a line takes."""
    return sum(cell_len(text) for text, _ in line)


def clip(line: Iterable[Piece], width: int) -> list[Piece]:
    """Return a line no wider than ``width`` cells, with a sign where something is left out."""
    pieces = list(line)
    if width_of(pieces) <= width:
        return pieces
    kept: list[Piece] = []
    room = width - 1
    for text, role in pieces:
        size = cell_len(text)
        if size > room:
            kept.append(
                (set_cell_size(text, max(0, room)).rstrip() + ELLIPSIS, role)
            )
            break
        kept.append((text, role))
        room -= size
    return kept if width > 0 else []


def wrap_text(text: str, width: int) -> list[str]:
    """Return a text that may be long as lines of at most ``width`` characters, one at least."""
    return textwrap.wrap(safe_line(text), max(20, width)) or [""]


def fit(line: Iterable[Piece], width: int, align: str = "left") -> list[Piece]:
    """Return a line of exactly ``width`` cells, clipped or filled with spaces."""
    kept = clip(line, width)
    space = (" " * (width - width_of(kept)), "")
    return [space, *kept] if align == "right" else [*kept, space]


def spread(
    left: Iterable[Piece], right: Iterable[Piece], width: int
) -> list[Piece]:
    """Return a line with one part at its left and one at its right end; the right one wins."""
    end = clip(right, width)
    return [*fit(left, width - width_of(end)), *end]


class Painted(Widget):
    """A widget that turns pieces into cells in the theme's colours.

    The roles' colours are the app's component styles, and not each widget's own: Textual works out every
    component class of every widget, and with 13 of them on ten widgets that is felt when a screen opens.
    """

    ALLOW_SELECT = False

    def __init__(self, *args: Any, **more: Any) -> None:
        self._looks: dict[str, Style] = {}
        super().__init__(*args, **more)

    def create_strip(
        self, line: Iterable[Piece], width: int, over: Style | None = None
    ) -> Strip:
        """Return a line of cells; ``over`` is laid over the colours of all of its pieces."""
        base = self.rich_style
        segments = [
            Segment(text, self._role_style(role, base, over))
            for text, role in line
            if text
        ]
        return Strip(segments).adjust_cell_length(
            width, base + over if over else base
        )

    def _role_style(self, role: str, base: Style, over: Style | None) -> Style:
        if "/" in role:
            style = base + self._border_style(role)
        else:
            style = (
                base + self.component_style(f"paint--{role}") if role else base
            )
        return style + over if over else style

    def _border_style(self, role: str) -> Style:
        """Return the style of a cell in which one stage's fill ends under another's, or under none."""
        if role not in self._looks:
            front, _, back = role.partition("/")
            self._looks[role] = Style(
                color=self._shade_of(front),
                bgcolor=self._shade_of(back) if back else None,
                meta={BORDER: True},
            )
        return self._looks[role]

    def _shade_of(self, stage: str) -> RichColor | None:
        """Return a stage's colour as light as its fill; unmixed where the terminal chooses colours."""
        ground = self.background_colors[1]
        plain = self.component_style(f"paint--{stage}")
        style = Style(bgcolor=ground.rich_color) + plain
        colour = readable_style(style, SIGN_CONTRAST).color
        if colour is None or colour.type is not ColorType.TRUECOLOR:
            return colour
        return ground.blend(
            Color.from_rich_color(colour), FILL_SHADES[stage]
        ).rich_color

    def component_style(self, name: str) -> Style:
        """Return what a component class adds to the widget's own style, as it looks on its background."""
        if name not in self._looks:
            self._looks[name] = resolve_style(
                self.app.get_component_styles(name), self.background_colors[1]
            )
        return self._looks[name]

    def notify_style_update(self) -> None:
        """Work the colours out again: the theme or the background may be another."""
        self._looks.clear()
        super().notify_style_update()


def resolve_style(styles: RenderStyles, background: Color) -> Style:
    """Return what ``styles`` say alone, laid on a background: nothing where they say nothing."""
    filled = (
        background + styles.background
        if styles.has_rule("background")
        else None
    )
    on = background if filled is None else filled
    colour = None
    if styles.has_rule("auto_color") and styles.auto_color:
        colour = on + on.get_contrast_text(styles.color.a)
    elif styles.has_rule("color"):
        colour = on + styles.color
    return styles.text_style + Style.from_color(
        None if colour is None else colour.rich_color,
        None if filled is None else filled.rich_color,
    )


class Picture(Painted):
    """Some lines that are only looked at; ``draw`` makes them for the width and height there is."""

    _drawn: tuple[tuple[int, int], Sequence[Line]] | None = None

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the lines to show."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Return one line of cells."""
        width, height = self.size
        if self._drawn is None or self._drawn[0] != (width, height):
            self._drawn = (width, height), self.draw(width, height)
        lines = self._drawn[1]
        return self.create_strip(
            clip(lines[y], width) if y < len(lines) else (), width
        )

    def redraw(self) -> None:
        """Draw again: what is shown has changed."""
        self._drawn = None
        self.refresh()
