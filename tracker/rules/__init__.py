"""What must hold of a register as a whole: no action may break it, and doctor looks for it.

What a single fact may hold is in ``tracker.limits``.
"""

from collections.abc import Callable, Iterator
from datetime import date

from tracker.fields import SERVICE_TABLES
from tracker.model import TABLES
from tracker.register import Changes, Register
from tracker.rules.dates import (
    find_backward_spans,
    find_future_obstacles,
    find_future_reminders,
    find_misdated_applications,
    find_misdated_decisions,
)
from tracker.rules.members import find_member_problems
from tracker.rules.opening import find_history_in_opening
from tracker.rules.problem import Problem
from tracker.rules.services import find_service_problems
from tracker.rules.tables import (
    find_dangling_references,
    find_doubled_decisions,
    find_doubled_facts,
    find_report_problems,
    find_shared_codes,
    find_shared_names,
    find_unknown_kinds,
)

__all__ = ["Problem", "check_changes", "check_register"]

Rule = Callable[[Register, Changes, date], Iterator[Problem]]
"""Finds what is wrong in a register with what ``changes`` touch, as of a day."""

RULES: tuple[Rule, ...] = (
    find_dangling_references,
    find_shared_codes,
    find_shared_names,
    find_unknown_kinds,
    find_report_problems,
    find_doubled_facts,
    find_backward_spans,
    find_misdated_applications,
    find_future_obstacles,
    find_future_reminders,
    find_misdated_decisions,
    find_doubled_decisions,
    find_history_in_opening,
    find_member_problems,
)
"""The rules on tables and single facts; those on a service's history follow them."""

_CHECKED_TABLES = tuple(
    table for table in TABLES if table not in ("snapshots", "log")
)


def check_changes(
    before: Register,
    after: Register,
    changes: Changes,
    today: date,
) -> list[Problem]:
    """Return the rule violations that ``changes`` introduce; what was wrong before hinders nothing."""
    touched = _touched_services(before, changes) | _touched_services(
        after,
        changes,
    )
    found = list(_find_problems(after, touched, today, changes))
    if not found:
        return []
    old = {
        problem.identity
        for problem in _find_problems(before, touched, today, changes)
    }
    return [problem for problem in found if problem.identity not in old]


def check_register(register: Register, today: date) -> list[Problem]:
    """Return every rule violation in the register."""
    everything: Changes = {
        name: dict(register.table(name)) for name in _CHECKED_TABLES
    }
    return list(
        _find_problems(register, set(register.services), today, everything),
    )


def _find_problems(
    register: Register,
    services: set[str],
    today: date,
    changes: Changes,
) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule(register, changes, today)
    for key in sorted(services):
        service = register.services.get(key)
        if service is not None:
            yield from find_service_problems(register, service, today)


def _touched_services(register: Register, changes: Changes) -> set[str]:
    """Return the services whose history ``changes`` may make impossible."""
    touched = set(changes.get("services", ()))
    for table in SERVICE_TABLES:
        facts = register.table(table)
        for key in changes.get(table, ()):
            if key in facts:
                touched.add(facts[key].service)

    opds = (register.opds.get(key) for key in changes.get("opds", ()))
    ended = {opd.id for opd in opds if opd is not None and opd.retired_on}
    if ended:
        services, transfers = (
            register.services.values(),
            register.transfers.values(),
        )
        touched.update(one.id for one in services if one.opd in ended)
        touched.update(one.service for one in transfers if one.opd in ended)
    return touched
