"""Rows of what happened on a day. A row that is there already changes nothing: an import can be repeated."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, TypeVar

from tracker.actions.opds import is_at_work
from tracker.errors import Rejected
from tracker.exchange.apply.opds import find_or_create_opd
from tracker.exchange.apply.services import find_service
from tracker.exchange.apply.session import ImportSession
from tracker.exchange.parsing.records import Record
from tracker.fields import FACT_KINDS, FactKind
from tracker.model import (
    OPD,
    TABLES,
    Closure,
    Decision,
    Evaluation,
    Fact,
    Move,
    Obstacle,
    Reminder,
    Report,
    Service,
    Stage,
    Target,
    Transfer,
)
from tracker.text import normalize_name
from tracker.week import Week

F = TypeVar("F", bound=Fact)
_OF_MOVES = ("evidence", "note", "verified_on", "visits", "days")


def enter_fact(session: ImportSession, record: Record) -> None:
    """Enter a row of a kind that needs no way of its own; the fact of its identity is put right instead."""
    kind = FACT_KINDS[record.kind]
    values = _read_fields(session, record, kind)
    known = {name: values.pop(name) for name in kind.identity}
    identity = tuple(known.values())
    told = " ".join(map(session.code_of, identity))
    if session.is_repeated(
        kind.table, record, told, values, in_order=_as_kept(record)
    ):
        return

    there = session.facts_with_identity(kind.table, *identity)
    pool = session.unclaimed_facts((kind.table, *identity), there)
    _enter(session, record, kind.table, TABLES[kind.table], pool, known, values)


def _read_fields(
    session: ImportSession, record: Record, kind: FactKind
) -> dict[str, Any]:
    """Return the fields that a row fills in; what they refer to by its key."""
    values = {
        field.name: record.values[field.column or field.name]
        for field in kind.by_name.values()
        if (field.column or field.name) in record.values
    }
    if "service" in values:
        values["service"] = find_service(session, record).id
    if "opd" in values:
        values["opd"] = find_or_create_opd(session, record).id
    return values


def enter_move(session: ImportSession, record: Record) -> None:
    """Enter a move; one of that day to that stage is put right instead.

    Moves of one day count in the order of their file's rows; in several files they would have none.
    """
    service = find_service(session, record)
    if not is_duplicate_move(
        session, record, service, record.values["stage"], in_order=True
    ):
        put_move(session, record, service, record.values["stage"])


def is_duplicate_move(
    session: ImportSession,
    record: Record,
    service: Service,
    stage: Stage,
    *,
    in_order: bool = False,
) -> bool:
    """Tell whether another row has the same move; ``Rejected`` where one has another on that day."""
    day, said = (
        record.values["date"],
        {"stage": stage, **_given(record, *_OF_MOVES)},
    )
    session.check_standing(service, day, said)
    return session.is_repeated(
        "moves", record, f"{service.code} {day}", said, in_order=in_order
    )


def put_move(
    session: ImportSession, record: Record, service: Service, stage: Stage
) -> None:
    """Enter a move, or put right the one of that day to that stage."""
    day = record.values["date"]
    known = {"service": service.id, "on": day, "stage": stage}
    there = session.register.moves_of.get(service.id, ())
    pool = session.unclaimed_facts(
        ("moves", service.id, day, stage),
        (m for m in there if (m.on, m.stage) == (day, stage)),
    )
    _enter(
        session, record, "moves", Move, pool, known, _given(record, *_OF_MOVES)
    )


def enter_transfer(session: ImportSession, record: Record) -> None:
    """Enter a transfer, unless it is there; those of one day count in the order of their file's rows."""
    service, opd, day = (
        find_service(session, record),
        find_or_create_opd(session, record),
        record.values["date"],
    )
    if session.is_repeated(
        "transfers",
        record,
        f"{service.code} {day}",
        {"opd": opd.id},
        in_order=True,
    ):
        return
    there = session.register.transfers_of.get(service.id, ())
    pool = session.unclaimed_facts(
        ("transfers", service.id, day, opd.id),
        (t for t in there if (t.on, t.opd) == (day, opd.id)),
    )
    _enter(
        session,
        record,
        "transfers",
        Transfer,
        pool,
        {"service": service.id, "on": day, "opd": opd.id},
        {},
    )


