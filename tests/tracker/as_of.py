"""A register as nobody could have known more of it at the end of a day: all that is dated later is taken out."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from msgspec import structs

from tests.tracker.builder import Builder
from tests.tracker.metrics.histories import History, histories
from tracker.model import Decision, Fact
from tracker.register import Register
from tracker.week import Week

_DAY = {
    "services": "registered_on",
    "moves": "on",
    "transfers": "on",
    "closures": "start",
    "obstacles": "opened_on",
    "milestones": "on",
    "reminders": "on",
    "decisions": "asked_on",
}
_LATER = {
    "moves": ("verified_on",),
    "closures": ("until",),
    "obstacles": ("resolved_on",),
    "applications": ("integrated_on", "retired_on"),
    "decisions": ("decided_on", "done_on", "dropped_on"),
}
"""Days that a fact may have been given after its own."""


def as_of(register: Register, day: date) -> Register:
    """Return the register without anything that is dated after a day."""
    tables: dict[str, Any] = {}
    for table in {*_DAY, *_LATER, "targets", "reports"}:
        facts = register.table(table).items()
        tables[table] = {
            key: _as_of(table, fact, day)
            for key, fact in facts
            if _is_known(register, table, fact, day)
        }
    return structs.replace(register, **tables)


def _is_known(register: Register, table: str, fact: Any, day: date) -> bool:
    if table == "reports":
        return Week.parse(fact.week).monday <= day
    if table in _DAY and getattr(fact, _DAY[table]) > day:
        return False
    service = getattr(fact, "service", None)
    return service is None or register.services[service].registered_on <= day


def _as_of(table: str, fact: Fact, day: date) -> Fact:
    later = {
        name: None
        for name in _LATER.get(table, ())
        if (on := getattr(fact, name)) is not None and on > day
    }
    if isinstance(fact, Decision) and later.keys() & {"done_on", "dropped_on"}:
        return structs.replace(fact, outcome="", **later)
    return structs.replace(fact, **later)


@st.composite
def lived_in(draw: st.DrawFn) -> History:
    """Draw a history of which a week is asked, with decisions, reminders and an application behind the door."""
    history = draw(histories())
    day = history.week.as_of(history.today)
    days = st.integers(-20, 20).map(
        lambda count: min(history.today, day + timedelta(days=count))
    )
    city = Builder()
    for number in range(draw(st.integers(0, 3))):
        asked, closed = sorted((draw(days), draw(days)))
        ends = draw(st.sampled_from([(), ("done_on",), ("dropped_on",)]))
        fields: dict[str, Any] = dict.fromkeys(ends, closed)
        city.decision(
            f"Putusan {number}",
            asked,
            asked + timedelta(days=14),
            outcome="SK 188" if ends else "",
            **fields,
        )
    before = history.week.plus(-1)
    city.snapshot(str(before), before.sunday)
    for opd in history.register.opds:
        city.reminder(opd, draw(days))
    made, register = city.register, history.register
    integrated = {
        key: structs.replace(one, integrated_on=draw(days))
        for key, one in register.applications.items()
    }
    lived = structs.replace(
        register,
        applications=integrated,
        decisions=made.decisions,
        snapshots=made.snapshots,
        reminders=made.reminders,
    )
    return history._replace(register=lived)
