"""A week of a register, read once: what the figures, the page and the screens share."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from tracker.metrics.flow import Movement, find_movements_in_week
from tracker.metrics.membership import opds_of
from tracker.metrics.point_in_time import ServiceAt, services_at
from tracker.metrics.reporting import heard_weeks
from tracker.metrics.series import read_all_series, read_scope_series
from tracker.metrics.stage_times import Stay, stays_at
from tracker.metrics.targets import measure_targets
from tracker.metrics.values import CITY, Deadline, Scope, Series
from tracker.model import City
from tracker.register import Register
from tracker.week import Week, last_complete


class OfOPD(Protocol):
    """What belongs to an OPD; ``opd`` is its key."""

    @property
    def opd(self) -> str:
        """The OPD's key."""


T = TypeVar("T", bound=OfOPD)


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
    def series(self) -> dict[str, Series]:
        """Each OPD week by week, under its key, and all together, under ``city``."""
        return read_all_series(self.register, self.week, self.today)

    @cached_property
    def services(self) -> list[ServiceAt]:
        """The city's active services as they stand."""
        return services_at(self.register, self.day)

    @cached_property
    def services_of(self) -> dict[str, list[ServiceAt]]:
        """The active services by the key of their OPD."""
        return group_by_opd(self.services)

    @cached_property
    def stays(self) -> list[Stay]:
        """The stays of the city's services in the stages short of integrated."""
        return stays_at(self.register, self.day)

    @cached_property
    def movements(self) -> list[Movement]:
        """The moves that counted in the week, by day and then as recorded."""
        return find_movements_in_week(self.register, self.week, self.today)

    @cached_property
    def heard(self) -> dict[str, set[int]]:
        """The weeks, as ordinals, in which each OPD was heard from, by its key."""
        return heard_weeks(self.register, self.day)

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The city's targets by deadline, the earliest first."""
        return measure_targets(
            self.register, self.services, self.day, self.rates_week
        )

    @cached_property
    def method_breaks(self) -> frozenset[Week]:
        """The weeks of the milestones that changed what is counted."""
        return frozenset(
            Week.of(milestone.on)
            for milestone in self.register.milestones.values()
            if milestone.method_break
        )

    def rates_position(self, series: Series) -> int:
        """Return the position of the rates week in a series; negative if it is before it."""
        return series.position_of(self.rates_week)


@dataclass(frozen=True)
class ScopeReading:
    """One scope of a week's reading: what its figures are computed from."""

    scope: Scope
    week: WeekReading
    series: Series
    services: list[ServiceAt]
    stays: list[Stay]

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
        start = self.series.start
        return None if start is None else self.series.weeks[start].sunday


def read_city(week: WeekReading) -> ScopeReading:
    """Return the whole city of a week's reading."""
    return ScopeReading(
        CITY, week, week.series["city"], week.services, week.stays
    )


def read_opds(week: WeekReading) -> dict[str, ScopeReading]:
    """Return, by key, the OPDs of a week's reading that ever had a service."""
    stays_of = group_by_opd(week.stays)
    return {
        key: ScopeReading(
            scope=Scope("opd", key),
            week=week,
            series=week.series[key],
            services=week.services_of.get(key, []),
            stays=stays_of.get(key, []),
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
    if opds is None:
        services = services_at(register, week.day, scope)
        stays = stays_at(register, week.day, scope)
    else:
        # Such a scope can hold every service, and all of them are read already.
        services = [at for at in week.services if at.opd in opds]
        stays = [stay for stay in week.stays if stay.opd in opds]
    return ScopeReading(
        scope=scope,
        week=week,
        series=read_scope_series(register, scope, week.week, week.today),
        services=services,
        stays=stays,
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
