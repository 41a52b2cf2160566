"""Rows of services and applications that tell of them one by one, not how things stood on a day."""

from typing import Any

from tracker.actions.codes import unique_code
from tracker.errors import Rejected
from tracker.exchange.apply.duplicates import (
    check_doubled,
    code_in,
    comparable_values,
    find_listed,
    is_said_already,
    note_name,
)
from tracker.exchange.apply.opds import find_or_create_opd
from tracker.exchange.apply.session import ImportSession
from tracker.exchange.parsing.records import Record
from tracker.exchange.questions import Candidate, Question
from tracker.fields import ChangedBy, fields_changed_by
from tracker.history import days_at, opd_at, stage_at, visits_at
from tracker.labels import stage_word
from tracker.language import N_
from tracker.model import OPD, Application, Service, Stage

UNKNOWN = "unknown"
"""The answer that the stage of services is not known yet."""


def enter_service(session: ImportSession, record: Record) -> None:
    """Register a service, or put right what is not dated of one that is there.

    The baseline of a service that is there is no import's to change: a row that tells of another
    is refused, unless it tells how the service stands today.
    """
    opd = find_or_create_opd(session, record)
    named = session.services.find_named(
        record.values["name"],
        lambda service: opd.id in _opds_of(session, service),
    )
    values = comparable_values(record, opd)
    if is_said_already(session, record, values):
        return
    there = find_listed(session, record, session.services, named)
    code = code_in(record) or (there.code if there else None)
    if code and session.is_repeated("services", record, code, values):
        return
    if there is None:
        register_service(session, record, opd, code)
        return

    note_name(session, record, opd)
    if code_in(record):
        session.claimed.add(there.id)
    in_opening = session.draft.register.only_city.in_opening
    if not in_opening:
        _check_baseline(session, record, there, opd)
    fields = {"code": code, **read_description(session, record)}
    if in_opening:
        fields |= _baseline(record, opd)
    else:
        fields |= _unknown_before(session, record, there)
    session.services.put(session.edit("services", there, record, **fields))
    _note_retirement(session, record, there)


def _baseline(record: Record, opd: OPD) -> dict[str, Any]:
    """Return what a row says of where a service begins, which the opening takes over."""
    fields: dict[str, Any] = {"opd": opd.id}
    for name in ("stage", "visits", "days", "registered_on"):
        if name in record.values:
            fields[name] = record.values[name]
    if "stage" in fields:
        fields["assumed"] = False
    return fields


def register_service(
    session: ImportSession,
    record: Record,
    opd: OPD,
    code: str | None,
    listed_as: str = "",
) -> Service:
    """Enter a service as new, with its baseline; another of its name in this import is asked about.

    ``listed_as`` is the code that the list gives it if that is another service's here.
    """
    values = record.values
    check_doubled(session, record, opd)
    if not code:
        taken = session.services.by_code
        code = unique_code(values["name"], taken, opd.code)
    fields = {
        "code": code,
        "opd": opd.id,
        "registered_on": values.get("registered_on", session.day),
        "visits": values.get("visits"),
        "days": values.get("days"),
        **first_stage(session, record),
        **read_description(session, record),
    }
    if listed_as:
        fields["listed_as"] = listed_as
    service = session.new("services", Service, record, **fields)
    session.services.put(service)
    if code_in(record):
        session.claimed.add(service.id)
    session.note_row("services", record, code, comparable_values(record, opd))
    _note_retirement(session, record, service)
    return service


def first_stage(session: ImportSession, record: Record) -> dict[str, Any]:
    """Return the stage with which a new service begins, and whether it is only assumed.

    It is asked for if the row does not tell it. A row of an export leaves it empty if
    nobody had told it.
    """
    if "stage" in record.values:
        return {"stage": record.values["stage"]}
    assumed = {"stage": Stage.CONVENTIONAL, "assumed": True}
    if "recorded_at" in record.values:
        return assumed
    answer = session.ask(_stage_question(record.place.file))
    return assumed if answer == UNKNOWN else {"stage": Stage(answer)}


def _stage_question(file: str) -> Question:
    stages = [Candidate(stage.value, stage_word(stage), {}) for stage in Stage]
    unknown = N_("not known yet: they count as Conventional until it is told")
    return Question(
        f"stage:{file}",
        N_(
            "{file} does not tell the stage of services that are new. Which is it?",
        ),
        {"file": file},
        (*stages, Candidate(UNKNOWN, unknown, {})),
    )


