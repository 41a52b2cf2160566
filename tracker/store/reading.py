"""From a file's tables to a register of checked facts, and back to documents."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from tracker.fields import REFERENCES
from tracker.limits import EARLIEST, LATEST, is_week
from tracker.model import TABLES, City, Fact, StoredSnapshot
from tracker.register import Register
from tracker.store.tables import Tables, refuse_doubled, refuse_nan

META = "meta"
_KEY = attrgetter("id")
_PREFIX = re.compile(r"[a-z0-9]{1,20}")


class Meta(msgspec.Struct, frozen=True):
    """A file's own description, the one document of its table ``meta``."""

    schema: int
    prefix: str
    next_number: int


class Damaged(ValueError):
    """The file holds what a register cannot, with table and document if known."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}: {what}")
        self.place = place
        self.what = what


def meta_of(tables: Tables) -> Meta:
    """Return the file's own description; raise ``Damaged`` if there is none."""
    try:
        encoded = tables.encode_table(META)
        meta = msgspec.json.decode(encoded, type=dict[str, Meta])["1"]
    except (KeyError, msgspec.MsgspecError, RecursionError) as error:
        raise Damaged(META, str(error)) from error
    if (
        not _PREFIX.fullmatch(meta.prefix)
        or not 0 < meta.next_number < 10**12
        or meta.schema < 1
    ):
        raise Damaged(META, f"{meta.schema} {meta.prefix} {meta.next_number}")
    return meta


class Known(NamedTuple):
    """What was read or written before: tables, and the register that they hold."""

    tables: Tables
    register: Register


def register_of(tables: Tables, known: Known | None = None) -> Register:
    """Return the register in ``tables``; raise ``Damaged`` for an invalid fact or a dangling reference.

    Facts that are as they were in ``known`` are the same objects again, so that what
    rests on them need not be computed anew.
    """
    meta = meta_of(tables)
    if known is not None and known.register.prefix != meta.prefix:
        known = None
    found = {
        name: _read_changed_table(tables, name, meta.prefix, known)
        for name in TABLES
    }
    register = Register(
        prefix=meta.prefix,
        next_number=meta.next_number,
        **found,
    )
    if known is not None:
        register.take_over_indexes(known.register)
    _check_number(register)
    _check_city(register)
    _check_references(register)
    return register


def number_of(key: str) -> int:
    """Return the number at the end of a fact's key: its document's id."""
    return int(key.rpartition("-")[2])


def document_of(fact: Fact) -> dict[str, Any]:
    """Return a fact as a TinyDB document; raise ValueError for NaN and infinities."""
    document: dict[str, Any] = msgspec.to_builtins(fact)
    refuse_nan(document)
    return document


@cache
def _table_decoder(
    name: str,
    number: type[int] | type[str],
) -> "msgspec.json.Decoder[dict[Any, Any]]":
    return msgspec.json.Decoder(dict[number, TABLES[name]])  # type: ignore[valid-type]


def _read_changed_table(
    tables: Tables,
    name: str,
    prefix: str,
    known: Known | None,
) -> Mapping[str, Any]:
    """Return a table's facts; those that are ``known`` are taken over, unread where they can be."""
    if known is None:
        return _read_table(tables, name, prefix)
    facts: Mapping[str, Any] = known.register.table(name)
    if name not in tables and not facts:
        return facts
    if name not in tables or name not in known.tables:
        return _read_table(tables, name, prefix)
    before = known.tables.encode_table(name)
    after = tables.encode_table(name)
    if after == before:
        return facts

    added = _read_added(name, prefix, before, after)
    last = next(reversed(list(facts)), "")
    if added and min(added) > last:
        return {**facts, **added}
    return _keep_known(facts, _read_table(tables, name, prefix))


