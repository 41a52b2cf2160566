"""Rows of OPDs, and the OPD that a row of another kind means."""

from typing import Any

from msgspec.structs import replace

from tracker.actions.codes import unique_code
from tracker.actions.kinds import add_kind
from tracker.actions.opds import kind_of
from tracker.errors import Rejected
from tracker.exchange.apply.entry import ImportSession, contradiction
from tracker.exchange.apply.similarity import NEAR, bare, likeness
from tracker.exchange.effects import Change
from tracker.exchange.parsing.records import Record
from tracker.exchange.questions import NEW, SAME, SKIP, Candidate, Question
from tracker.language import N_
from tracker.model import OPD, Kind
from tracker.text import name_key, normalize_name

_TOLD = ("name", "kind", "contact", "retired_on")


def enter_opd(entry: ImportSession, record: Record) -> None:
    """Enter an OPD, or put right what the row says of one that is there.

    An empty cell leaves what is there; aliases are added; a former name becomes an alias.
    """
    code = record.values.get("code") or _code_of_name(entry, record)
    there = entry.opds.by_code.get(code)
    record = _under_its_name(record, there)
    first = entry.opd_rows.get(code)
    if there is None:
        _enter_unknown(entry, record, code)
    elif first is not None:
        _enter_repeated(entry, record, there, first)
    elif _is_called(there, record.values["name"]):
        _update(entry, record, there)
    else:
        _settle(
            entry,
            record,
            there,
            _renamed_question(there, record, entry.row(record)),
        )


def opd_meant(entry: ImportSession, record: Record) -> OPD:
    """Return the OPD that a row names; ``Rejected`` for none, unless missing ones are entered."""
    said = record.values["opd"]
    found = entry.opds.find(said)
    if found is not None:
        return found
    near = entry.opds.near(said)
    if entry.options.creates_opds and not near:
        return _create(entry, record, said)
    if record.kind not in _MAY_NAME_NEW and not entry.options.creates_opds:
        raise _unknown_opd(entry, record, said, near)
    entry.unknown_opds.setdefault(said, set()).add(record.place)
    answer = entry.ask(_unknown_question(said, near))
    return (
        _create(entry, record, said)
        if answer == NEW
        else entry.opds.by_code[answer]
    )


_MAY_NAME_NEW = frozenset(("services", "applications", "transfers"))
"""The kinds of rows that may be the first to tell of an OPD."""


def _unknown_opd(
    entry: ImportSession, record: Record, said: str, near: list[OPD]
) -> Rejected:
    entry.unknown_opds.setdefault(said, set()).add(record.place)
    names = ", ".join(f"{opd.name} ({opd.code})" for opd in near[:3])
    if near:
        return Rejected(
            "No OPD is called “{value}”. Is it {names}?",
            value=said[:80],
            names=names,
            column="opd",
        )
    return Rejected(
        "No OPD is called “{value}”: write its code, name or alias.",
        value=said[:80],
        column="opd",
    )


def _code_of_name(entry: ImportSession, record: Record) -> str:
    name = record.values["name"]
    known = entry.opds.called(name)
    return (
        known[0].code
        if len(known) == 1
        else unique_code(name, entry.opds.by_code)
    )


def _enter_unknown(entry: ImportSession, record: Record, code: str) -> None:
    name, retired = record.values["name"], "retired_on" in record.values
    others = [opd for opd in entry.opds.called(name) if opd.retired_on is None]
    if not others or retired:
        _enter(entry, record, code, name)
        return
    question = Question(
        f"opd:{code}:{name_key(name)}",
        N_(
            "Row {row}: “{name}” under the code {code} is already the name of {other}."
        ),
        {
            "row": entry.row(record),
            "name": name,
            "code": code,
            "other": others[0].code,
        },
        _SAME_OR_NOT,
    )
    _settle(entry, record, others[0], question, code)


def _enter_repeated(
    entry: ImportSession, record: Record, there: OPD, first: Record
) -> None:
    if first.values == record.values:
        entry.counts["opds", "repeated"] += 1
        return
    name = record.values["name"]
    ends = (row.values.get("retired_on") for row in (first, record))
    if bare(name) == bare(there.name) and len(set(ends)) == 1:
        _check_alike(record, first, there.code)
        _update(entry, record, there)
        return
    question = Question(
        f"opd:{there.code}:{name_key(name)}",
        N_(
            "Row {row}: “{name}” has the code {code}, as “{other}” in row {first} has."
        ),
        {
            "row": entry.row(record),
            "name": name,
            "code": there.code,
            "other": there.name,
            "first": entry.row(first),
        },
        _SAME_OR_NOT,
    )
    answer = entry.ask(question)
    if answer == SAME:
        _join(entry, record, there)
    else:
        _enter_another(entry, record)


def _check_alike(record: Record, first: Record, code: str) -> None:
    """Refuse a row of an OPD that another row tells of otherwise."""
    told = {
        name: record.values[name]
        for name in ("kind", "contact")
        if name in record.values
    }
    if any(first.values.get(name, said) != said for name, said in told.items()):
        raise contradiction(code, first.place)


def _join(entry: ImportSession, record: Record, there: OPD) -> None:
    """Take two rows for one OPD: that of the two which is in use gives the name, the other an alias."""
    if there.retired_on is not None and "retired_on" not in record.values:
        fields: dict[str, Any] = {
            "retired_on": None,
            "name": record.values["name"],
        }
        aliases = _aliases(there, record, there.name)
    else:
        fields, aliases = {}, _aliases(there, record, record.values["name"])
    entry.opds.put(entry.edit("opds", there, record, **fields, aliases=aliases))


