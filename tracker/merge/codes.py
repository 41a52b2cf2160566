"""Two new things under one code: the earlier one keeps it."""

from collections.abc import Iterable
from hashlib import sha256

from tracker.changes import FactKey
from tracker.merge.clashes import Target
from tracker.merge.copies import Document
from tracker.merge.steps import document_of
from tracker.register import Register

_CODED = ("services", "applications")
_DIGITS = 6


def tell_codes_apart(register: Register, target: Target) -> list[FactKey]:
    """Give the later of two facts with one code another one; return what was renamed.

    The new code follows from the fact alone, so that every copy gives it the same.
    """
    renamed = []
    for table in _CODED:
        owners = {
            fact.code: (table, fact.id)
            for fact in register.table(table).values()
            if (table, fact.id) not in target
        }
        for fact in _sort_by_moment(table, target):
            document = target[fact] or {}
            other = owners.setdefault(document["code"], fact)
            if other != fact:
                later = _find_later(register, target, fact, other)
                target[later] = _with_other_code(
                    _look_up(register, target, later)
                )
                owners[document["code"]] = other if later == fact else fact
                renamed.append(later)
    return renamed


def _sort_by_moment(table: str, target: Target) -> Iterable[FactKey]:
    facts = [fact for fact, document in target.items() if document is not None]
    return sorted(
        (fact for fact in facts if fact[0] == table),
        key=lambda fact: _signature(target[fact] or {}),
    )


def _find_later(
    register: Register, target: Target, one: FactKey, other: FactKey
) -> FactKey:
    return max(
        one,
        other,
        key=lambda fact: _signature(_look_up(register, target, fact)),
    )


def _look_up(register: Register, target: Target, fact: FactKey) -> Document:
    return (
        target[fact] if fact in target else document_of(register, fact)
    ) or {}


def _signature(document: Document) -> tuple[str, str]:
    return document["recorded_at"], document["by"]


def _with_other_code(document: Document) -> Document:
    told = f"{document['recorded_at']}/{document['by']}/{document['name']}"
    digits = sha256(told.encode()).hexdigest()[:_DIGITS]
    code = document["code"][: 63 - _DIGITS].rstrip("-")
    return {**document, "code": f"{code}-{digits}"}
