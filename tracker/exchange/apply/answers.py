"""What an OPD answered in its sheet: moves of its own services, one for a service and day, and its report."""

from functools import partial
from typing import Any

from msgspec.structs import replace

from tracker.errors import Rejected
from tracker.exchange.apply.dated import is_duplicate_move, put_move, put_report
from tracker.exchange.apply.inventory import enter_standing
from tracker.exchange.apply.locked_cells import with_locked_cells
from tracker.exchange.apply.opds import find_or_create_opd
from tracker.exchange.apply.services import find_service
from tracker.exchange.apply.session import ImportSession
from tracker.exchange.parsing.records import Record
from tracker.exchange.questions import SAME, SKIP, Candidate, Question
from tracker.history import (
    began_in_reopened,
    days_at,
    is_assumed,
    opd_at,
    stage_at,
    visits_at,
)
from tracker.labels import stage_word
from tracker.language import N_
from tracker.model import OPD, Service, Stage
from tracker.register import Register
from tracker.week import Week

_MOVES = frozenset(("stage", "date", "evidence", "visits", "days"))
"""The cells of a row in which a move is told."""


def enter_answer(session: ImportSession, record: Record) -> None:
    """Enter what an OPD answered in its sheet: a move, unless nothing about the service differs.

    A row without a stage is of the stage in which the service is on its day; what the import tells of
    earlier days counts. It is asked about if nobody has told that stage, as are locked cells that were
    written over.
    """
    service = find_service(session, record)
    record = with_locked_cells(session, record, service)
    values = record.values
    if "new_date" in values:
        _offer_new_date(session, record, service)
    if not values.keys() & _MOVES:
        return
    if "date" not in values and _tells_baseline(session, service):
        # A baseline has no day of its own: the history starts when the opening is closed.
        # In a row of its own: what was read is entered anew if the plan no longer holds.
        record = replace(record, values={**values, "date": session.day})
        values = record.values
    if "date" not in values:
        raise _undated_error(session, record, service)
    _check_owner(session, record, service)
    if values["date"] >= session.day:
        enter_standing(session, service)
    register = session.with_moves_of(service)
    stage = _told_stage(session, record, service, register)
    if is_duplicate_move(session, record, service, stage):
        return
    if _tells_news(register, service, stage, values):
        put_move(session, record, service, stage)
        return
    session.counts["moves", "unchanged"] += 1
    if "note" in values:
        remarks = session.remarks.setdefault(record.place.file, [])
        remarks.append(f"{service.name}: {values['note']}")


def _tells_baseline(session: ImportSession, service: Service) -> bool:
    """Tell whether an answer puts a baseline right: in the opening, or reopened for the OPD."""
    city = session.draft.register.only_city
    opd = session.register.opds.get(service.opd)
    return city.in_opening or began_in_reopened(service, city, opd)


def _undated_error(
    session: ImportSession,
    record: Record,
    service: Service,
) -> Rejected:
    """Return the error of an answer without a date; of the opening's sheet it says how it counts."""
    start = session.draft.register.only_city.started_on
    week = record.values.get("week")
    is_of_opening = (
        start is not None
        and service.registered_on <= start
        and week is not None
        and str(week) <= str(Week.of(start))
    )
    if not is_of_opening:
        return Rejected("Since when? Write the date.", column="date")
    return Rejected(
        "Since when? Write the date. Or is the sheet of the opening? After `opening reopen {opd}` "
        "it tells how things stood.",
        opd=record.values["opd"],
        column="date",
    )


def _told_stage(
    session: ImportSession,
    record: Record,
    service: Service,
    register: Register,
) -> Stage:
    """Return the stage that a row tells, or in which it leaves the service; ask where that is assumed."""
    day = record.values["date"]
    if "stage" in record.values:
        stage: Stage = record.values["stage"]
        return stage
    if is_assumed(register, service, day):
        return Stage(session.ask(_untold_question(record, service)))
    return stage_at(register, service, day)


def _untold_question(record: Record, service: Service) -> Question:
    place = record.place
    return Question(
        f"untold:{place.file}/{service.code}",
        N_(
            "Row {row} of {file} is filled in without a stage, and nobody has told yet in which {service} is. "
            "Which is it?",
        ),
        {"row": str(place.row), "file": place.file, "service": service.name},
        (
            *(Candidate(stage.value, stage_word(stage), {}) for stage in Stage),
            Candidate(SKIP, N_("this row is left out"), {}),
        ),
    )


