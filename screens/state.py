"""The state of all screens: the register and its figures today, the filter, the language, the user."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from screens.families import (
    FamilyRow,
    Grouped,
    group_families,
    running_row_shares,
)
from screens.figures.scoped import ScopeFigures, scope_figures
from screens.filter import NO_FILTER, Filter
from screens.navigation import Destination
from screens.rows import (
    FilterContext,
    ServiceRow,
    are_rows_kept,
    create_rows,
    matches_opd,
    matches_service,
    update_rows,
    update_rows_by_key,
)
from screens.services.closed import ClosedRow, closed_rows
from tracker.actions.draft import Context
from tracker.language import Language
from tracker.metrics import WeekReading, measure_scope, measure_week
from tracker.metrics.attention import find_silent_opds, find_slowed_opds
from tracker.metrics.burden import burden_of, running_shares
from tracker.metrics.flow import Movement, find_movements
from tracker.metrics.touched import find_touched_services
from tracker.metrics.values import (
    CityFigures,
    Figures,
    OPDFigures,
    Scope,
    Series,
)
from tracker.register import Register
from tracker.week import Week

_FLAGS_OF_MOVED = frozenset({"moved", "moved_before"})


@dataclass(frozen=True)
class DayView:
    """One register on one day; each part is computed when it is first needed."""

    register: Register
    today: date
    seen_on: date | None = None
    """The day on which a past week is looked at; None for today's view."""

    @property
    def now(self) -> date:
        """The present day, which decides whether the week is complete."""
        return self.seen_on or self.today

    @property
    def is_past(self) -> bool:
        """Whether it is a past week, in which nothing can be changed."""
        return self.seen_on is not None

    @property
    def is_running(self) -> bool:
        """Whether the week on view is not complete."""
        return not self.week.is_complete(self.now)

    def of_week(self, week: Week, now: date) -> "DayView":
        """Return what the register says of a week as of its end; of today for the running one."""
        if week >= Week.of(now):
            return DayView(self.register, now)
        return DayView(self.register, week.sunday, seen_on=now)

    def with_register(self, register: Register) -> "DayView":
        """Return what another register says on the same day; what still holds is taken over."""
        after = DayView(register, self.today, self.seen_on)
        touched = find_touched_services(self.register, register)
        # As of one moment: a thread may be working out more of this view.
        known = frozenset(vars(self))
        kept: dict[str, Any] = {}
        if "reading" in known:
            kept["reading"] = self.reading.with_register(register, touched)
        if "rows" in known and are_rows_kept(self.register, register):
            services = kept["reading"].service_of
            changed = [services[key] for key in touched if key in services]
            again = create_rows(register, changed, self.today)
            kept["rows"] = update_rows(self.rows, again, touched)
            if "row_of" in known:
                kept["row_of"] = update_rows_by_key(self.row_of, again, touched)
        vars(after).update(kept)
        return after

    @property
    def week(self) -> Week:
        """The running week."""
        return Week.of(self.today)

    @cached_property
    def rows(self) -> list[ServiceRow]:
        """The active services as they stand, by name."""
        services = self.reading.service_of.values()
        return create_rows(self.register, services, self.today)

    @cached_property
    def row_of(self) -> dict[str, ServiceRow]:
        """The active services as they stand, by key."""
        return {row.at.service.id: row for row in self.rows}

    @cached_property
    def burdens(self) -> dict[str, tuple[float, float]]:
        """What services still ask of citizens: visits a year, and the running share, by key."""
        shares = running_shares(row.at for row in self.rows)
        return {
            row.key: (float(burden_of(row.at) or 0), shares[row.key])
            for row in self.rows
            if row.key in shares
        }

    @cached_property
    def row_shares(self) -> dict[Destination, float]:
        """The running shares of burden if each family counts as one row, by what a row opens."""
        visits = {key: load for key, (load, _) in self.burdens.items()}
        return running_row_shares(self._grouped_rows, visits)

    @cached_property
    def families(self) -> dict[str, FamilyRow]:
        """The families of two or more active services, by name."""
        return {
            row.name: row
            for row in self._grouped_rows
            if isinstance(row, FamilyRow)
        }

    @cached_property
    def _grouped_rows(self) -> list[Grouped]:
        return group_families(self.rows)

    @cached_property
    def closed(self) -> list[ClosedRow]:
        """The services that are offered no more, by name."""
        return closed_rows(self.register, self.today)

    @cached_property
    def reading(self) -> WeekReading:
        """The running week of the register, read once for all that is shown of it."""
        return WeekReading(self.register, self.week, self.now)

    @cached_property
    def figures(self) -> CityFigures:
        """The figures of the running week, of the city and every OPD."""
        return measure_week(self.reading)

    @property
    def series(self) -> dict[str, Series]:
        """The city, under ``city``, and every OPD, under its key, week by week."""
        return self.reading.series

    @cached_property
    def city(self) -> ScopeFigures:
        """The city with its weeks and what lies ahead of it."""
        return self.scope_figures(self.figures.city, self.series["city"])

    def scope_figures(self, figures: Figures, series: Series) -> ScopeFigures:
        """Return a scope's figures with its weeks and what lies ahead of it."""
        return scope_figures(
            figures,
            series,
            self.register.only_city.goal,
            self.now,
        )

    def opd_figures(self, key: str) -> OPDFigures | None:
        """Return the figures of an OPD; None if it never had a service."""
        return next((opd for opd in self.figures.opds if opd.key == key), None)

    def is_bare(self, opd: str) -> bool:
        """Return whether an OPD never had a service, and so has no figures."""
        series = self.series.get(opd)
        return series is None or series.start is None

    def scope_opd(self, key: str) -> ScopeFigures | None:
        """Return an OPD's figures with its weeks and what lies ahead of it."""
        opd = self.opd_figures(key)
        return (
            None
            if opd is None
            else self.scope_figures(opd.figures, self.series[key])
        )

    @cached_property
    def silent(self) -> list[OPDFigures]:
        """The OPDs not heard from this week, the longest silent first."""
        return find_silent_opds(self.register, self.figures, self.reading.heard)

    @cached_property
    def slowed(self) -> list[OPDFigures]:
        """The OPDs that lost speed, the greatest loss first."""
        return find_slowed_opds(self.figures)

    @cached_property
    def bare(self) -> tuple[OPDFigures, ...]:
        """The OPDs of today that never had a service: no figure is there of them, nor are they counted."""
        register, known = self.register, {opd.key for opd in self.figures.opds}
        if len(known) == len(register.opds):
            return ()
        none = measure_scope(register, Scope("services"), self.week, self.now)
        return tuple(
            OPDFigures(
                key=opd.id,
                code=opd.code,
                name=opd.name,
                kind=opd.kind,
                silent_weeks=0,
                reporting_share=None,
                figures=none,
            )
            for opd in register.opds.values()
            if opd.id not in known
            and (opd.retired_on is None or opd.retired_on > self.today)
        )

    def compute_all(self) -> "DayView":
        """Work out all figures now, as a thread does before the screens show them."""
        _ = self.city, self.filter_context, self.bare
        return self

    @property
    def has_figures(self) -> bool:
        """Whether all figures are computed."""
        return {"city", "filter_context", "bare"} <= vars(self).keys()

    @cached_property
    def name_context(self) -> FilterContext:
        """What a filter has to know that asks for nothing that has to be worked out."""
        return FilterContext(
            self.register.opd_codes.keys(),
            {tag for row in self.rows for tag in row.tags},
        )

    @cached_property
    def filter_context(self) -> FilterContext:
        """What any filter has to know."""
        paces = {opd.key: opd.figures.pace for opd in self.figures.opds}
        found = {"silent": self.silent, "slowed": self.slowed}
        flagged = {
            flag: {opd.key for opd in opds} for flag, opds in found.items()
        }
        return replace(self.name_context, paces=paces, flagged=flagged)

    @cached_property
    def moved(self) -> list[Movement]:
        """The moves of the running week and the one before, the latest first.

        Only of services that made a step in them, and of those that are closed by now: their
        steps count as well.
        """
        first = self.week.plus(-1).monday
        last = self.week.as_of(self.now)
        moved = {
            row.at.service.id
            for row in self.rows
            if not row.flags.isdisjoint(_FLAGS_OF_MOVED)
        }
        moved.update(self.register.closures_of.keys() - self.row_of.keys())
        scope = Scope("services", services=frozenset(moved))
        return find_movements(self.register, first, last, scope)[::-1]


