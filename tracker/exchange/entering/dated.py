"""Rows of what happened on a day. A row that is there already changes nothing: an import can be repeated."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, TypeVar

from tracker.exchange.entering.entry import Entry
from tracker.exchange.entering.opds import opd_meant
from tracker.exchange.entering.services import service_meant
from tracker.exchange.meaning.records import Record
from tracker.model import (
    Closure,
    Evaluation,
    Fact,
    Milestone,
    Move,
    Obstacle,
    Report,
    Target,
    Transfer,
)
from tracker.text import key_of

F = TypeVar("F", bound=Fact)


def enter_move(entry: Entry, record: Record) -> None:
    """Enter a move; one of that day to that stage is put right instead."""
    service, values = service_meant(entry, record), record.values
    key = ("moves", service.id, values["date"], values["stage"])
    there = entry.register.moves_of.get(service.id, ())
    pool = entry.pool(key, (m for m in there if (m.on, m.stage) == (values["date"], values["stage"])))
    fields = _given(record, "evidence", "note", "verified_on", "visits", "days")
    known = {"service": service.id, "on": values["date"], "stage": values["stage"]}
    _enter(entry, record, "moves", Move, pool, known, fields)


def enter_transfer(entry: Entry, record: Record) -> None:
    """Enter a transfer, unless it is there."""
    service, opd, day = service_meant(entry, record), opd_meant(entry, record), record.values["date"]
    there = entry.register.transfers_of.get(service.id, ())
    pool = entry.pool(
        ("transfers", service.id, day, opd.id), (t for t in there if (t.on, t.opd) == (day, opd.id))
    )
    _enter(entry, record, "transfers", Transfer, pool, {"service": service.id, "on": day, "opd": opd.id}, {})


def enter_closure(entry: Entry, record: Record) -> None:
    """Enter a closure; one from that day is given the end that the row tells."""
    service, start = service_meant(entry, record), record.values["from"]
    there = entry.register.closures_of.get(service.id, ())
    pool = entry.pool(("closures", service.id, start), (c for c in there if c.start == start))
    _enter(
        entry,
        record,
        "closures",
        Closure,
        pool,
        {"service": service.id, "start": start},
        _given(record, "until"),
    )
    retired = entry.retirements.get(service.id)
    if retired is not None and retired.values["retired_on"] == start:
        del entry.retirements[service.id]


def enter_retirements(entry: Entry) -> None:
    """Enter the closures that services files tell by ``retired_on`` alone."""
    for key, record in entry.retirements.items():
        start = record.values["retired_on"]
        there = entry.register.closures_of.get(key, ())
        if not any(closure.start == start for closure in there):
            entry.attempt(record, partial(_retire, service=key, start=start))


def enter_target(entry: Entry, record: Record) -> None:
    """Enter a target; the only one of the service for that stage is given the row's date instead."""
    service, stage, due = service_meant(entry, record), record.values["stage"], record.values["due_on"]
    there: list[Fact] = [t for t in entry.register.targets_of.get(service.id, ()) if t.stage == stage]
    pool = entry.pool(("targets", service.id, stage), there)
    same = list(filter(_says({"due_on": due}), pool))
    moved = pool if not same and len(there) == 1 else same
    _enter(
        entry,
        record,
        "targets",
        Target,
        moved,
        {"service": service.id, "stage": stage},
        {"due_on": due},
        pool,
    )


def enter_obstacle(entry: Entry, record: Record) -> None:
    """Enter an obstacle; one of those words is put right instead."""
    service, values = service_meant(entry, record), record.values
    opened = values.get("opened_on")

    def is_same(obstacle: Obstacle) -> bool:
        said = key_of(obstacle.description) == key_of(values["description"])
        return said and obstacle.factor == values["factor"] and opened in (None, obstacle.opened_on)

    key = ("obstacles", service.id, values["factor"], key_of(values["description"]), opened)
    pool = entry.pool(key, (o for o in entry.register.obstacles_of.get(service.id, ()) if is_same(o)))
    known = {"service": service.id, "factor": values["factor"], "description": values["description"]}
    fields = _given(record, "resolved_on")
    if not pool or opened:
        fields["opened_on"] = opened or entry.day
    _enter(entry, record, "obstacles", Obstacle, pool, known, fields)


def enter_report(entry: Entry, record: Record) -> None:
    """Enter that an OPD has reported for a week; a report that is there is given the row's note.

    What the same file remarks of services of which it tells nothing new stands in the note too.
    """
    opd, week = opd_meant(entry, record), record.values["week"]
    if entry.is_repeated(record, f"{opd.code} {week}"):
        return
    pool = entry.pool(("reports", opd.id, week), entry.reports_there.get((opd.id, week), ()))
    said = [record.values.get("note", ""), *entry.remarks.get(record.place.file, ())]
    fields = {"note": note} if (note := "\n".join(filter(None, said))) else {}
    _enter(entry, record, "reports", Report, pool, {"opd": opd.id, "week": week}, fields)


def enter_evaluation(entry: Entry, record: Record) -> None:
    """Enter an evaluation; that of the instrument and year is put right instead."""
    instrument, year = record.values["instrument"], record.values["year"]
    if entry.is_repeated(record, f"{instrument} {year}"):
        return
    there = entry.register.evaluations.values()
    pool = entry.pool(
        ("evaluations", instrument, year), (e for e in there if (e.instrument, e.year) == (instrument, year))
    )
    fields = _given(record, "score", "improvement", "target", "rank", "source")
    _enter(entry, record, "evaluations", Evaluation, pool, {"instrument": instrument, "year": year}, fields)


def enter_milestone(entry: Entry, record: Record) -> None:
    """Enter a milestone; that of the day and words is put right instead."""
    day, text = record.values["date"], record.values["text"]
    there = entry.register.milestones.values()
    pool = entry.pool(("milestones", day, text), (m for m in there if (m.on, m.text) == (day, text)))
    known = {"on": day, "text": text}
    _enter(entry, record, "milestones", Milestone, pool, known, _given(record, "method_break"))


def _retire(entry: Entry, record: Record, service: str, start: date) -> None:
    plain = Record("closures", record.place, {k: record.values[k] for k in ("by",) if k in record.values}, {})
    entry.new("closures", Closure, plain, service=service, start=start)


def _given(record: Record, *names: str) -> dict[str, Any]:
    return {name: record.values[name] for name in names if name in record.values}


def _enter(
    entry: Entry,
    record: Record,
    kind: str,
    fact: type[F],
    pool: list[Fact],
    known: dict[str, Any],
    fields: dict[str, Any],
    claimed: list[Fact] | None = None,
) -> None:
    """Enter a fact, or put right the one of ``pool`` that the row tells of again."""
    if not pool:
        entry.new(kind, fact, record, **known, **fields)
        return
    same = next(filter(_recorded_as(record), pool), None) or next(filter(_says(fields), pool), pool[0])
    (pool if claimed is None else claimed).remove(same)
    entry.edit(kind, same, record, **fields)


def _recorded_as(record: Record) -> Callable[[Fact], bool]:
    moment = record.values.get("recorded_at")
    return lambda fact: moment is not None and fact.recorded_at == moment


def _says(fields: dict[str, Any]) -> Callable[[Fact], bool]:
    return lambda fact: all(getattr(fact, name) == value for name, value in fields.items())
