"""Documents of one copy as the other would keep them: every key by that of the same fact."""

from collections.abc import Callable

from tracker.fields import REFERENCES
from tracker.merge.copies import Document
from tracker.merge.steps import Difference

Rekey = Callable[[str], str]
"""Returns the key here of the fact with that key there."""


def translate_document(
    table: str,
    document: Document | None,
    rekey: Rekey,
) -> Document | None:
    """Return a document with its own key, and those that it refers to, as they are here."""
    if document is None:
        return None
    changed = {**document, "id": rekey(document["id"])}
    for name in REFERENCES.get(table, ()):
        if document.get(name):
            changed[name] = rekey(document[name])
    return changed


def translate_difference(
    table: str,
    difference: Difference,
    rekey: Rekey,
) -> Difference:
    """Return what an action did to a fact, in the keys that are used here."""
    return Difference(
        translate_document(table, difference.before, rekey),
        translate_document(table, difference.after, rekey),
    )
