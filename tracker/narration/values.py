"""The value of a field as people read it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from tracker.fields import ValueType, field_of, label_of
from tracker.labels import ModelValue, kind_word, value_word
from tracker.language import Language
from tracker.text import in_sentence

Refer = Callable[[str, str], str]
"""Names what a key refers to: given the table and the key, returns a code or a name."""


def show_value(
    table: str,
    name: str,
    value: Any,
    language: Language,
    refer: Refer,
) -> str:
    """Return a field's value in words; nothing for what is empty."""
    field = field_of(table, name)
    if value in (None, "", ()):
        return ""
    if field is not None and field.referenced_table:
        return refer(field.referenced_table, value)
    if field is not None and field.type is ValueType.KIND:
        return language.text(kind_word(value))
    if field is not None and field.type is ValueType.YEAR:
        return str(value)
    return show_plain_value(value, language)


def show_plain_value(value: Any, language: Language) -> str:
    """Return a value that refers to nothing in words: stages, dates, numbers, lists, texts."""
    if isinstance(value, ModelValue):
        return language.text(value_word(value))
    if isinstance(value, bool):
        return language.text("yes") if value else language.text("no")
    if isinstance(value, date):
        return language.date(value)
    if isinstance(value, int | float):
        return language.plain(value)
    return (
        "; ".join(map(str, value))
        if isinstance(value, tuple | list)
        else str(value)
    )


def name_missing(missing: Sequence[str], language: Language) -> str:
    """Return in words what is missing of a service (``metrics.burden.missing_facts``)."""
    labels = []
    for name in missing:
        table = "moves" if name == "evidence" else "services"
        labels.append(in_sentence(language.text(label_of(table, name))))
    return ", ".join(labels)
