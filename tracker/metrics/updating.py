"""A week's reading brought up to date after a change: what the touched services add is exchanged.

Each part of a reading adds up what single services contribute to it. So the services
that a change touched are read twice, as they were and as they are, and the difference
is applied; all others are not looked at. A scope that nothing changed keeps the very
objects that it had, by which is known that its figures still hold.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import date
from typing import TypeVar

from tracker.metrics.point_in_time import ServiceAt, service_at
from tracker.metrics.reporting import find_heard, week_of_report
from tracker.metrics.series import (
    Crossings,
    build_series,
    find_all_crossings,
    list_weeks,
)
from tracker.metrics.stage_times import Stay, find_stays
from tracker.metrics.values import Series
from tracker.model import Report, Service
from tracker.register import Register, find_changed_keys
from tracker.week import Week

T = TypeVar("T")
Counts = dict[str, Counter[T]]
"""How many of each kind every scope has; OPDs under their keys."""
Contributions = Callable[[Register, Service], Iterable[tuple[str, T]]]
"""What a service adds to which scopes, one by one."""


class Update:
    """The change from one register to another, as a reading of ``week`` is brought up to date."""

    def __init__(
        self,
        before: Register,
        after: Register,
        touched: Set[str],
        week: Week,
        today: date,
    ) -> None:
        self.before = before
        self.after = after
        self.touched = touched
        self.week = week
        self.today = today
        self.day = week.as_of(today)

    def update_crossings(
        self,
        counts: Mapping[str, Crossings],
    ) -> dict[str, Crossings]:
        """Return the crossings of the city and of each OPD that the register has now."""
        found = _apply_difference(
            counts,
            self._find_difference(self._crossings),
        )
        if self.before.opds is self.after.opds:
            return found
        scopes = ("city", *self.after.opds)
        return {
            scope: found[scope] if scope in found else Counter()
            for scope in scopes
        }

    def update_series(
        self,
        series: Mapping[str, Series],
        before: Mapping[str, Crossings],
        after: Mapping[str, Crossings],
    ) -> dict[str, Series]:
        """Return the series; built anew where crossings have changed, or all if the weeks have.

        So are all if the opening was closed.
        """
        weeks = self._update_weeks(series["city"].weeks)
        in_opening = self.after.only_city.in_opening
        return {
            scope: series[scope]
            if counts is before.get(scope)
            and weeks is series[scope].weeks
            and in_opening is series[scope].in_opening
            else build_series(counts, weeks, in_opening=in_opening)
            for scope, counts in after.items()
        }

    def update_stays(self, counts: Counts[Stay]) -> Counts[Stay]:
        """Return the stays of the city and of each OPD that has any."""
        return _apply_difference(counts, self._find_difference(self._stays))

    def update_heard(self, counts: Counts[int]) -> Counts[int]:
        """Return in which weeks each OPD was heard from."""
        difference = self._find_difference(self._heard)
        then, now = self.before.reports, self.after.reports
        for key in find_changed_keys(then, now):
            if key in then:
                difference[_name_report(then[key])] -= 1
            if key in now:
                difference[_name_report(now[key])] += 1
        return _apply_difference(counts, difference)

    def update_services(
        self,
        services: Mapping[str, ServiceAt],
    ) -> dict[str, ServiceAt]:
        """Return the active services by key, in the order of the register."""
        found = dict(services)
        for key in self.touched:
            service = self.after.services.get(key)
            at = (
                None
                if service is None
                else service_at(self.after, service, self.day)
            )
            if at is None:
                found.pop(key, None)
            else:
                found[key] = at
        if found.keys() <= services.keys():
            return found
        order = self.after.services
        return {key: found[key] for key in order if key in found}

    def update_services_of(
        self,
        services_of: Mapping[str, list[ServiceAt]],
        before: Mapping[str, ServiceAt],
        after: Mapping[str, ServiceAt],
    ) -> dict[str, list[ServiceAt]]:
        """Return the active services of each OPD; of one that a touched service is or was in, anew."""
        changed: dict[str, list[ServiceAt]] = {
            services[key].opd: []
            for services in (before, after)
            for key in self.touched
            if key in services
        }
        if not changed:
            return dict(services_of)
        for at in after.values():
            if at.opd in changed:
                changed[at.opd].append(at)

        found = {**services_of, **changed}
        return {opd: services for opd, services in found.items() if services}

    def _update_weeks(self, weeks: list[Week]) -> list[Week]:
        if self.before.services is self.after.services:
            return weeks
        now = list_weeks(self.after, self.week, self.today)
        return weeks if now == weeks else now

    def _find_difference(
        self,
        contribute: Contributions[T],
    ) -> Counter[tuple[str, T]]:
        """Count what the touched services add now and did not before; negative the other way round."""
        difference: Counter[tuple[str, T]] = Counter()
        for key in self.touched:
            if key in self.before.services:
                service = self.before.services[key]
                difference.subtract(contribute(self.before, service))
            if key in self.after.services:
                service = self.after.services[key]
                difference.update(contribute(self.after, service))
        return difference

    def _crossings(
        self,
        register: Register,
        service: Service,
    ) -> Iterator[tuple[str, int]]:
        last = self.day.toordinal()
        for scope, crossings in find_all_crossings(register, service, last):
            for crossing in crossings:
                yield scope, crossing

    def _stays(
        self,
        register: Register,
        service: Service,
    ) -> Iterator[tuple[str, Stay]]:
        for opd, stay in find_stays(register, service, self.day):
            yield opd, stay
            yield "city", stay

    def _heard(
        self,
        register: Register,
        service: Service,
    ) -> list[tuple[str, int]]:
        return find_heard(register, service, self.day)


def _name_report(report: Report) -> tuple[str, int]:
    return report.opd, week_of_report(report)


def _apply_difference(
    counts: Mapping[str, Counter[T]],
    difference: Counter[tuple[str, T]],
) -> dict[str, Counter[T]]:
    """Return the counts of every scope; of one that does not differ, the same object."""
    after: dict[str, Counter[T]] = dict(counts)
    for (scope, kind), change in difference.items():
        if not change:
            continue
        if after.get(scope) is counts.get(scope):
            after[scope] = Counter(counts.get(scope))
        counter = after[scope]
        counter[kind] += change
        if not counter[kind]:
            del counter[kind]
    return after
