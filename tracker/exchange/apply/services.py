"""Rows of services and applications that tell of them one by one, not how things stood on a day."""

from typing import Any

from tracker.actions.codes import unique_code
from tracker.errors import Rejected
from tracker.exchange.apply.duplicates import (
    check_doubled,
    code_in,
    is_said_already,
    known,
    note_name,
    said_of,
)
from tracker.exchange.apply.entry import ImportSession
from tracker.exchange.apply.opds import opd_meant
from tracker.exchange.parsing.records import Record
from tracker.exchange.questions import Candidate, Question
from tracker.fields import ChangedBy, fields_changed_by
from tracker.history import days_at, opd_at, stage_at, visits_at
from tracker.labels import stage_word
from tracker.language import N_
from tracker.model import OPD, Application, Service, Stage

UNKNOWN = "unknown"
"""The answer that the stage of services is not known yet."""


def enter_service(entry: ImportSession, record: Record) -> None:
    """Register a service, or put right what is not dated of one that is there.

    The baseline of a service that is there is no import's to change: a row that tells of another
    is refused, unless it tells how the service stands today.
    """
    opd = opd_meant(entry, record)
    named = _of_name(entry, record, opd)
    said = said_of(record, opd)
    if is_said_already(entry, record, said):
        return
    there = known(entry, record, entry.services, named)
    code = code_in(record) or (there.code if there else None)
    if code and entry.is_repeated(
        "services", record, code, said_of(record, opd)
    ):
        return
    if there is None:
        register_service(entry, record, opd, code)
        return
    note_name(entry, record, opd)
    if code_in(record):
        entry.claimed.add(there.id)
    in_opening = entry.draft.register.only_city.in_opening
    if not in_opening:
        _check_baseline(entry, record, there, opd)
    fields = (
        {"code": code}
        | described(entry, record)
        | (
            _baseline(record, opd)
            if in_opening
            else _unknown_before(entry, record, there)
        )
    )
    entry.services.put(entry.edit("services", there, record, **fields))
    _note_retirement(entry, record, there)


def _baseline(record: Record, opd: OPD) -> dict[str, Any]:
    """Return what a row says of where a service begins, which the opening takes over."""
    names = ("stage", "visits", "days", "registered_on")
    told = {
        name: record.values[name] for name in names if name in record.values
    }
    answered = {"assumed": False} if "stage" in told else {}
    return {"opd": opd.id, **told, **answered}


def register_service(
    entry: ImportSession,
    record: Record,
    opd: OPD,
    code: str | None,
    listed_as: str = "",
) -> Service:
    """Enter a service as new, with its baseline; another of its name in this import is asked about.

    ``listed_as`` is the code that the list gives it if that is another service's here.
    """
    values = record.values
    check_doubled(entry, record, opd)
    code = code or unique_code(values["name"], entry.services.by_code, opd.code)
    service = entry.new(
        "services",
        Service,
        record,
        code=code,
        opd=opd.id,
        registered_on=values.get("registered_on", entry.day),
        **first_stage(entry, record),
        visits=values.get("visits"),
        days=values.get("days"),
        **described(entry, record),
        **({"listed_as": listed_as} if listed_as else {}),
    )
    entry.services.put(service)
    if code_in(record):
        entry.claimed.add(service.id)
    entry.note("services", record, code, said_of(record, opd))
    _note_retirement(entry, record, service)
    return service


def first_stage(entry: ImportSession, record: Record) -> dict[str, Any]:
    """Return the stage with which a new service begins, and whether it is only assumed.

    It is asked for if the row does not tell it. A row of an export leaves it empty if
    nobody had told it.
    """
    if "stage" in record.values:
        return {"stage": record.values["stage"]}
    assumed = {"stage": Stage.CONVENTIONAL, "assumed": True}
    if "recorded_at" in record.values:
        return assumed
    answer = entry.ask(_stage_question(record.place.file))
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


def described(entry: ImportSession, record: Record) -> dict[str, Any]:
    """Return what a row says of a service that has no date: its name, volume, tags and such."""
    fields = edited_fields(record, "services")
    if "application" in fields:
        fields["application"] = application_meant(entry, record).id
    return fields


