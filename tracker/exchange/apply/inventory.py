"""How things stood on a day, reconciled with what the register has for that day."""

from collections.abc import Sequence
from functools import partial
from typing import Any, TypeVar

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

T = TypeVar("T", Service, Application)
_WHOLE, _PART = "whole", "part"
_STANDING = ("stage", "visits", "days")


def reconcile_services(
    session: ImportSession,
    records: Sequence[Record],
) -> None:
    """Enter an inventory of services: who joined, moved, was transferred, renamed, has come back or gone."""
    register = session.register
    day = session.day
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
    rows = _read_rows(session, records)
    matching.run(rows)
    for match in matching.matches:
        enter = partial(_enter_service, match=match)
        session.attempt(match.listed.record, enter)
    for service in _find_gone(session, matching, rows):
        session.draft.new(Closure, service=service.id, start=day)


def reconcile_applications(
    session: ImportSession,
    records: Sequence[Record],
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
    rows = _read_rows(session, records)
    matching.run(rows)
    for match in matching.matches:
        enter = partial(_enter_application, match=match)
        session.attempt(match.listed.record, enter)
    for thing in _find_gone(session, matching, rows):
        if isinstance(thing, Application):
            retired = session.draft.edit(thing, retired_on=day)
            session.applications.put(retired)


def _read_rows(
    session: ImportSession,
    records: Sequence[Record],
) -> list[Listed]:
    """Return the rows with their OPDs; a row that repeats another word for word counts once."""
    rows: list[Listed] = []
    for record in records:
        session.attempt(record, partial(_read_row, rows=rows))
    return rows


def _read_row(
    session: ImportSession,
    record: Record,
    rows: list[Listed],
) -> None:
    name = record.values["name"]
    opd = None
    if "opd" in record.values:
        opd = find_or_create_opd(session, record)
    code = code_in(record)

    owner = opd.code if opd else ""
    handle = code or f"{owner} {normalize_name(name)}".strip()
    values = comparable_values(record, opd)
    if not session.is_repeated(record.kind, record, handle, values):
        rows.append(Listed(record, name, code, opd))


def _enter_service(
    session: ImportSession,
    record: Record,
    match: Match,
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
    in_question = session.services.find_named(
        match.listed.name,
        lambda service: service.opd == opd.id,
    )
    coded = session.services.by_code.get(match.code or "")
    if coded is not None:
        in_question = [coded, *in_question]
    for service in in_question:
        is_later = service.registered_on > session.day
        if is_later and service.id in session.register.services:
            raise Rejected(
                "{service} is registered on {day}, after the day of this inventory.",
                service=service.code,
                day=service.registered_on,
            )


def _is_over(session: ImportSession, record: Record) -> bool:
    """Tell whether a row tells of what was offered no more on the day, and not since when."""
    retired = record.values.get("retired_on")
    if retired is None or retired > session.day:
        return False
    registered = record.values.get("registered_on", retired)
    return bool(registered >= retired)


def _reconcile_service(
    session: ImportSession,
    match: Match,
    service: Service,
    opd: OPD,
) -> None:
    """Put what the register has for the day beside what the row says, and enter what differs."""
    register = session.register
    day = session.day
    record = match.listed.record
    service = _describe(session, match, service)
    owner = opd_at(register, service, day)
    if owner != opd.id:
        session.enter(
            Transfer,
            record,
            service=service.id,
            on=day,
            opd=opd.id,
        )
        before = session.opds.by_key[owner]
        change = Change("", before.name, opd.name)
        session.note_effect("transferred", "services", service.name, change)

    retired = record.values.get("retired_on")
    if retired is None or retired > day:
        _reopen(session, record, service)
        _note_standing(session, record, service, opd)
    elif is_active(register, service, day):
        session.enter(Closure, record, service=service.id, start=retired)
        change = Change("", "", retired)
        session.note_effect("retired", "services", service.name, change)


def _describe(
    session: ImportSession,
    match: Match,
    service: Service,
) -> Service:
    """Take over what has no date, the name and the code among it."""
    record = match.listed.record
    fields: dict[str, Any] = read_description(session, record)
    service = _rename(session, match, service, fields["name"])
    if match.listed_as:
        fields["listed_as"] = match.listed_as
    service = session.edit("services", service, record, **fields)
    session.services.put(service)
    return service


def _rename(
    session: ImportSession,
    match: Match,
    thing: T,
    name: str,
) -> T:
    """Return a service or application with the name and the code that its row gives it."""
    kind = match.listed.record.kind
    if name != thing.name:
        change = Change("", thing.name, name)
        session.note_effect("renamed", kind, thing.code, change)
        thing = session.draft.edit(thing, name=name)
    if match.code is not None and match.code != thing.code:
        change = Change("", thing.code, match.code)
        session.note_effect("recoded", kind, thing.name, change)
        thing = session.draft.edit(thing, code=match.code)
    return thing


def _reopen(session: ImportSession, record: Record, service: Service) -> None:
    """End the closures that hold on the inventory's day: what it lists is offered."""
    day = session.day
    for closure in session.register.closures_of.get(service.id, ()):
        has_ended = closure.until is not None and closure.until <= day
        if closure.start <= day and not has_ended:
            session.places[closure.id] = record.place
            session.draft.edit(closure, until=day)
            change = Change("", "", day)
            session.note_effect("reopened", "services", service.name, change)


def _note_standing(
    session: ImportSession,
    record: Record,
    service: Service,
    opd: OPD,
) -> None:
    said: dict[str, Any] = {
        name: record.values[name] for name in _STANDING if name in record.values
    }
    session.standing[service.id] = StatedFact(record, {**said, "opd": opd.id})
    session.waiting[service.id] = record


def check_standings(session: ImportSession) -> None:
    """Refuse rows of an inventory that the transfers or closures that came with it contradict."""
    day = session.day
    for key, stated in session.standing.items():
        service = session.services.by_key[key]
        fact = _find_contradicting(session, service, stated.said["opd"])
        if fact is not None:
            place = session.places.get(fact.id, stated.record.place)
            error = contradiction_error(f"{service.code} {day}", place)
            session.refuse(stated.record, error)


def _find_contradicting(
    session: ImportSession,
    service: Service,
    opd: str,
) -> Fact | None:
    """Return the transfer or closure by which a service is not of an OPD, or not offered, on the day."""
    register = session.draft.register
    day = session.day
    if opd_at(register, service, day) != opd:
        transfers = register.transfers_of[service.id]
        return [one for one in transfers if one.on <= day][-1]
    if not is_active(register, service, day):
        closures = register.closures_of[service.id]
        return [one for one in closures if one.start <= day][-1]
    return None


def enter_standings(session: ImportSession) -> None:
    """Enter moves of the inventory's day where the moves that came with it leave it another standing."""
    for key in list(session.waiting):
        enter_standing(session, session.services.by_key[key])


def enter_standing(session: ImportSession, service: Service) -> None:
    """Enter what an inventory says of a service, unless it says nothing or that has been done."""
    record = session.waiting.pop(service.id, None)
    if record is not None:
        session.attempt(record, partial(_enter_standing_move, service=service))


def _enter_standing_move(
    session: ImportSession,
    record: Record,
    service: Service,
) -> None:
    """Enter a move of the day where the row tells another stage, or other visits or days."""
    register = session.with_moves_of(service)
    day = session.day
    values = record.values
    before = stage_at(register, service, day)
    stage = values.get("stage", before)
    known = {
        "visits": visits_at(register, service, day),
        "days": days_at(register, service, day),
    }
    changed = {
        name: values[name]
        for name in known
        if name in values and values[name] != known[name]
    }
    is_news = "stage" in values and is_assumed(register, service, day)
    if stage == before and not changed and not is_news:
        return

    last = find_last_move(register, service, day)
    if last is not None and last.id not in session.places:
        last = None  # a move of before the import stays as it is
    if last is not None and (last.on, last.stage) == (day, stage):
        session.draft.edit(last, **changed)
    else:
        fields = {"service": service.id, "on": day, "stage": stage, **changed}
        session.enter(Move, record, **fields)

    if stage != before:
        change = Change("", before, stage)
        session.note_effect("moved", "services", service.name, change)
        return
    changes = [
        Change(name, known[name], value) for name, value in changed.items()
    ]
    session.note_effect("restated", "services", service.name, *changes)


def _find_gone(
    session: ImportSession,
    matching: Matching,
    rows: Sequence[Listed],
) -> list[Thing]:
    """Note what the file no longer lists, and return what of it is to be retired."""
    unlisted = matching.find_unlisted()
    # The OPDs whose own lists these may be; a row that names none makes it the city's.
    owners = {listed.opd.id: listed.opd for listed in rows if listed.opd}
    if any(listed.opd is None for listed in rows):
        owners = {}
    own = [
        thing
        for thing in unlisted
        if not owners or matching.opd_of(thing) in owners
    ]
    if len(own) < len(unlisted) and session.options.retire_missing:
        question = _scope_question([*owners.values()])
        if session.answer(question) == _WHOLE:
            own = unlisted

    keys = {thing.id for thing in own}
    for thing in unlisted:
        what = "gone" if thing.id in keys else "unlisted"
        name = f"{thing.name} ({thing.code})"
        session.note_effect(what, matching.kind, name)
    if not session.options.retire_missing:
        return []
    for thing in own:
        change = Change("", "", session.day)
        session.note_effect("retired", matching.kind, thing.name, change)
    return own


def _scope_question(owners: Sequence[OPD]) -> Question:
    whole = Candidate(
        _WHOLE,
        N_("yes: it lists the whole city, and they are retired"),
        {},
    )
    if len(owners) > 1:
        return Question(
            "scope:several",
            N_(
                "The import names {count} OPDs. Is what all other OPDs have gone too?",
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
    session: ImportSession,
    record: Record,
    match: Match,
) -> None:
    thing = match.thing
    fields = application_fields(session, record)
    retired = fields.pop("retired_on", None)
    if match.listed_as:
        fields["listed_as"] = match.listed_as

    if isinstance(thing, Application):
        thing = _rename(session, match, thing, fields["name"])
        thing = _retire_or_return(session, thing, retired)
        thing = session.edit("applications", thing, record, **fields)
    else:
        check_doubled(session, record, match.listed.opd)
        taken = session.applications.by_code
        fields["code"] = match.code or unique_code(match.listed.name, taken)
        fields["retired_on"] = retired
        thing = session.new("applications", Application, record, **fields)
    session.applications.put(thing)


def _retire_or_return(
    session: ImportSession,
    thing: Application,
    retired: Any,
) -> Application:
    """Return an application that is retired, or back in use, as its row has it."""
    is_out = thing.retired_on is not None and thing.retired_on <= session.day
    if retired is not None and not is_out:
        change = Change("", "", retired)
        session.note_effect("retired", "applications", thing.name, change)
        return session.draft.edit(thing, retired_on=retired)
    if retired is None and is_out:
        change = Change("", thing.retired_on, "")
        session.note_effect("reopened", "applications", thing.name, change)
        return session.draft.edit(thing, retired_on=None)
    return thing
