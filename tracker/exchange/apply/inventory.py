"""How things stood on a day, reconciled with what the register has for that day."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from tracker.actions.codes import unique_code
from tracker.errors import Rejected
from tracker.exchange.apply.duplicates import (
    check_doubled,
    code_in,
    comparable_values,
)
from tracker.exchange.apply.matching import Listed, Match, Matching, Thing
from tracker.exchange.apply.opds import find_or_create_opd
from tracker.exchange.apply.services import (
    application_fields,
    read_description,
    register_service,
)
from tracker.exchange.apply.session import (
    ImportSession,
    StatedFact,
    contradiction_error,
)
from tracker.exchange.effects import Change
from tracker.exchange.parsing.records import Record
from tracker.exchange.questions import Candidate, Question
from tracker.history import (
    days_at,
    find_last_move,
    is_active,
    is_assumed,
    opd_at,
    stage_at,
    visits_at,
)
from tracker.language import N_
from tracker.model import (
    OPD,
    Application,
    Closure,
    Fact,
    Move,
    Service,
    Transfer,
)
from tracker.text import normalize_name

_WHOLE, _PART = "whole", "part"
_STANDING = ("stage", "visits", "days")


def reconcile_services(
    session: ImportSession, records: Sequence[Record]
) -> None:
    """Enter an inventory of services: who joined, moved, was transferred, renamed, has come back or gone."""
    register, day = session.register, session.day
    there = [
        service
        for service in register.services.values()
        if service.registered_on <= day
    ]
    matching = Matching(
        session,
        "services",
        there,
        lambda service: opd_at(register, service, day),
        lambda service: is_active(register, service, day),
    )
    rows = _listed(session, records)
    matching.run(rows)
    for match in matching.matches:
        session.attempt(
            match.listed.record, partial(_enter_service, match=match)
        )
    for service in _gone(session, matching, rows):
        session.draft.new(Closure, service=service.id, start=day)


def reconcile_applications(
    session: ImportSession, records: Sequence[Record]
) -> None:
    """Enter an inventory of applications: which joined, were renamed, have come back or gone."""
    day = session.day
    matching = Matching(
        session,
        "applications",
        list(session.register.applications.values()),
        lambda application: application.opd or "",
        lambda application: (
            application.retired_on is None or application.retired_on > day
        ),
    )
    rows = _listed(session, records)
    matching.run(rows)
    for match in matching.matches:
        session.attempt(
            match.listed.record, partial(_enter_application, match=match)
        )
    for thing in _gone(session, matching, rows):
        if isinstance(thing, Application):
            session.applications.put(session.draft.edit(thing, retired_on=day))


def _listed(session: ImportSession, records: Sequence[Record]) -> list[Listed]:
    """Return the rows with their OPDs; a row that repeats another word for word counts once."""
    rows: list[Listed] = []
    for record in records:
        session.attempt(record, lambda e, r: _list(e, r, rows))
    return rows


def _list(session: ImportSession, record: Record, rows: list[Listed]) -> None:
    values = record.values
    opd = find_or_create_opd(session, record) if "opd" in values else None
    code = code_in(record)
    handle = (
        code
        or f"{opd.code if opd else ''} {normalize_name(values['name'])}".strip()
    )
    if not session.is_repeated(
        record.kind, record, handle, comparable_values(record, opd)
    ):
        rows.append(Listed(record, values["name"], code, opd))


def _enter_service(
    session: ImportSession, record: Record, match: Match
) -> None:
    opd = match.listed.opd
    if opd is None:
        raise Rejected("This must be filled in.", value="")
    if isinstance(match.thing, Service):
        _reconcile_service(session, match, match.thing, opd)
        return
    _check_later(session, match, opd)
    if _is_over(session, record):
        session.note_effect("left out", "services", match.listed.name)
    else:
        register_service(session, record, opd, match.code, match.listed_as)


def _check_later(session: ImportSession, match: Match, opd: OPD) -> None:
    """Refuse to enter anew what is there already, but was registered after the day of the inventory."""
    named = session.services.find_named(
        match.listed.name, lambda service: service.opd == opd.id
    )
    coded = session.services.by_code.get(match.code or "")
    for service in (coded, *named) if coded else named:
        if (
            service.registered_on > session.day
            and service.id in session.register.services
        ):
            raise Rejected(
                "{service} is registered on {day}, after the day of this inventory.",
                service=service.code,
                day=service.registered_on,
            )


def _is_over(session: ImportSession, record: Record) -> bool:
    """Tell whether a row tells of what was offered no more on the day, and not since when."""
    retired = record.values.get("retired_on")
    return (
        retired is not None
        and retired <= session.day
        and record.values.get("registered_on", retired) >= retired
    )


def _reconcile_service(
    session: ImportSession, match: Match, service: Service, opd: OPD
) -> None:
    """Put what the register has for the day beside what the row says, and enter what differs."""
    record, day, register = match.listed.record, session.day, session.register
    service = _describe(session, match, service)
    if opd_at(register, service, day) != opd.id:
        before = session.opds.by_key[opd_at(register, service, day)]
        session.enter(Transfer, record, service=service.id, on=day, opd=opd.id)
        session.note_effect(
            "transferred",
            "services",
            service.name,
            Change("", before.name, opd.name),
        )
    retired = record.values.get("retired_on")
    if retired is not None and retired <= day:
        if is_active(register, service, day):
            session.enter(Closure, record, service=service.id, start=retired)
            session.note_effect(
                "retired", "services", service.name, Change("", "", retired)
            )
        return
    _reopen(session, record, service)
    _note_standing(session, record, service, opd)


def _describe(
    session: ImportSession, match: Match, service: Service
) -> Service:
    """Take over what has no date, the name and the code among it."""
    record = match.listed.record
    fields: dict[str, Any] = read_description(session, record)
    if fields["name"] != service.name:
        session.note_effect(
            "renamed",
            "services",
            service.code,
            Change("", service.name, fields["name"]),
        )
        service = session.draft.edit(service, name=fields["name"])
    if match.code is not None and match.code != service.code:
        session.note_effect(
            "recoded",
            "services",
            service.name,
            Change("", service.code, match.code),
        )
        service = session.draft.edit(service, code=match.code)
    if match.listed_as:
        fields["listed_as"] = match.listed_as
    service = session.edit("services", service, record, **fields)
    session.services.put(service)
    return service


def _reopen(session: ImportSession, record: Record, service: Service) -> None:
    for closure in session.register.closures_of.get(service.id, ()):
        if closure.start <= session.day and (
            closure.until is None or closure.until > session.day
        ):
            session.places[closure.id] = record.place
            session.draft.edit(closure, until=session.day)
            session.note_effect(
                "reopened",
                "services",
                service.name,
                Change("", "", session.day),
            )


def _note_standing(
    session: ImportSession, record: Record, service: Service, opd: OPD
) -> None:
    said: dict[str, Any] = {
        name: record.values[name] for name in _STANDING if name in record.values
    }
    session.standing[service.id] = StatedFact(record, {**said, "opd": opd.id})
    session.waiting[service.id] = record


def check_standings(session: ImportSession) -> None:
    """Refuse rows of an inventory that the transfers or closures that came with it belie."""
    register, day = session.draft.register, session.day
    for key, told in session.standing.items():
        service = session.services.by_key[key]
        if opd_at(register, service, day) != told.said["opd"]:
            facts: Sequence[Fact] = [
                t for t in register.transfers_of[key] if t.on <= day
            ]
        elif not is_active(register, service, day):
            facts = [
                closure
                for closure in register.closures_of[key]
                if closure.start <= day
            ]
        else:
            continue
        place = session.places.get(facts[-1].id, told.record.place)
        session.refuse(
            told.record, contradiction_error(f"{service.code} {day}", place)
        )


def enter_standings(session: ImportSession) -> None:
    """Enter moves of the inventory's day where the moves that came with it leave it another standing."""
    for key in list(session.waiting):
        enter_standing(session, session.services.by_key[key])