def _keep_known(
    known: Mapping[str, Any],
    read: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the facts that were read, of those that are as they were the very ones that are known."""
    return {
        key: known[key] if known.get(key) == fact else fact
        for key, fact in read.items()
    }


def _read_added(
    name: str,
    prefix: str,
    before: bytes,
    after: bytes,
) -> dict[str, Any]:
    """Return the facts that a table has got at its end; none if anything else has changed."""
    kept = len(before) - 1
    if not before.endswith(b"}}") or not after.startswith(before[:kept] + b","):
        return {}
    encoded = b"{" + after[kept + 1 :]
    tail = Tables({name: encoded})
    try:
        added = _read_table(tail, name, prefix)
    except Damaged:
        return {}  # reading the whole table finds it again, and where it is
    # What another program wrote in its own way is put right by reading the whole table.
    return added if tail.encode_table(name) == encoded else {}


def _read_table(
    tables: Tables,
    name: str,
    prefix: str,
) -> dict[str, Any]:
    if name not in tables:
        return {}
    facts = _read_as_written(tables.encode_table(name), name, prefix)
    if facts is None:
        facts = _read_with_care(tables, name, prefix)
    _check_reaches(name, facts.values())
    keys = list(facts)
    return facts if keys == sorted(keys) else dict(sorted(facts.items()))


def _read_as_written(
    encoded: bytes,
    name: str,
    prefix: str,
) -> dict[str, Fact] | None:
    """Return the facts by their keys; None if the table is not just as this program writes it.

    Numbers are read and compared much faster than the texts that they are in the file.
    """
    try:
        documents = _table_decoder(name, int).decode(encoded)
    except (ValueError, RecursionError):
        return None
    keys = list(map(_KEY, documents.values()))
    # Two long texts are compared faster than as many short ones are made.
    expected = " ".join([f"{prefix}-%07d"] * len(keys)) % tuple(documents)
    if (
        " ".join(keys) != expected
        or min(documents, default=1) < 1
        or msgspec.json.encode(documents) != encoded
    ):
        return None
    return dict(zip(keys, documents.values(), strict=True))


def _read_with_care(
    tables: Tables,
    name: str,
    prefix: str,
) -> dict[str, Fact]:
    """Read a table that another program wrote, or that is damaged; put it as this program writes it."""
    encoded = tables.encode_table(name)
    try:
        documents = _table_decoder(name, str).decode(encoded)
        canonical = msgspec.json.encode(documents)
        if canonical != encoded:
            refuse_doubled(encoded)
            # From the next write on it is written in this program's own way,
            # which is faster to check.
            tables.put_encoded(name, canonical)
    except (ValueError, RecursionError) as error:
        raise Damaged(_locate_damage(tables, name), str(error)) from error
    _check_each_key(name, prefix, documents)
    facts = {fact.id: fact for fact in documents.values()}
    # Another program may have padded a number with zeros. A change looks for a document under
    # its plain number, and would put a second one beside it.
    plain = [str(number_of(key)) for key in facts]
    if plain != list(documents):
        renumbered = dict(zip(plain, documents.values(), strict=True))
        tables.put_encoded(name, msgspec.json.encode(renumbered))
    return facts


def _locate_damage(tables: Tables, name: str) -> str:
    """Return the table and the first document that is no fact."""
    try:
        documents = msgspec.json.decode(
            tables.encode_table(name),
            type=dict[str, msgspec.Raw],
        )
    except (msgspec.MsgspecError, RecursionError):
        return name
    for number, document in documents.items():
        try:
            msgspec.json.decode(document, type=TABLES[name])
        except (msgspec.MsgspecError, RecursionError):
            return f"{name} {number}"
    return name


def _check_each_key(
    name: str,
    prefix: str,
    documents: Mapping[str, Fact],
) -> None:
    """Raise ``Damaged`` if a fact's key is not its document's number, or another's too."""
    seen: set[str] = set()
    for number, fact in documents.items():
        expected = f"{prefix}-{number.lstrip('0').zfill(7)}"
        is_number = re.fullmatch("[0-9]+", number) is not None
        if fact.id != expected or fact.id in seen or not is_number:
            raise Damaged(f"{name} {number}", f"key {fact.id}")
        seen.add(fact.id)


@cache
def _dated_fields(kind: type[Fact]) -> tuple[str, ...]:
    hints = kind.__annotations__.items()
    return tuple(name for name, hint in hints if hint in (date, date | None))


def _check_reaches(name: str, facts: Collection[Fact]) -> None:
    """Do ``check_reach`` for a whole table, field by field: that is four times as fast."""
    if name == "snapshots" or not _are_in_reach(TABLES[name], facts):
        for fact in facts:
            check_reach(name, fact)


def _are_in_reach(kind: type[Fact], facts: Collection[Fact]) -> bool:
    years = _values_of("recorded_at.year", facts)
    if not all(EARLIEST.year <= year <= LATEST.year for year in years):
        return False

    for field in _dated_fields(kind):
        days = _values_of(field, facts) - {None}
        if not all(EARLIEST <= day <= LATEST for day in days):
            return False

    return True


def _values_of(field: str, facts: Iterable[Fact]) -> set[Any]:
    """Return the different values of a field: few, where there are many facts."""
    return set(map(attrgetter(field), facts))


def check_reach(name: str, fact: Fact) -> None:
    """Check that every date and moment is in range: calculations rely on it."""
    if not EARLIEST.year <= fact.recorded_at.year <= LATEST.year:
        raise Damaged(f"{name} {fact.id}", "recorded_at")
    for field in _dated_fields(type(fact)):
        day = getattr(fact, field)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise Damaged(f"{name} {fact.id}", f"{field} {day}")
    if isinstance(fact, StoredSnapshot):
        check_week(name, fact.week)


def _check_number(register: Register) -> None:
    """Check that the next fact would not get a key that is taken."""
    for name in TABLES:
        last = next(reversed(list(register.table(name))), "")
        if last and number_of(last) >= register.next_number:
            raise Damaged(META, f"next_number {register.next_number}")


def _check_city(register: Register) -> None:
    if len(register.city) != 1:
        raise Damaged("city", str(len(register.city)))
    check_zone(register.only_city)
    for week in {report.week for report in register.reports.values()}:
        check_week("reports", week)


def check_zone(city: City) -> None:
    """Raise ``Damaged`` if the city's time zone does not exist."""
    try:
        ZoneInfo(city.timezone)
    except (KeyError, ValueError, OSError) as error:
        raise Damaged(f"city {city.id}", city.timezone) from error


def check_week(name: str, week: str) -> None:
    """Raise ``Damaged`` if the week of a report or a snapshot is invalid or out of range."""
    if not is_week(week):
        raise Damaged(name, week)


def _check_references(register: Register) -> None:
    for table, fields in REFERENCES.items():
        facts = register.table(table).values()
        for field, target in fields.items():
            there = register.table(target)
            if _values_of(field, facts) - {None} <= there.keys():
                continue
            for fact in facts:
                key = getattr(fact, field)
                if key is not None and key not in there:
                    raise Damaged(f"{table} {fact.id}", f"{field} {key}")
