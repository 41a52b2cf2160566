"""The first text of a field, and the explanation of its value."""

from datetime import date
from typing import Any

from screens.dialogs.form import Field, FieldType
from screens.dialogs.line_input import LINE_SIGN
from tracker.exchange.parsing.numbers import plain_number
from tracker.exchange.parsing.values import join_items
from tracker.language import Language
from tracker.text import visible
from tracker.week import Week


def format_value(field: Field, language: Language) -> str:
    """Return a field's first value as it would be typed in this language."""
    value = field.value
    if value is None:
        return ""
    if isinstance(value, date):
        return language.date(value)
    if field.ask is FieldType.LIST:
        return visible(join_items(value))
    if field.ask in {FieldType.MEASURE, FieldType.NUMBER, FieldType.WHOLE}:
        # With all of its decimals, so that it is read back as it was.
        return plain_number(float(value)).replace(".", language.decimal_mark)
    if field.ask is FieldType.LINES:
        return f" {LINE_SIGN} ".join(map(visible, str(value).splitlines()))

    return visible(str(value), lines=field.ask is FieldType.LONG)


def explain_value(field: Field, value: Any, language: Language) -> str:
    """Return how a date or week was understood; empty for other values."""
    if field.ask is FieldType.DATE and isinstance(value, date):
        return language.date(value, "full")
    if field.ask is FieldType.WEEK and isinstance(value, Week):
        first = language.date(value.monday, "short")
        return language.text(
            "{first} to {last}",
            first=first,
            last=value.sunday,
        )
    return ""
