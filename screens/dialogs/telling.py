"""Changes of the register in words: what a dialog would do, before it does it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tracker.actions.audit import Change
from tracker.actions.notices import notices
from tracker.fields import FACT_KINDS, label_of
from tracker.history import opd_at, stage_at
from tracker.labels import stage_word
from tracker.language import NOTHING, Language
from tracker.lookup import number_of
from tracker.model import (
    Closure,
    Fact,
    Move,
    Stage,
    Transfer,
)
from tracker.narration.values import show_value
from tracker.register import Changes, Register

MOST = 3


def told(
    before: Register, after: Register, changes: Changes, language: Language
) -> list[str]:
    """Return a few lines that say what ``changes`` would do: steps first, then the rest."""
    every = _each(before, changes)
    teller = _Teller(before, after, language)
    lines = [
        *teller.moves(every),
        *teller.transfers(every),
        *teller.closures(every),
        *teller.others(every),
    ]
    if not lines:
        return [language.text("Nothing would change.")]
    if len(lines) > MOST:
        return [
            *lines[: MOST - 1],
            language.text("… and {count} more", count=len(lines) - MOST + 1),
        ]
    return lines


def noticed(
    before: Register, after: Register, changes: Changes, language: Language
) -> list[str]:
    """Return what is allowed and may yet surprise the one who makes ``changes``."""
    return [language.say(notice) for notice in notices(after, _each(before, changes))]


def _each(before: Register, changes: Changes) -> list[Change]:
    return [
        Change(table, key, before.table(table).get(key), fact)
        for table, facts in changes.items()
        for key, fact in facts.items()
    ]


def short(name: str, most: int = 40) -> str:
    """Return a name that leaves room for what is said of it."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


class _Teller:
    """Tells changes between two registers in one language."""

    def __init__(self, before: Register, after: Register, language: Language) -> None:
        self.before = before
        self.after = after
        self.language = language

    def moves(self, changes: Iterable[Change]) -> Iterator[str]:
        """Tell new moves, those from one stage to another on one day together."""
        groups: dict[tuple[Stage, Stage, date], list[str]] = defaultdict(list)
        for move in _new(changes, Move):
            service = self.before.services[move.service]
            stage = stage_at(self.before, service, move.on)
            groups[stage, move.stage, move.on].append(service.name)
        for (was, becomes, day), names in groups.items():
            yield self._moved(was, becomes, day, names)

    def _moved(self, was: Stage, becomes: Stage, day: date, names: list[str]) -> str:
        text = self.language.text
        values: dict[str, Any] = {
            "was": text(stage_word(was)),
            "becomes": text(stage_word(becomes)),
            "day": day,
        }
        if was is becomes:
            told = text(
                "{what}: {becomes} as before, on {day}",
                what=self._count(names),
                **values,
            )
        else:
            told = text(
                "{what}: {was} → {becomes}, on {day}", what=self._count(names), **values
            )
        return f"{told} ({text('back')})" if becomes.points < was.points else told

    def _count(self, names: list[str]) -> str:
        if len(names) == 1:
            return short(names[0])
        return self.language.plural("{n} service", "{n} services", len(names))

    def transfers(self, changes: Iterable[Change]) -> Iterator[str]:
        """Tell new transfers, those to one OPD on one day together."""
        groups: dict[tuple[str, str, date], list[str]] = defaultdict(list)
        for transfer in _new(changes, Transfer):
            service = self.before.services[transfer.service]
            was = opd_at(self.before, service, transfer.on)
            groups[was, transfer.opd, transfer.on].append(service.name)
        for (was, becomes, day), names in groups.items():
            yield self.language.text(
                "{what}: {was} → {becomes}, on {day}",
                what=self._count(names),
                was=self.before.opds[was].code,
                becomes=self.before.opds[becomes].code,
                day=day,
            )

    def closures(self, changes: Iterable[Change]) -> Iterator[str]:
        """Tell services retired, those of one day together."""
        groups: dict[date, list[str]] = defaultdict(list)
        for closure in _new(changes, Closure):
            groups[closure.start].append(self.before.services[closure.service].name)
        for day, names in groups.items():
            yield self.language.text(
                "{what}: no longer offered from {day}", what=self._count(names), day=day
            )

    def others(self, changes: Iterable[Change]) -> Iterator[str]:
        """Tell every other change: those of one kind together where there are several alike."""
        alike: dict[str, list[str]] = defaultdict(list)
        for change in changes:
            fact = change.after if change.after is not None else change.before
            if fact is None or (
                change.before is None and isinstance(fact, Move | Transfer | Closure)
            ):
                continue
            alike[self._what(change)].append(self._name(fact))
        for what, names in alike.items():
            yield self._alike(names, what)

    def _alike(self, names: list[str], what: str) -> str:
        if len(names) == 1:
            return f"{short(names[0])}: {what}"
        return self.language.text(
            "{name} and {count} more: {what}",
            name=short(names[0]),
            count=len(names) - 1,
            what=what,
        )

    def _what(self, change: Change) -> str:
        text = self.language.text
        fact = change.after if change.after is not None else change.before
        if fact is not None and (change.before is None or change.after is None):
            kind = FACT_KINDS[change.table]
            said = kind.entered if change.before is None else kind.removed
            return text(said, **self._words_of(change.table, fact))
        return "; ".join(
            f"{text(label_of(change.table, name))}: "
            f"{self._value(change.table, name, was)} → {self._value(change.table, name, now)}"
            for name, was, now in change.differences()
        )

    def _words_of(self, table: str, fact: Fact) -> dict[str, str]:
        return {
            name: self._value(table, name, getattr(fact, name))
            for name in fact.__struct_fields__
            if name not in {"id", "by"}
        }

    def _value(self, table: str, name: str, value: Any) -> str:
        return show_value(table, name, value, self.language, self._refer) or NOTHING

    def _refer(self, table: str, key: str) -> str:
        referred = self.after.table(table).get(key)
        return referred.name if referred is not None else key

    def _name(self, fact: Fact) -> str:
        service = self.after.services.get(getattr(fact, "service", ""))
        if service is not None:
            return service.name
        opd = self.after.opds.get(getattr(fact, "opd", None) or "")
        for name in ("name", "text", "instrument"):
            if hasattr(fact, name):
                return str(getattr(fact, name)).split("\n", 1)[0]
        return opd.name if opd else number_of(fact)


def _new(changes: Iterable[Change], kind: type[Any]) -> Iterator[Any]:
    return (c.after for c in changes if c.before is None and isinstance(c.after, kind))
