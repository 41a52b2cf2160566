"""The conflicts of a merge as questions, each with both values, who set them and when."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import NODEFAULT

from tracker.errors import Exact, Term
from tracker.exchange.questions import Answers, Candidate, Question
from tracker.fields import (
    FACT_KINDS,
    ValueType,
    default_of,
    field_of,
    label_of,
)
from tracker.labels import kind_word, value_word
from tracker.language import N_, NOTHING
from tracker.merge.conflicts import (
    Answer,
    Conflict,
    ConflictKind,
    Decide,
    Kinship,
    Side,
)
from tracker.merge.partners import CODED
from tracker.model import Factor, Stage
from tracker.register import Register

_CHANGED = N_(
    "{noun} {name}, {label}: “{here}” here ({here_by}, {here_at}), “{there}” there ({there_by}, {there_at}).",
)
_REMOVED_HERE = N_(
    "{noun} {name} was taken out here ({here_by}, {here_at}) and changed there ({there_by}, {there_at}).",
)
_REMOVED_THERE = N_(
    "{noun} {name} was changed here ({here_by}, {here_at}) and taken out there ({there_by}, {there_at}).",
)
_RULE = N_(
    "{noun} {name}: what was done here ({here_by}, {here_at}) and there ({there_by}, {there_at}) "
    "cannot both stand.",
)
_DOUBLE = N_(
    "{noun} “{here}” ({here_code}) was entered here ({here_by}, {here_at}) and “{there}” ({there_code}) "
    "there ({there_by}, {there_at}): are they one?",
)
_DOUBLE_SERVICE = N_(
    "Service “{here}” ({here_code}, {here_opd}) was entered here ({here_by}, {here_at}) and “{there}” "
    "({there_code}, {there_opd}) there ({there_by}, {there_at}): are they one?",
)
_CHOICES = {
    ConflictKind.CHANGED: (
        N_("what is here stays: {here}"),
        N_("what is there is taken: {there}"),
    ),
    ConflictKind.REMOVED: (
        N_("as it is here"),
        N_("as it is there"),
    ),
    ConflictKind.RULE: (
        N_("what was done here stays, of the other nothing is taken"),
        N_("what was done there is taken, and replaces what was done here"),
    ),
    ConflictKind.DOUBLE: (
        N_("they are one: what was done to either is done to it"),
        N_(
            "they are two: both stay, and of two with one code the later gets another",
        ),
    ),
}
_TYPED: Mapping[ValueType, Callable[[str], Any]] = {
    ValueType.STAGE: lambda value: Term(value_word(Stage(value))),
    ValueType.FACTOR: lambda value: Term(value_word(Factor(value))),
    ValueType.KIND: lambda value: Term(kind_word(value)),
    ValueType.DATE: date.fromisoformat,
}
"""How a value of the log becomes one that a message can show."""


def decide_by_answers(answers: Answers) -> Decide:
    """Return what decides conflicts as answers say, by key or all of a kind."""

    def decide(conflict: Conflict) -> Answer | None:
        answer = answers.get(question_key(conflict)) or answers.get(
            conflict.kind,
        )
        offered = _answers_to(conflict)
        return next((one for one in offered if one == answer), None)

    return decide


def _answers_to(conflict: Conflict) -> tuple[Answer, Answer]:
    if conflict.kind is ConflictKind.DOUBLE:
        return Kinship.ONE, Kinship.TWO
    return Side.HERE, Side.THERE


def question_key(conflict: Conflict) -> str:
    """Return the key of the question that a conflict asks, the same every time."""
    number = conflict.key.rpartition("-")[2].lstrip("0")
    subject = conflict.subject if conflict.table in CODED else ""
    named = subject or number
    # An application may have the code of a service.
    if conflict.table != "services":
        named = f"{conflict.table} {named}"
    field = f":{conflict.field}" if conflict.field else ""
    copy = f" @ {conflict.copy}" if conflict.copy else ""
    return f"{conflict.kind}:{named}{field}{copy}"


def ask_about(conflict: Conflict, register: Register) -> Question:
    """Return the question that a conflict asks."""
    values = _describe_writers(conflict, register)
    if conflict.kind is ConflictKind.DOUBLE:
        values |= _describe_double(conflict, register)
    else:
        values |= {
            "label": Term(label_of(conflict.table, conflict.field)),
            "here": _show_value(conflict, conflict.here, register),
            "there": _show_value(conflict, conflict.there, register),
        }
    hint = ""
    if conflict.problem is not None:
        hint = conflict.problem.msgid
        values = {**conflict.problem.values, **values}
    candidates = zip(
        _answers_to(conflict),
        _CHOICES[conflict.kind],
        strict=True,
    )
    return Question(
        question_key(conflict),
        _choose_wording(conflict),
        values,
        tuple(Candidate(answer, msgid, values) for answer, msgid in candidates),
        hint,
    )


def _describe_writers(conflict: Conflict, register: Register) -> dict[str, Any]:
    """Return what a conflict is about, and who wrote each side when."""
    zone = ZoneInfo(register.only_city.timezone)
    return {
        "noun": Term(FACT_KINDS[conflict.table].noun),
        "name": conflict.subject,
        "here_by": conflict.here_by.by,
        "here_at": conflict.here_by.recorded_at.astimezone(zone),
        "there_by": conflict.there_by.by,
        "there_at": conflict.there_by.recorded_at.astimezone(zone),
    }


def _describe_double(conflict: Conflict, register: Register) -> dict[str, Any]:
    """Return what people call each of two facts that may be one."""
    values: dict[str, Any] = {}
    for side, document in (
        ("here", conflict.here),
        ("there", conflict.there),
    ):
        opd = register.opds.get(document.get("opd") or "")
        values[side] = document["name"]
        values[f"{side}_code"] = document["code"]
        values[f"{side}_opd"] = NOTHING if opd is None else opd.code
    return values


def _choose_wording(conflict: Conflict) -> str:
    if conflict.kind is ConflictKind.CHANGED:
        return _CHANGED
    if conflict.kind is ConflictKind.RULE:
        return _RULE
    if conflict.kind is ConflictKind.DOUBLE:
        return _DOUBLE_SERVICE if conflict.table == "services" else _DOUBLE
    return _REMOVED_THERE if conflict.here else _REMOVED_HERE


def _show_value(conflict: Conflict, value: Any, register: Register) -> Any:
    """Return a value as a message shows it, in the language of whoever reads it."""
    field = field_of(conflict.table, conflict.field)
    if value is None:
        # A field that is left out holds what it holds unless told otherwise.
        value = default_of(conflict.table, conflict.field)
    if (
        value is NODEFAULT
        or value in (None, "", [])
        or conflict.kind is not ConflictKind.CHANGED
    ):
        return NOTHING
    if field is not None and field.referenced_table:
        fact = register.table(field.referenced_table).get(value)
        return fact.code if fact is not None else value
    if field is not None and field.type in _TYPED:
        return _TYPED[field.type](value)
    if isinstance(value, bool):
        return Term("yes") if value else Term("no")
    if isinstance(value, float):
        return Exact(value)
    return "; ".join(value) if isinstance(value, list) else value
