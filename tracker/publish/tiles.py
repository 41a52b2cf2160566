"""The figures at the top of a page, each with what it is of and how it changed."""

from collections.abc import Iterator
from typing import NamedTuple

from tracker.language import N_, Language
from tracker.publish.series import WeekCharts
from tracker.snapshot.values import HeadlineName, KeyFigure, WeekValue


class Tile(NamedTuple):
    """A figure with its name above and a note below."""

    name: str
    figure: str
    note: str


_SHARES: tuple[tuple[HeadlineName, str], ...] = (
    ("single_door_share", N_("Behind the single door")),
    ("digital_share", N_("Online or better")),
    ("visit_free_share", N_("Without a visit")),
)
_WEEKS = 4


def make_tiles(
    value: WeekValue,
    charts: WeekCharts | None,
    language: Language,
) -> Iterator[Tile]:
    """Return the tiles of a week's page."""
    figures = {figure.name: figure for figure in value.key_figures}
    for name, title in _SHARES:
        if name in figures:
            yield _share_tile(figures[name], title, language)
    if charts is not None and charts.windows is not None:
        windows = charts.windows
        yield Tile(
            language.plural(
                "Steps in {n} week",
                "Steps in {n} weeks",
                len(windows.recent),
            ),
            language.number(sum(windows.recent), 0),
            language.text(
                "{steps} in the {n} before",
                steps=sum(windows.before),
                n=len(windows.before),
            ),
        )
    if value.reporting.opds:
        yield _reporting_tile(value, language)


def _share_tile(figure: KeyFigure, title: str, language: Language) -> Tile:
    change, method_changed = figure.change(_WEEKS), _method_changed(figure)
    note = language.text("no figure 4 weeks ago")
    if change is not None:
        points = language.number(100 * change, 1, signed=True)
        note = language.text(
            "{points} percentage points in 4 weeks",
            points=points,
        )
    if method_changed:
        note = language.text("{note}; method changed", note=note)
    return Tile(language.text(title), language.percent(figure.now), note)


def _method_changed(figure: KeyFigure) -> bool:
    """Return whether the method changed within the weeks that the tile compares."""
    return any(
        past.weeks == _WEEKS and past.method_break is not None
        for past in figure.past
    )


def _reporting_tile(value: WeekValue, language: Language) -> Tile:
    reporting = value.reporting
    return Tile(
        language.text("OPDs heard from"),
        language.text(
            "{heard} of {opds}",
            heard=reporting.heard,
            opds=reporting.opds,
        ),
        language.text(
            "{n} silent for a week or more",
            n=sum(opd.silent_weeks > 0 for opd in value.reporting.silent),
        ),
    )