def edited_fields(record: Record, table: str) -> dict[str, Any]:
    """Return what a row fills in of the fields that an edit may change, but for its code."""
    edited = fields_changed_by(table, ChangedBy.EDIT)
    return {
        field.name: record.values[field.name]
        for field in edited
        if field.name != "code" and field.name in record.values
    }


def application_meant(entry: ImportSession, record: Record) -> Application:
    """Return the application that a row names; ``Rejected`` for none."""
    said = record.values["application"]
    found = entry.applications.find(said)
    if found is None:
        raise Rejected(
            "No application is called “{value}”: write its code or name.",
            value=said[:80],
            column="application",
        )
    return found


def service_meant(entry: ImportSession, record: Record) -> Service:
    """Return the service that a row names by its code, or by a name that only one has."""
    said = record.values["service"]
    found = entry.services.find(said)
    if found is None:
        raise Rejected(
            "No service is called “{value}”: write its code.",
            value=said[:80],
            column="service",
        )
    return found


def enter_application(entry: ImportSession, record: Record) -> None:
    """Enter an application, or put right what the row says of one that is there."""
    name, fields = record.values["name"], application_fields(entry, record)
    opd = entry.opds.by_key.get(fields.get("opd", ""))
    named = entry.applications.called(name)
    if code_in(record) and opd:
        named = [
            application
            for application in named
            if application.opd in (None, opd.id)
        ]
    said = said_of(record, opd)
    if is_said_already(entry, record, said):
        return
    there = known(entry, record, entry.applications, named)
    code = code_in(record) or (
        there.code if there else unique_code(name, entry.applications.by_code)
    )
    if entry.is_repeated("applications", record, code, said_of(record, opd)):
        return
    if there is None:
        check_doubled(entry, record, opd)
        there = entry.new(
            "applications", Application, record, code=code, **fields
        )
    else:
        note_name(entry, record, opd)
        there = entry.edit("applications", there, record, code=code, **fields)
    entry.applications.put(there)
    if code_in(record):
        entry.claimed.add(there.id)


def application_fields(entry: ImportSession, record: Record) -> dict[str, Any]:
    """Return what a row says of an application."""
    fields = edited_fields(record, "applications")
    if "opd" in fields:
        fields["opd"] = opd_meant(entry, record).id
    return fields


def _of_name(entry: ImportSession, record: Record, opd: OPD) -> list[Service]:
    return entry.services.called(
        record.values["name"],
        lambda service: opd.id in _opds_of(entry, service),
    )


def _opds_of(entry: ImportSession, service: Service) -> set[str]:
    """Return the OPD with which a service began and the one that has it today."""
    if service.id not in entry.register.services:
        return {service.opd}
    return {service.opd, opd_at(entry.register, service, entry.draft.today)}


def _check_baseline(
    entry: ImportSession, record: Record, there: Service, opd: OPD
) -> None:
    """Refuse a row whose stage, OPD or registration is neither the baseline nor as it is today."""
    if there.id not in entry.register.services:
        return
    values, today, register = record.values, entry.draft.today, entry.register
    if opd.id not in _opds_of(entry, there):
        raise Rejected(
            "{service} belongs to {other}: import a transfer, or an inventory of a day.",
            service=there.code,
            other=entry.opds.by_key[opd_at(register, there, today)].code,
            column="opd",
        )
    standing: dict[str, set[Any]] = {
        "stage": {there.stage, stage_at(register, there, today)},
        "registered_on": {there.registered_on},
        "visits": {
            there.visits,
            visits_at(register, there, today),
            *_free(entry, record, there, "visits"),
        },
        "days": {
            there.days,
            days_at(register, there, today),
            *_free(entry, record, there, "days"),
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
    entry: ImportSession, record: Record, there: Service, name: str
) -> list[Any]:
    """Return what the row says where the baseline is unknown and no move has been made since."""
    unknown = (
        getattr(there, name) is None and there.id not in entry.register.moves_of
    )
    return [record.values[name]] if unknown and name in record.values else []


def _unknown_before(
    entry: ImportSession, record: Record, there: Service
) -> dict[str, Any]:
    return {
        name: said
        for name in ("visits", "days")
        for said in _free(entry, record, there, name)
    }


def _note_retirement(
    entry: ImportSession, record: Record, service: Service
) -> None:
    """Keep ``retired_on`` until the closures are entered: it is the short form of one of them."""
    if "retired_on" in record.values:
        entry.retirements[service.id] = record
