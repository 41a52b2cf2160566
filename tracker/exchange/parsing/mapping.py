"""How a foreign file's columns and values are named: the TOML file of ``--map``."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.errors import Rejected
from tracker.exchange.columns import KINDS
from tracker.exchange.reading.toml_file import read_toml
from tracker.text import normalize_name
from tracker.vocabulary import comparable_word

AS_OF = "as-of"
"""Ours for a date: the day of the inventory, or today."""

_KNOWN = {name for kind in KINDS for name in (c.name for c in KINDS[kind])}
UNREAD = "unread"
"""In place of ours: the columns that are not read."""

_SECTIONS = {
    "columns",
    "values",
    "defaults",
    "skip",
    "kind",
    "sheet",
    "numbers",
    "create_opds",
}


@dataclass(frozen=True)
class Mapping:
    """What a mapping file says.

    ``columns`` ours = theirs; ``unread`` those of theirs that are not read; ``values`` column by column
    theirs = ours; ``defaults`` ours = a value for every row; ``skip`` their column = the values whose
    rows are left out; ``numbers`` the style ``id`` or ``en``; ``create_opds`` enters OPDs that the
    register does not have.
    """

    columns: Map[str, str] = field(default_factory=dict)
    values: Map[str, Map[str, str]] = field(default_factory=dict)
    defaults: Map[str, Any] = field(default_factory=dict)
    skip: Map[str, frozenset[str]] = field(default_factory=dict)
    kind: str = ""
    sheet: str = ""
    numbers: str = ""
    create_opds: bool = False
    unread: frozenset[str] = frozenset()


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file; raise ``Rejected`` if it is not TOML or names what does not exist."""
    return mapping_from(read_toml(path), path.name)


def mapping_from(said: dict[str, Any], file: str = "") -> Mapping:
    """Return the mapping that a TOML table describes, after checking every name in it.

    Our columns may be called by their Indonesian names too. A name of several columns, such
    as ``uraian``, means all of them.
    """
    _check_names(said, _SECTIONS, file)
    kind = str(said.get("kind", ""))
    said = {
        section: _in_our_names(content, section, kind)
        for section, content in said.items()
    }
    _check_sections(said, file)

    columns = dict(said.get("columns", {}))
    unread = _read_several(columns.pop(UNREAD, []))
    return Mapping(
        columns={ours: str(theirs) for ours, theirs in columns.items()},
        values=_read_values(said.get("values", {})),
        defaults=dict(said.get("defaults", {})),
        skip=_read_skipped(said.get("skip", {})),
        kind=kind,
        sheet=str(said.get("sheet", "")),
        numbers=str(said.get("numbers", "")),
        create_opds=bool(said.get("create_opds", False)),
        unread=frozenset(map(str, unread)),
    )


def _read_values(said: dict[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    """Return our value of each of a file's words, by our column."""
    values: dict[str, dict[str, str]] = {}
    for column, meanings in said.items():
        values[column] = {}
        for theirs, ours in meanings.items():
            values[column][normalize_name(theirs)] = str(ours)
    return values


def _read_skipped(said: dict[str, Any]) -> dict[str, frozenset[str]]:
    """Return the words of rows that are skipped, by the file's column."""
    skipped: dict[str, frozenset[str]] = {}
    for column, words in said.items():
        names = [normalize_name(str(word)) for word in _read_several(words)]
        skipped[column] = frozenset(names)
    return skipped


def _check_sections(said: dict[str, Any], file: str) -> None:
    """Raise ``Rejected`` if a section of a mapping is not one, or names an unknown column."""
    for section in ("columns", "values", "defaults", "skip"):
        content = said.get(section, {})
        if not isinstance(content, dict):
            raise _section_needed(file, section)
        # What is skipped is named by the file's own columns.
        if section != "skip":
            known = _KNOWN | {UNREAD} if section == "columns" else _KNOWN
            _check_names(content, known, file)

    for name, meanings in said.get("values", {}).items():
        if not isinstance(meanings, dict):
            raise _section_needed(file, f"values.{name}")


def _section_needed(file: str, name: str) -> Rejected:
    return Rejected(
        "In {file}, {name} must be a section: [{name}].",
        file=file,
        name=name,
    )


def _in_our_names(content: Any, section: str, kind: str) -> Any:
    """Return a section with our English column names in place of the Indonesian ones."""
    has_names = section in ("columns", "values", "defaults")
    if not has_names or not isinstance(content, dict):
        return content
    found: dict[str, Any] = {}
    for name, value in content.items():
        called = comparable_word(name)
        ours = (
            [name]
            if name in _KNOWN or name == UNREAD
            else _names_of(called, kind)
        )
        for one in ours or [name]:
            found[one] = value
    return found


def _names_of(called: str, kind: str) -> list[str]:
    """Return our columns that have an Indonesian name: those of ``kind`` if it is one, else of all kinds."""
    kinds = [kind] if kind in KINDS else [*KINDS]
    return list(
        dict.fromkeys(
            column.name
            for one in kinds
            for column in KINDS[one]
            if comparable_word(column.indonesian) == called
        ),
    )


def mapping_as_toml(mapping: Mapping) -> str:
    """Return the mapping as the TOML that ``read_mapping`` reads."""
    import tomli_w

    said: dict[str, Any] = {}
    for name in ("kind", "sheet", "numbers"):
        if getattr(mapping, name):
            said[name] = getattr(mapping, name)
    if mapping.create_opds:
        said["create_opds"] = True
    sections: dict[str, Any] = {
        "columns": {
            **mapping.columns,
            **({UNREAD: sorted(mapping.unread)} if mapping.unread else {}),
        },
        "defaults": dict(mapping.defaults),
        "skip": {
            column: sorted(values) for column, values in mapping.skip.items()
        },
        "values": {
            name: dict(values) for name, values in mapping.values.items()
        },
    }
    said.update(
        {name: section for name, section in sections.items() if section},
    )
    return tomli_w.dumps(said)


def _read_several(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]


def _check_names(
    said: Map[str, Any],
    known: set[str],
    file: str,
) -> None:
    for name in said:
        if name not in known:
            raise Rejected(
                "{file} names “{name}”, which does not exist: write one of {expected}.",
                file=file,
                name=name,
                expected=", ".join(sorted(known)),
            )
