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
    named = _of_name(session, record, opd)
    said = comparable_values(record, opd)
    if is_said_already(session, record, said):
        return
    there = find_listed(session, record, session.services, named)
    code = code_in(record) or (there.code if there else None)
    if code and session.is_repeated(
        "services", record, code, comparable_values(record, opd)
    ):
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
    fields = (
        {"code": code}
        | read_description(session, record)
        | (
            _baseline(record, opd)
            if in_opening
            else _unknown_before(session, record, there)
        )
    )
    session.services.put(session.edit("services", there, record, **fields))
    _note_retirement(session, record, there)


def _baseline(record: Record, opd: OPD) -> dict[str, Any]:
    """Return what a row says of where a service begins, which the opening takes over."""
    names = ("stage", "visits", "days", "registered_on")
    told = {
        name: record.values[name] for name in names if name in record.values
    }
    answered = {"assumed": False} if "stage" in told else {}
    return {"opd": opd.id, **told, **answered}


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
    code = code or unique_code(
        values["name"], session.services.by_code, opd.code
    )
    service = session.new(
        "services",
        Service,
        record,
        code=code,
        opd=opd.id,
        registered_on=values.get("registered_on", session.day),
        **first_stage(session, record),
        visits=values.get("visits"),
        days=values.get("days"),
        **read_description(session, record),
        **({"listed_as": listed_as} if listed_as else {}),
    )
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
            "{file} does not tell the stage of services that are new. Which is it?"
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
    name, fields = record.values["name"], application_fields(session, record)
    opd = session.opds.by_key.get(fields.get("opd", ""))
    named = session.applications.find_named(name)
    if code_in(record) and opd:
        named = [
            application
            for application in named
            if application.opd in (None, opd.id)
        ]
    said = comparable_values(record, opd)
    if is_said_already(session, record, said):
        return
    there = find_listed(session, record, session.applications, named)
    code = code_in(record) or (
        there.code if there else unique_code(name, session.applications.by_code)
    )
    if session.is_repeated(
        "applications", record, code, comparable_values(record, opd)
    ):
        return
    if there is None:
        check_doubled(session, record, opd)
        there = session.new(
            "applications", Application, record, code=code, **fields
        )
    else:
        note_name(session, record, opd)
        there = session.edit("applications", there, record, code=code, **fields)
    session.applications.put(there)
    if code_in(record):
        session.claimed.add(there.id)


def application_fields(
    session: ImportSession, record: Record
) -> dict[str, Any]:
    """Return what a row says of an application."""
    fields = edited_fields(record, "applications")
    if "opd" in fields:
        fields["opd"] = find_or_create_opd(session, record).id
    return fields


def _of_name(session: ImportSession, record: Record, opd: OPD) -> list[Service]:
    return session.services.find_named(
        record.values["name"],
        lambda service: opd.id in _opds_of(session, service),
    )


def _opds_of(session: ImportSession, service: Service) -> set[str]:
    """Return the OPD with which a service began and the one that has it today."""
    if service.id not in session.register.services:
        return {service.opd}
    return {service.opd, opd_at(session.register, service, session.draft.today)}


def _check_baseline(
    session: ImportSession, record: Record, there: Service, opd: OPD
) -> None:
    """Refuse a row whose stage, OPD or registration is neither the baseline nor as it is today."""
    if there.id not in session.register.services:
        return
    values, today, register = (
        record.values,
        session.draft.today,
        session.register,
    )
    if opd.id not in _opds_of(session, there):
        raise Rejected(
            "{service} belongs to {other}: import a transfer, or an inventory of a day.",
            service=there.code,
            other=session.opds.by_key[opd_at(register, there, today)].code,
            column="opd",
        )
    standing: dict[str, set[Any]] = {
        "stage": {there.stage, stage_at(register, there, today)},
        "registered_on": {there.registered_on},
        "visits": {
            there.visits,
            visits_at(register, there, today),
            *_free(session, record, there, "visits"),
        },
        "days": {
            there.days,
            days_at(register, there, today),
            *_free(session, record, there, "days"),
        },
    }
    for name, sayable in standing.items():
        if name in values and values[name] not in sayable:
            raise Rejected(
                "{service} is there with another value: import moves, or an inventory of a day.",
                service=there.code,
                column=name,
                value=str(values[name]),
            )


def _free(
    session: ImportSession, record: Record, there: Service, name: str
) -> list[Any]:
    """Return what the row says where the baseline is unknown and no move has been made since."""
    unknown = (
        getattr(there, name) is None
        and there.id not in session.register.moves_of
    )
    return [record.values[name]] if unknown and name in record.values else []


def _unknown_before(
    session: ImportSession, record: Record, there: Service
) -> dict[str, Any]:
    return {
        name: said
        for name in ("visits", "days")
        for said in _free(session, record, there, name)
    }


def _note_retirement(
    session: ImportSession, record: Record, service: Service
) -> None:
    """Keep ``retired_on`` until the closures are entered: it is the short form of one of them."""
    if "retired_on" in record.values:
        session.retirements[service.id] = record