def _settle(
    entry: ImportSession,
    record: Record,
    there: OPD,
    question: Question,
    code: str = "",
) -> None:
    answer = entry.ask(question)
    if answer == SAME:
        _update(entry, record, there)
    elif code:
        _enter_beside(entry, record, code)
    else:
        _enter_another(entry, record)


def _enter_another(entry: ImportSession, record: Record) -> None:
    """Enter an OPD whose code is another's under the code that its name makes, or find it there."""
    name = record.values["name"]
    there = entry.opds.by_code.get(unique_code(name, ()))
    told = _under_its_name(record, there)
    if (
        there is not None
        and there.code not in entry.opd_rows
        and there.name == told.values["name"]
    ):
        _update(entry, told, there)
    else:
        _enter_beside(entry, record, unique_code(name, entry.opds.by_code))


def _under_its_name(record: Record, there: OPD | None) -> Record:
    """Return a row with the name under which its OPD was entered beside another one."""
    if there is None or there.name != _told_apart(
        record.values["name"], there.code
    ):
        return record
    return replace(record, values={**record.values, "name": there.name})


def _told_apart(name: str, code: str) -> str:
    """Return what an OPD is called whose name is that of another one at work."""
    return f"{name} ({code})"


def _enter_beside(entry: ImportSession, record: Record, code: str) -> None:
    """Enter another OPD of a name that is taken: its code tells the two apart."""
    name = record.values["name"]
    open_ones = [
        opd for opd in entry.opds.called(name) if opd.retired_on is None
    ]
    taken = open_ones and "retired_on" not in record.values
    _enter(entry, record, code, _told_apart(name, code) if taken else name)


def _enter(entry: ImportSession, record: Record, code: str, name: str) -> None:
    values, own = record.values, entry.draft.register.only_city.kinds
    add_kind(entry.draft, values.get("kind", Kind.LAINNYA))
    fields: dict[str, Any] = {
        "kind": values.get("kind") or kind_of(name, own),
        "aliases": values.get("aliases", ()),
        "contact": values.get("contact", ""),
        "retired_on": values.get("retired_on"),
        "reopened": values.get("reopened", False),
    }
    if fields["retired_on"] is None:
        _check_aliases(entry, fields["aliases"], code)
    entry.opds.put(
        entry.new("opds", OPD, record, code=code, name=name, **fields)
    )
    entry.opd_rows[code] = record


def _update(entry: ImportSession, record: Record, there: OPD) -> None:
    values = record.values
    add_kind(entry.draft, values.get("kind", Kind.LAINNYA))
    fields: dict[str, Any] = {
        name: values[name] for name in _TOLD if name in values
    }
    aliases = _aliases(there, record, there.name)
    if there.retired_on is None:
        _check_aliases(entry, aliases, there.code)
    entry.opds.put(entry.edit("opds", there, record, **fields, aliases=aliases))
    entry.opd_rows[there.code] = record


def _aliases(there: OPD, record: Record, former: str) -> tuple[str, ...]:
    """Return the OPD's aliases with those of the row and with a name that it also has, or has had."""
    current = there.name if former != there.name else record.values["name"]
    given = record.values.get("aliases", ())
    added = [alias for alias in given if alias not in there.aliases]
    if normalize_name(former) not in {
        normalize_name(current),
        *map(normalize_name, there.aliases),
        *map(normalize_name, given),
    }:
        added.append(former)
    return (*there.aliases, *added)


def _check_aliases(
    entry: ImportSession, aliases: tuple[str, ...], code: str
) -> None:
    for alias in aliases:
        other = next(
            (
                o
                for o in entry.opds.called(alias)
                if o.retired_on is None and o.code != code
            ),
            None,
        )
        if other is not None:
            raise Rejected(
                "“{value}” already means {other}: choose another alias.",
                value=alias,
                other=other.code,
                column="aliases",
            )


def _is_called(there: OPD, name: str) -> bool:
    """Tell whether a name is one of the OPD's, or so near that it can only be its new spelling."""
    names = (there.name, *there.aliases)
    return bare(name) in map(bare, names) or any(
        likeness(name, other) >= NEAR for other in names
    )


def _create(entry: ImportSession, record: Record, said: str) -> OPD:
    code = unique_code(said, entry.opds.by_code)
    own = entry.draft.register.only_city.kinds
    made = entry.draft.new(OPD, code=code, name=said, kind=kind_of(said, own))
    entry.places[made.id] = record.place
    entry.did("created", "opds", said, Change("", "", code))
    entry.opds.put(made)
    return made


_SAME_OR_NOT = (
    Candidate(SAME, N_("the same OPD: this is another name of it"), {}),
    Candidate(NEW, N_("another OPD: it is entered beside it"), {}),
    Candidate(SKIP, N_("this row is left out"), {}),
)


def _renamed_question(there: OPD, record: Record, row: str) -> Question:
    name = record.values["name"]
    return Question(
        f"opd:{there.code}:{name_key(name)}",
        N_(
            "Row {row}: the code {code} is that of “{other}”; here it is “{name}”."
        ),
        {"row": row, "code": there.code, "other": there.name, "name": name},
        (
            Candidate(SAME, N_("the same OPD: it has a new name"), {}),
            Candidate(
                NEW, N_("another OPD: it is entered with another code"), {}
            ),
            Candidate(SKIP, N_("this row is left out"), {}),
        ),
    )


def _unknown_question(said: str, near: list[OPD]) -> Question:
    candidates = [
        Candidate(opd.code, N_("it is {name}"), {"name": opd.name})
        for opd in near
    ]
    candidates.append(Candidate(NEW, N_("it is a new OPD: it is entered"), {}))
    candidates.append(
        Candidate(SKIP, N_("the rows that name it are left out"), {})
    )
    return Question(
        f"opd:{name_key(said)}",
        N_("No OPD is called “{name}”."),
        {"name": said},
        tuple(candidates),
    )