def enter_closure(session: ImportSession, record: Record) -> None:
    """Enter a closure; one from that day is given the end that the row tells."""
    service, start = find_service(session, record), record.values["from"]
    fields = _given(record, "until")
    if session.is_repeated(
        "closures", record, f"{service.code} {start}", fields
    ):
        return
    there = session.register.closures_of.get(service.id, ())
    pool = session.unclaimed_facts(
        ("closures", service.id, start), (c for c in there if c.start == start)
    )
    _enter(
        session,
        record,
        "closures",
        Closure,
        pool,
        {"service": service.id, "start": start},
        fields,
    )
    retired = session.retirements.get(service.id)
    if retired is not None and retired.values["retired_on"] == start:
        del session.retirements[service.id]


def enter_retirements(session: ImportSession) -> None:
    """Enter the closures that services files tell by ``retired_on`` alone."""
    for key, record in session.retirements.items():
        start = record.values["retired_on"]
        there = session.register.closures_of.get(key, ())
        if not any(closure.start == start for closure in there):
            session.attempt(record, partial(_retire, service=key, start=start))


def enter_target(session: ImportSession, record: Record) -> None:
    """Enter a target; the only one of the service for that stage is given the row's date instead."""
    service, stage, due = (
        find_service(session, record),
        record.values["stage"],
        record.values["due_on"],
    )
    told = f"{service.code} {stage}"
    if session.is_repeated(
        "targets", record, told, {"due_on": due}, in_order=_as_kept(record)
    ):
        return
    there: list[Fact] = [
        t
        for t in session.register.targets_of.get(service.id, ())
        if t.stage == stage
    ]
    pool = session.unclaimed_facts(("targets", service.id, stage), there)
    same = list(filter(_says({"due_on": due}), pool))
    moved = pool if not same and len(there) == 1 else same
    known = {"service": service.id, "stage": stage}
    _enter(
        session, record, "targets", Target, moved, known, {"due_on": due}, pool
    )


def enter_obstacle(session: ImportSession, record: Record) -> None:
    """Enter an obstacle; one of those words is put right instead."""
    service, values = find_service(session, record), record.values
    opened = values.get("opened_on")

    def is_same(obstacle: Obstacle) -> bool:
        said = normalize_name(obstacle.description) == normalize_name(
            values["description"]
        )
        return (
            said
            and obstacle.factor == values["factor"]
            and opened in (None, obstacle.opened_on)
        )

    words = normalize_name(values["description"])
    told = f"{service.code} {values['factor']} {words} {opened or ''}".strip()
    fields = _given(record, "resolved_on")
    if session.is_repeated(
        "obstacles", record, told, fields, in_order=_as_kept(record)
    ):
        return
    key = ("obstacles", service.id, values["factor"], words, opened)
    pool = session.unclaimed_facts(
        key,
        (
            o
            for o in session.register.obstacles_of.get(service.id, ())
            if is_same(o)
        ),
    )
    known = {
        "service": service.id,
        "factor": values["factor"],
        "description": values["description"],
    }
    if not pool or opened:
        fields["opened_on"] = opened or session.day
    _enter(session, record, "obstacles", Obstacle, pool, known, fields)


def enter_report(session: ImportSession, record: Record) -> None:
    """Enter that an OPD has reported for a week; a report that is there is given the row's note."""
    put_report(
        session,
        record,
        find_or_create_opd(session, record),
        _given(record, "note"),
    )


def put_report(
    session: ImportSession, record: Record, opd: OPD, fields: dict[str, Any]
) -> None:
    """Enter a report, or put right the one of that OPD and week.

    One of an OPD that was no more when the week began is another's; an export's is kept as it is.
    """
    week = record.values["week"]
    if not _as_kept(record) and not is_at_work(opd, Week.parse(week).monday):
        raise Rejected(
            "{opd} was retired on {day}: choose another.",
            opd=opd.code,
            day=opd.retired_on,
        )
    if session.is_repeated("reports", record, f"{opd.code} {week}", fields):
        return
    there = session.facts_with_identity("reports", opd.id, week)
    pool = session.unclaimed_facts(("reports", opd.id, week), there)
    _enter(
        session,
        record,
        "reports",
        Report,
        pool,
        {"opd": opd.id, "week": week},
        fields,
    )