def enter_standing(session: ImportSession, service: Service) -> None:
    """Enter what an inventory says of a service, unless it says nothing or that has been done."""
    record = session.waiting.pop(service.id, None)
    if record is not None:
        session.attempt(record, partial(_move, service=service))


def _move(session: ImportSession, record: Record, service: Service) -> None:
    """Enter a move of the day where the row tells another stage, or other visits or days."""
    register, day, values = (
        session.with_moves_of(service),
        session.day,
        record.values,
    )
    before = stage_at(register, service, day)
    stage = values.get("stage", before)
    known = {
        "visits": visits_at(register, service, day),
        "days": days_at(register, service, day),
    }
    told = {
        name: values[name]
        for name in known
        if name in values and values[name] != known[name]
    }
    is_news = "stage" in values and is_assumed(register, service, day)
    if stage == before and not told and not is_news:
        return
    last = find_last_move(register, service, day)
    if (
        last is not None
        and (last.on, last.stage) == (day, stage)
        and last.id in session.places
    ):
        session.draft.edit(last, **told)
    else:
        session.enter(
            Move, record, service=service.id, on=day, stage=stage, **told
        )
    if stage != before:
        session.note_effect(
            "moved", "services", service.name, Change("", before, stage)
        )
        return
    session.note_effect(
        "restated",
        "services",
        service.name,
        *(Change(n, known[n], said) for n, said in told.items()),
    )


