"""Rows of OPDs, and the OPD that a row of another kind means."""

from typing import Any

from msgspec.structs import replace

from tracker.actions.codes import unique_code
from tracker.actions.kinds import add_kind
from tracker.actions.opds import kind_of
from tracker.errors import Rejected
from tracker.exchange.apply.session import ImportSession, contradiction_error
from tracker.exchange.apply.similarity import (
    NEAR,
    bare_name,
    compute_similarity,
)
from tracker.exchange.effects import Change
from tracker.exchange.parsing.records import Record
from tracker.exchange.questions import NEW, SAME, SKIP, Candidate, Question
from tracker.language import N_
from tracker.model import OPD, Kind
from tracker.text import name_key, normalize_name

_TOLD = ("name", "kind", "contact", "retired_on")


def enter_opd(session: ImportSession, record: Record) -> None:
    """Enter an OPD, or put right what the row says of one that is there.

    An empty cell leaves what is there; aliases are added; a former name becomes an alias.
    """
    code = record.values.get("code") or _code_of_name(session, record)
    there = session.opds.by_code.get(code)
    record = _under_its_name(record, there)
    first = session.opd_rows.get(code)
    if there is None:
        _enter_unknown(session, record, code)
    elif first is not None:
        _enter_repeated(session, record, there, first)
    elif _is_called(there, record.values["name"]):
        _update(session, record, there)
    else:
        _settle(
            session,
            record,
            there,
            _renamed_question(there, record, session.describe_row(record)),
        )


def find_or_create_opd(session: ImportSession, record: Record) -> OPD:
    """Return the OPD that a row names; ``Rejected`` for none, unless missing ones are entered."""
    said = record.values["opd"]
    found = session.opds.find(said)
    if found is not None:
        return found
    near = session.opds.find_near(said)
    if session.options.creates_opds and not near:
        return _create(session, record, said)
    if record.kind not in _MAY_NAME_NEW and not session.options.creates_opds:
        raise _unknown_opd(session, record, said, near)
    session.unknown_opds.setdefault(said, set()).add(record.place)
    answer = session.ask(_unknown_question(said, near))
    return (
        _create(session, record, said)
        if answer == NEW
        else session.opds.by_code[answer]
    )


_MAY_NAME_NEW = frozenset(("services", "applications", "transfers"))
"""The kinds of rows that may be the first to tell of an OPD."""


def _unknown_opd(
    session: ImportSession, record: Record, said: str, near: list[OPD]
) -> Rejected:
    session.unknown_opds.setdefault(said, set()).add(record.place)
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


def _code_of_name(session: ImportSession, record: Record) -> str:
    name = record.values["name"]
    known = session.opds.find_named(name)
    return (
        known[0].code
        if len(known) == 1
        else unique_code(name, session.opds.by_code)
    )


def _enter_unknown(session: ImportSession, record: Record, code: str) -> None:
    name, retired = record.values["name"], "retired_on" in record.values
    others = [
        opd for opd in session.opds.find_named(name) if opd.retired_on is None
    ]
    if not others or retired:
        _enter(session, record, code, name)
        return
    question = Question(
        f"opd:{code}:{name_key(name)}",
        N_(
            "Row {row}: “{name}” under the code {code} is already the name of {other}."
        ),
        {
            "row": session.describe_row(record),
            "name": name,
            "code": code,
            "other": others[0].code,
        },
        _SAME_OR_NOT,
    )
    _settle(session, record, others[0], question, code)


def _enter_repeated(
    session: ImportSession, record: Record, there: OPD, first: Record
) -> None:
    if first.values == record.values:
        session.counts["opds", "repeated"] += 1
        return
    name = record.values["name"]
    ends = (row.values.get("retired_on") for row in (first, record))
    if bare_name(name) == bare_name(there.name) and len(set(ends)) == 1:
        _check_alike(record, first, there.code)
        _update(session, record, there)
        return
    question = Question(
        f"opd:{there.code}:{name_key(name)}",
        N_(
            "Row {row}: “{name}” has the code {code}, as “{other}” in row {first} has."
        ),
        {
            "row": session.describe_row(record),
            "name": name,
            "code": there.code,
            "other": there.name,
            "first": session.describe_row(first),
        },
        _SAME_OR_NOT,
    )
    answer = session.ask(question)
    if answer == SAME:
        _join(session, record, there)
    else:
        _enter_another(session, record)