def enter_reminder(session: ImportSession, record: Record) -> None:
    """Enter that an OPD was reminded on a day; one of that day is given the row's level."""
    opd, day = find_or_create_opd(session, record), record.values["date"]
    fields = _given(record, "level")
    if session.is_repeated(
        "reminders",
        record,
        f"{opd.code} {day}",
        fields,
        in_order=_as_kept(record),
    ):
        return
    there = session.register.reminders.values()
    pool = session.unclaimed_facts(
        ("reminders", opd.id, day),
        (one for one in there if (one.opd, one.on) == (opd.id, day)),
    )
    known = {"opd": opd.id, "on": day}
    _enter(session, record, "reminders", Reminder, pool, known, fields)


def enter_evaluation(session: ImportSession, record: Record) -> None:
    """Enter an evaluation; that of the instrument and year is put right instead."""
    instrument, year = (
        _instrument(session, record.values["instrument"]),
        record.values["year"],
    )
    fields = _given(record, "score", "improvement", "target", "rank", "source")
    if session.is_repeated(
        "evaluations", record, f"{normalize_name(instrument)} {year}", fields
    ):
        return
    there = session.register.evaluations.values()
    pool = session.unclaimed_facts(
        ("evaluations", instrument, year),
        (e for e in there if (e.instrument, e.year) == (instrument, year)),
    )
    _enter(
        session,
        record,
        "evaluations",
        Evaluation,
        pool,
        {"instrument": instrument, "year": year},
        fields,
    )


def _instrument(session: ImportSession, said: str) -> str:
    """Return how the register spells an instrument, whose years are compared with each other."""
    spelled = (
        e.instrument
        for e in session.register.evaluations.values()
        if normalize_name(e.instrument) == normalize_name(said)
    )
    return next(spelled, said)


def enter_decision(session: ImportSession, record: Record) -> None:
    """Enter a decision; the one of those words is updated instead.

    Words alone do not tell two decisions apart if the row says when it was asked for.
    """
    values = record.values
    words, asked = normalize_name(values["decision"]), values.get("asked_on")
    optional = ("decided_on", "done_on", "dropped_on", "outcome", "proposal")
    fields = {
        "owner": values["owner"],
        "due_on": values["due_on"],
        **_given(record, *optional),
    }
    told = f"{values['decision']} {asked or ''}".strip()
    if session.is_repeated(
        "decisions", record, told, fields, in_order=_as_kept(record)
    ):
        return

    def is_same(decision: Decision) -> bool:
        same_words = normalize_name(decision.text) == words
        return same_words and asked in (None, decision.asked_on)

    there = filter(is_same, session.register.decisions.values())
    pool = session.unclaimed_facts(("decisions", words, asked), there)
    if not pool or asked:
        fields["asked_on"] = asked or session.day
    known = {"text": values["decision"]}
    _enter(session, record, "decisions", Decision, pool, known, fields)


def _retire(
    session: ImportSession, record: Record, service: str, start: date
) -> None:
    plain = Record(
        "closures",
        record.place,
        {k: record.values[k] for k in ("by",) if k in record.values},
        {},
    )
    session.new("closures", Closure, plain, service=service, start=start)


def _given(record: Record, *names: str) -> dict[str, Any]:
    return {
        name: record.values[name] for name in names if name in record.values
    }


def _as_kept(record: Record) -> bool:
    """Tell whether a row is an export's, which may hold a fact twice, as its register does."""
    return "recorded_at" in record.values


def _enter(
    session: ImportSession,
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
        session.new(kind, fact, record, **known, **fields)
        return

    moment = record.values.get("recorded_at")
    recorded = [one for one in pool if moment and one.recorded_at == moment]
    alike = recorded or [one for one in pool if _says(fields)(one)]
    same = alike[0] if alike else pool[0]
    (pool if claimed is None else claimed).remove(same)
    session.edit(kind, same, record, **fields)


def _says(fields: dict[str, Any]) -> Callable[[Fact], bool]:
    return lambda fact: all(
        getattr(fact, name) == value for name, value in fields.items()
    )
