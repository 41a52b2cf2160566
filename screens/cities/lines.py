"""A comparison in lines: cities, what to learn, who leads which kind, names to decide on."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from screens.navigation import Destination, NearNames, ServicePage
from screens.widgets.lines import EMPTY_LINE, Item, text_item
from screens.widgets.paint import Line, fit, safe_line, wrap_text
from tracker.comparison.report import (
    Comparison,
    Section,
    cities_section,
    kinds_section,
    lessons_sections,
    near_section,
    standing_section,
)
from tracker.language import Language

_GAP = 2
_LEAST, _LEAST_WORDS = 20, 12
"""Cells to which a column of words is cut at most, beside numbers and among other words."""
_HEAD_LINES = 2


def comparison_items(
    comparison: Comparison,
    language: Language,
    width: int,
) -> list[Item]:
    """Return the lines of a comparison for a list ``width`` cells wide."""
    near = [
        NearNames(row["city"], row["service"], row["other_service"])
        for row in comparison.near_rows()
    ]
    sections: list[tuple[Section, Sequence[Destination | None]]] = [
        (cities_section(comparison, language), ()),
        (standing_section(comparison, language), ()),
        *zip(
            lessons_sections(comparison, language),
            _pages_of_lessons(comparison),
            strict=True,
        ),
        (kinds_section(comparison, language), ()),
        (near_section(comparison, language), near),
    ]
    items: list[Item] = []
    for section, opens in sections:
        if section.rows:
            items += _section_items(section, opens, width)
    return items


def _pages_of_lessons(
    comparison: Comparison,
) -> Iterator[list[Destination | None]]:
    """Yield for each section of lessons the pages of our services in it."""
    ours = comparison.cities[0]
    for (learner, _), rows in comparison.lessons_by_cities().items():
        code = "service" if learner == ours.name else "teacher_service"
        services = [ours.register.service_codes.get(row[code]) for row in rows]
        yield [ServicePage(one.id) if one else None for one in services]


def _section_items(
    section: Section,
    opens: Sequence[Destination | None],
    width: int,
) -> Iterator[Item]:
    """Yield the title of a section, its columns' names, and a line a row."""
    count = f"  {len(section.rows)}" if opens else ""
    yield Item(((f" {section.title}", "title"), (count, "quiet")))
    if section.note:
        for line in wrap_text(section.note, width - 3):
            yield text_item(f"   {line}", "quiet")
    widths = _fit_widths(section, width - 3)
    for headers in _wrap_headers(section.headers, widths):
        yield Item(tuple(_row_line(headers, widths, section, "quiet")))
    for place, row in enumerate(section.rows):
        target = opens[place] if opens else None
        yield Item(tuple(_row_line(row, widths, section, "")), target)
    yield EMPTY_LINE


def _fit_widths(section: Section, room: int) -> list[int]:
    """Return how wide each column is: the widest of words gives way until all fit.

    Where that does not do, the last columns are left out, as columns 0 cells wide.
    """
    columns = zip(*section.rows, strict=True)
    widths = [
        max(_head_width(header), *(len(safe_line(cell)) for cell in column))
        for header, column in zip(section.headers, columns, strict=True)
    ]
    words = [n for n in range(len(widths)) if n not in section.right]
    least = _LEAST if section.right else _LEAST_WORDS
    while sum(width + _GAP for width in widths if width) - _GAP > room:
        widest = max(words, key=lambda n: widths[n])
        if widths[widest] <= least:
            last = max(n for n, width in enumerate(widths) if width)
            widths[last] = 0
        else:
            widths[widest] -= 1
    return widths


def _head_width(header: str) -> int:
    """Return the cells that a header needs."""
    width = max(map(len, header.split()), default=1)
    while len(wrap(header, width)) > _HEAD_LINES:
        width += 1
    return width


def _wrap_headers(
    headers: Sequence[str],
    widths: Sequence[int],
) -> list[tuple[str, ...]]:
    """Return the lines of the headers, each as wide as its column, all ending on the last."""
    wrapped = [
        wrap(header, width) if width else []
        for header, width in zip(headers, widths, strict=True)
    ]
    height = max(map(len, wrapped))
    padded = [[""] * (height - len(lines)) + lines for lines in wrapped]
    return list(zip(*padded, strict=True))


def _row_line(
    cells: Sequence[str],
    widths: Sequence[int],
    section: Section,
    role: str,
) -> Line:
    pieces: list[tuple[str, str]] = [(" ", "")]
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        if width:
            align = "right" if place in section.right else "left"
            pieces.append((" " * _GAP, ""))
            pieces += fit([(safe_line(cell), role)], width, align)
    return pieces
