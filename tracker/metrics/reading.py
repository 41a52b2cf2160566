"""A week of a register, read once: what the figures, the page and the screens share."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

from msgspec import Struct

from tracker.metrics.flow import Movement, find_movements_in_week
from tracker.metrics.membership import opds_of
from tracker.metrics.point_in_time import ServiceAt, services_at
from tracker.metrics.reporting import Heard, heard_weeks
from tracker.metrics.series import (
    Crossings,
    add_crossings,
    build_series,
    count_all_crossings,
    list_weeks,
    read_scope_series,
)
from tracker.metrics.stage_times import Stays, add_stays, count_stays
from tracker.metrics.targets import count_registered_met, measure_targets
from tracker.metrics.updating import Update
from tracker.metrics.values import (
    CITY,
    Deadline,
    OPDFigures,
    Scope,
    Series,
)
from tracker.model import City, Stage
from tracker.register import Register
from tracker.week import Week, last_complete


class OfOPD(Protocol):
    """What belongs to an OPD; ``opd`` is its key."""

    @property
    def opd(self) -> str:
        """The OPD's key."""


T = TypeVar("T", bound=OfOPD)

_NO_SERVICES: list[ServiceAt] = []
_NO_STAYS = Stays()
"""One object for all OPDs without any, so that they are seen to be unchanged."""


@dataclass(frozen=True)
class WeekReading:
    """A register read as of a week; each part is computed when first asked for.

    A running week is read as of ``today``.
    """

    register: Register
    week: Week
    today: date

    @property
    def day(self) -> date:
        """The day as of which the week is read."""
        return self.week.as_of(self.today)

    @property
    def is_complete(self) -> bool:
        """Whether the week is over."""
        return self.week.is_complete(self.today)

    @property
    def rates_week(self) -> Week:
        """The last complete week at or before this one, of the rates and the forecast."""
        return last_complete(self.week, self.today)

    @property
    def city(self) -> City:
        """The city and its settings."""
        return self.register.only_city

    @cached_property
    def crossings(self) -> dict[str, Crossings]:
        """The crossings of each OPD, under its key, and of all together, under ``city``."""
        return count_all_crossings(self.register, self.day)

    @cached_property
    def series(self) -> dict[str, Series]:
        """Each OPD week by week, under its key, and all together, under ``city``."""
        weeks = list_weeks(self.register, self.week, self.today)
        return {
            scope: build_series(
                crossings,
                weeks,
                in_opening=self.city.in_opening,
            )
            for scope, crossings in self.crossings.items()
        }

    @cached_property
    def service_of(self) -> dict[str, ServiceAt]:
        """The city's active services as they stand, by key."""
        return {
            at.service.id: at for at in services_at(self.register, self.day)
        }

    @cached_property
    def services(self) -> list[ServiceAt]:
        """The city's active services as they stand."""
        return list(self.service_of.values())

    @cached_property
    def services_of(self) -> dict[str, list[ServiceAt]]:
        """The active services by the key of their OPD."""
        return group_by_opd(self.services)

    @cached_property
    def stays(self) -> dict[str, Stays]:
        """The stays in the stages short of integrated, of each OPD and under ``city`` of all."""
        stays = count_stays(self.register, self.day)
        return {"city": add_stays(stays.values()), **stays}

    @cached_property
    def movements(self) -> list[Movement]:
        """The moves that counted in the week, by day and then as recorded."""
        return find_movements_in_week(self.register, self.week, self.today)

    @cached_property
    def heard(self) -> dict[str, Heard]:
        """The weeks, as ordinals, in which each OPD was heard from, by its key."""
        return heard_weeks(self.register, self.day)

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The city's targets by deadline, the earliest first."""
        return measure_targets(
            self.register,
            self.services,
            self.day,
            self.rates_week,
        )

    @cached_property
    def registered_met(self) -> Mapping[tuple[date, Stage], int]:
        """The targets met already when their services were registered, within the pace of 13 weeks."""
        return count_registered_met(
            self.register,
            self.services,
            self.rates_week,
        )

    @cached_property
    def method_breaks(self) -> frozenset[Week]:
        """The weeks of the milestones that changed what is counted."""
        return frozenset(
            Week.of(milestone.on)
            for milestone in self.register.milestones.values()
            if milestone.method_break
        )

    @cached_property
    def measured(self) -> "dict[str, MeasuredOPD]":
        """The figures of OPDs that were worked out, here or in a reading before this one, by key."""
        return {}

    def with_register(
        self,
        register: Register,
        touched: Set[str],
    ) -> "WeekReading":
        """Return the same week of another register, of which only ``touched`` services differ.

        What was read of this one is brought up to date, not read anew.
        """
        after = WeekReading(register, self.week, self.today)
        # As of one moment: a thread may be working out more of this reading.
        known = frozenset(vars(self))
        update = Update(self.register, register, touched, self.week, self.today)
        kept: dict[str, Any] = {"measured": self.measured}
        if self.register.milestones is register.milestones:
            kept["method_breaks"] = self.method_breaks
        if "crossings" in known:
            kept["crossings"] = update.update_crossings(self.crossings)
        if "series" in known:
            kept["series"] = update.update_series(
                self.series,
                self.crossings,
                kept["crossings"],
            )
        if "service_of" in known:
            kept["service_of"] = update.update_services(self.service_of)
        if "services_of" in known:
            kept["services_of"] = update.update_services_of(
                self.services_of,
                self.service_of,
                kept["service_of"],
            )
        if "stays" in known:
            kept["stays"] = update.update_stays(self.stays)
        if "heard" in known:
            kept["heard"] = update.update_heard(self.heard)
        vars(after).update(kept)
        return after

    def rates_position(self, series: Series) -> int:
        """Return the position of the rates week in a series; negative if it is before it."""
        return series.position_of(self.rates_week)


