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

_EDITABLE = ("name", "kind", "contact", "retired_on")


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
        row = session.describe_row(record)
        _settle(session, record, there, _renamed_question(there, record, row))


def find_or_create_opd(session: ImportSession, record: Record) -> OPD:
    """Return the OPD that a row names; ``Rejected`` for none, unless missing ones are entered."""
    name = record.values["opd"]
    found = session.opds.find(name)
    if found is not None:
        return found
    near = session.opds.find_near(name)
    if session.options.creates_opds and not near:
        return _create(session, record, name)

    session.unknown_opds.setdefault(name, set()).add(record.place)
    if record.kind not in _MAY_NAME_NEW and not session.options.creates_opds:
        raise _unknown_opd_error(name, near)
    answer = session.ask(_unknown_question(name, near))
    if answer == NEW:
        return _create(session, record, name)
    return session.opds.by_code[answer]


_MAY_NAME_NEW = frozenset(("services", "applications", "transfers"))
"""The kinds of rows that may be the first to tell of an OPD."""


def _unknown_opd_error(name: str, near: list[OPD]) -> Rejected:
    if near:
        names = [f"{opd.name} ({opd.code})" for opd in near[:3]]
        return Rejected(
            "No OPD is called “{value}”. Is it {names}?",
            value=name[:80],
            names=", ".join(names),
            column="opd",
        )
    return Rejected(
        "No OPD is called “{value}”: write its code, name or alias.",
        value=name[:80],
        column="opd",
    )


def _code_of_name(session: ImportSession, record: Record) -> str:
    """Return the code of the only OPD with a row's name, or a new one."""
    name = record.values["name"]
    named = session.opds.find_named(name)
    if len(named) == 1:
        return named[0].code
    return unique_code(name, session.opds.by_code)


def _find_working(session: ImportSession, name: str) -> list[OPD]:
    """Return the OPDs with a name that are not retired."""
    named = session.opds.find_named(name)
    return [opd for opd in named if opd.retired_on is None]


