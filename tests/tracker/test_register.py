"""A register hands its indexes on to the next one, as they would be computed anew."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tracker.indexes import INDEXES, UNTOUCHED_BY_OTHERS
from tracker.model import (
    OPD,
    Application,
    Closure,
    Fact,
    Factor,
    Move,
    Obstacle,
    Service,
    Stage,
    Target,
    Transfer,
)
from tracker.register import Changes, Register, find_changed_keys

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
DAY = date(2026, 1, 5)
NAMES = (*INDEXES, *UNTOUCHED_BY_OTHERS)


def key(number: int) -> str:
    return f"abcde-{number:07d}"


def made(kind: type[Fact], number: int, **fields: Any) -> Any:
    return kind(id=key(number), recorded_at=NOW, by="Rina", **fields)


def move(number: int, service: int, day: int) -> Move:
    on = DAY + timedelta(days=day)
    fact: Move = made(
        Move, number, service=key(service), on=on, stage=Stage.ONLINE
    )
    return fact


def fact_of(table: str, number: int, other: int, day: int) -> Fact:
    """Make a fact of a table that differs by its service or its code, and its day."""
    on, service = DAY + timedelta(days=day), key(other)
    fields: dict[str, dict[str, Any]] = {
        "opds": {"code": f"c{other}", "name": f"Dinas {day}"},
        "applications": {"code": f"c{other}", "name": "A"},
        "services": {
            "code": f"c{other}",
            "name": "S",
            "opd": key(1),
            "registered_on": on,
        },
        "moves": {"service": service, "on": on, "stage": Stage.ONLINE},
        "transfers": {"service": service, "on": on, "opd": key(1)},
        "closures": {"service": service, "start": on},
        "targets": {"service": service, "stage": Stage.ONLINE, "due_on": on},
        "obstacles": {
            "service": service,
            "factor": Factor.PEOPLE,
            "description": "x",
            "opened_on": on,
        },
    }
    fact: Fact = made(KINDS[table], number, **fields[table])
    return fact


KINDS: dict[str, type[Fact]] = {
    "opds": OPD,
    "applications": Application,
    "services": Service,
    "moves": Move,
    "transfers": Transfer,
    "closures": Closure,
    "targets": Target,
    "obstacles": Obstacle,
}
numbers, tables = st.integers(1, 6), st.sampled_from(list(KINDS))
put = st.builds(
    lambda table, number, other, day: (
        table,
        key(number),
        fact_of(table, number, other, day),
    ),
    tables,
    numbers,
    st.integers(1, 4),
    st.integers(0, 3),
)
removed = st.builds(
    lambda table, number: (table, key(number), None), tables, numbers
)
steps = st.lists(st.lists(put | removed, max_size=4), max_size=8)


@given(steps)
def test_what_is_handed_on_is_what_would_be_computed_anew(
    steps: list[list[tuple[str, str, Fact | None]]],
) -> None:
    register = Register("abcde")
    for step in steps:
        _ = [getattr(register, name) for name in NAMES]
        changes: Changes = {}
        for table, fact_key, fact in step:
            changes.setdefault(table, {})[fact_key] = fact
        register = register.changed(changes)
        kept: dict[str, Any] = {name: register.table(name) for name in KINDS}
        anew = Register("abcde", **kept)
        assert {i: getattr(register, i) for i in NAMES} == {
            i: getattr(anew, i) for i in NAMES
        }
        assert all(list(table) == sorted(table) for table in kept.values())


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2)),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2)),
)
def test_changed_keys_are_those_under_which_another_object_stands(
    then: dict[str, int], now: dict[str, int]
) -> None:
    facts = [fact_of("opds", number, 1, 0) for number in range(3)]
    before = {name: facts[index] for name, index in then.items()}
    after = {name: facts[index] for name, index in now.items()}
    assert find_changed_keys(before, after) == {
        name
        for name in before.keys() | after.keys()
        if before.get(name) is not after.get(name)
    }


def test_a_code_is_found_again_once_the_fact_that_hid_it_is_gone() -> None:
    both = Register(
        "abcde",
        opds={key(n): fact_of("opds", n, 1, 0) for n in (1, 2)},  # type: ignore[misc]
    )
    assert both.opd_codes["c1"].id == key(2)
    after = both.changed({"opds": {key(2): None}})
    assert after.opd_codes["c1"].id == key(1)


def test_the_register_before_keeps_its_own_view() -> None:
    service = made(
        Service, 1, code="ktp", name="KTP", opd="x", registered_on=DAY
    )
    before = Register(
        "abcde", services={service.id: service}, moves={key(2): move(2, 1, 0)}
    )
    assert len(before.moves_of[service.id]) == 1
    codes = before.service_codes
    after = before.changed({"moves": {key(3): move(3, 1, 1)}})
    assert len(after.moves_of[service.id]) == 2
    assert len(before.moves_of[service.id]) == 1
    assert after.service_codes is codes


def test_a_change_computes_no_index_anew() -> None:
    facts: dict[str, Fact | None] = {
        key(n): fact_of("services", n, n, 0) for n in range(1, 9)
    }
    before = Register("abcde").changed({"services": facts})
    _ = [getattr(before, name) for name in NAMES]
    changes: Changes = {
        table: {key(20 + at): fact_of(table, 20 + at, 9, 0)}
        for at, table in enumerate(KINDS)
    }
    assert set(vars(before.changed(changes))) >= set(INDEXES)
