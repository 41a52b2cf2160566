"""Groups of the overview: a heading with its lines."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from screens.navigation import Destination
from screens.widgets.lines import Item
from tracker.language import Language


class Group(Struct, frozen=True):
    """One matter: its heading, how many lines it has, and the line at each index.

    ``least`` is its number of lines if there is little room; None for as many as the others.
    """

    heading: Item
    count: int
    line: Callable[[int], Item]
    least: int | None = None


def heading_item(
    text: str,
    count: int,
    opens: Destination | None,
    language: Language,
) -> Item:
    """Return the heading of a matter with its count."""
    return Item(
        ((f" {text} ", "title"), (language.number(count, 0), "strong")),
        opens,
    )


def lay_out(
    groups: Sequence[Group],
    least: int,
    height: int,
) -> list[Item]:
    """Return headings and lines: of each matter at least so many, more as far as the height allows."""
    counts = [group.count for group in groups]
    leasts = [least if group.least is None else group.least for group in groups]
    shown = _share_lines(counts, leasts, height - len(groups))
    return [
        item
        for group, lines in zip(groups, shown, strict=True)
        for item in (group.heading, *map(group.line, range(lines)))
    ]


def _share_lines(
    counts: Sequence[int],
    leasts: Sequence[int],
    room: int,
) -> list[int]:
    """Return how many lines of each matter are shown: the least of each, then one of each in turn."""
    shares = [
        min(count, least) for count, least in zip(counts, leasts, strict=True)
    ]
    while sum(shares) < room and shares != list(counts):
        for index, count in enumerate(counts):
            if shares[index] < count and sum(shares) < room:
                shares[index] += 1
    return shares
