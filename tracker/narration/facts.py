"""Changes told fact by fact, each with the number by which it can be corrected."""

from collections.abc import Sequence
from typing import Any

from tracker.changes import Change
from tracker.fields import FACT_KINDS, default_of, label_of
from tracker.language import NOTHING, Language
from tracker.lookup import number_of
from tracker.narration.codes import Codes
from tracker.narration.values import show_value
from tracker.text import in_sentence, visible

MANY = 12
"""Changes told one by one before the rest is counted: what fits a small terminal."""


def describe_changes(
    codes: Codes,
    changes: Sequence[Change],
    language: Language,
    most: int = MANY,
) -> list[str]:
    """Return a line for each change, the first ``most`` of them, and how many more there are."""
    shown = changes[:most]
    lines = [describe_change(codes, change, language) for change in shown]
    rest = len(changes) - len(shown)
    if rest:
        lines.append(language.plural("… and {n} more", "… and {n} more", rest))
    return lines


def describe_change(codes: Codes, change: Change, language: Language) -> str:
    """Return one change: ``+`` marks what is new, ``~`` what is changed, ``−`` what is taken out."""
    fact = change.fact
    if fact is None:
        return ""
    is_new, is_gone = change.before is None, change.after is None
    sign = "+" if is_new else "−" if is_gone else "~"
    noun, subject = (
        language.text(FACT_KINDS[change.table].noun),
        codes.subject_of(fact),
    )
    about = f"{noun} {subject}" if subject else noun

    details = []
    for name, before, after in change.differences():
        # The subject already names a whole fact by its service, its code or a member's name.
        is_subject = name in {"service", "code"} or (
            change.table == "members" and name == "name"
        )
        if is_subject and (is_new or is_gone):
            continue
        if is_new or is_gone:
            details.append(
                _describe_field(
                    codes,
                    change,
                    name,
                    after if is_new else before,
                    language,
                ),
            )
        else:
            details.append(
                _describe_difference(
                    codes,
                    change,
                    name,
                    (before, after),
                    language,
                ),
            )

    told = " · ".join(detail for detail in details if detail)
    return visible(
        f"{sign} {number_of(fact)}  {about}{f': {told}' if told else ''}",
    )


def _describe_field(
    codes: Codes,
    change: Change,
    name: str,
    value: Any,
    language: Language,
) -> str:
    """Return a field of a whole fact; nothing for what it holds unless told otherwise."""
    is_default = value == default_of(change.table, name)
    if value in (None, "", ()) or (
        is_default and name not in {"stage", "kind"}
    ):
        return ""
    shown = show_value(change.table, name, value, language, codes.refer_by_code)
    return f"{_show_label(change, name, language)} {shown}"


def _describe_difference(
    codes: Codes,
    change: Change,
    name: str,
    values: tuple[Any, Any],
    language: Language,
) -> str:
    before, after = (
        show_value(change.table, name, value, language, codes.refer_by_code)
        or NOTHING
        for value in values
    )
    return f"{_show_label(change, name, language)} {before} → {after}"


def _show_label(change: Change, name: str, language: Language) -> str:
    return in_sentence(language.text(label_of(change.table, name)))
