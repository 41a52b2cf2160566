"""Elements of a chart, escaped by the XML library, and the frame that holds them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

TOP_ROOM = 18
"""Pixels above the shapes, for the labels of events."""
BOTTOM_ROOM = 20
"""Pixels below the shapes, for the labels of the weeks."""


@dataclass(frozen=True)
class Words:
    """What a reader who does not see the chart is told: its title and a sentence on it."""

    key: str
    title: str
    description: str


def make_shape(tag: str, css: str, **attributes: object) -> Element:
    """Return an element of the CSS class ``css``."""
    values = {
        name.replace("_", "-"): str(value) for name, value in attributes.items()
    }
    return Element(tag, {"class": css, **values})


def make_label(
    text: str,
    x: float,
    y: float,
    *,
    anchor: str = "start",
    css: str = "",
) -> Element:
    """Return a text at ``x`` percent of the width and ``y`` pixels from the top.

    ``anchor`` is start, middle or end: which part of the text stands at ``x``.
    """
    classes = " ".join(filter(None, ("label", anchor, css)))
    element = make_shape(
        "text",
        classes,
        x=percent(x),
        y=number(y),
    )
    element.text = text
    return element


def make_path(
    css: str,
    points: Iterable[tuple[float, float]],
    *,
    closed: bool = False,
) -> Element:
    """Return a line through ``points``, or the area within it where it is ``closed``."""
    steps = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return make_shape("path", css, d=f"M{steps}{'Z' if closed else ''}")


def draw_chart(
    words: Words,
    height: int,
    units: tuple[float, float],
    shapes: Sequence[Element],
    labels: Sequence[Element],
) -> Markup:
    """Return a chart ``height`` pixels high, room for its labels included.

    ``units`` are the width and height of the space that ``shapes`` are drawn in; it is
    stretched to the width of the page, its origin at the upper left.
    """
    root = Element(
        "svg",
        {
            "class": "chart",
            "width": "100%",
            "height": str(height),
            "role": "img",
            "aria-labelledby": f"{words.key}-title {words.key}-desc",
        },
    )
    title = SubElement(root, "title", {"id": f"{words.key}-title"})
    title.text = words.title
    description = SubElement(root, "desc", {"id": f"{words.key}-desc"})
    description.text = words.description
    space = SubElement(
        root,
        "svg",
        {
            "y": str(TOP_ROOM),
            "width": "100%",
            "height": str(plot_height(height)),
            "viewBox": f"0 0 {number(units[0])} {number(units[1])}",
            "preserveAspectRatio": "none",
        },
    )
    space.extend(shapes)
    root.extend(labels)
    return markup(root)


def plot_height(height: int) -> int:
    """Return the pixels that the shapes of a chart have."""
    return height - TOP_ROOM - BOTTOM_ROOM


def markup(element: Element) -> Markup:
    """Return an element as markup that a template leaves as it is."""
    return Markup(tostring(element, encoding="unicode"))


def number(value: float) -> str:
    """Return a coordinate with at most two decimals."""
    return (
        f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
    )


def percent(value: float) -> str:
    """Return a share of the width, held inside it."""
    return f"{number(min(100.0, max(0.0, value)))}%"
