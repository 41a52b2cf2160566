"""A register begun from a catalogue, or from another city's register or export.

Other cities may duplicate what one city does. Whatever the source, its services are
registered without their history; their stage is assumed until somebody tells it.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from tracker.actions.draft import Context
from tracker.errors import Rejected
from tracker.exchange.apply.action import ImportFacts, Incoming
from tracker.exchange.apply.services import UNKNOWN
from tracker.exchange.catalogue.common import read_common_services
from tracker.exchange.catalogue.placeholders import split_city_name
from tracker.exchange.catalogue.selection import (
    EVERYTHING,
    Row,
    Selection,
    fill_names,
    select_rows,
)
from tracker.exchange.catalogue.shipped import list_catalogues
from tracker.exchange.loading import load_register
from tracker.exchange.options import ImportOptions
from tracker.exchange.parsing.records import Record
from tracker.exchange.problems import RowLocation
from tracker.limits import EARLIEST
from tracker.model import City
from tracker.paths import typed_path
from tracker.register import Register
from tracker.text import slugify


def load_catalogue(
    name_or_path: str,
    city: City,
    context: Context,
    as_of: date | None = None,
    selection: Selection | None = None,
) -> ImportFacts:
    """Return the action that enters a catalogue for ``city``.

    The catalogue is one that ships, by name, or by path a catalogue, a register or an
    export. Services are registered as of a day, today unless given: no move can be
    dated before. Of a register or an export, volumes, visits, days and owners stay
    behind unless selected: they are another city's. Raises ``Rejected`` if there is no
    such catalogue, ``ProblemList`` with all that is wrong in it.
    """
    day = _check_day(as_of or context.today, context)
    with ExitStack() as stack:
        path = _find_source(name_or_path, stack)
        rows = _read_rows(path, context, selection or Selection())
    fill_names(rows, city)
    _drop_addresses(rows["applications"], path.stem, city)
    for row in rows["services"]:
        row["registered_on"] = day
    records = list(_make_records(rows, path.name))
    return ImportFacts(Incoming(records), ImportOptions(), {"stage": UNKNOWN})


def _check_day(day: date, context: Context) -> date:
    if day > context.today:
        raise Rejected(
            "{day} is still to come; enter what has happened.",
            day=day,
        )
    if day < EARLIEST:
        raise Rejected(
            "The date {value} is out of reach: write one from 17 August 1945 to 31 December 2199.",
            value=str(day),
        )
    return day


def _find_source(name_or_path: str, stack: ExitStack) -> Path:
    name = name_or_path.strip().lower()
    if name in list_catalogues():
        return stack.enter_context(as_file(files("data") / name))
    path = typed_path(name_or_path)
    if not os.path.exists(path):
        raise Rejected(
            "There is no catalogue “{value}”: name a file, a folder or one of {names}.",
            value=name_or_path,
            names=", ".join(list_catalogues()),
        )
    return path


def _read_rows(
    path: Path,
    context: Context,
    selection: Selection,
) -> dict[str, list[Row]]:
    register = load_register(path, context, {"stage": UNKNOWN})
    # The rows of a catalogue do not say when they were recorded.
    facts = (*register.opds.values(), *register.services.values())
    written_by_hand = all(fact.recorded_at == context.now for fact in facts)
    if written_by_hand:
        selection = _with_every_detail(selection)
    rows = select_rows(register, selection, context.today)
    if written_by_hand:
        _add_stages(rows["services"], register)
    common = path / "common.csv"
    if common.is_file():
        rows["services"] += read_common_services(common, rows["opds"])
    return rows


def _drop_addresses(
    rows: list[Row],
    owner: str,
    city: City,
) -> None:
    """Drop the addresses under the domain of the city that a catalogue is called after."""
    _, bare = split_city_name(city.name)
    if slugify(bare) == owner:
        return
    for row in rows:
        if f"{owner}.go.id" in (row["url"] or ""):
            row["url"] = None


def _with_every_detail(selection: Selection) -> Selection:
    """Return the selection with whatever a catalogue was written to hold."""
    return Selection(
        selection.without_kinds,
        selection.without_applications,
        EVERYTHING.details,
    )


def _add_stages(rows: list[Row], register: Register) -> None:
    """Add the stages that a catalogue tells; those of an export are another city's."""
    for row in rows:
        service = register.service_codes[row["service"]]
        if not service.assumed:
            row["stage"] = service.stage


def _make_records(rows: dict[str, list[Row]], file: str) -> Iterator[Record]:
    for kind, rows_of_kind in rows.items():
        for row in rows_of_kind:
            told: dict[str, Any] = {
                name: value
                for name, value in row.items()
                if value not in (None, "", ())
            }
            yield Record(kind, RowLocation(file), told, {})