def _check_alike(record: Record, first: Record, code: str) -> None:
    """Refuse a row of an OPD that another row tells of otherwise."""
    told = {
        name: record.values[name]
        for name in ("kind", "contact")
        if name in record.values
    }
    if any(first.values.get(name, said) != said for name, said in told.items()):
        raise contradiction_error(code, first.place)


def _join(session: ImportSession, record: Record, there: OPD) -> None:
    """Take two rows for one OPD: that of the two which is in use gives the name, the other an alias."""
    if there.retired_on is not None and "retired_on" not in record.values:
        fields: dict[str, Any] = {
            "retired_on": None,
            "name": record.values["name"],
        }
        aliases = _aliases(there, record, there.name)
    else:
        fields, aliases = {}, _aliases(there, record, record.values["name"])
    session.opds.put(
        session.edit("opds", there, record, **fields, aliases=aliases)
    )


def _settle(
    session: ImportSession,
    record: Record,
    there: OPD,
    question: Question,
    code: str = "",
) -> None:
    answer = session.ask(question)
    if answer == SAME:
        _update(session, record, there)
    elif code:
        _enter_beside(session, record, code)
    else:
        _enter_another(session, record)


def _enter_another(session: ImportSession, record: Record) -> None:
    """Enter an OPD whose code is another's under the code that its name makes, or find it there."""
    name = record.values["name"]
    there = session.opds.by_code.get(unique_code(name, ()))
    told = _under_its_name(record, there)
    if (
        there is not None
        and there.code not in session.opd_rows
        and there.name == told.values["name"]
    ):
        _update(session, told, there)
    else:
        _enter_beside(session, record, unique_code(name, session.opds.by_code))


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


def _enter_beside(session: ImportSession, record: Record, code: str) -> None:
    """Enter another OPD of a name that is taken: its code tells the two apart."""
    name = record.values["name"]
    open_ones = [
        opd for opd in session.opds.find_named(name) if opd.retired_on is None
    ]
    taken = open_ones and "retired_on" not in record.values
    _enter(session, record, code, _told_apart(name, code) if taken else name)


def _enter(
    session: ImportSession, record: Record, code: str, name: str
) -> None:
    values, own = record.values, session.draft.register.only_city.kinds
    add_kind(session.draft, values.get("kind", Kind.LAINNYA))
    fields: dict[str, Any] = {
        "kind": values.get("kind") or kind_of(name, own),
        "aliases": values.get("aliases", ()),
        "contact": values.get("contact", ""),
        "retired_on": values.get("retired_on"),
        "reopened": values.get("reopened", False),
    }
    if fields["retired_on"] is None:
        _check_aliases(session, fields["aliases"], code)
    session.opds.put(
        session.new("opds", OPD, record, code=code, name=name, **fields)
    )
    session.opd_rows[code] = record


def _update(session: ImportSession, record: Record, there: OPD) -> None:
    values = record.values
    add_kind(session.draft, values.get("kind", Kind.LAINNYA))
    fields: dict[str, Any] = {
        name: values[name] for name in _TOLD if name in values
    }
    aliases = _aliases(there, record, there.name)
    if there.retired_on is None:
        _check_aliases(session, aliases, there.code)
    session.opds.put(
        session.edit("opds", there, record, **fields, aliases=aliases)
    )
    session.opd_rows[there.code] = record


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
    session: ImportSession, aliases: tuple[str, ...], code: str
) -> None:
    for alias in aliases:
        other = next(
            (
                o
                for o in session.opds.find_named(alias)
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
    return bare_name(name) in map(bare_name, names) or any(
        compute_similarity(name, other) >= NEAR for other in names
    )


def _create(session: ImportSession, record: Record, said: str) -> OPD:
    code = unique_code(said, session.opds.by_code)
    own = session.draft.register.only_city.kinds
    made = session.draft.new(OPD, code=code, name=said, kind=kind_of(said, own))
    session.places[made.id] = record.place
    session.note_effect("created", "opds", said, Change("", "", code))
    session.opds.put(made)
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