@dataclass
class State:
    """The one state of the screens; ``facts`` is replaced whole whenever the register is.

    ``measured`` are the latest facts whose figures are worked out: for a moment after a change those
    before it, None until the first are.
    """

    facts: DayView
    language: Language
    by: str
    filter: Filter = NO_FILTER
    measured: DayView | None = None
    read_page: Callable[[str], str | None] = lambda digest: None
    """Returns a published text by its digest (``Store.page``)."""
    place: str = ""
    """The server that the register is on; empty for one on this machine (``Store.place``)."""
    is_lost: bool = False
    """Whether the server cannot be reached at present."""
    import_folder: str = ""
    """The folder of the last file that was read for an import."""
    open_families: set[str] = field(default_factory=set)
    """The families whose members are shown one by one."""
    folders: dict[str, str] = field(default_factory=dict)
    """The folders last written to (``ViewState.folders``)."""
    page_forms: tuple[str, ...] = ()
    """The forms in which pages were last written."""
    _filtered: (
        tuple[DayView, Filter, FilterContext, Sequence[ServiceRow]] | None
    ) = field(default=None, init=False, compare=False, repr=False)

    @property
    def register(self) -> Register:
        """The register on view."""
        return self.facts.register

    @property
    def today(self) -> date:
        """The day as of which the register is read."""
        return self.facts.today

    @property
    def context(self) -> Context:
        """Who acts, at this moment, and what day it is."""
        return Context(by=self.by, now=datetime.now(UTC), today=self.today)

    @property
    def empty(self) -> bool:
        """Whether nothing has been entered yet."""
        return not self.register.services and not self.register.opds

    def filtered_services(self) -> Sequence[ServiceRow]:
        """Return the filtered active services, by name."""
        facts, wanted = self.facts, self.filter
        if not wanted:
            return facts.rows

        # Every key that moves the cursor asks for them several times.
        seen, last = self._filter_context, self._filtered
        if last and last[0] is facts and last[1] is wanted and last[2] is seen:
            return last[3]
        found = [
            row for row in facts.rows if matches_service(row, wanted, seen)
        ]
        self._filtered = facts, wanted, seen, found
        return found

    def filtered_closed(self) -> Sequence[ClosedRow]:
        """Return the closed services that the filter asks for, by name; none if it does not."""
        if "closed" not in self.filter.flags:
            return ()
        return [
            row
            for row in self.facts.closed
            if matches_service(row, self.filter, self._filter_context)
        ]

    @property
    def _filter_context(self) -> FilterContext:
        return (
            self.measured.filter_context
            if self.filter.asks_opds and self.measured
            else self.facts.name_context
        )

    def filtered_opds(self) -> Sequence[OPDFigures]:
        """Return the OPDs that match the filter, or have a service that does.

        Those without services come last; they have no figures.
        """
        if self.measured is None:
            return ()
        measured = (*self.measured.figures.opds, *self.measured.bare)
        # The figures may be of a register before this one.
        every = [opd for opd in measured if opd.key in self.register.opds]
        if not self.filter:
            return every
        offering = {row.opd.id for row in self.filtered_services()}
        return [
            opd
            for opd in every
            if opd.key in offering or self._matches_itself(opd.key)
        ]

    def _matches_itself(self, opd: str) -> bool:
        """Return whether an OPD matches by itself; a stage or a tag only its services can have."""
        if self.filter.asks_services or self.measured is None:
            return False
        return matches_opd(
            self.register.opds[opd],
            self.filter,
            self.measured.filter_context,
        )
