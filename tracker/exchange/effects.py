"""What an import does, one by one, as data; and as words where a plan is shown."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from tracker.exchange.labels import name_word
from tracker.language import NOTHING, Language
from tracker.narration.values import show_plain_value
from tracker.text import in_sentence


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
    """Return what an effect changes in words, nothing where its name says all: ``requests a year 5 → 8``."""
    return "; ".join(
        _describe_change(change, language) for change in effect.changes
    )


def _describe_change(change: Change, language: Language) -> str:
    before, after = (
        show_plain_value(value, language)
        if value not in (None, "", ())
        else NOTHING
        for value in (change.before, change.after)
    )
    label = in_sentence(language.text(name_word(change.name)))
    return f"{label} {before} → {after}".lstrip()
