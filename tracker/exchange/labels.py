"""The words for the kinds of rows that travel in files, their columns, and what an import does."""

from tracker.exchange.columns import Column
from tracker.fields import FACT_KINDS, RECORDED
from tracker.language import N_

_KINDS = {
    **{kind.table: kind.plural for kind in FACT_KINDS.values()},
    "answers": N_("Answers of OPDs"),
    "returns": N_("Sheets of OPDs"),
}


def _label_column_names() -> dict[str, str]:
    """Label columns by their names alone, as a plan of an import knows them.

    A column of codes shares its name with the one that refers to it ("service"), and leaves
    that its label.
    """
    labels = {"filled": N_("Filled in"), "decision": N_("Decision")}
    for kind in FACT_KINDS.values():
        for field in (*kind.fields, *RECORDED):
            labels.setdefault(field.name, field.label)
            if field.column and not field.column_label:
                labels.setdefault(field.column, field.label)
    return labels


_COLUMNS = _label_column_names()
_WHAT = {
    "new": N_("new"),
    "created": N_("entered"),
    "changed": N_("changed"),
    "unchanged": N_("unchanged"),
    "moved": N_("moved"),
    "transferred": N_("transferred"),
    "renamed": N_("renamed"),
    "gone": N_("no longer listed"),
    "retired": N_("retired"),
    "reopened": N_("reopened"),
    "recoded": N_("code changed"),
    "restated": N_("visits or days changed"),
    "unlisted": N_("not in this list"),
    "left out": N_("left out: no longer offered then"),
    "skipped": N_("skipped"),
    "repeated": N_("repeated"),
    "open": N_("waiting for an answer"),
}


def kind_word(kind: str) -> str:
    """Return the msgid of a kind of rows."""
    return _KINDS.get(kind, kind)


def noun_word(kind: str) -> str:
    """Return the msgid of one row of a kind."""
    return FACT_KINDS[kind].noun if kind in FACT_KINDS else kind_word(kind)


def column_word(column: Column) -> str:
    """Return the msgid of a column; one of codes is called so."""
    return column.label or column.name


def name_word(name: str) -> str:
    """Return the msgid of the columns of a name."""
    return _COLUMNS.get(name, name)


def what_word(what: str) -> str:
    """Return the msgid of what an import does to a row."""
    return _WHAT.get(what, what)
