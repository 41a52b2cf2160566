"""The figures of what matches the filter, and the scope that they are of."""

from dataclasses import dataclass, replace

from screens.figures.scoped import ScopeFigures
from screens.filter import NO_FILTER, Filter
from screens.rows import ServiceRow, matches_opd, matches_service
from screens.state import DayView, State
from screens.widgets.paint import Line, Piece, safe_line
from tracker.drawing import NO_FAN
from tracker.language import Language
from tracker.metrics import measure_scope, read_scope_series
from tracker.metrics.values import CITY, Scope
from tracker.narration.counts import count_services
from tracker.text import normalize_name


@dataclass(frozen=True)
class FilteredFigures:
    """The figures of ``scope``, which is what matches the filter."""

    wanted: Filter
    scope: Scope
    shown: ScopeFigures

    @property
    def moves(self) -> bool:
        """Whether its pace and forecast mean anything.

        Services that were chosen by their state today (stalled, online, of slow OPDs)
        moved differently from the others before: the pace and the forecast of such a
        set only reflect the choice.
        """
        wanted = self.wanted
        return not (wanted.stages or wanted.flags or wanted.paces)

    @property
    def charted(self) -> ScopeFigures:
        """The figures for a chart: without a forecast if the pace means nothing."""
        if self.moves:
            return self.shown
        goal_alone = replace(self.shown.ahead, fan=NO_FAN)
        return replace(self.shown, ahead=goal_alone)


def measure_filtered(facts: DayView, wanted: Filter) -> FilteredFigures:
    """Return the figures of what matches a filter."""
    scope = scope_of(facts, wanted)
    if scope == CITY:
        return FilteredFigures(wanted, scope, facts.city)
    if scope.what == "opd" and (opd := facts.scope_opd(scope.key)):
        return FilteredFigures(wanted, scope, opd)
    figures = measure_scope(facts.register, scope, facts.week, facts.now)
    series = read_scope_series(facts.register, scope, facts.week, facts.now)
    return FilteredFigures(wanted, scope, facts.scope_figures(figures, series))


def scope_of(facts: DayView, wanted: Filter) -> Scope:
    """Return the scope of a filter: the city, one OPD, one tag, or a set of services.

    The set is that of the active services that match today, in all weeks.
    """
    if not wanted:
        return CITY
    rows = [
        row
        for row in facts.rows
        if matches_service(row, wanted, facts.filter_context)
    ]
    return (
        _one_opd(facts, wanted, rows)
        or _one_tag(facts, wanted)
        or Scope("services", services=frozenset(row.key for row in rows))
    )


def _one_opd(
    facts: DayView,
    wanted: Filter,
    rows: list[ServiceRow],
) -> Scope | None:
    """Return the OPD that the filter names, if it names one and asks for nothing else."""
    others = replace(wanted, text="", words=(), opds=())
    if others != NO_FILTER:
        return None
    named = [
        opd.id
        for opd in facts.register.opds.values()
        if matches_opd(opd, wanted, facts.filter_context)
    ]
    if len(named) != 1 or any(row.opd.id != named[0] for row in rows):
        return None
    return Scope("opd", named[0])


def _one_tag(facts: DayView, wanted: Filter) -> Scope | None:
    """Return the tag that the filter names, if it names one and asks for nothing else."""
    if len(wanted.tags) != 1 or replace(wanted, text="", tags=()) != NO_FILTER:
        return None
    every = {
        tag
        for service in facts.register.services.values()
        for tag in service.tags
    }
    named = [
        tag
        for tag in every
        if facts.filter_context.means_tag(wanted.tags[0], [normalize_name(tag)])
    ]
    return Scope("tag", named[0]) if len(named) == 1 else None


def scope_line(found: FilteredFigures | None, state: State) -> Line:
    """Return the line that names the scope of the figures."""
    text, wanted = state.language.text, state.filter
    if not wanted:
        pieces: list[Piece] = [(f" {text('The whole city')}", "strong")]
    else:
        pieces = [
            (f" {text('Filter')}: ", "warn"),
            (safe_line(wanted.describe(state.language)), "strong"),
        ]
    if found is None:
        return [*pieces, (" — " + text("Working out the figures …"), "quiet")]

    counted = _count_services(found, state.language)
    if found.scope.what == "opd":
        opd = state.register.opds.get(found.scope.key)
        if opd:
            counted = f"{safe_line(opd.name)}, {counted}"
    return [*pieces, (f" — {counted}", "quiet")]


def _count_services(found: FilteredFigures, language: Language) -> str:
    services = found.shown.figures.services
    if found.scope.what == "services":
        return language.plural(
            "{n} service that matches today",
            "{n} services that match today",
            services,
        )
    return count_services(services, language)
