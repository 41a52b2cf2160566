"""Rows of what happened on a day. A row that is there already changes nothing: an import can be repeated."""

from datetime import date
from functools import partial
from typing import Any, TypeVar

from tracker.actions.opds import is_at_work
from tracker.errors import Rejected
from tracker.exchange.apply.opds import find_or_create_opd
from tracker.exchange.apply.services import find_service
from tracker.exchange.apply.session import ImportSession, has_values
from tracker.exchange.parsing.records import Record
from tracker.fields import FACT_KINDS, FactKind
from tracker.model import (
    OPD,
    TABLES,
    Closure,
    Decision,
    Fact,
    Obstacle,
    Service,
    Stage,
    Target,
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
    what = " ".join(map(session.code_of, identity))
    if session.is_repeated(
        kind.table,
        record,
        what,
        values,
        in_order=_as_kept(record),
    ):
        return

    _enter_by_fields(session, record, kind.table, known, values)


def _read_fields(
    session: ImportSession,
    record: Record,
    kind: FactKind,
) -> dict[str, Any]:
    """Return the fields that a row fills in; what they refer to by its key."""
    values = {}
    for field in kind.by_name.values():
        column = field.column or field.name
        if column in record.values:
            values[field.name] = record.values[column]
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
        session,
        record,
        service,
        record.values["stage"],
        in_order=True,
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
    day = record.values["date"]
    said = {"stage": stage, **_given_values(record, *_OF_MOVES)}
    session.check_standing(service, day, said)
    return session.is_repeated(
        "moves",
        record,
        f"{service.code} {day}",
        said,
        in_order=in_order,
    )


def put_move(
    session: ImportSession,
    record: Record,
    service: Service,
    stage: Stage,
) -> None:
    """Enter a move, or put right the one of that day to that stage."""
    day = record.values["date"]
    known = {"service": service.id, "on": day, "stage": stage}
    fields = _given_values(record, *_OF_MOVES)
    _enter_by_fields(session, record, "moves", known, fields)


def enter_transfer(session: ImportSession, record: Record) -> None:
    """Enter a transfer, unless it is there; those of one day count in the order of their file's rows."""
    service = find_service(session, record)
    opd = find_or_create_opd(session, record)
    day = record.values["date"]
    if session.is_repeated(
        "transfers",
        record,
        f"{service.code} {day}",
        {"opd": opd.id},
        in_order=True,
    ):
        return

    known = {"service": service.id, "on": day, "opd": opd.id}
    _enter_by_fields(session, record, "transfers", known, {})


def enter_closure(session: ImportSession, record: Record) -> None:
    """Enter a closure; one from that day is given the end that the row tells."""
    service = find_service(session, record)
    start = record.values["from"]
    fields = _given_values(record, "until")
    what = f"{service.code} {start}"
    if session.is_repeated("closures", record, what, fields):
        return

    known = {"service": service.id, "start": start}
    _enter_by_fields(session, record, "closures", known, fields)
    retired = session.retirements.get(service.id)
    if retired is not None and retired.values["retired_on"] == start:
        del session.retirements[service.id]


def enter_retirements(session: ImportSession) -> None:
    """Enter the closures that services files tell by ``retired_on`` alone."""
    for key, record in session.retirements.items():
        start = record.values["retired_on"]
        there = session.register.closures_of.get(key, ())
        if not any(closure.start == start for closure in there):
            session.attempt(
                record,
                partial(_enter_retirement, service=key, start=start),
            )


def enter_target(session: ImportSession, record: Record) -> None:
    """Enter a target; the only one of the service for that stage is given the row's date instead."""
    service = find_service(session, record)
    stage = record.values["stage"]
    fields = {"due_on": record.values["due_on"]}
    what = f"{service.code} {stage}"
    if session.is_repeated(
        "targets",
        record,
        what,
        fields,
        in_order=_as_kept(record),
    ):
        return

    known = {"service": service.id, "stage": stage}
    there = session.find_facts("targets", **known)
    unclaimed = session.unclaimed_facts(("targets", service.id, stage), there)
    same = [target for target in unclaimed if has_values(target, fields)]
    # Of several targets for a stage none can be told to be the one that was moved.
    chosen = unclaimed if not same and len(there) == 1 else same
    _enter(session, record, "targets", Target, chosen, known, fields, unclaimed)


def enter_obstacle(session: ImportSession, record: Record) -> None:
    """Enter an obstacle; one of those words is put right instead."""
    service = find_service(session, record)
    factor = record.values["factor"]
    description = record.values["description"]
    words = normalize_name(description)
    opened = record.values.get("opened_on")
    what = f"{service.code} {factor} {words} {opened or ''}".strip()
    fields = _given_values(record, "resolved_on")
    if session.is_repeated(
        "obstacles",
        record,
        what,
        fields,
        in_order=_as_kept(record),
    ):
        return

    def is_same(obstacle: Obstacle) -> bool:
        same_words = normalize_name(obstacle.description) == words
        return same_words and opened in (None, obstacle.opened_on)

    known = {"service": service.id, "factor": factor}
    there = filter(is_same, session.find_facts("obstacles", **known))
    key = ("obstacles", service.id, factor, words, opened)
    pool = session.unclaimed_facts(key, there)
    known["description"] = description
    if not pool or opened:
        fields["opened_on"] = opened or session.day
    _enter(session, record, "obstacles", Obstacle, pool, known, fields)


def enter_report(session: ImportSession, record: Record) -> None:
    """Enter that an OPD has reported for a week; a report that is there is given the row's note."""
    opd = find_or_create_opd(session, record)
    put_report(session, record, opd, _given_values(record, "note"))


def put_report(
    session: ImportSession,
    record: Record,
    opd: OPD,
    fields: dict[str, Any],
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
    known = {"opd": opd.id, "week": week}
    _enter_by_fields(session, record, "reports", known, fields)


def enter_reminder(session: ImportSession, record: Record) -> None:
    """Enter that an OPD was reminded on a day; one of that day is given the row's level."""
    opd = find_or_create_opd(session, record)
    day = record.values["date"]
    fields = _given_values(record, "level")
    if session.is_repeated(
        "reminders",
        record,
        f"{opd.code} {day}",
        fields,
        in_order=_as_kept(record),
    ):
        return
    known = {"opd": opd.id, "on": day}
    _enter_by_fields(session, record, "reminders", known, fields)


def enter_evaluation(session: ImportSession, record: Record) -> None:
    """Enter an evaluation; that of the instrument and year is put right instead."""
    instrument = session.spell_instrument(record.values["instrument"])
    year = record.values["year"]
    fields = _given_values(
        record,
        "score",
        "improvement",
        "target",
        "rank",
        "source",
    )
    what = f"{normalize_name(instrument)} {year}"
    if session.is_repeated("evaluations", record, what, fields):
        return

    known = {"instrument": instrument, "year": year}
    _enter_by_fields(session, record, "evaluations", known, fields)


def enter_decision(session: ImportSession, record: Record) -> None:
    """Enter a decision; the one of those words is updated instead.

    Words alone do not tell two decisions apart if the row says when it was asked for.
    """
    values = record.values
    words = normalize_name(values["decision"])
    asked = values.get("asked_on")
    optional = ("decided_on", "done_on", "dropped_on", "outcome", "proposal")
    fields = {
        "owner": values["owner"],
        "due_on": values["due_on"],
        **_given_values(record, *optional),
    }
    what = f"{values['decision']} {asked or ''}".strip()
    if session.is_repeated(
        "decisions",
        record,
        what,
        fields,
        in_order=_as_kept(record),
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


def _enter_retirement(
    session: ImportSession,
    record: Record,
    service: str,
    start: date,
) -> None:
    plain = Record("closures", record.place, _given_values(record, "by"), {})
    session.new("closures", Closure, plain, service=service, start=start)


def _given_values(record: Record, *names: str) -> dict[str, Any]:
    """Return the values that a row gives in some columns."""
    return {
        name: record.values[name] for name in names if name in record.values
    }


def _as_kept(record: Record) -> bool:
    """Tell whether a row is an export's, which may hold a fact twice, as its register does."""
    return "recorded_at" in record.values


def _enter_by_fields(
    session: ImportSession,
    record: Record,
    table: str,
    known: dict[str, Any],
    fields: dict[str, Any],
) -> None:
    """Enter a fact, or put right the one whose ``known`` fields are the same."""
    there = session.find_facts(table, **known)
    pool = session.unclaimed_facts((table, *known.values()), there)
    _enter(session, record, table, TABLES[table], pool, known, fields)


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
    alike = recorded or [one for one in pool if has_values(one, fields)]
    same = alike[0] if alike else pool[0]
    unclaimed = pool if claimed is None else claimed
    unclaimed.remove(same)
    session.edit(kind, same, record, **fields)
