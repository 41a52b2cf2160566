"""No action stores what could command a terminal or hide what is said, nor a value that cannot be."""

import math
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from msgspec.structs import fields

from tests.depth import examples
from tests.hostile.texts import LONG, ORDERS, TEXTS, harm_in, texts
from tests.tracker.actions.world import NOW, TODAY, City, small_city
from tracker.actions.city import AddEvaluation, AddMilestone, ChangeCity
from tracker.actions.decisions import DecisionDraft
from tracker.actions.draft import Action, Context
from tracker.actions.moves import (
    CorrectFact,
    MoveServices,
    VerifyServices,
    WithdrawFact,
)
from tracker.actions.opds import AddOPD, ReportOPDs
from tracker.actions.perform import perform
from tracker.actions.registry import ACTIONS
from tracker.actions.services import AddService, EditService, RetireServices
from tracker.actions.targets_obstacles import SetTargets
from tracker.actions.undo import Undo
from tracker.errors import Rejected
from tracker.language import load_language
from tracker.model import TABLES, Factor, Kind, ReminderLevel, Stage
from tracker.register import Register
from tracker.store.memory import MemoryStore
from tracker.store.migrations import SCHEMA
from tracker.store.reading import Meta, document_of, number_of, register_of
from tracker.store.tables import Tables
from tracker.text import MAX_NAME, MAX_TEXT, is_code
from tracker.week import Week

NUMBERS = (
    10**18,
    10**400,
    -1,
    -0.0,
    1e308,
    math.nan,
    math.inf,
    -math.inf,
    True,
    0.5,
    2.0,
)
DAYS = (date.min, date.max, date(2199, 12, 31), date(1945, 8, 17), TODAY)

KNOWN = {
    "opd": "dinkes",
    "opds": ("dinkes",),
    "old": "dinkes",
    "new": "dishub",
    "service": "izin",
    "services": ("izin",),
    "application": "salaman",
    "fact": "6",
    "obstacle": "6",
    "week": Week.of(TODAY),
    "kind": Kind.DINAS,
    "stage": Stage.ONLINE,
    "factor": Factor.PEOPLE,
}
"""What an action's field may name so that it is found in the small city."""

numbers = st.sampled_from(NUMBERS)
days = st.sampled_from(DAYS)
weeks = st.sampled_from([Week(1, 1), Week(9999, 52), Week.of(TODAY)])

EDITED: dict[str, SearchStrategy[Any]] = {
    **dict.fromkeys(
        (
            "name",
            "code",
            "contact",
            "owner",
            "url",
            "opd",
            "note",
            "evidence",
            "portal",
        ),
        texts,
    ),
    **dict.fromkeys(
        ("description", "text", "outcome", "kind", "stage", "application"),
        texts,
    ),
    "timezone": st.one_of(
        texts, st.sampled_from(["Asia/Makassar", "Mars", "Asia"])
    ),
    **dict.fromkeys(
        ("aliases", "tags"), st.lists(texts, max_size=2).map(tuple)
    ),
    **dict.fromkeys(("volume", "visits", "days", "stalled_after"), numbers),
    **dict.fromkeys(
        (
            "on",
            "retired_on",
            "integrated_on",
            "goal",
            "registered_on",
            "verified_on",
        ),
        days,
    ),
}


DECISIONS = st.builds(DecisionDraft, texts, texts, days, texts)


