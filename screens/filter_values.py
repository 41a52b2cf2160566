"""The fields and values that can be typed into the filter, and messages about others."""

from collections.abc import Iterator, Sequence

from screens.filter import (
    FLAG_WORDS,
    TOKEN,
    field_word,
    parse_filter,
    portal_of,
    value_word,
)
from screens.rows import matches_opd
from screens.state import State
from tracker.language import Language
from tracker.metrics.values import Pace
from tracker.model import Stage
from tracker.vocabulary import comparable_word, meanings

FIELDS = ("opds", "kinds", "stages", "tags", "paces", "flags")


def list_values(field: str, state: State) -> Sequence[str]:
    """Return the values that a field of the filter can have, as they are typed."""
    language = state.language
    match field:
        case "opds":
            return sorted(opd.code for opd in state.register.opds.values())
        case "kinds":
            kinds = {opd.kind for opd in state.register.opds.values()}
            words = [value_word("kinds", one, language) for one in kinds]
            return sorted(words, key=str.casefold)
        case "tags":
            tags = {tag for row in state.facts.rows for tag in row.tags}
            return sorted(tags)
        case "stages":
            return [value_word("stages", one, language) for one in Stage]
        case "paces":
            return [value_word("paces", one, language) for one in Pace]
        case _:
            return [value_word("flags", one, language) for one in FLAG_WORDS]


def complete_filter(typed: str, state: State) -> str | None:
    """Return the text with its last word completed; None if nothing begins like it."""
    before, space, last = typed.rpartition(" ")
    in_quotes = typed.count('"') % 2
    if not last or in_quotes:
        return None
    for word in _completions(last, state):
        if word.startswith(last) and word != last and " " not in word:
            return before + space + word
    return None


def _completions(last: str, state: State) -> Iterator[str]:
    """Yield the words that the last one may be meant to be."""
    typed_field, colon, _ = last.partition(":")
    if colon:
        field = meanings("filter_keys").get(comparable_word(typed_field), "")
        if field:
            for value in list_values(field, state):
                yield f"{typed_field}:{value}"
        return
    for field in FIELDS:
        yield field_word(field, state.language) + ":"
    yield from list_values("flags", state)


def describe_unknown(typed: str, state: State) -> list[str]:
    """Return a message for each field, and each value of a field, that does not exist."""
    messages = []
    for token in TOKEN.finditer(typed):
        if not token["key"]:
            continue

        field = meanings("filter_keys").get(comparable_word(token["key"]))
        if field is None:
            messages.append(_describe_field(token["key"], state.language))
        elif not _means_something(token[0], field, state):
            messages.append(_describe_value(token[0], field, state))
    return messages


def _describe_field(typed: str, language: Language) -> str:
    known = [field_word(one, language) + ":" for one in FIELDS]
    return language.text(
        "“{word}” is not a field of the filter and is looked for as text. Fields: {fields}",
        word=typed + ":",
        fields=" ".join(known),
    )


def _means_something(word: str, field: str, state: State) -> bool:
    """Return whether a field has the value that was typed for it."""
    wanted = parse_filter(word, portal_of(state.register))
    context = state.facts.name_context
    if field in ("opds", "kinds"):
        opds = state.register.opds.values()
        return any(matches_opd(opd, wanted, context) for opd in opds)
    if field == "tags":
        tags = list_values("tags", state)
        return any(context.means_tag(tag, tags) for tag in wanted.tags)
    return not wanted.words


_SHOWN_VALUES = 8


def _describe_value(word: str, field: str, state: State) -> str:
    values = list_values(field, state)
    shown = ", ".join(values[:_SHOWN_VALUES])
    if len(values) > _SHOWN_VALUES:
        shown += ", …"
    return state.language.text(
        "“{word}” is no value that exists: {values}",
        word=word.replace('"', ""),
        values=shown or "–",
    )
