"""The page of a week as one HTML file that needs nothing beside itself: no script, no request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.language import Language
from tracker.publish.figures import target_bars, week_figures
from tracker.publish.opd_folds import opd_folds
from tracker.publish.series import WeekCharts
from tracker.publish.templating import render_template
from tracker.publish.tiles import make_tiles
from tracker.snapshot.annex import annex_blocks
from tracker.snapshot.blocks import Block, Drawn, Heading, Table
from tracker.snapshot.first_page import first_page_blocks
from tracker.snapshot.values import WeekValue


@dataclass(frozen=True)
class Section:
    """A heading and the blocks under it."""

    heading: Heading | None
    blocks: tuple[Block, ...]


def render_week_page(
    value: WeekValue,
    charts: WeekCharts | None,
    language: Language,
    *,
    first_page: bool = False,
) -> str:
    """Return the page of a week; the same week of the same register gives the same bytes.

    ``first_page`` leaves out the OPDs' services and the annex. ``charts`` is None where no
    service has entered yet.
    """
    head, *sections = to_sections(first_page_blocks(value, language))
    heat = charts.heat if charts else ()
    return render_template(
        "week.html.j2",
        language,
        title=head.heading.text if head.heading else str(value.week),
        value=value,
        head=head,
        sections=sections,
        tiles_before=_first_with_table(sections),
        tiles=tuple(make_tiles(value, charts, language)),
        targets=target_bars(value.deadlines, language),
        figures=week_figures(charts, language) if charts else (),
        heat_weeks=len(heat[0].steps) if heat else 0,
        folds=opd_folds(value, heat, language),
        first_page=first_page,
        annex=() if first_page else _annex_sections(value, language),
    )


def _first_with_table(sections: Sequence[Section]) -> int | None:
    """Return the place of the first section with a table, that of the key figures."""
    for place, section in enumerate(sections):
        if any(isinstance(block, Table) for block in section.blocks):
            return place
    return None


def _annex_sections(value: WeekValue, language: Language) -> list[Section]:
    """Return the sections of the annex below its title."""
    sections = to_sections(annex_blocks(value, language))
    return [
        section for section in sections if section.heading and section.blocks
    ]


def to_sections(blocks: Iterable[Block]) -> list[Section]:
    """Group blocks under their headings; what is drawn in characters is left to the charts."""
    sections: list[Section] = []
    heading: Heading | None = None
    below: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            if heading or below:
                sections.append(Section(heading, tuple(below)))
            heading, below = block, []
        elif not isinstance(block, Drawn):
            below.append(block)
    return [*sections, Section(heading, tuple(below))]