def strategy_for(name: str, kind: str) -> SearchStrategy[Any]:
    """Return hostile values for a field of an action, or now and then one that is right."""
    if name == "fields":
        return st.dictionaries(
            st.sampled_from(sorted(EDITED)), st.none(), min_size=1, max_size=3
        ).flatmap(
            lambda named: st.fixed_dictionaries(
                {field: EDITED[field] for field in named}
            )
        )
    of_kind = {
        **{
            "date": days,
            "Week": weeks,
            "bool": st.booleans(),
            "int": numbers,
            "float": numbers,
        },
        "tuple": st.lists(texts, max_size=2).map(tuple),
    }
    hostile: SearchStrategy[Any] = of_kind.get(
        re.split(r"\W", kind, maxsplit=1)[0], texts
    )
    if name == "families":
        services = st.just(("izin", "kir"))
        return st.lists(st.tuples(texts, services), max_size=2).map(tuple)
    if name == "sent":
        levels = st.sampled_from(ReminderLevel)
        named = st.one_of(st.just("dinkes"), texts)
        return st.lists(st.tuples(named, levels), max_size=2).map(tuple)
    if name == "asked":
        return st.lists(DECISIONS, max_size=2).map(tuple)
    if name in {"kind", "stage", "factor"}:
        return st.just(KNOWN[name])
    if name == "fact":
        return st.one_of(st.integers(1, 9).map(str), hostile)
    return (
        st.one_of(st.just(KNOWN[name]), hostile) if name in KNOWN else hostile
    )


def any_of(action: type[Action]) -> SearchStrategy[Action]:
    kinds = {
        field.name: str(getattr(field.type, "__name__", field.type))
        for field in fields(action)  # type: ignore[arg-type]
    }
    return st.builds(
        action,
        **{name: strategy_for(name, kind) for name, kind in kinds.items()},
    )


ANY = st.sampled_from(ACTIONS).flatmap(any_of)


def strings(value: Any) -> list[str]:
    """Return every text within a document."""
    if isinstance(value, str):
        return [value]
    items = (
        value.values()
        if isinstance(value, dict)
        else value
        if isinstance(value, list | tuple)
        else ()
    )
    return [text for item in items for text in strings(item)]


def written(register: Register) -> Tables:
    """Return a register's tables as a file holds them."""
    told: dict[str, Any] = {
        "meta": {"1": Meta(SCHEMA, register.prefix, register.next_number)}
    }
    for table in TABLES:
        facts = register.table(table).values()
        told[table] = {
            str(number_of(fact.id)): document_of(fact) for fact in facts
        }
    return Tables.decode(msgspec.json.encode(told))


def assert_harmless(register: Register) -> None:
    """Look at every fact: no harmful text, nothing too long, and a file of it reads as the same again."""
    assert register_of(written(register)).next_number == register.next_number
    for table, kind in TABLES.items():
        for fact in register.table(table).values():
            document = document_of(fact)
            for text in strings(document):
                assert not harm_in(text.replace("\n", "").replace("\t", ""))
                assert len(text) <= MAX_TEXT
            assert len(document.get("name", "")) <= MAX_NAME
            assert is_code(document.get("code", "x"))
            read = msgspec.json.decode(msgspec.json.encode(document), type=kind)
            assert msgspec.json.encode(
                document_of(read)
            ) == msgspec.json.encode(document)


@given(st.lists(ANY, min_size=1, max_size=4), st.one_of(st.just("rani"), texts))
@settings(max_examples=examples(20, 400))
def test_whatever_an_action_is_given_it_refuses_or_keeps_what_is_harmless(
    doing: list[Action], by: str
) -> None:
    store = MemoryStore(small_city())
    for action in doing:
        try:
            perform(store, action, Context(by, NOW, TODAY))
        except Rejected as error:
            said = load_language("en").say(error)
            assert not harm_in(said)
            assert len(said) < 3_000
    assert_harmless(store.load())


@pytest.mark.parametrize("order", ORDERS)
def test_the_name_of_who_acts_is_no_order_whatever_is_done(order: str) -> None:
    city = City()
    city.do(MoveServices(("izin",), Stage.ONLINE, TODAY))
    every: list[Action] = [
        VerifyServices(("izin",), TODAY),
        EditService("izin", {"owner": "bidang"}),
        WithdrawFact("8", "salah"),
        AddOPD("Badan"),
    ]
    for action in every:
        assert "hidden character" in city.refused(action, by=order)


