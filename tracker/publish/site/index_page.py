"""The front page of a site: where the city stands, every OPD, and every published week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.language import Language
from tracker.publish.figures import target_bars, week_figures
from tracker.publish.opd_folds import opd_folds
from tracker.publish.series import WeekCharts
from tracker.publish.site.links import Link
from tracker.publish.templating import render_template
from tracker.publish.tiles import make_tiles
from tracker.snapshot.values import WeekValue


@dataclass(frozen=True)
class WeekLine:
    """A published week in the list: its page, and what it said when it was published."""

    link: Link
    days: str
    state: str
    index: str


def render_index(
    value: WeekValue,
    charts: WeekCharts | None,
    weeks: Sequence[WeekLine],
    opd_links: Mapping[str, str],
    language: Language,
) -> str:
    """Return the front page as of the last published week.

    ``opd_links`` leads to the pages of the OPDs by their codes.
    """
    heat = charts.heat if charts else ()
    return render_template(
        "index.html.j2",
        language,
        title=language.text(
            "{city}: services week by week",
            city=value.city.name,
        ),
        value=value,
        tiles=tuple(make_tiles(value, charts, language)),
        targets=target_bars(value.deadlines, language),
        figures=week_figures(charts, language) if charts else (),
        folds=opd_folds(value, heat, language),
        heat_weeks=len(heat[0].steps) if heat else 0,
        links=opd_links,
        weeks=weeks,
    )
