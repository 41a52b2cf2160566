"""Two new things under one code: the earlier one keeps it."""

from hashlib import sha256

from tracker.changes import FactKey
from tracker.merge.clashes import Target, document_after
from tracker.merge.copies import Document
from tracker.merge.partners import CODED
from tracker.register import Register

_DIGITS = 6


def tell_codes_apart(
    register: Register,
    target: Target,
) -> dict[FactKey, str]:
    """Give the later of two facts with one code another one; return the codes given.

    The new code follows from the fact alone, so that every copy gives it the same.
    """
    given: dict[FactKey, str] = {}
    for table in CODED:
        owners = {
            fact.code: (table, fact.id)
            for fact in register.table(table).values()
            if (table, fact.id) not in target
        }
        for fact in _sort_by_moment(table, target):
            document = target[fact] or {}
            other = owners.setdefault(document["code"], fact)
            if other == fact:
                continue
            other_document = document_after(register, target, other) or {}
            moment = _moment_and_author(document)
            if _moment_and_author(other_document) > moment:
                later, later_document = other, other_document
                owners[document["code"]] = fact
            else:
                later, later_document = fact, document
            renamed = _with_other_code(later_document)
            target[later] = renamed
            given[later] = renamed["code"]
    return given


def _sort_by_moment(table: str, target: Target) -> list[FactKey]:
    """Return the facts of a table that a merge touches, the earliest first."""
    moments = {
        fact: _moment_and_author(document)
        for fact, document in target.items()
        if fact[0] == table and document is not None
    }
    return sorted(moments, key=lambda fact: moments[fact])


def _moment_and_author(document: Document) -> tuple[str, str]:
    """Return when and by whom a fact was entered: the same in every copy."""
    return document["recorded_at"], document["by"]


def _with_other_code(document: Document) -> Document:
    """Return a fact with digits behind its code that follow from the fact alone."""
    origin = f"{document['recorded_at']}/{document['by']}/{document['name']}"
    digits = sha256(origin.encode()).hexdigest()[:_DIGITS]
    code = document["code"][: 63 - _DIGITS].rstrip("-")
    return {**document, "code": f"{code}-{digits}"}