class MeasuredOPD(NamedTuple):
    """The figures of an OPD and the objects that they were worked out from.

    While those are the very same, the figures hold.
    """

    rests_on: tuple[object, ...]
    figures: OPDFigures


class ScopeReading(Struct, frozen=True):
    """One scope of a week's reading: what its figures are computed from."""

    scope: Scope
    week: WeekReading
    series: Series
    services: list[ServiceAt]
    stays: Stays

    @property
    def position(self) -> int:
        """The position of the week in the series; -1 if the series has none."""
        return len(self.series.weeks) - 1

    @property
    def rates_position(self) -> int:
        """The position of the rates week in the series."""
        return self.week.rates_position(self.series)

    @property
    def first_sunday(self) -> date | None:
        """The end of the week in which the scope's history starts."""
        start = self.series.history_start
        return None if start is None else self.series.weeks[start].sunday


def read_city(week: WeekReading) -> ScopeReading:
    """Return the whole city of a week's reading."""
    return ScopeReading(
        CITY,
        week,
        week.series["city"],
        week.services,
        week.stays["city"],
    )


def read_opds(week: WeekReading) -> dict[str, ScopeReading]:
    """Return, by key, the OPDs of a week's reading that ever had a service."""
    return {
        key: ScopeReading(
            scope=Scope("opd", key),
            week=week,
            series=week.series[key],
            services=week.services_of.get(key, _NO_SERVICES),
            stays=week.stays.get(key, _NO_STAYS),
        )
        for key in week.register.opds
        if week.series[key].start is not None
    }


def read_scope(week: WeekReading, scope: Scope) -> ScopeReading:
    """Return one scope of a week's reading, whatever it is."""
    if scope == CITY:
        return read_city(week)
    register = week.register
    opds = opds_of(register, scope)
    if opds is not None:
        return _read_opds_together(week, scope, opds)
    return ScopeReading(
        scope=scope,
        week=week,
        series=read_scope_series(register, scope, week.week, week.today),
        services=services_at(register, week.day, scope),
        stays=add_stays(count_stays(register, week.day, scope).values()),
    )


def _read_opds_together(
    week: WeekReading,
    scope: Scope,
    opds: Collection[str],
) -> ScopeReading:
    """Return the scope of some OPDs: it can hold every service, and all of them are read already."""
    crossings = add_crossings(week.register, week.crossings, opds, week.day)
    return ScopeReading(
        scope=scope,
        week=week,
        series=build_series(
            crossings,
            week.series["city"].weeks,
            in_opening=week.city.in_opening,
        ),
        services=[at for at in week.services if at.opd in opds],
        stays=add_stays(week.stays.get(opd, _NO_STAYS) for opd in opds),
    )


def group_by_opd(items: Iterable[T]) -> dict[str, list[T]]:
    """Return what belongs to each OPD, by its key."""
    found: dict[str, list[T]] = defaultdict(list)
    for item in items:
        found[item.opd].append(item)
    return dict(found)


def parts_of(scope: Scope, week: WeekReading) -> list[Series]:
    """Return the series of the OPDs that make up a scope: of the city or a kind."""
    if scope.what == "city":
        keys: Iterable[str] = week.register.opds
    elif scope.what == "kind":
        keys = opds_of(week.register, scope) or ()
    else:
        return []
    return [week.series[key] for key in keys]
