"""A register begun from a catalogue: the OPDs, services and applications of a city, without its history.

Other cities may duplicate what one city does: a catalogue that ships, or any export, gives the services,
registered at the counter today, or as of an earlier day.
"""

import os
from collections.abc import Iterator
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from tracker.actions.draft import Context
from tracker.errors import ProblemList, Rejected
from tracker.exchange.apply.action import ImportFacts, Incoming
from tracker.exchange.apply.services import UNKNOWN
from tracker.exchange.loading import load_export
from tracker.exchange.options import ImportOptions
from tracker.exchange.parsing.records import Record
from tracker.exchange.parsing.values import Reader
from tracker.exchange.problems import RowLocation
from tracker.exchange.reading.csv_file import named_rows
from tracker.history import is_active, opd_at
from tracker.limits import EARLIEST
from tracker.model import OPD, Application, Kind, Service
from tracker.paths import typed_path
from tracker.register import Register

_COMMON = ("kind", "name", "service", "tags")


def catalogues() -> list[str]:
    """Return the names of the catalogues that ship with the program."""
    return sorted(
        item.name
        for item in files("data").iterdir()
        if item.is_dir() and (item / "opds.csv").is_file()
    )


def catalogue_rows(name: str, file: str) -> list[dict[str, str]]:
    """Return the rows of one file of a catalogue that ships."""
    with as_file(files("data") / name) as folder:
        return [row for _, row in named_rows(folder / f"{file}.csv")[1]]


def load_catalogue(
    name_or_path: str, context: Context, as_of: date | None = None
) -> ImportFacts:
    """Return the action that enters a catalogue: one that ships, by name, or any export, by its path.

    Its services are registered as of a day, today unless given: no move can be dated before.
    Closed services and retired OPDs stay behind, and so do volumes, owners and contacts: they are
    another city's. Raises ``Rejected`` where there is none, ``ProblemList`` with all that is wrong in it.
    """
    day = _registration(as_of, context)
    if name_or_path.strip().lower() in catalogues():
        with as_file(files("data") / name_or_path.strip().lower()) as folder:
            return _catalogue(folder, context, day)
    path = typed_path(name_or_path)
    if not os.path.exists(path):
        raise Rejected(
            "There is no catalogue “{value}”: name a file, a folder or one of {names}.",
            value=name_or_path,
            names=", ".join(catalogues()),
        )
    return _catalogue(path, context, day)


def _registration(as_of: date | None, context: Context) -> date:
    day = as_of or context.today
    if day > context.today:
        raise Rejected(
            "{day} is still to come; enter what has happened.", day=day
        )
    if day < EARLIEST:
        raise Rejected(
            "The date {value} is out of reach: write one from 1945 to 2199.",
            value=str(day),
        )
    return day


def _catalogue(path: Path, context: Context, day: date) -> ImportFacts:
    register = load_export(path, context, {"stage": UNKNOWN})
    records = [
        *_opds(register, path),
        *_applications(register, path),
        *_services(register, path, context),
    ]
    common = path / "common.csv"
    if common.is_file():
        opds = [opd for opd in register.opds.values() if opd.retired_on is None]
        records.extend(_common(common, opds))
    for record in records:
        if record.kind == "services":
            record.values["registered_on"] = day
    return ImportFacts(Incoming(records), ImportOptions(), {"stage": UNKNOWN})


def _opds(register: Register, path: Path) -> Iterator[Record]:
    for opd in register.opds.values():
        if opd.retired_on is None:
            values = {
                "code": opd.code,
                "name": opd.name,
                "kind": opd.kind,
                "aliases": opd.aliases,
            }
            yield _record("opds", path, values)


def _applications(register: Register, path: Path) -> Iterator[Record]:
    for application in register.applications.values():
        if application.retired_on is None:
            yield _record(
                "applications", path, _of_application(register, application)
            )


def _of_application(
    register: Register, application: Application
) -> dict[str, Any]:
    opd = register.opds.get(application.opd or "")
    return {
        "application": application.code,
        "name": application.name,
        "url": application.url,
        "opd": opd.code if opd and opd.retired_on is None else "",
    }


def _services(
    register: Register, path: Path, context: Context
) -> Iterator[Record]:
    for service in register.services.values():
        opd = register.opds[opd_at(register, service, context.today)]
        if (
            is_active(register, service, context.today)
            and opd.retired_on is None
        ):
            values = _of_service(register, service, opd)
            if service.recorded_at == context.now and not service.assumed:
                # Written into the catalogue by hand: an export's rows tell when they were
                # recorded, and their stage is another city's.
                values["stage"] = service.stage
            yield _record("services", path, values)


def _of_service(
    register: Register, service: Service, opd: OPD
) -> dict[str, Any]:
    application = register.applications.get(service.application or "")
    return {
        "service": service.code,
        "opd": opd.code,
        "name": service.name,
        "visits": service.visits,
        "days": service.days,
        "tags": service.tags,
        "application": application.code
        if application and application.retired_on is None
        else "",
    }


def _common(path: Path, opds: list[OPD]) -> Iterator[Record]:
    """Return the services that every OPD of a kind offers alike, each with its own code."""
    (titles, rows), reader = named_rows(path), Reader()
    missing = [name for name in _COMMON if name not in titles]
    if missing:
        raise Rejected(
            "{file} lacks the columns {columns}.",
            file=path.name,
            columns=", ".join(missing),
        )
    problems: list[Rejected] = []
    for number, said in rows:
        try:
            kind = reader.kind(said.get("kind"))
        except Rejected as error:
            problems.append(
                Rejected(
                    error.msgid,
                    file=path.name,
                    row=number,
                    column="kind",
                    **error.values,
                )
            )
            continue
        yield from _for_each(
            opds, kind, said, reader, RowLocation(path.name, number)
        )
    if problems:
        raise ProblemList(problems)


def _for_each(
    opds: list[OPD],
    kind: Kind,
    said: dict[str, str],
    reader: Reader,
    place: RowLocation,
) -> Iterator[Record]:
    for opd in opds:
        if opd.kind is kind:
            values = {
                "service": f"{opd.code}-{reader.code(said.get('service'))}",
                "opd": opd.code,
                "name": reader.text(said.get("name")),
                "tags": reader.items(said.get("tags")),
            }
            yield Record("services", place, values, {})


def _record(kind: str, path: Path, values: dict[str, Any]) -> Record:
    told = {
        name: value
        for name, value in values.items()
        if value not in (None, "", ())
    }
    return Record(kind, RowLocation(path.name), told, {})
