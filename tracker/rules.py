"""What must hold of a register as a whole: an action may break none of it, and doctor looks for it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from tracker.errors import Rejected
from tracker.fields import REFERENCES
from tracker.history import is_active, offered_from
from tracker.limits import is_week
from tracker.lookup import number_of
from tracker.model import Closure, Decision, Fact, Move, Service, Transfer
from tracker.register import Changes, Register
from tracker.text import normalize_name
from tracker.week import Week

Say = Callable[..., Rejected]
"""Makes a problem of the service that is looked at."""


def check_changes(
    before: Register, after: Register, changes: Changes, today: date
) -> list[Rejected]:
    """Return what ``changes`` would break that was whole before; ``fact`` among its values is whose it is."""
    touched = _touched_services(before, changes) | _touched_services(after, changes)
    old = {str(problem) for problem in _problems(before, touched, today, changes)}
    return [
        problem
        for problem in _problems(after, touched, today, changes)
        if str(problem) not in old
    ]


def check_register(register: Register, today: date) -> list[Rejected]:
    """Return everything in the register that breaks a rule."""
    everything: Changes = {name: dict(register.table(name)) for name in _CHECKED_TABLES}
    return list(_problems(register, set(register.services), today, everything))


_CHECKED_TABLES = ("opds", "evaluations", "decisions", *REFERENCES)


def _touched_services(register: Register, changes: Changes) -> set[str]:
    touched = set(changes.get("services", ()))
    ended = {
        opd.id
        for key in changes.get("opds", ())
        if (opd := register.opds.get(key)) and opd.retired_on
    }
    if ended:
        touched.update(
            service.id for service in register.services.values() if service.opd in ended
        )
        touched.update(
            transfer.service
            for transfer in register.transfers.values()
            if transfer.opd in ended
        )
    for table in ("moves", "transfers", "closures", "targets", "obstacles"):
        facts = register.table(table)
        touched.update(
            facts[key].service for key in changes.get(table, ()) if key in facts
        )
    return touched


def _problems(
    register: Register, services: set[str], today: date, changes: Changes
) -> Iterator[Rejected]:
    yield from _dangling(register, changes)
    for table in ("opds", "services", "applications"):
        if changes.get(table):
            yield from _doubled_codes(register.table(table).values())
    if changes.get("opds"):
        yield from _shared_names(register)
    if changes.get("reports"):
        yield from _doubled_reports(register, today)
    if changes.get("evaluations"):
        yield from _doubled_evaluations(register)
    yield from _backward_dates(register, changes)
    yield from _misdated_applications(register, changes, today)
    yield from _obstacles_to_come(register, changes, today)
    yield from _decision_problems(register, changes, today)
    for key in sorted(services):
        service = register.services.get(key)
        if service is not None:
            yield from _service_problems(register, service, today)


def _dangling(register: Register, changes: Changes) -> Iterator[Rejected]:
    """Look for references to what is not there, from the changed tables and to them."""
    removed = {
        table: {k for k, fact in facts.items() if fact is None}
        for table, facts in changes.items()
    }
    for table, fields in REFERENCES.items():
        facts = register.table(table)
        for field, target in fields.items():
            there = register.table(target)
            if removed.get(target):
                suspects: Iterable[Fact] = facts.values()
            else:
                suspects = [
                    facts[key] for key in changes.get(table, ()) if key in facts
                ]
            for fact in suspects:
                key = getattr(fact, field)
                if key is not None and key not in there:
                    yield Rejected(
                        "Later entries rest on this one ({fact}): take those back first.",
                        fact=fact.id,
                    )


def _doubled_codes(facts: Iterable[Any]) -> Iterator[Rejected]:
    for code, count in Counter(fact.code for fact in facts).items():
        if count > 1:
            yield Rejected(
                "The code “{code}” is already taken: choose another.", code=code
            )


def _shared_names(register: Register) -> Iterator[Rejected]:
    """Look for two OPDs at work under one name: a file that names it could mean either."""
    seen: dict[str, str] = {}
    for opd in register.opds.values():
        if opd.retired_on is not None:
            continue
        for name in {normalize_name(opd.name), *map(normalize_name, opd.aliases)}:
            if seen.setdefault(name, opd.code) != opd.code:
                yield Rejected(
                    "“{name}” would mean two OPDs, {first} and {second}: choose another name or alias.",
                    name=name,
                    first=seen[name],
                    second=opd.code,
                )


def _doubled_reports(register: Register, today: date) -> Iterator[Rejected]:
    for (opd, week), count in Counter(
        (r.opd, r.week) for r in register.reports.values()
    ).items():
        if count > 1:
            yield Rejected(
                "{opd} has already reported for {week}.",
                opd=_code(register, opd),
                week=week,
            )
        if is_week(week) and Week.parse(week) > Week.of(today):
            yield Rejected(
                "{week} has not begun: a report is for a week that has.", week=week
            )


def _doubled_evaluations(register: Register) -> Iterator[Rejected]:
    for (name, year), count in Counter(
        (e.instrument, e.year) for e in register.evaluations.values()
    ).items():
        if count > 1:
            yield Rejected(
                "{name} of {year} is already there: correct that entry instead.",
                name=name,
                year=str(year),
            )


_SPANS = {
    "obstacles": ("opened_on", "resolved_on"),
    "closures": ("start", "until"),
}


def _backward_dates(register: Register, changes: Changes) -> Iterator[Rejected]:
    for table, (first, last) in _SPANS.items():
        facts = register.table(table)
        for key in changes.get(table, ()):
            fact = facts.get(key)
            if fact is None or getattr(fact, last) is None:
                continue
            if table == "closures" and fact.until == fact.start:
                yield _reopened_at_once(register, fact)
            elif getattr(fact, last) < getattr(fact, first):
                yield Rejected(
                    "It ends on {end}, before it begins on {start}: correct one of the dates.",
                    end=getattr(fact, last),
                    start=getattr(fact, first),
                    fact=key,
                )


def _misdated_applications(
    register: Register, changes: Changes, today: date
) -> Iterator[Rejected]:
    for key in changes.get("applications", ()):
        application = register.applications.get(key)
        if application is None or application.integrated_on is None:
            continue
        if application.integrated_on > today:
            yield Rejected(
                "{day} is still to come; enter what has happened.",
                day=application.integrated_on,
                fact=key,
            )
        if (
            application.retired_on is not None
            and application.retired_on <= application.integrated_on
        ):
            yield Rejected(
                "{application} was switched off on {end}: it cannot have gone behind the single door on "
                "{day}. Correct one of the dates.",
                application=application.code,
                end=application.retired_on,
                day=application.integrated_on,
                fact=key,
            )


def _obstacles_to_come(
    register: Register, changes: Changes, today: date
) -> Iterator[Rejected]:
    for key in changes.get("obstacles", ()):
        obstacle = register.obstacles.get(key)
        last = (
            max(filter(None, (obstacle.opened_on, obstacle.resolved_on)))
            if obstacle
            else today
        )
        if last > today:
            yield Rejected(
                "{day} is still to come; enter what has happened.", day=last, fact=key
            )


def _decision_problems(
    register: Register, changes: Changes, today: date
) -> Iterator[Rejected]:
    changed = changes.get("decisions", ())
    for key in changed:
        decision = register.decisions.get(key)
        if decision is not None:
            yield from _misdated_decision(decision, today)
    proposals = Counter(
        decision.proposal
        for decision in register.decisions.values()
        if changed and decision.proposal
    )
    for proposal, count in proposals.items():
        if count > 1:
            yield Rejected(
                "There is already a decision on the proposal “{proposal}”: edit that one.",
                proposal=proposal,
            )


def _misdated_decision(decision: Decision, today: date) -> Iterator[Rejected]:
    later = (decision.decided_on, decision.done_on, decision.dropped_on)
    happened = [decision.asked_on, *filter(None, later)]
    earliest = min(*happened, decision.due_on)
    if max(happened) > today:
        yield Rejected(
            "{day} is still to come; enter what has happened.",
            day=max(happened),
            fact=decision.id,
        )
    if earliest < decision.asked_on:
        yield Rejected(
            "{day} is before {asked}, the day on which the decision was asked for: "
            "correct one of the dates.",
            day=earliest,
            asked=decision.asked_on,
            fact=decision.id,
        )
    if decision.done_on and decision.dropped_on:
        yield Rejected(
            "A decision is either carried out or dropped: clear one of the two dates.",
            fact=decision.id,
        )


def _reopened_at_once(register: Register, closure: Closure) -> Rejected:
    service = register.services.get(closure.service)
    return Rejected(
        "{service} cannot be reopened on {day}, the day on which it was closed: undo the closing, "
        "or choose a later day.",
        service=service.code if service else closure.service,
        day=closure.start,
        fact=closure.id,
    )


def _code(register: Register, opd: str) -> str:
    return register.opds[opd].code if opd in register.opds else opd


def _service_problems(
    register: Register, service: Service, today: date
) -> Iterator[Rejected]:
    say: Say = partial(Rejected, service=service.code)
    if service.registered_on > today:
        yield say(
            "{service} would be registered on {day}, which is still to come.",
            day=service.registered_on,
            fact=service.id,
        )
    yield from _closures_out_of_turn(register, service, say)
    yield from _offered_by_the_retired(register, service, say)
    for fact in (
        *register.moves_of.get(service.id, ()),
        *register.transfers_of.get(service.id, ()),
    ):
        yield from _wrongly_dated(register, service, fact, today, say)
    for move in register.moves_of.get(service.id, ()):
        if move.verified_on and not move.on <= move.verified_on <= today:
            yield say(
                "{service}: verified on {day}, which is not between the move and today.",
                day=move.verified_on,
                fact=move.id,
            )


def _closures_out_of_turn(
    register: Register, service: Service, say: Say
) -> Iterator[Rejected]:
    closed_until: date | None = service.registered_on
    for closure in register.closures_of.get(service.id, ()):
        if closed_until is None or closure.start <= closed_until:
            yield say(
                "{service} cannot be retired on {day}: it is not open from a day before until then.",
                day=closure.start,
                fact=closure.id,
            )
        closed_until = closure.until


def _offered_by_the_retired(
    register: Register, service: Service, say: Say
) -> Iterator[Rejected]:
    """Look for days on which the service is offered by an OPD that is no more."""
    transfers = register.transfers_of.get(service.id, ())
    for key in dict.fromkeys((service.opd, *(transfer.opd for transfer in transfers))):
        opd = register.opds.get(key)
        if opd is None or opd.retired_on is None:
            continue
        day = offered_from(register, service, key, opd.retired_on)
        if day is not None:
            yield say(
                "{service}: {opd} was retired on {end} and cannot offer it on {day}: choose another OPD, "
                "or correct one of the dates.",
                opd=opd.code,
                end=opd.retired_on,
                day=day,
                fact=_brought_by(register, service, day),
            )


def _brought_by(register: Register, service: Service, day: date) -> str:
    """Return the key of the entry by which an OPD came to offer the service on ``day``."""
    reopened = (
        c.id for c in register.closures_of.get(service.id, ()) if c.until == day
    )
    transferred = (
        t.id for t in reversed(register.transfers_of.get(service.id, ())) if t.on <= day
    )
    return next(reopened, None) or next(transferred, service.id)


def _wrongly_dated(
    register: Register, service: Service, fact: Move | Transfer, today: date, say: Say
) -> Iterator[Rejected]:
    if fact.on > today:
        yield say(
            "{service}: {day} is still to come; enter what has happened.",
            day=fact.on,
            fact=fact.id,
        )
    elif fact.on < service.registered_on:
        yield say(
            "{service}: {day} is before its registration on {registered}. Was it offered before? Then "
            "correct that date first: `correct {number} --on {on}`, or an earlier day.",
            day=fact.on,
            registered=service.registered_on,
            fact=fact.id,
            number=number_of(service),
            on=str(fact.on),
        )
    elif not is_active(register, service, fact.on):
        yield say(
            "{service} is closed on {day}: reopen it first, or choose another day.",
            day=fact.on,
            fact=fact.id,
        )