def _gone(
    session: ImportSession, matching: Matching, rows: Sequence[Listed]
) -> list[Thing]:
    """Tell what the file lists no more, and return what of it is to be retired."""
    unlisted = matching.unlisted()
    owners = _owners(rows)
    own = [
        thing
        for thing in unlisted
        if not owners or matching.opd_of(thing) in owners
    ]
    if len(own) < len(unlisted) and session.options.retire_missing:
        own = (
            unlisted
            if session.answer(_scope_question([*owners.values()])) == _WHOLE
            else own
        )
    keys = {thing.id for thing in own}
    for thing in unlisted:
        session.note_effect(
            "gone" if thing.id in keys else "unlisted",
            matching.kind,
            f"{thing.name} ({thing.code})",
        )
    if not session.options.retire_missing:
        return []
    for thing in own:
        session.note_effect(
            "retired", matching.kind, thing.name, Change("", "", session.day)
        )
    return own


def _owners(rows: Sequence[Listed]) -> dict[str, OPD]:
    """Return the OPDs whose own lists these may be, by key; none where a row names no OPD."""
    owners = {listed.opd_key: listed.opd for listed in rows}
    named = {key: opd for key, opd in owners.items() if opd is not None}
    return named if len(named) == len(owners) else {}


def _scope_question(owners: Sequence[OPD]) -> Question:
    whole = Candidate(
        _WHOLE, N_("yes: it lists the whole city, and they are retired"), {}
    )
    if len(owners) > 1:
        return Question(
            "scope:several",
            N_(
                "The import names {count} OPDs. Is what all other OPDs have gone too?"
            ),
            {"count": len(owners)},
            (
                Candidate(_PART, N_("no: it is the list of those OPDs"), {}),
                whole,
            ),
        )
    return Question(
        f"scope:{owners[0].code}",
        N_("The file is of {opd} alone. Is what all other OPDs have gone too?"),
        {"opd": owners[0].name},
        (Candidate(_PART, N_("no: it is the list of that OPD"), {}), whole),
    )


def _enter_application(
    session: ImportSession, record: Record, match: Match
) -> None:
    thing = match.thing
    fields = application_fields(session, record)
    retired = fields.pop("retired_on", None)
    if not isinstance(thing, Application):
        check_doubled(session, record, match.listed.opd)
        code = match.code or unique_code(
            match.listed.name, session.applications.by_code
        )
        made = session.new(
            "applications",
            Application,
            record,
            code=code,
            retired_on=retired,
            **fields,
            **({"listed_as": match.listed_as} if match.listed_as else {}),
        )
        session.applications.put(made)
        return
    if fields["name"] != thing.name:
        session.note_effect(
            "renamed",
            "applications",
            thing.code,
            Change("", thing.name, fields["name"]),
        )
        thing = session.draft.edit(thing, name=fields["name"])
    if match.code is not None and match.code != thing.code:
        session.note_effect(
            "recoded",
            "applications",
            thing.name,
            Change("", thing.code, match.code),
        )
        thing = session.draft.edit(thing, code=match.code)
    if match.listed_as:
        fields["listed_as"] = match.listed_as
    thing = _retire_or_return(session, thing, retired)
    session.applications.put(
        session.edit("applications", thing, record, **fields)
    )


def _retire_or_return(
    session: ImportSession, thing: Application, retired: Any
) -> Application:
    is_out = thing.retired_on is not None and thing.retired_on <= session.day
    if retired is not None and not is_out:
        session.note_effect(
            "retired", "applications", thing.name, Change("", "", retired)
        )
        return session.draft.edit(thing, retired_on=retired)
    if retired is None and is_out:
        session.note_effect(
            "reopened",
            "applications",
            thing.name,
            Change("", thing.retired_on, ""),
        )
        return session.draft.edit(thing, retired_on=None)
    return thing
