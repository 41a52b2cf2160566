"""Changes in a few sentences, equal ones together: what an action does, or would do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from tracker.changes import Change
from tracker.fields import FACT_KINDS, kind_of_fact, label_of
from tracker.history import opd_at, stage_at
from tracker.labels import stage_word
from tracker.language import NOTHING, Language
from tracker.lookup import number_of
from tracker.model import OPD, Closure, Fact, Move, Service, Stage, Transfer
from tracker.narration.counts import count_services
from tracker.narration.values import show_value
from tracker.register import Register
from tracker.text import in_sentence

FEW = 3
"""Lines of a summary: what a dialog and a notification have room for."""

LONGEST_NAME = 40


def summarize_changes(
    before: Register,
    after: Register,
    changes: Sequence[Change],
    language: Language,
) -> list[str]:
    """Return a few lines that describe ``changes`` between two registers, steps first."""
    summary = _Summary(before, after, language)
    lines = [
        *summary.describe_moves(changes),
        *summary.describe_transfers(changes),
        *summary.describe_closures(changes),
        *summary.describe_others(changes),
    ]
    if not lines:
        return [language.text("Nothing would change.")]
    if len(lines) > FEW:
        more = language.text("… and {count} more", count=len(lines) - FEW + 1)
        return [*lines[: FEW - 1], more]
    return lines


def shorten_name(name: str, most: int = LONGEST_NAME) -> str:
    """Return a name short enough to leave room for what follows it."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


_DESCRIBED_APART = (Move, Transfer, Closure)
"""The facts that have sentences of their own when they are new."""


class _Summary:
    """Describes changes between two registers in one language."""

    def __init__(
        self,
        before: Register,
        after: Register,
        language: Language,
    ) -> None:
        self.before = before
        self.after = after
        self.language = language

    def describe_moves(self, changes: Iterable[Change]) -> Iterator[str]:
        """Describe new moves, those between the same stages on one day together."""
        groups: dict[tuple[Stage, Stage, date], list[str]] = defaultdict(list)
        for move in _new_facts(changes, Move):
            service = self._find_service(move.service)
            stage = stage_at(self.before, service, move.on)
            groups[stage, move.stage, move.on].append(service.name)

        for (stage, becomes, day), names in groups.items():
            yield self._describe_step(stage, becomes, day, names)

    def _describe_step(
        self,
        stage: Stage,
        becomes: Stage,
        day: date,
        names: list[str],
    ) -> str:
        text = self.language.text
        values: dict[str, Any] = {
            "what": self._name_or_count(names),
            "was": text(stage_word(stage)),
            "becomes": text(stage_word(becomes)),
            "day": day,
        }
        if stage is becomes:
            return text("{what}: {becomes} as before, on {day}", **values)
        step = text("{what}: {was} → {becomes}, on {day}", **values)
        if becomes.points < stage.points:
            return f"{step} ({text('back')})"
        return step

    def _find_service(self, key: str) -> Service:
        # What several actions did is told at once: one may have made what the next one used.
        return self.before.services.get(key) or self.after.services[key]

    def _find_opd(self, key: str) -> OPD:
        return self.before.opds.get(key) or self.after.opds[key]

    def _name_or_count(self, names: list[str]) -> str:
        if len(names) == 1:
            return shorten_name(names[0])
        return count_services(len(names), self.language)

    def describe_transfers(self, changes: Iterable[Change]) -> Iterator[str]:
        """Describe new transfers, those between the same OPDs on one day together."""
        groups: dict[tuple[str, str, date], list[str]] = defaultdict(list)
        for transfer in _new_facts(changes, Transfer):
            service = self._find_service(transfer.service)
            owner = opd_at(self.before, service, transfer.on)
            groups[owner, transfer.opd, transfer.on].append(service.name)

        for (owner, becomes, day), names in groups.items():
            yield self.language.text(
                "{what}: {was} → {becomes}, on {day}",
                what=self._name_or_count(names),
                was=self._find_opd(owner).code,
                becomes=self._find_opd(becomes).code,
                day=day,
            )

    def describe_closures(self, changes: Iterable[Change]) -> Iterator[str]:
        """Describe the services that are retired, those of one day together."""
        groups: dict[date, list[str]] = defaultdict(list)
        for closure in _new_facts(changes, Closure):
            service = self._find_service(closure.service)
            groups[closure.start].append(service.name)

        for day, names in groups.items():
            yield self.language.text(
                "{what}: no longer offered from {day}",
                what=self._name_or_count(names),
                day=day,
            )

    def describe_others(self, changes: Iterable[Change]) -> Iterator[str]:
        """Describe all other changes, equal ones of several facts together."""
        alike: dict[str, list[str]] = defaultdict(list)
        for change in changes:
            is_new = change.before is None
            if is_new and isinstance(change.after, _DESCRIBED_APART):
                continue
            if change.fact is not None:
                what = self._describe_change(change, change.fact)
                alike[what].append(self._name_of(change.fact))

        for what, names in alike.items():
            yield self._describe_alike(names, what)

    def _describe_alike(self, names: list[str], what: str) -> str:
        first = shorten_name(names[0])
        if len(names) == 1:
            return f"{first}: {what}"
        return self.language.text(
            "{name} and {count} more: {what}",
            name=first,
            count=len(names) - 1,
            what=what,
        )

    def _describe_change(self, change: Change, fact: Fact) -> str:
        text = self.language.text
        kind = FACT_KINDS[change.table]
        if change.before is None:
            return text(kind.entered, **self._show_fields(change.table, fact))
        if change.after is None:
            return text(kind.removed, **self._show_fields(change.table, fact))

        differences = []
        for name, before, after in change.differences():
            label = in_sentence(text(label_of(change.table, name)))
            was = self._show_value(change.table, name, before)
            becomes = self._show_value(change.table, name, after)
            step = becomes if was == NOTHING else f"{was} → {becomes}"
            differences.append(f"{label} {step}")
        return "; ".join(differences)

    def _show_fields(self, table: str, fact: Fact) -> dict[str, str]:
        return {
            name: self._show_value(table, name, getattr(fact, name))
            for name in fact.__struct_fields__
            if name not in {"id", "by"}
        }

    def _show_value(self, table: str, name: str, value: Any) -> str:
        shown = show_value(
            table,
            name,
            value,
            self.language,
            self._refer_by_name,
        )
        return shown or NOTHING

    def _refer_by_name(self, table: str, key: str) -> str:
        referred = self.after.table(table).get(key)
        return referred.name if referred is not None else key

    def _name_of(self, fact: Fact) -> str:
        """Return the name by which people know a fact: its service's, its own, its text or its OPD's."""
        service = self.after.services.get(getattr(fact, "service", ""))
        if service is not None:
            return service.name
        title = kind_of_fact(fact).title
        if title:
            return str(getattr(fact, title)).split("\n", 1)[0]

        opd = self.after.opds.get(getattr(fact, "opd", None) or "")
        return opd.name if opd else number_of(fact)


def _new_facts(changes: Iterable[Change], kind: type[Any]) -> Iterator[Any]:
    for change in changes:
        if change.before is None and isinstance(change.after, kind):
            yield change.after
