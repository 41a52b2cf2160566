"""How things stood on a day, reconciled with what the register has for that day."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from tracker.actions.codes import unique_code
from tracker.errors import Rejected
from tracker.exchange.apply.duplicates import check_doubled, code_in, said_of
from tracker.exchange.apply.entry import (
    ImportSession,
    StatedFact,
    contradiction,
)
from tracker.exchange.apply.matching import Listed, Match, Matching, Thing
from tracker.exchange.apply.opds import opd_meant
from tracker.exchange.apply.services import (
    application_fields,
    described,
    register_service,
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


def reconcile_services(entry: ImportSession, records: Sequence[Record]) -> None:
    """Enter an inventory of services: who joined, moved, was transferred, renamed, has come back or gone."""
    register, day = entry.register, entry.day
    there = [
        service
        for service in register.services.values()
        if service.registered_on <= day
    ]
    matching = Matching(
        entry,
        "services",
        there,
        lambda service: opd_at(register, service, day),
        lambda service: is_active(register, service, day),
    )
    rows = _listed(entry, records)
    matching.run(rows)
    for match in matching.matches:
        entry.attempt(match.listed.record, partial(_enter_service, match=match))
    for service in _gone(entry, matching, rows):
        entry.draft.new(Closure, service=service.id, start=day)


def reconcile_applications(
    entry: ImportSession, records: Sequence[Record]
) -> None:
    """Enter an inventory of applications: which joined, were renamed, have come back or gone."""
    day = entry.day
    matching = Matching(
        entry,
        "applications",
        list(entry.register.applications.values()),
        lambda application: application.opd or "",
        lambda application: (
            application.retired_on is None or application.retired_on > day
        ),
    )
    rows = _listed(entry, records)
    matching.run(rows)
    for match in matching.matches:
        entry.attempt(
            match.listed.record, partial(_enter_application, match=match)
        )
    for thing in _gone(entry, matching, rows):
        if isinstance(thing, Application):
            entry.applications.put(entry.draft.edit(thing, retired_on=day))


def _listed(entry: ImportSession, records: Sequence[Record]) -> list[Listed]:
    """Return the rows with their OPDs; a row that repeats another word for word counts once."""
    rows: list[Listed] = []
    for record in records:
        entry.attempt(record, lambda e, r: _list(e, r, rows))
    return rows


def _list(entry: ImportSession, record: Record, rows: list[Listed]) -> None:
    values = record.values
    opd = opd_meant(entry, record) if "opd" in values else None
    code = code_in(record)
    handle = (
        code
        or f"{opd.code if opd else ''} {normalize_name(values['name'])}".strip()
    )
    if not entry.is_repeated(record.kind, record, handle, said_of(record, opd)):
        rows.append(Listed(record, values["name"], code, opd))


def _enter_service(entry: ImportSession, record: Record, match: Match) -> None:
    opd = match.listed.opd
    if opd is None:
        raise Rejected("This must be filled in.", value="")
    if isinstance(match.thing, Service):
        _reconcile_service(entry, match, match.thing, opd)
        return
    _check_later(entry, match, opd)
    if _is_over(entry, record):
        entry.did("left out", "services", match.listed.name)
    else:
        register_service(entry, record, opd, match.code, match.listed_as)


def _check_later(entry: ImportSession, match: Match, opd: OPD) -> None:
    """Refuse to enter anew what is there already, but was registered after the day of the inventory."""
    named = entry.services.called(
        match.listed.name, lambda service: service.opd == opd.id
    )
    coded = entry.services.by_code.get(match.code or "")
    for service in (coded, *named) if coded else named:
        if (
            service.registered_on > entry.day
            and service.id in entry.register.services
        ):
            raise Rejected(
                "{service} is registered on {day}, after the day of this inventory.",
                service=service.code,
                day=service.registered_on,
            )


def _is_over(entry: ImportSession, record: Record) -> bool:
    """Tell whether a row tells of what was offered no more on the day, and not since when."""
    retired = record.values.get("retired_on")
    return (
        retired is not None
        and retired <= entry.day
        and record.values.get("registered_on", retired) >= retired
    )


def _reconcile_service(
    entry: ImportSession, match: Match, service: Service, opd: OPD
) -> None:
    """Put what the register has for the day beside what the row says, and enter what differs."""
    record, day, register = match.listed.record, entry.day, entry.register
    service = _describe(entry, match, service)
    if opd_at(register, service, day) != opd.id:
        before = entry.opds.by_key[opd_at(register, service, day)]
        entry.enter(Transfer, record, service=service.id, on=day, opd=opd.id)
        entry.did(
            "transferred",
            "services",
            service.name,
            Change("", before.name, opd.name),
        )
    retired = record.values.get("retired_on")
    if retired is not None and retired <= day:
        if is_active(register, service, day):
            entry.enter(Closure, record, service=service.id, start=retired)
            entry.did(
                "retired", "services", service.name, Change("", "", retired)
            )
        return
    _reopen(entry, record, service)
    _note_standing(entry, record, service, opd)


def _describe(entry: ImportSession, match: Match, service: Service) -> Service:
    """Take over what has no date, the name and the code among it."""
    record = match.listed.record
    fields: dict[str, Any] = described(entry, record)
    if fields["name"] != service.name:
        entry.did(
            "renamed",
            "services",
            service.code,
            Change("", service.name, fields["name"]),
        )
        service = entry.draft.edit(service, name=fields["name"])
    if match.code is not None and match.code != service.code:
        entry.did(
            "recoded",
            "services",
            service.name,
            Change("", service.code, match.code),
        )
        service = entry.draft.edit(service, code=match.code)
    if match.listed_as:
        fields["listed_as"] = match.listed_as
    service = entry.edit("services", service, record, **fields)
    entry.services.put(service)
    return service


def _reopen(entry: ImportSession, record: Record, service: Service) -> None:
    for closure in entry.register.closures_of.get(service.id, ()):
        if closure.start <= entry.day and (
            closure.until is None or closure.until > entry.day
        ):
            entry.places[closure.id] = record.place
            entry.draft.edit(closure, until=entry.day)
            entry.did(
                "reopened", "services", service.name, Change("", "", entry.day)
            )


def _note_standing(
    entry: ImportSession, record: Record, service: Service, opd: OPD
) -> None:
    said: dict[str, Any] = {
        name: record.values[name] for name in _STANDING if name in record.values
    }
    entry.standing[service.id] = StatedFact(record, {**said, "opd": opd.id})
    entry.waiting[service.id] = record


def check_standings(entry: ImportSession) -> None:
    """Refuse rows of an inventory that the transfers or closures that came with it belie."""
    register, day = entry.draft.register, entry.day
    for key, told in entry.standing.items():
        service = entry.services.by_key[key]
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
        place = entry.places.get(facts[-1].id, told.record.place)
        entry.refuse(told.record, contradiction(f"{service.code} {day}", place))


def enter_standings(entry: ImportSession) -> None:
    """Enter moves of the inventory's day where the moves that came with it leave it another standing."""
    for key in list(entry.waiting):
        enter_standing(entry, entry.services.by_key[key])


