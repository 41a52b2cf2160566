"""Rules on whole tables: keys that refer to something, and codes, names and weeks used once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tracker.errors import Rejected
from tracker.fields import FACT_KINDS, REFERENCES
from tracker.limits import is_week
from tracker.lookup import number_of
from tracker.model import Fact, Kind
from tracker.register import Changes, Register
from tracker.rules.problem import Problem
from tracker.text import normalize_name
from tracker.week import Week


def find_dangling_references(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find references to what is not there, from the changed tables and to them."""
    for table, fields in REFERENCES.items():
        for field, target in fields.items():
            there = register.table(target)
            for fact in _find_suspects(register, changes, table, target):
                key = getattr(fact, field)
                if key is not None and key not in there:
                    message = Rejected(
                        "Later entries rest on this one ({number}): take those back first.",
                        number=number_of(fact),
                    )
                    yield Problem("dangling-reference", message, fact.id, field)


def _find_suspects(
    register: Register,
    changes: Changes,
    table: str,
    target: str,
) -> Iterable[Fact]:
    """Return the facts of a table that may refer to what is not there.

    All of them if something was removed from the table they refer to, else the changed ones.
    """
    facts = register.table(table)
    if any(fact is None for fact in changes.get(target, {}).values()):
        return facts.values()
    return [facts[key] for key in changes.get(table, ()) if key in facts]


def find_shared_codes(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find codes that two facts of a table have."""
    indexes: dict[str, dict[str, Any]] = {}
    if changes.get("opds"):
        indexes["opds"] = register.opd_codes
    if changes.get("services"):
        indexes["services"] = register.service_codes
    if changes.get("applications"):
        indexes["applications"] = register.application_codes

    for table, index in indexes.items():
        facts = register.table(table).values()
        if len(index) == len(facts):
            continue
        counts = Counter(fact.code for fact in facts)
        for code in (code for code, count in counts.items() if count > 1):
            message = Rejected(
                "The code “{code}” is already taken: choose another.",
                code=code,
            )
            yield Problem("shared-code", message, field="code")


def find_shared_names(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find two OPDs at work under one name: a file that names it could mean either."""
    if not changes.get("opds"):
        return
    owners: dict[str, str] = {}
    for opd in register.opds.values():
        if opd.retired_on is not None:
            continue
        for name in {
            normalize_name(opd.name),
            *map(normalize_name, opd.aliases),
        }:
            if owners.setdefault(name, opd.code) != opd.code:
                message = Rejected(
                    "“{name}” would mean two OPDs, {first} and {second}: choose another name or alias.",
                    name=name,
                    first=owners[name],
                    second=opd.code,
                )
                yield Problem("shared-name", message)


def find_report_problems(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find weeks for which an OPD has reported twice, or that have not begun."""
    if not changes.get("reports"):
        return
    counts = Counter(
        (report.opd, report.week) for report in register.reports.values()
    )
    for (key, week), count in counts.items():
        if count > 1:
            opd = register.opds[key].code if key in register.opds else key
            message = Rejected(
                "{opd} has already reported for {week}.",
                opd=opd,
                week=week,
            )
            yield Problem("doubled-report", message, field="week")

    reports = (register.reports.get(key) for key in changes["reports"])
    weeks = {report.week for report in reports if report is not None}
    this_week = Week.of(today)
    for week in sorted(weeks):
        if is_week(week) and Week.parse(week) > this_week:
            message = Rejected(
                "{week} has not begun: a report is for a week that has.",
                week=week,
            )
            yield Problem("future-report", message, field="week")


def find_doubled_facts(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find facts of one identity in the kinds of which each may be there once."""
    for kind in FACT_KINDS.values():
        if not (kind.unique and changes.get(kind.table)):
            continue
        alike = defaultdict(list)
        for fact in register.table(kind.table).values():
            identity = tuple(getattr(fact, name) for name in kind.identity)
            alike[identity].append(number_of(fact))
        for identity, numbers in alike.items():
            if len(numbers) > 1:
                message = Rejected(
                    "“{value}” is already there, as entry {number}: correct that one instead.",
                    value=" ".join(map(str, identity)),
                    number=numbers[0],
                )
                yield Problem("doubled-fact", message, field=kind.identity[-1])


def find_doubled_decisions(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find proposals on which there is more than one decision."""
    if not changes.get("decisions"):
        return
    decisions = register.decisions.values()
    counts = Counter(one.proposal for one in decisions if one.proposal)
    for proposal, count in counts.items():
        if count > 1:
            message = Rejected(
                "There is already a decision on the proposal “{proposal}”: edit that one.",
                proposal=proposal,
            )
            yield Problem("doubled-decision", message, field="proposal")


def find_unknown_kinds(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find OPDs of a kind that neither every register nor this city has."""
    if not (changes.get("opds") or changes.get("city")) or not register.city:
        return
    known = {*Kind, *register.only_city.kinds}
    for opd in register.opds.values():
        if opd.kind not in known:
            message = Rejected(
                "“{kind}”, of {opd}, is not a kind of OPD: `kind add` adds one.",
                kind=opd.kind,
                opd=opd.code,
            )
            yield Problem("unknown-kind", message, fact=opd.id)