@pytest.mark.parametrize("order", ORDERS)
def test_a_reason_is_no_order(order: str) -> None:
    city = City()
    for action in (
        RetireServices(("izin",), TODAY, f"a{order}b"),
        WithdrawFact("7", f"a{order}b"),
        CorrectFact("8", {"name": "KIR"}, f"a{order}b"),
    ):
        with suppress(Rejected):
            city.do(action)
    assert_harmless(city.register)


@pytest.mark.parametrize(
    "wrong", [True, 1.5, math.nan, math.inf, 10**18, 10**400, -1, "7", [7]]
)
def test_a_whole_number_is_a_whole_number(wrong: Any) -> None:
    city = City()
    city.refused(AddService("dinkes", "Baru", TODAY, fields={"volume": wrong}))
    city.refused(EditService("izin", {"volume": wrong}))
    city.refused(AddEvaluation("SPBE", 2024, rank=wrong))


@pytest.mark.parametrize("wrong", [True, math.nan, -math.inf, 1e308, "7"])
def test_a_measure_is_a_number(wrong: Any) -> None:
    City().refused(MoveServices(("izin",), Stage.ONLINE, TODAY, visits=wrong))
    City().refused(AddEvaluation("SPBE", 2024, improvement=wrong))


@pytest.mark.parametrize("week", [Week(1, 1), Week(1900, 1), Week(9999, 52)])
def test_a_week_is_within_reach(week: Week) -> None:
    City().refused(ReportOPDs(("dinkes",), week))


@pytest.mark.parametrize(
    "zone",
    ["Mars/Phobos", "../../etc/passwd", "Asia", "x" * 300, "Asia/Jakarta\x00"],
)
def test_a_time_zone_is_one_however_it_is_entered(zone: str) -> None:
    City().refused(ChangeCity({"timezone": zone}))
    City().refused(CorrectFact("1", {"timezone": zone}))


@pytest.mark.parametrize("wrong", [date.min, date.max])
def test_a_day_is_within_reach(wrong: date) -> None:
    City().refused(AddMilestone(wrong, "x"))
    City().refused(SetTargets(("izin",), Stage.ONLINE, wrong))
    City().refused(ChangeCity({"goal": wrong}))


@pytest.mark.parametrize("text", LONG, ids=len)
def test_what_is_too_long_is_refused_and_said_in_part(text: str) -> None:
    assert len(City().refused(AddOPD(text))) < 300
    assert len(City().refused(AddMilestone(TODAY, text))) < 300
    assert len(City().refused(MoveServices((text,), Stage.ONLINE, TODAY))) < 600


@pytest.mark.parametrize("text", TEXTS)
def test_a_code_is_letters_digits_and_hyphens(text: str) -> None:
    city = City()
    try:
        city.do(AddOPD("Badan Baru", code=text))
    except Rejected:
        return
    assert all(is_code(opd.code) for opd in city.register.opds.values())


def edited_log(change: Callable[[dict[str, Any]], Any]) -> City:
    """Return a city in whose log somebody has changed by hand what stood there before."""
    city = City()
    done = city.do(EditService("izin", {"owner": "bidang"}))
    assert done.entry is not None
    changes = msgspec.to_builtins(done.entry.changes)
    change(changes)
    entry = msgspec.structs.replace(done.entry, changes=changes)
    return City(city.register.changed({"log": {entry.id: entry}}))


def _put(field: str, value: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda changes: next(iter(changes["services"].values())).update(
        {field: value}
    )


def test_what_an_undo_puts_back_is_looked_at_too() -> None:
    for order in ORDERS:
        said = edited_log(_put("name", order)).refused(Undo())
        assert "hidden character" in said or "A name is needed" in said
    for change in (
        _put("volume", True),
        _put("registered_on", "9999-12-31"),
        _put("stage", "x"),
        lambda changes: changes.update({"tiada": {"x": None}}),
        lambda changes: changes.update({"tiada": {"x": {}}}),
    ):
        edited_log(change).refused(Undo())