def enter_standing(entry: ImportSession, service: Service) -> None:
    """Enter what an inventory says of a service, unless it says nothing or that has been done."""
    record = entry.waiting.pop(service.id, None)
    if record is not None:
        entry.attempt(record, partial(_move, service=service))


def _move(entry: ImportSession, record: Record, service: Service) -> None:
    """Enter a move of the day where the row tells another stage, or other visits or days."""
    register, day, values = (
        entry.with_moves_of(service),
        entry.day,
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
        and last.id in entry.places
    ):
        entry.draft.edit(last, **told)
    else:
        entry.enter(
            Move, record, service=service.id, on=day, stage=stage, **told
        )
    if stage != before:
        entry.did("moved", "services", service.name, Change("", before, stage))
        return
    entry.did(
        "restated",
        "services",
        service.name,
        *(Change(n, known[n], said) for n, said in told.items()),
    )


def _gone(
    entry: ImportSession, matching: Matching, rows: Sequence[Listed]
) -> list[Thing]:
    """Tell what the file lists no more, and return what of it is to be retired."""
    unlisted = matching.unlisted()
    owners = _owners(rows)
    own = [
        thing
        for thing in unlisted
        if not owners or matching.opd_of(thing) in owners
    ]
    if len(own) < len(unlisted) and entry.options.retire_missing:
        own = (
            unlisted
            if entry.answer(_scope_question([*owners.values()])) == _WHOLE
            else own
        )
    keys = {thing.id for thing in own}
    for thing in unlisted:
        entry.did(
            "gone" if thing.id in keys else "unlisted",
            matching.kind,
            f"{thing.name} ({thing.code})",
        )
    if not entry.options.retire_missing:
        return []
    for thing in own:
        entry.did(
            "retired", matching.kind, thing.name, Change("", "", entry.day)
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
    entry: ImportSession, record: Record, match: Match
) -> None:
    thing = match.thing
    fields = application_fields(entry, record)
    retired = fields.pop("retired_on", None)
    if not isinstance(thing, Application):
        check_doubled(entry, record, match.listed.opd)
        code = match.code or unique_code(
            match.listed.name, entry.applications.by_code
        )
        made = entry.new(
            "applications",
            Application,
            record,
            code=code,
            retired_on=retired,
            **fields,
            **({"listed_as": match.listed_as} if match.listed_as else {}),
        )
        entry.applications.put(made)
        return
    if fields["name"] != thing.name:
        entry.did(
            "renamed",
            "applications",
            thing.code,
            Change("", thing.name, fields["name"]),
        )
        thing = entry.draft.edit(thing, name=fields["name"])
    if match.code is not None and match.code != thing.code:
        entry.did(
            "recoded",
            "applications",
            thing.name,
            Change("", thing.code, match.code),
        )
        thing = entry.draft.edit(thing, code=match.code)
    if match.listed_as:
        fields["listed_as"] = match.listed_as
    thing = _retire_or_return(entry, thing, retired)
    entry.applications.put(entry.edit("applications", thing, record, **fields))


def _retire_or_return(
    entry: ImportSession, thing: Application, retired: Any
) -> Application:
    is_out = thing.retired_on is not None and thing.retired_on <= entry.day
    if retired is not None and not is_out:
        entry.did(
            "retired", "applications", thing.name, Change("", "", retired)
        )
        return entry.draft.edit(thing, retired_on=retired)
    if retired is None and is_out:
        entry.did(
            "reopened",
            "applications",
            thing.name,
            Change("", thing.retired_on, ""),
        )
        return entry.draft.edit(thing, retired_on=None)
    return thing
