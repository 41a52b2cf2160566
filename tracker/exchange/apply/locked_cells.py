"""Locked cells of an OPD's sheet that were written over: an answer in the wrong cell, or a slip."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from tracker.errors import Rejected, Term
from tracker.exchange.apply.session import ImportSession
from tracker.exchange.effects import Change
from tracker.exchange.parsing.records import Record
from tracker.exchange.questions import Candidate, Question
from tracker.history import days_at, entered_on, stage_at, visits_at
from tracker.labels import stage_word
from tracker.language import N_
from tracker.model import Service, Stage
from tracker.week import Week

_SHEET, _REGISTER = "sheet", "register"
_LOCKED = ("name", "stage", "since", "visits", "days")


def with_locked_cells(
    session: ImportSession,
    record: Record,
    service: Service,
) -> Record:
    """Return the row of a sheet with what its locked cells say, if a person answers that they are meant.

    A name is corrected at once. Raises ``Rejected`` for a date since when a service is in its stage that
    differs alone: that is no answer.
    """
    changed = _find_changed(session, record, service)
    if not changed:
        return record
    answer = session.ask(_question(record, service, changed))
    if answer == _REGISTER:
        return record

    if "name" in changed:
        _rename(session, record, service, changed.pop("name"))
    since = changed.pop("since", None)
    if since is not None and "stage" not in changed:
        raise Rejected(
            "The date since when a service is in its stage is put right with `correct`.",
            column="shown_since",
        )
    if since is not None:
        changed["date"] = since
    return replace(record, values={**changed, **record.values})


def _find_changed(
    session: ImportSession,
    record: Record,
    service: Service,
) -> dict[str, Any]:
    """Return the locked cells that differ from the register of today and of each day of the sheet's week."""
    if service.id not in session.register.services:
        return {}
    changed = {}
    for name in _LOCKED:
        if f"shown_{name}" in record.values:
            changed[name] = record.values[f"shown_{name}"]

    for day in _possible_days(session, record):
        if not changed:
            break
        known = _known_values(session, service, day)
        for name in [*changed]:
            if changed[name] == known[name]:
                del changed[name]
    return changed


def _possible_days(session: ImportSession, record: Record) -> Iterable[date]:
    """Yield the days of which a sheet may show the register: today, and those of its week."""
    today = session.draft.today
    yield today
    if "week" in record.values:
        monday = Week.parse(record.values["week"]).monday
        for number in range(7):
            day = monday + timedelta(days=number)
            if day < today:
                yield day


def _known_values(
    session: ImportSession,
    service: Service,
    day: date,
) -> dict[str, Any]:
    register = session.register
    return {
        "name": service.name,
        "stage": stage_at(register, service, day),
        "since": entered_on(register, service, day),
        "visits": visits_at(register, service, day),
        "days": days_at(register, service, day),
    }


def _rename(
    session: ImportSession,
    record: Record,
    service: Service,
    name: str,
) -> None:
    renamed = session.draft.edit(service, name=name)
    session.places[service.id] = record.place
    session.services.put(renamed)
    session.note_effect(
        "renamed",
        "services",
        service.code,
        Change("", service.name, name),
    )


def _question(
    record: Record,
    service: Service,
    changed: dict[str, Any],
) -> Question:
    first, value = next(iter(changed.items()))
    shown = Term(stage_word(value)) if isinstance(value, Stage) else value
    meant = N_("yes: what the changed cells say is its answer")
    ignored = N_("no: the changed cells are not read")
    return Question(
        f"locked:{record.place.file}/{service.code}",
        N_(
            "Row {row} of {file}: the locked cell “{column}” of {service} was changed to “{value}”. "
            "Is that meant?",
        ),
        {
            "row": str(record.place.row),
            "file": record.place.file,
            "column": record.column(f"shown_{first}"),
            "service": service.name,
            "value": shown,
        },
        (Candidate(_SHEET, meant, {}), Candidate(_REGISTER, ignored, {})),
    )