def _offer_new_date(
    session: ImportSession,
    record: Record,
    service: Service,
) -> None:
    """Ask whether the date that an OPD proposes takes the place of its target's."""
    day = record.values["new_date"]
    register = session.draft.register
    stage = stage_at(register, service, session.draft.today)
    targets = [
        target
        for target in register.targets_of.get(service.id, ())
        if target.stage.points > stage.points
    ]
    if not targets:
        raise Rejected(
            "{service} has no open target: a new date is for one that it has.",
            service=service.name,
            column="new_date",
        )
    target = targets[0]
    if target.due_on == day:
        return
    question = Question(
        f"newdate:{service.code}/{target.stage}",
        N_(
            "Row {row} of {file}: {service} is due on {due_on}, and its OPD proposes {day}.",
        ),
        {
            "row": str(record.place.row),
            "file": record.place.file,
            "service": service.name,
            "due_on": target.due_on,
            "day": day,
        },
        (
            Candidate("new", N_("the target gets the new date"), {}),
            Candidate("old", N_("the target stays as it is"), {}),
        ),
    )
    if session.answer(question) == "new":
        session.draft.edit(target, due_on=day)
        session.note_effect("changed", "targets", service.name)


def take_return(session: ImportSession, record: Record) -> None:
    """Keep that a sheet has come back until all have been seen: an OPD may return several for a week."""
    key = find_or_create_opd(session, record).code, record.values["week"]
    session.returns.setdefault(key, []).append(record)


def enter_returns(session: ImportSession) -> None:
    """Enter the sheets that have come back as their OPDs' reports."""
    for (code, _), records in session.returns.items():
        enter = partial(
            _enter_report,
            opd=session.opds.by_code[code],
            records=records,
        )
        session.attempt(records[0], enter)


def _enter_report(
    session: ImportSession,
    record: Record,
    opd: OPD,
    records: list[Record],
) -> None:
    """Enter a report with the remarks of the sheets, after those that it has.

    Sheets in which nothing is filled in are asked about: they may have been read back by mistake.
    """
    week = record.values["week"]
    there = session.find_facts("reports", opd=opd.id, week=week)
    if not there and not any(sheet.values["filled"] for sheet in records):
        session.ask(_unfilled_question(record, opd))
    lines = [line for report in there for line in report.note.splitlines()]
    for sheet in records:
        remarks = (
            *sheet.values.get("note", "").splitlines(),
            *session.remarks.get(sheet.place.file, ()),
        )
        lines += [line for line in remarks if line not in lines]
    fields = {"note": "\n".join(lines)} if lines else {}
    put_report(session, record, opd, fields)


def _unfilled_question(record: Record, opd: OPD) -> Question:
    week = record.values["week"]
    return Question(
        f"unfilled:{opd.code}/{week}",
        N_(
            "{file}: nothing is filled in on the sheet of {opd} for {week}. Did it report that nothing moved?",
        ),
        {"opd": opd.name, "week": week, "file": record.place.file},
        (
            Candidate("report", N_("yes: it counts as its report"), {}),
            Candidate(SKIP, N_("no: the sheet is left out"), {}),
        ),
    )


def _check_owner(
    session: ImportSession,
    record: Record,
    service: Service,
) -> None:
    """Ask about a service that neither is nor was that day of the sheet's OPD."""
    register = session.register
    opd = session.opds.find(record.values.get("opd", ""))
    if opd is None:
        return
    then = opd_at(register, service, record.values["date"])
    today = opd_at(register, service, session.draft.today)
    if opd.id not in (then, today):
        owner = session.opds.by_key[then]
        session.ask(_foreign_question(record, service, opd, owner))


def _foreign_question(
    record: Record,
    service: Service,
    opd: OPD,
    owner: OPD,
) -> Question:
    place = record.place
    return Question(
        f"foreign:{place.file}/{service.code}",
        N_(
            "Row {row} of {file}: {service} belongs to {owner}, and this is the sheet of {opd}. "
            "Take it out of the sheet, or answer.",
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


def _tells_news(
    register: Register,
    service: Service,
    stage: Stage,
    values: dict[str, Any],
) -> bool:
    """Tell whether an answer says other than the register has for its day, or puts a move of it right."""
    day = values["date"]
    if stage != stage_at(register, service, day):
        return True
    if "stage" in values and is_assumed(register, service, day):
        return True

    known = {
        "visits": visits_at(register, service, day),
        "days": days_at(register, service, day),
        "evidence": "",
    }
    for name, value in known.items():
        if name in values and values[name] != value:
            return True
    return any(
        move.on == day and move.stage == stage
        for move in register.moves_of.get(service.id, ())
    )
