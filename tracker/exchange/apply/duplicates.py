"""Which service or application a row tells of, and rows that would enter one a second time."""

from typing import Any, TypeVar

from tracker.errors import Rejected
from tracker.exchange.apply.references import Named, References
from tracker.exchange.apply.session import ImportSession, LeftOut
from tracker.exchange.apply.similarity import bare_name
from tracker.exchange.parsing.records import Record
from tracker.exchange.questions import NEW, SAME, SKIP, Candidate, Question
from tracker.language import N_
from tracker.model import OPD
from tracker.text import normalize_name

N = TypeVar("N", bound=Named)
_CODES = {"services": "service", "applications": "application"}
_AS_NEW = Candidate(NEW, N_("another one: it is entered as new"), {})
_LEFT_OUT = Candidate(SKIP, N_("this row is left out"), {})


def code_in(record: Record) -> str | None:
    """Return the code that a row gives its service or application."""
    code: str | None = record.values.get(_CODES[record.kind])
    return code


def comparable_values(record: Record, opd: OPD | None) -> dict[str, Any]:
    """Return what a row says of a service or application, whatever it calls it and its OPD."""
    aside = {_CODES[record.kind], "opd", "recorded_at", "by"}
    said = {
        name: value
        for name, value in record.values.items()
        if name not in aside
    }
    return {
        **said,
        "name": normalize_name(record.values["name"]),
        "opd": opd.id if opd else None,
    }


def find_listed(
    session: ImportSession,
    record: Record,
    references: References[N],
    named: list[N],
) -> N | None:
    """Return what a row tells of: by its code, else by its name, which ``named`` have.

    A code that is not known, of a name that was there before the import, is asked about.
    What a row with a code is about is not found by its name once more.
    """
    code = code_in(record)
    free = [fact for fact in named if fact.id not in session.claimed]
    if code is None:
        return _find_only(free)
    if code in references.by_code:
        return references.by_code[code]
    there = session.register.table(record.kind)
    before = [fact for fact in free if fact.id in there]
    if not before:
        # A row that an answer leaves out stays out where nothing asks any more.
        if session.answers.get(_recoded_key(record)) == SKIP:
            raise LeftOut
        return None
    question = _recoded_question(record, session.describe_row(record), before)
    answer = session.ask(question)
    return before[0] if answer == SAME else references.by_code.get(answer)


def note_name(
    session: ImportSession,
    record: Record,
    opd: OPD | None,
) -> Record:
    """Return the first row of this import that has a name in an OPD: this one or an earlier."""
    name = bare_name(record.values["name"])
    return session.names_entered.setdefault(
        (record.kind, opd.id if opd else "", name),
        record,
    )


def is_said_already(
    session: ImportSession,
    record: Record,
    said: dict[str, Any],
) -> bool:
    """Return whether a row without a code repeats one with a code, and count it."""
    if not repeats_coded(session, record, said):
        return False
    session.counts[record.kind, "repeated"] += 1
    return True


def repeats_coded(
    session: ImportSession,
    record: Record,
    said: dict[str, Any],
) -> bool:
    """Return whether a row with a code says what this row says; keep what one with a code says."""
    content = repr(sorted(said.items()))
    if code_in(record) is not None:
        session.coded.add((record.kind, content))
        return False
    return (record.kind, content) in session.coded


def check_doubled(
    session: ImportSession,
    record: Record,
    opd: OPD | None,
) -> None:
    """Ask about a row that enters another one of a name that this import has entered for the OPD.

    Two rows of one file that have each a code of their own are two.
    """
    place, first = record.place, note_name(session, record, opd)
    are_two = (
        code_in(first) and code_in(record) and first.place.file == place.file
    )
    if first is not record and not are_two:
        session.ask(_doubled_question(record, first))


def _find_only(named: list[N]) -> N | None:
    if len(named) > 1:
        raise Rejected(
            "“{value}” could be {codes}: write the code.",
            value=named[0].name,
            codes=", ".join(sorted(fact.code for fact in named)[:5]),
        )
    return named[0] if named else None


def _recoded_key(record: Record) -> str:
    return f"recoded:{record.kind}/{code_in(record)}"


def _recoded_question(
    record: Record,
    row: str,
    there: list[N],
) -> Question:
    candidates = [
        Candidate(
            SAME if len(there) == 1 else fact.code,
            N_("it is {name} ({code})"),
            {"name": fact.name, "code": fact.code},
        )
        for fact in there[:5]
    ]
    return Question(
        _recoded_key(record),
        N_("Row {row}: “{name}” has another code here."),
        {"row": row, "name": record.values["name"]},
        (*candidates, _AS_NEW, _LEFT_OUT),
    )


def _doubled_question(record: Record, first: Record) -> Question:
    place = record.place
    return Question(
        f"doubled:{place.file}/{place.row}",
        N_(
            "Row {row} of {file}: “{name}” already stands in row {first} of {other}. Is it another one?",
        ),
        {
            "row": str(place.row),
            "file": place.file,
            "name": record.values["name"],
            "first": str(first.place.row),
            "other": first.place.file,
        },
        (_AS_NEW, _LEFT_OUT),
    )
