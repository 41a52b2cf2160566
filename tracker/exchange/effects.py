"""What an import does, one by one, as data; and as words where a plan is shown."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from tracker.exchange.labels import name_word
from tracker.labels import ModelValue, value_word
from tracker.language import Language


class Change(NamedTuple):
    """From what to what something is changed; ``name`` says what, empty where it needs no saying."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Effect:
    """One thing that an import does, for a plan to show: what, to which, and what changes of it."""

    what: str
    kind: str
    name: str
    changes: tuple[Change, ...] = ()


def describe_changes(effect: Effect, language: Language) -> str:
    """Return what an effect changes in words, nothing where its name says all: ``Requests a year 5 → 8``."""
    return "; ".join(
        _describe_change(change, language) for change in effect.changes
    )


def _describe_change(change: Change, language: Language) -> str:
    before, after = (
        _show_change_value(change.before, language),
        _show_change_value(change.after, language),
    )
    named = f"{language.text(name_word(change.name))} " if change.name else ""
    return f"{named}{before} → {after}"


def _show_change_value(value: Any, language: Language) -> str:
    if isinstance(value, bool):
        return language.text("yes") if value else language.text("no")
    if isinstance(value, ModelValue):
        return language.text(value_word(value))
    if isinstance(value, date):
        return language.date(value)
    if isinstance(value, int | float):
        return language.plain(value)
    return (
        ", ".join(map(str, value))
        if isinstance(value, tuple)
        else str(value or "")
    ) or "–"
