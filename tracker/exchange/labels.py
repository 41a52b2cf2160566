"""The words for the kinds of rows that travel in files, their columns, and what an import does."""

from tracker.exchange.columns import Column, ColumnType
from tracker.labels import FIELD_WORDS
from tracker.language import N_

_KINDS = {
    "opds": N_("OPDs"),
    "applications": N_("Applications"),
    "services": N_("Services"),
    "transfers": N_("Transfers"),
    "closures": N_("Closures"),
    "moves": N_("Moves"),
    "targets": N_("Targets"),
    "obstacles": N_("Obstacles"),
    "reports": N_("Reports"),
    "evaluations": N_("Evaluations"),
    "milestones": N_("Milestones"),
    "decisions": N_("Decisions"),
    "snapshots": N_("Snapshots"),
    "city": N_("City"),
    "answers": N_("Answers of OPDs"),
    "returns": N_("Sheets of OPDs"),
}
_COLUMNS = {
    **FIELD_WORDS,
    "recorded_at": N_("Recorded"),
    "by": N_("Recorded by"),
    "service": N_("Service"),
    "date": N_("Date"),
    "from": N_("Closed from"),
    "filled": N_("Filled in"),
    "decision": N_("Decision"),
}
_CODES = {"service": N_("Service code"), "application": N_("Application code")}
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


def column_word(column: Column) -> str:
    """Return the msgid of a column; one of codes is called so."""
    if column.holds is ColumnType.CODE and column.name in _CODES:
        return _CODES[column.name]
    return name_word(column.name)


def name_word(name: str) -> str:
    """Return the msgid of the columns of a name."""
    return _COLUMNS.get(name, name)


def what_word(what: str) -> str:
    """Return the msgid of what an import does to a row."""
    return _WHAT.get(what, what)
