"""Facts that two people entered on their own and that are one: found, or told apart by a new code."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from tracker.changes import FactKey
from tracker.merge.copies import Document
from tracker.merge.steps import SIGNATURE
from tracker.text import normalize_name

CODED = ("opds", "applications", "services")
"""The tables whose facts people know by a code."""


def find_partners(
    here: Mapping[FactKey, Document],
    there: Mapping[FactKey, Document],
) -> dict[FactKey, FactKey]:
    """Return which new facts there are new facts here too, by the table and key there.

    All keys in the documents are those of one side. Each fact has at most one partner.
    """
    waiting: dict[Hashable, list[FactKey]] = defaultdict(list)
    for fact, document in here.items():
        for identity in _find_identities(fact[0], document):
            waiting[identity].append(fact)

    partners: dict[FactKey, FactKey] = {}
    taken: set[FactKey] = set()
    for fact, document in there.items():
        for identity in _find_identities(fact[0], document):
            free = [one for one in waiting[identity] if one not in taken]
            if free:
                partners[fact] = free[0]
                taken.add(free[0])
                break
    return partners


def find_doubles(
    here: Mapping[FactKey, Document],
    there: Mapping[FactKey, Document],
) -> list[tuple[FactKey, FactKey]]:
    """Return which new facts here and there may be one: they have a code or a name in common.

    The order is the same whichever copy is merged into the other.
    """
    known: dict[Hashable, list[FactKey]] = defaultdict(list)
    for fact, document in here.items():
        for likeness in _find_likenesses(fact[0], document):
            known[likeness].append(fact)

    pairs: dict[tuple[FactKey, FactKey], list[tuple[str, str]]] = {}
    for fact, document in there.items():
        for likeness in _find_likenesses(fact[0], document):
            for other in known.get(likeness, ()):
                both = (here[other], document)
                signatures = [(one["recorded_at"], one["by"]) for one in both]
                pairs[other, fact] = sorted(signatures)
    return sorted(pairs, key=lambda pair: pairs[pair])


def _find_likenesses(table: str, document: Document) -> Iterable[Hashable]:
    """Yield what two facts of a table have in common that may be one."""
    if table not in CODED:
        return
    yield "code", document["code"]
    name = normalize_name(document["name"])
    match table:
        case "services":
            yield "name", document["opd"], name
        case "applications":
            yield "name", name
        case "opds" if not document.get("retired_on"):
            # No two OPDs at work may have a name or an alias in common.
            aliases = map(normalize_name, document.get("aliases", ()))
            for called in (name, *aliases):
                yield "name", called


def _find_identities(table: str, document: Document) -> Iterable[Hashable]:
    """Yield what no two facts of a table have in common unless they are the same."""
    get = document.get
    match table:
        case "opds":
            yield table, get("code"), normalize_name(get("name", ""))
            if not get("retired_on"):
                yield table, "name", normalize_name(get("name", ""))
        case "services":
            name = normalize_name(get("name", ""))
            yield table, get("opd"), get("code"), name
        case "applications":
            yield table, get("code"), normalize_name(get("name", ""))
        case "reports":
            yield table, get("opd"), get("week")
        case "members":
            yield table, get("name", "").casefold()
        case "evaluations":
            yield table, get("instrument"), get("year")
        case "decisions" if get("proposal"):
            yield table, get("proposal")
    yield table, _comparable_content(document)


def _comparable_content(document: Document) -> Hashable:
    """Return all that a fact says, when and by whom it was entered aside."""
    content = []
    for name in sorted(document.keys() - SIGNATURE):
        value = document[name]
        # Aliases and tags are lists, which no set or dictionary takes as a key.
        content.append((name, tuple(value) if type(value) is list else value))
    return tuple(content)
