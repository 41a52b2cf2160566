"""Draw text as coloured cells: pieces of text with a role each, never markup."""

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
from textual.geometry import Region
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
"""The roles of pieces; the theme gives each its colour (``app.tcss``)."""

COMPONENTS = {
    *(f"paint--{role}" for role in ROLES),
    *(f"lines--{part}" for part in ("cursor", "marked", "head")),
    *(f"row--{part}" for part in ("label", "here", "aside")),
}
"""The component classes of the app from which all colours come."""

ELLIPSIS = "…"
FILL_SHADES = {"integrated": 1.0, "online": 0.75, "conventional": 0.25}
"""How much of its colour each stage's fill has: that of █, ▓ and ░."""


def safe_line(text: str) -> str:
    """Return text of the register as one line without control characters."""
    return visible(text)


def width_of(line: Iterable[Piece]) -> int:
    """Count the cells that a line takes."""
    return sum(cell_len(text) for text, _ in line)


def clip(line: Iterable[Piece], width: int) -> list[Piece]:
    """Return a line of at most ``width`` cells; an ellipsis ends a clipped one."""
    pieces = list(line)
    if width_of(pieces) <= width:
        return pieces
    if width <= 0:
        return []

    kept: list[Piece] = []
    room = width - len(ELLIPSIS)
    for text, role in pieces:
        size = cell_len(text)
        if size > room:
            start = set_cell_size(text, max(0, room)).rstrip()
            kept.append((start + ELLIPSIS, role))
            break
        kept.append((text, role))
        room -= size

    return kept


def wrap_text(text: str, width: int) -> list[str]:
    """Return a text as lines of at most ``width`` characters, but at least one."""
    return textwrap.wrap(safe_line(text), max(20, width)) or [""]


def fit(
    line: Iterable[Piece],
    width: int,
    align: str = "left",
) -> list[Piece]:
    """Return a line of exactly ``width`` cells, clipped or filled with spaces."""
    kept = clip(line, width)
    space = (" " * (width - width_of(kept)), "")
    return [space, *kept] if align == "right" else [*kept, space]


def spread(
    left: Iterable[Piece],
    right: Iterable[Piece],
    width: int,
) -> list[Piece]:
    """Return a line with a left and a right part; the left one is clipped."""
    end = clip(right, width)
    return [*fit(left, width - width_of(end)), *end]


class Painted(Widget):
    """A widget that draws pieces in the theme's colours.

    The colours of the roles are component styles of the app instead of each widget:
    Textual computes every component class of every widget, and 13 of them on ten
    widgets made screens open noticeably slower.
    """

    ALLOW_SELECT = False

    def __init__(self, *args: Any, **more: Any) -> None:
        self._looks: dict[str, Style] = {}
        self._base = Style()
        super().__init__(*args, **more)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return some lines of cells, in one style: Textual works it out anew at each question."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def create_strip(
        self,
        line: Iterable[Piece],
        width: int,
        over: Style | None = None,
    ) -> Strip:
        """Return a line of cells; ``over`` is added to the style of all pieces."""
        base = self._base
        segments = []
        for text, role in line:
            if not text:
                continue
            style = base
            if "/" in role:
                style += self._border_style(role)
            elif role:
                style += self.component_style(f"paint--{role}")
            if over:
                style += over
            segments.append(Segment(text, style))

        filling = base + over if over else base
        return Strip(segments).adjust_cell_length(width, filling)

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
        """Return a stage's colour as light as its fill; unmixed if the terminal chooses colours."""
        ground = self.background_colors[1]
        plain = self.component_style(f"paint--{stage}")
        style = Style(bgcolor=ground.rich_color) + plain
        colour = readable_style(style, SIGN_CONTRAST).color
        if colour is None or colour.type is not ColorType.TRUECOLOR:
            return colour
        full = Color.from_rich_color(colour)
        return ground.blend(full, FILL_SHADES[stage]).rich_color

    def component_style(self, name: str) -> Style:
        """Return the style that a component class adds, on the widget's background."""
        if name not in self._looks:
            styles = self.app.get_component_styles(name)
            background = self.background_colors[1]
            self._looks[name] = resolve_style(styles, background)
        return self._looks[name]

    def notify_style_update(self) -> None:
        """Forget the colours: the theme or the background may have changed."""
        self._looks.clear()
        super().notify_style_update()


def resolve_style(styles: RenderStyles, background: Color) -> Style:
    """Return the style of ``styles`` on a background, without what they leave open."""
    filled = None
    if styles.has_rule("background"):
        filled = (background + styles.background).rich_color
        background += styles.background

    colour = None
    if styles.has_rule("auto_color") and styles.auto_color:
        contrast = background.get_contrast_text(styles.color.a)
        colour = (background + contrast).rich_color
    elif styles.has_rule("color"):
        colour = (background + styles.color).rich_color

    return styles.text_style + Style.from_color(colour, filled)


class Picture(Painted):
    """Lines to look at; ``draw`` makes them for the size of the widget."""

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
        line = clip(lines[y], width) if y < len(lines) else ()
        return self.create_strip(line, width)

    def redraw(self) -> None:
        """Draw again, after the content has changed."""
        self._drawn = None
        self.refresh()
