"""Families: the same service of many OPDs, under one name (METRICS.md, "Families").

A family is proposed where the folded names of services are equal, and becomes one when
the coordinator confirms it: two services of one name may still be different.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tracker.history import is_active, opd_at
from tracker.model import Service
from tracker.register import Register
from tracker.text import normalize_name


class Family(NamedTuple):
    """A family's name and its services, by code."""

    name: str
    services: tuple[Service, ...]


def list_families(register: Register, day: date) -> list[Family]:
    """Return the families of the services active on ``day``, by name."""
    members: dict[str, list[Service]] = defaultdict(list)
    for service in register.services.values():
        if service.family and is_active(register, service, day):
            members[service.family].append(service)
    return [_family(name, members[name]) for name in sorted(members)]


def propose_families(register: Register, day: date) -> list[Family]:
    """Return the services of equal folded names in two OPDs or more that lack a family.

    If some of them carry a family already, the others are proposed for it.
    """
    alike: dict[str, list[Service]] = defaultdict(list)
    for service in register.services.values():
        if is_active(register, service, day):
            alike[normalize_name(service.name)].append(service)

    found = []
    for services in alike.values():
        opds = {opd_at(register, service, day) for service in services}
        lacking = [service for service in services if not service.family]
        if len(opds) > 1 and lacking:
            found.append(_family(_common_name(services), lacking))
    return sorted(found)


def _common_name(services: Iterable[Service]) -> str:
    """Return the family that most of the services carry, else their commonest name."""
    services = list(services)
    families = [service.family for service in services if service.family]
    names = Counter(families or [service.name for service in services])
    return min(names, key=lambda name: (-names[name], name))


def _family(name: str, services: Iterable[Service]) -> Family:
    return Family(
        name,
        tuple(sorted(services, key=lambda service: service.code)),
    )


def spelled_like(register: Register, name: str) -> str:
    """Return the spelling that a family of this folded name already has, else ``name``.

    Families are told apart by their names as written, so that two spellings of one
    name would count it twice.
    """
    folded = normalize_name(name)
    for service in register.services.values():
        if service.family and normalize_name(service.family) == folded:
            return service.family
    return name