def read_description(session: ImportSession, record: Record) -> dict[str, Any]:
    """Return what a row says of a service that has no date: its name, volume, tags and such."""
    fields = edited_fields(record, "services")
    if "application" in fields:
        fields["application"] = find_application(session, record).id
    return fields


def edited_fields(record: Record, table: str) -> dict[str, Any]:
    """Return what a row fills in of the fields that an edit may change, but for its code."""
    edited = fields_changed_by(table, ChangedBy.EDIT)
    return {
        field.name: record.values[field.name]
        for field in edited
        if field.name != "code" and field.name in record.values
    }


def find_application(session: ImportSession, record: Record) -> Application:
    """Return the application that a row names; ``Rejected`` for none."""
    said = record.values["application"]
    found = session.applications.find(said)
    if found is None:
        raise Rejected(
            "No application is called “{value}”: write its code or name.",
            value=said[:80],
            column="application",
        )
    return found


def find_service(session: ImportSession, record: Record) -> Service:
    """Return the service that a row names by its code, or by a name that only one has."""
    said = record.values["service"]
    found = session.services.find(said)
    if found is None:
        raise Rejected(
            "No service is called “{value}”: write its code.",
            value=said[:80],
            column="service",
        )
    return found


def enter_application(session: ImportSession, record: Record) -> None:
    """Enter an application, or put right what the row says of one that is there."""
    name = record.values["name"]
    fields = application_fields(session, record)
    opd = session.opds.by_key.get(fields.get("opd", ""))
    named = session.applications.find_named(name)
    if code_in(record) and opd:
        named = [one for one in named if one.opd in (None, opd.id)]
    values = comparable_values(record, opd)
    if is_said_already(session, record, values):
        return

    there = find_listed(session, record, session.applications, named)
    code = code_in(record) or (there.code if there else "")
    if not code:
        code = unique_code(name, session.applications.by_code)
    if session.is_repeated("applications", record, code, values):
        return
    fields = {"code": code, **fields}
    if there is None:
        check_doubled(session, record, opd)
        there = session.new("applications", Application, record, **fields)
    else:
        note_name(session, record, opd)
        there = session.edit("applications", there, record, **fields)
    session.applications.put(there)
    if code_in(record):
        session.claimed.add(there.id)


def application_fields(
    session: ImportSession,
    record: Record,
) -> dict[str, Any]:
    """Return what a row says of an application."""
    fields = edited_fields(record, "applications")
    if "opd" in fields:
        fields["opd"] = find_or_create_opd(session, record).id
    return fields


def _opds_of(session: ImportSession, service: Service) -> set[str]:
    """Return the OPD with which a service began and the one that has it today."""
    if service.id not in session.register.services:
        return {service.opd}
    return {service.opd, opd_at(session.register, service, session.draft.today)}


def _check_baseline(
    session: ImportSession,
    record: Record,
    there: Service,
    opd: OPD,
) -> None:
    """Refuse a row whose stage, OPD or registration is neither the baseline nor as it is today."""
    if there.id not in session.register.services:
        return
    today = session.draft.today
    register = session.register
    if opd.id not in _opds_of(session, there):
        owner = session.opds.by_key[opd_at(register, there, today)]
        raise Rejected(
            "{service} belongs to {other}: import a transfer, or an inventory of a day.",
            service=there.code,
            other=owner.code,
            column="opd",
        )

    accepted: dict[str, set[Any]] = {
        "stage": {there.stage, stage_at(register, there, today)},
        "registered_on": {there.registered_on},
        "visits": {there.visits, visits_at(register, there, today)},
        "days": {there.days, days_at(register, there, today)},
    }
    still_unknown = _unknown_before(session, record, there)
    for name, values in accepted.items():
        if name not in record.values or name in still_unknown:
            continue
        value = record.values[name]
        if value not in values:
            raise Rejected(
                "{service} is there with another value: import moves, or an inventory of a day.",
                service=there.code,
                column=name,
                value=str(value),
            )


def _unknown_before(
    session: ImportSession,
    record: Record,
    there: Service,
) -> dict[str, Any]:
    """Return the visits and days of a row of which the baseline has none and no move has told any."""
    if there.id in session.register.moves_of:
        return {}
    return {
        name: record.values[name]
        for name in ("visits", "days")
        if name in record.values and getattr(there, name) is None
    }


def _note_retirement(
    session: ImportSession,
    record: Record,
    service: Service,
) -> None:
    """Keep ``retired_on`` until the closures are entered: it is the short form of one of them."""
    if "retired_on" in record.values:
        session.retirements[service.id] = record
