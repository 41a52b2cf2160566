"""When a service was in a scope: offered by which OPD, open on which days (METRICS.md, "A service at date d").

Days are ordinals here (``date.toordinal``), since the whole history is walked for every figure.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tracker.metrics.values import Scope
from tracker.model import Closure, Service, Transfer
from tracker.register import Register

FOREVER = date.max.toordinal() + 1


class Spell(NamedTuple):
    """Days in a row on which a service was active in one OPD; ``end`` is the first day after them."""

    opd: str
    start: int
    end: int


def services_of(register: Register, scope: Scope) -> Iterable[Service]:
    """Return the services that a scope can hold: a tag, an application or a set chooses among services."""
    services = register.services.values()
    if scope.what == "services":
        return [service for service in services if service.id in scope.services]
    if scope.what == "tag":
        return [service for service in services if scope.key in service.tags]
    if scope.what == "app":
        return [
            service for service in services if service.application == scope.key
        ]
    return services


def opds_of(register: Register, scope: Scope) -> Collection[str] | None:
    """Return the OPDs in which a service is in the scope; None where it is in any."""
    if scope.what == "opd":
        return {scope.key}
    if scope.what == "kind":
        return {
            opd.id for opd in register.opds.values() if opd.kind == scope.key
        }
    return None


def stays_in_place(register: Register, service: Service) -> bool:
    """Return whether a service is neither transferred nor closed, ever: so are most."""
    return (
        service.id not in register.transfers_of
        and service.id not in register.closures_of
    )


def find_spells(register: Register, service: Service) -> list[Spell]:
    """Return where a service was active from its registration on, by time."""
    start = service.registered_on.toordinal()
    if stays_in_place(register, service):
        return [Spell(service.opd, start, FOREVER)]

    transfers = register.transfers_of.get(service.id, ())
    closures = register.closures_of.get(service.id, ())
    found: list[Spell] = []
    for owner in _find_owners(service.opd, start, transfers):
        for opened, closed in _find_open_spans(start, closures):
            first = max(owner.start, opened)
            end = min(owner.end, closed)
            if first < end:
                found.append(Spell(owner.opd, first, end))
    return found


def find_boundaries(
    spells: Iterable[Spell],
    opds: Collection[str] | None = None,
) -> list[int]:
    """Return the days on which a service entered and left a scope in turn, closed by ``FOREVER``.

    Passing from one OPD of the scope to another is neither.
    """
    days: list[int] = []
    for spell in spells:
        if opds is not None and spell.opd not in opds:
            continue
        if days and days[-1] == spell.start:
            days[-1] = spell.end
        else:
            days += (spell.start, spell.end)

    return [*days, FOREVER]


def _find_owners(
    opd: str,
    start: int,
    transfers: Sequence[Transfer],
) -> list[Spell]:
    """Return which OPD had the service when; of several transfers on a day the last counts."""
    owners = {start: opd}
    for transfer in transfers:
        owners[max(start, transfer.on.toordinal())] = transfer.opd

    spells: list[Spell] = []
    for day, owner in sorted(owners.items()):
        if spells and spells[-1].opd == owner:
            continue
        if spells:
            spells[-1] = spells[-1]._replace(end=day)
        spells.append(Spell(owner, day, FOREVER))
    return spells


def _find_open_spans(
    start: int,
    closures: Sequence[Closure],
) -> list[tuple[int, int]]:
    """Return the spans of days in which the service was open."""
    spans = []
    opened = start
    for closure in closures:
        spans.append((opened, closure.start.toordinal()))
        until = FOREVER if closure.until is None else closure.until.toordinal()
        opened = max(opened, until)
    return [*spans, (opened, FOREVER)]