def _enter_unknown(session: ImportSession, record: Record, code: str) -> None:
    """Enter an OPD under a code that is not there; ask if its name is another's."""
    name = record.values["name"]
    others = _find_working(session, name)
    if not others or "retired_on" in record.values:
        _enter(session, record, code, name)
        return

    question = Question(
        f"opd:{code}:{name_key(name)}",
        N_(
            "Row {row}: “{name}” under the code {code} is already the name of {other}.",
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
    session: ImportSession,
    record: Record,
    there: OPD,
    first: Record,
) -> None:
    """Enter the second row of an OPD: it repeats the first, adds to it, or is of another OPD."""
    if first.values == record.values:
        session.counts["opds", "repeated"] += 1
        return

    name = record.values["name"]
    same_name = bare_name(name) == bare_name(there.name)
    end = record.values.get("retired_on")
    if same_name and end == first.values.get("retired_on"):
        _check_alike(record, first, there.code)
        _update(session, record, there)
        return

    question = Question(
        f"opd:{there.code}:{name_key(name)}",
        N_(
            "Row {row}: “{name}” has the code {code}, as “{other}” in row {first} has.",
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
    """Refuse a row of an OPD that an earlier row contradicts."""
    for name in ("kind", "contact"):
        if name not in record.values:
            continue
        value = record.values[name]
        if first.values.get(name, value) != value:
            raise contradiction_error(code, first.place)


def _join(session: ImportSession, record: Record, there: OPD) -> None:
    """Take two rows for one OPD: that of the two which is in use gives the name, the other an alias."""
    name = record.values["name"]
    fields: dict[str, Any] = {}
    former = name
    if there.retired_on is not None and "retired_on" not in record.values:
        fields = {"retired_on": None, "name": name}
        former = there.name
    aliases = _combine_aliases(there, record, former)
    joined = session.edit("opds", there, record, **fields, aliases=aliases)
    session.opds.put(joined)


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
    if there is not None and there.code not in session.opd_rows:
        renamed = _under_its_name(record, there)
        if there.name == renamed.values["name"]:
            _update(session, renamed, there)
            return
    _enter_beside(session, record, unique_code(name, session.opds.by_code))


def _under_its_name(record: Record, there: OPD | None) -> Record:
    """Return a row with the name under which its OPD was entered beside another one."""
    if there is None:
        return record
    if there.name != _distinct_name(record.values["name"], there.code):
        return record
    return replace(record, values={**record.values, "name": there.name})


def _distinct_name(name: str, code: str) -> str:
    """Return what an OPD is called whose name is that of another one at work."""
    return f"{name} ({code})"


def _enter_beside(session: ImportSession, record: Record, code: str) -> None:
    """Enter another OPD of a name that is taken: its code tells the two apart."""
    name = record.values["name"]
    if "retired_on" not in record.values and _find_working(session, name):
        name = _distinct_name(name, code)
    _enter(session, record, code, name)


def _enter(
    session: ImportSession,
    record: Record,
    code: str,
    name: str,
) -> None:
    values = record.values
    own_kinds = session.draft.register.only_city.kinds
    add_kind(session.draft, values.get("kind", Kind.LAINNYA))
    fields: dict[str, Any] = {
        "kind": values.get("kind") or kind_of(name, own_kinds),
        "aliases": values.get("aliases", ()),
        "contact": values.get("contact", ""),
        "retired_on": values.get("retired_on"),
        "reopened": values.get("reopened", False),
    }
    if fields["retired_on"] is None:
        _check_aliases(session, fields["aliases"], code)
    opd = session.new(
        "opds",
        OPD,
        record,
        code=code,
        name=name,
        **fields,
    )
    session.opds.put(opd)
    session.opd_rows[code] = record


def _update(session: ImportSession, record: Record, there: OPD) -> None:
    values = record.values
    add_kind(session.draft, values.get("kind", Kind.LAINNYA))
    fields: dict[str, Any] = {
        name: values[name] for name in _EDITABLE if name in values
    }
    aliases = _combine_aliases(there, record, there.name)
    if there.retired_on is None:
        _check_aliases(session, aliases, there.code)
    opd = session.edit("opds", there, record, **fields, aliases=aliases)
    session.opds.put(opd)
    session.opd_rows[there.code] = record


def _combine_aliases(
    there: OPD,
    record: Record,
    former: str,
) -> tuple[str, ...]:
    """Return the OPD's aliases with those of the row and with a name that it also has, or has had."""
    current = there.name if former != there.name else record.values["name"]
    given = record.values.get("aliases", ())
    added = [alias for alias in given if alias not in there.aliases]
    names = map(normalize_name, (current, *there.aliases, *given))
    if normalize_name(former) not in names:
        added.append(former)
    return (*there.aliases, *added)


def _check_aliases(
    session: ImportSession,
    aliases: tuple[str, ...],
    code: str,
) -> None:
    """Refuse aliases that are names of other OPDs at work."""
    for alias in aliases:
        for other in _find_working(session, alias):
            if other.code != code:
                raise Rejected(
                    "“{value}” already means {other}: choose another alias.",
                    value=alias,
                    other=other.code,
                    column="aliases",
                )


def _is_called(there: OPD, name: str) -> bool:
    """Tell whether a name is one of the OPD's, or so near that it can only be its new spelling."""
    names = (there.name, *there.aliases)
    if bare_name(name) in map(bare_name, names):
        return True
    return any(compute_similarity(name, other) >= NEAR for other in names)


def _create(session: ImportSession, record: Record, name: str) -> OPD:
    """Enter an OPD of which a row of another kind gives no more than the name."""
    code = unique_code(name, session.opds.by_code)
    kind = kind_of(name, session.draft.register.only_city.kinds)
    opd = session.draft.new(
        OPD,
        code=code,
        name=name,
        kind=kind,
    )
    session.places[opd.id] = record.place
    session.note_effect("created", "opds", name, Change("", "", code))
    session.opds.put(opd)
    return opd


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
            "Row {row}: the code {code} is that of “{other}”; here it is “{name}”.",
        ),
        {"row": row, "code": there.code, "other": there.name, "name": name},
        (
            Candidate(SAME, N_("the same OPD: it has a new name"), {}),
            Candidate(
                NEW,
                N_("another OPD: it is entered with another code"),
                {},
            ),
            Candidate(SKIP, N_("this row is left out"), {}),
        ),
    )


def _unknown_question(name: str, near: list[OPD]) -> Question:
    known = [
        Candidate(opd.code, N_("it is {name}"), {"name": opd.name})
        for opd in near
    ]
    new = Candidate(NEW, N_("it is a new OPD: it is entered"), {})
    skip = Candidate(SKIP, N_("the rows that name it are left out"), {})
    return Question(
        f"opd:{name_key(name)}",
        N_("No OPD is called “{name}”."),
        {"name": name},
        (*known, new, skip),
    )
