"""A broken rule is a value that names the rule, the fact and the field."""

from collections.abc import Callable

import msgspec
import pytest

from tests.tracker.actions.world import TODAY, day
from tests.tracker.builder import Builder
from tracker.fields import kind_of_fact
from tracker.lookup import find_fact
from tracker.register import Changes
from tracker.rules import check_changes, check_register


def city() -> Builder:
    builder = Builder()
    builder.opd("dinkes")
    builder.service("izin", "dinkes", "2026-01-05")
    return builder


BROKEN: list[tuple[Callable[[Builder], object], str, str]] = [
    (lambda b: b.move("izin", "2027-01-01", "online"), "future-date", "on"),
    (
        lambda b: b.move("izin", "2025-12-01", "online"),
        "before-registration",
        "on",
    ),
    (
        lambda b: b.move("izin", "2026-02-02", "online", verified="2026-02-01"),
        "misdated-verification",
        "verified_on",
    ),
    (
        lambda b: (
            b.closure("izin", "2026-03-02"),
            b.move("izin", "2026-04-01", "online"),
        ),
        "closed-then",
        "on",
    ),
    (lambda b: b.closure("izin", "2026-01-05"), "closure-out-of-turn", "start"),
    (
        lambda b: b.closure("izin", "2026-03-02", "2026-03-02"),
        "reopened-at-once",
        "until",
    ),
    (
        lambda b: b.obstacle("izin", "2026-03-02", resolved_on="2026-03-01"),
        "backward-span",
        "resolved_on",
    ),
    (
        lambda b: b.obstacle("izin", "2027-03-02"),
        "future-date",
        "opened_on",
    ),
    (
        lambda b: b.service("kir", "dinkes", "2027-01-01"),
        "future-registration",
        "registered_on",
    ),
]


@pytest.mark.parametrize(("break_rule", "code", "field"), BROKEN)
def test_a_problem_names_its_rule_fact_and_field(
    break_rule: Callable[[Builder], object], code: str, field: str
) -> None:
    builder = city()
    break_rule(builder)
    (problem,) = check_register(builder.register, TODAY)
    assert (problem.code, problem.field) == (code, field)
    fact = find_fact(builder.register, problem.fact)
    assert field in kind_of_fact(fact).by_name

    error = problem.as_rejection()
    assert (error.values["fact"], error.values["field"]) == (
        problem.fact,
        field,
    )
    assert str(error) == str(problem.message)


def test_a_problem_that_was_there_before_hinders_nothing() -> None:
    builder = city()
    builder.move("izin", "2025-12-01", "online")
    before = builder.register
    key = max(before.moves)
    same: Changes = {"moves": {key: before.moves[key]}}
    assert check_register(before, TODAY) != []
    assert check_changes(before, before, same, TODAY) == []


def test_another_fact_with_the_same_fault_is_a_problem_of_its_own() -> None:
    builder = city()
    builder.move("izin", "2025-12-01", "online")
    before = builder.register
    builder.move("izin", "2025-12-01", "integrated")
    after = builder.register
    key = max(after.moves)
    changes: Changes = {"moves": {key: after.moves[key]}}
    (problem,) = check_changes(before, after, changes, TODAY)
    assert problem.fact == key


def test_a_code_is_checked_among_all_of_its_kind() -> None:
    builder = city()
    register = builder.register
    izin = register.service_codes["izin"]
    twin = register.key(register.next_number)

    copy = msgspec.structs.replace(izin, id=twin)
    after = register.changed(
        {"services": {twin: copy}}, register.next_number + 1
    )
    found = check_changes(
        register, after, {"services": {twin: copy}}, day("2026-11-19")
    )
    assert [problem.code for problem in found] == ["shared-code"]
