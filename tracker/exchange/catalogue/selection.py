"""What of a register goes into a catalogue, as rows by column name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from tracker.actions.kinds import find_own_kind
from tracker.errors import UsageError
from tracker.exchange.catalogue.placeholders import (
    fill_placeholders,
    put_placeholders,
)
from tracker.history import is_active, opd_at
from tracker.lookup import find_application
from tracker.model import OPD, Application, City, Kind, Service
from tracker.register import Register

Row = dict[str, Any]

COLUMNS = {
    "opds": ("code", "name", "kind", "aliases"),
    "applications": ("application", "name", "opd", "url"),
    "services": (
        "service",
        "opd",
        "name",
        "application",
        "tags",
        "family",
        "volume",
        "visits",
        "days",
        "owner",
    ),
}
"""The columns of a catalogue: none that is dated, and none that names who recorded it."""

DETAILS = {
    "volumes": "volume",
    "visits": "visits",
    "days": "days",
    "owners": "owner",
}
"""What differs from city to city, and so travels only if asked for; the column of each."""

EVERY_APPLICATION = "*"


@dataclass(frozen=True)
class Selection:
    """What a catalogue leaves out, and which details it holds besides names."""

    without_kinds: frozenset[str] = frozenset()
    """Kinds of OPD, in the words of the city that the catalogue is of."""
    without_applications: tuple[str, ...] = ()
    """Codes or names; ``*`` for all. Their services stay, without an application."""
    details: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        unknown = sorted(self.details - DETAILS.keys())
        if unknown:
            raise UsageError(
                "“{value}” is no part of a catalogue: choose from {names}.",
                value=unknown[0],
                names=", ".join(DETAILS),
            )


EVERYTHING = Selection(details=frozenset(DETAILS))


def select_rows(
    register: Register,
    selection: Selection,
    day: date,
) -> dict[str, list[Row]]:
    """Return the rows of a catalogue of how a city stands on ``day``, by kind of row.

    Dissolved OPDs, closed services and applications switched off are left out.
    Raises ``Rejected`` if a kind or an application to leave out is unknown.
    """
    city = register.only_city
    kinds = {find_own_kind(city, word) for word in selection.without_kinds}
    opds = {
        opd.id: opd
        for opd in register.opds.values()
        if opd.retired_on is None and opd.kind not in kinds
    }
    excluded = _excluded_applications(register, selection)
    applications = {
        application.id: application
        for application in register.applications.values()
        if application.retired_on is None and application.id not in excluded
    }
    return {
        "opds": [_opd_row(opd) for opd in opds.values()],
        "applications": [
            _application_row(application, opds)
            for application in applications.values()
        ],
        "services": list(
            _service_rows(register, opds, applications, selection, day),
        ),
    }


def _excluded_applications(
    register: Register,
    selection: Selection,
) -> set[str]:
    if EVERY_APPLICATION in selection.without_applications:
        return set(register.applications)
    return {
        find_application(register, text).id
        for text in selection.without_applications
    }


def _opd_row(opd: OPD) -> Row:
    return {
        "code": opd.code,
        "name": opd.name,
        "kind": opd.kind,
        "aliases": opd.aliases,
    }


def _application_row(application: Application, opds: dict[str, OPD]) -> Row:
    opd = opds.get(application.opd or "")
    return {
        "application": application.code,
        "name": application.name,
        "opd": opd.code if opd else None,
        "url": application.url,
    }


def _service_rows(
    register: Register,
    opds: dict[str, OPD],
    applications: dict[str, Application],
    selection: Selection,
    day: date,
) -> Iterator[Row]:
    for service in register.services.values():
        opd = opds.get(opd_at(register, service, day))
        if opd is None or not is_active(register, service, day):
            continue
        row = _service_row(service, opd, applications)
        for detail, column in DETAILS.items():
            if detail not in selection.details:
                row[column] = None
        yield row


def _service_row(
    service: Service,
    opd: OPD,
    applications: dict[str, Application],
) -> Row:
    application = applications.get(service.application or "")
    return {
        "service": service.code,
        "opd": opd.code,
        "name": service.name,
        "application": application.code if application else None,
        "tags": service.tags,
        "family": service.family,
        "volume": service.volume,
        "visits": service.visits,
        "days": service.days,
        "owner": service.owner,
    }


def share_names(rows: dict[str, list[Row]], city: City) -> None:
    """Put placeholders where names hold the city's own name or its portal's.

    The names of districts and wards stay: ``Kecamatan Bandung Kidul`` is not called
    after whatever city begins from the catalogue.
    """
    for row in (row for kind in rows.values() for row in kind):
        if row.get("kind") not in (Kind.KECAMATAN, Kind.KELURAHAN):
            _change_names(row, _for_city(put_placeholders, city))


def fill_names(rows: dict[str, list[Row]], city: City) -> None:
    """Fill the placeholders in the names for a city."""
    for row in (row for kind in rows.values() for row in kind):
        _change_names(row, _for_city(fill_placeholders, city))


def _for_city(change: Callable[..., str], city: City) -> Callable[[str], str]:
    return partial(change, city=city.name, portal=city.portal)


def _change_names(row: Row, change: Callable[[str], str]) -> None:
    for column in ("name", "family"):
        if row.get(column):
            row[column] = change(row[column])
    if row.get("aliases"):
        row["aliases"] = tuple(map(change, row["aliases"]))
