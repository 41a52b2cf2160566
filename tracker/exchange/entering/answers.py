"""What an OPD answered in its sheet: moves of its own services, one for a service and day."""

from typing import Any

from tracker.errors import Refused
from tracker.exchange.entering.dated import enter_move
from tracker.exchange.entering.entry import Entry
from tracker.exchange.entering.services import service_meant
from tracker.exchange.meaning.records import Record
from tracker.exchange.questions import SAME, SKIP, Candidate, Question
from tracker.history import days_at, opd_at, stage_at, visits_at
from tracker.language import N_
from tracker.model import OPD, Service, Stage


def enter_answer(entry: Entry, record: Record) -> None:
    """Enter what an OPD answered in its sheet: a move, unless nothing about the service differs."""
    service, values = service_meant(entry, record), record.values
    if "date" not in values:
        raise Refused("Since when? Write the date.", column="date")
    if not _is_ours(entry, record, service):
        entry.counts["answers", "skipped"] += 1
        return
    if entry.is_repeated(record, f"{service.code} {values['date']}", within=record.place.file):
        return
    stage = values.get("stage", stage_at(entry.register, service, values["date"]))
    if _tells_news(entry, service, stage, values):
        enter_move(entry, Record("moves", record.place, {**values, "stage": stage}, record.titles))
        return
    entry.counts["moves", "unchanged"] += 1
    if "note" in values:
        entry.remarks.setdefault(record.place.file, []).append(f"{service.name}: {values['note']}")


def _is_ours(entry: Entry, record: Record, service: Service) -> bool:
    """Tell whether a service is, or was that day, of the sheet's OPD, or a person lets its row count."""
    opd, register = entry.opds.find(record.values.get("opd", "")), entry.register
    if opd is None or service.id not in register.services:
        return True
    day, today = record.values["date"], entry.draft.today
    owner = opd_at(register, service, day)
    return (
        opd.id in {owner, opd_at(register, service, today)}
        or entry.ask(_foreign(record, service, opd, entry.opds.by_key[owner])) == SAME
    )


def _foreign(record: Record, service: Service, opd: OPD, owner: OPD) -> Question:
    place = record.place
    return Question(
        f"foreign:{place.file}/{service.code}",
        N_(
            "Row {row} of {file}: {service} belongs to {owner}, and this is the sheet of {opd}. "
            "Take it out of the sheet, or answer."
        ),
        {
            "row": str(place.row),
            "file": place.file,
            "service": service.code,
            "owner": owner.name,
            "opd": opd.name,
        },
        (
            Candidate(SAME, N_("the row counts: it is entered"), {}),
            Candidate(SKIP, N_("this row is left out"), {}),
        ),
    )


def _tells_news(entry: Entry, service: Service, stage: Stage, values: dict[str, Any]) -> bool:
    """Tell whether an answer says other than the register has for its day, or puts a move of it right."""
    register, day = entry.register, values["date"]
    known = {
        "visits": visits_at(register, service, day),
        "days": days_at(register, service, day),
        "evidence": "",
    }
    return (
        stage != stage_at(register, service, day)
        or any(name in values and values[name] != value for name, value in known.items())
        or any((move.on, move.stage) == (day, stage) for move in register.moves_of.get(service.id, ()))
    )
