"""The labels of dialogs' fields, as msgids."""

from tracker.fields import FACT_KINDS
from tracker.language import N_

_ASKED_BESIDE_FIELDS = {
    "verified": N_("Verified"),
    "why": N_("Why"),
    "catalogue": N_("Catalogue"),
}


def _label_names() -> dict[str, str]:
    """Return the labels by field name; if kinds of facts differ, the first one's."""
    labels: dict[str, str] = {}
    for kind in FACT_KINDS.values():
        for field in kind.by_name.values():
            labels.setdefault(field.name, field.label)
    return {**labels, **_ASKED_BESIDE_FIELDS}


_LABELS = _label_names()


def find_label(name: str) -> str:
    """Return the msgid of a field of a fact or of an action."""
    return _LABELS[name]
