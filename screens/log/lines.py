"""The log in lines: each action with its moment, its person and what it changed."""

from collections.abc import Iterable, Iterator
from itertools import islice
from zoneinfo import ZoneInfo

from screens.navigation import (
    ApplicationPage,
    Destination,
    LogLine,
    OPDPage,
    ServicePage,
)
from screens.state import State
from screens.widgets.lines import Item, text_item
from screens.widgets.paint import safe_line
from tracker.actions.names import action_word
from tracker.changes import AuditEntry, Change, audit_log
from tracker.model import OPD, Application, Service
from tracker.narration.codes import Codes
from tracker.narration.facts import describe_changes

SHOWN = 200
"""Actions that are shown: about a year of a coordinator's work; ``opd-tracker log`` has all."""
_CHANGES = 4
"""Changes of an action that are told one by one."""


def log_items(state: State) -> list[Item]:
    """Return the latest actions, the last one first, each opening what it is about."""
    register, language = state.register, state.language
    entries = list(islice(audit_log(register), SHOWN))
    codes = Codes(
        register,
        (change for one in entries for change in one.changes),
    )
    items = [
        item for one in entries for item in _entry_items(one, codes, state)
    ]

    rest = len(register.log) - len(entries)
    if rest > 0:
        more = language.plural("… and {n} earlier", "… and {n} earlier", rest)
        items.append(text_item(f" {more}", "quiet"))
    return items


def _entry_items(
    audited: AuditEntry,
    codes: Codes,
    state: State,
) -> Iterator[Item]:
    entry, language = audited.entry, state.language
    zone = ZoneInfo(state.register.only_city.timezone)
    moment = language.moment(entry.recorded_at.astimezone(zone))
    yield Item(
        (
            (f" {moment}  ", "quiet"),
            (safe_line(entry.by), "key"),
            (f"  {language.text(action_word(entry.action))}", "strong"),
            (f"  {safe_line(entry.why)}" if entry.why else "", "quiet"),
        ),
        LogLine(entry.id),
    )
    for line in describe_changes(codes, audited.changes, language, _CHANGES):
        yield text_item(f"    {safe_line(line)}")


def page_of_entry(state: State, entry: str) -> Destination | None:
    """Return the page of the first fact that an action touched and that has one."""
    logged = state.register.log.get(entry)
    if logged is None:
        return None
    changes = next(audit_log(state.register, [logged])).changes
    return _first_page(state, changes)


def _first_page(state: State, changes: Iterable[Change]) -> Destination | None:
    register = state.register
    for change in changes:
        fact = change.fact
        service = (
            fact.id
            if isinstance(fact, Service)
            else getattr(fact, "service", "")
        )
        opd = fact.id if isinstance(fact, OPD) else getattr(fact, "opd", "")
        if isinstance(service, str) and service in register.services:
            return ServicePage(service)
        if isinstance(fact, Application) and fact.id in register.applications:
            return ApplicationPage(fact.id)
        if isinstance(opd, str) and opd in register.opds:
            return OPDPage(opd)
    return None
