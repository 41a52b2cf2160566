"""Rules on the dates of single facts: none ends before it begins, none happens in the future."""

from collections.abc import Iterator
from datetime import date

from tracker.errors import Rejected
from tracker.fields import FACT_KINDS
from tracker.model import Closure, Decision
from tracker.register import Changes, Register
from tracker.rules.problem import Problem, future_date

_SPANS = {
    kind.table: (kind.day, kind.end) for kind in FACT_KINDS.values() if kind.end
}
"""The fields in which facts of a table begin and end."""


def find_backward_spans(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find facts that end before they begin."""
    for table, (first, last) in _SPANS.items():
        facts = register.table(table)
        for key in changes.get(table, ()):
            fact = facts.get(key)
            if fact is None or getattr(fact, last) is None:
                continue
            start, end = getattr(fact, first), getattr(fact, last)
            if isinstance(fact, Closure) and start == end:
                yield _reopened_at_once(register, fact)
            elif end < start:
                message = Rejected(
                    "It ends on {end}, before it begins on {start}: correct one of the dates.",
                    end=end,
                    start=start,
                )
                yield Problem("backward-span", message, key, last)


def _reopened_at_once(register: Register, closure: Closure) -> Problem:
    service = register.services.get(closure.service)
    message = Rejected(
        "{service} cannot be reopened on {day}, the day on which it was closed: undo the closing, "
        "or choose a later day.",
        service=service.code if service else closure.service,
        day=closure.start,
    )
    return Problem("reopened-at-once", message, closure.id, "until")


def find_misdated_applications(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find applications integrated in the future, or not before they were switched off."""
    for key in changes.get("applications", ()):
        application = register.applications.get(key)
        if application is None or application.integrated_on is None:
            continue
        integrated, retired = application.integrated_on, application.retired_on
        if integrated > today:
            yield future_date(integrated, key, "integrated_on")
        if retired is not None and retired <= integrated:
            message = Rejected(
                "{application} was switched off on {end}: it cannot have gone behind the single door on "
                "{day}. Correct one of the dates.",
                application=application.code,
                end=retired,
                day=integrated,
            )
            yield Problem("integrated-after-end", message, key, "integrated_on")


def find_future_obstacles(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find obstacles that begin or end in the future."""
    for key in changes.get("obstacles", ()):
        obstacle = register.obstacles.get(key)
        if obstacle is None:
            continue
        last, field = obstacle.opened_on, "opened_on"
        if obstacle.resolved_on is not None and obstacle.resolved_on > last:
            last, field = obstacle.resolved_on, "resolved_on"
        if last > today:
            yield future_date(last, key, field)


def find_future_reminders(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find reminders dated in the future."""
    for key in changes.get("reminders", ()):
        reminder = register.reminders.get(key)
        if reminder is not None and reminder.on > today:
            yield future_date(reminder.on, key, "on")


def find_misdated_decisions(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find decisions with dates in the future, before they were asked for, or of two ends."""
    for key in changes.get("decisions", ()):
        decision = register.decisions.get(key)
        if decision is not None:
            yield from _decision_problems(decision, today)


def _decision_problems(decision: Decision, today: date) -> Iterator[Problem]:
    later = (decision.decided_on, decision.done_on, decision.dropped_on)
    happened = [decision.asked_on, *filter(None, later)]
    earliest = min(*happened, decision.due_on)
    if max(happened) > today:
        yield future_date(max(happened), decision.id, "")
    if earliest < decision.asked_on:
        message = Rejected(
            "{day} is before {asked}, the day on which the decision was asked for: "
            "correct one of the dates.",
            day=earliest,
            asked=decision.asked_on,
        )
        yield Problem("decided-before-asked", message, decision.id)
    if decision.done_on and decision.dropped_on:
        message = Rejected(
            "A decision is either carried out or dropped: clear one of the two dates.",
        )
        yield Problem("done-and-dropped", message, decision.id, "dropped_on")
