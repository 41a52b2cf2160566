"""One filter for every screen: ``opd:disdukcapil tahap:online macet ktp``, in both languages.

Several values of one field widen (``tahap:online tahap:integrated``), different fields
narrow, and every free word has to occur. A text in quotes is a free word, whatever it says.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.labels import kind_word, stage_word
from tracker.language import N_, Language
from tracker.metrics.labels import pace_word
from tracker.metrics.values import Pace
from tracker.model import Stage
from tracker.register import Register
from tracker.text import normalize_name
from tracker.vocabulary import comparable_word, load_vocabulary, meanings

TOKEN = re.compile(
    r'(?P<key>[^\W\d_]+):(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))|"(?P<phrase>[^"]*)"|(?P<word>\S+)',
)
FLAGS_OF_OPDS = frozenset({"silent", "slowed"})
"""Flags that only OPDs have: they let through the services of such OPDs."""
_LONGEST_FLAG = 5
"""The words of the longest flag: ``jatuh tempo 4 minggu ini``."""
FLAG_WORDS = {
    "stalled": N_("stalled"),
    "overdue": N_("overdue"),
    "due_soon": N_("due within 4 weeks"),
    "unverified": N_("unverified"),
    "incomplete": N_("data missing"),
    "hybrid": N_("hybrid"),
    "assumed": N_("not told yet"),
    "silent": N_("not heard from"),
    "slowed": N_("lost velocity"),
    "moved": N_("moved this week"),
    "moved_before": N_("moved last week"),
    "closed": N_("closed"),
}
"""The msgids by which the filter's bar names what it asks for."""


@dataclass(frozen=True)
class Filter:
    """What to show; ``text`` is the typed filter, empty for everything."""

    text: str = ""
    words: tuple[str, ...] = ()
    opds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    stages: frozenset[Stage] = frozenset()
    paces: frozenset[Pace] = frozenset()
    flags: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    """Kinds of OPD: those of ``Kind``, and texts with which the city's own kinds begin."""

    def __bool__(self) -> bool:
        named = self.words or self.opds or self.tags or self.kinds
        return bool(named or self.stages or self.paces or self.flags)

    @property
    def asks_services(self) -> bool:
        """Whether it asks for something that only a service has."""
        return bool(self.tags or self.stages or self.flags - FLAGS_OF_OPDS)

    @property
    def asks_opds(self) -> bool:
        """Whether it asks for something that only an OPD has."""
        return bool(self.paces or self.kinds or self.flags & FLAGS_OF_OPDS)

    def describe(self, language: Language) -> str:
        """Return what the filter asks for, in words."""
        text = language.text
        stages = [stage_word(one) for one in Stage if one in self.stages]
        paces = [pace_word(one) for one in Pace if one in self.paces]
        flags = [
            word for flag, word in FLAG_WORDS.items() if flag in self.flags
        ]
        kinds = [kind_word(one) for one in sorted(self.kinds)]
        parts = [
            *self.opds,
            *map(text, kinds),
            *map(text, stages),
            *(f"#{tag}" for tag in self.tags),
            *map(text, paces),
            *map(text, flags),
            *(f"“{word}”" for word in self.words),
        ]
        return " · ".join(parts)


NO_FILTER = Filter()


def filter_by_flag(flag: str) -> Filter:
    """Return the filter for what has a flag, such as ``overdue``."""
    return Filter(flags=frozenset({flag}))


def filter_by_pace(pace: Pace) -> Filter:
    """Return the filter for the OPDs with a pace."""
    return Filter(paces=frozenset({pace}))


def field_word(field: str, language: Language) -> str:
    """Return a field of the filter, such as ``stages``, as it is typed in a language."""
    for code in (language.code, "en"):
        words = load_vocabulary(code)["filter_keys"].get(field)
        if words:
            return str(words[0])
    return field


def value_word(section: str, name: str, language: Language) -> str:
    """Return a value as it is typed in a language, its words joined by hyphens."""
    words = load_vocabulary(language.code)[section].get(name, [name])
    return str(words[0]).replace(" ", "-")


def write_filter(wanted: Filter, language: Language) -> str:
    """Return a filter as it is typed in a language; ``parse_filter`` reads it back."""

    def write_value(key: str, value: str) -> str:
        field = field_word(key, language)
        return f'{field}:"{value}"' if " " in value else f"{field}:{value}"

    def write_named(key: str, name: str) -> str:
        return write_value(key, value_word(key, name, language))

    stages = [one for one in Stage if one in wanted.stages]
    paces = [one for one in Pace if one in wanted.paces]
    flags = [flag for flag in FLAG_WORDS if flag in wanted.flags]
    parts = [
        *(write_value("opds", opd) for opd in wanted.opds),
        *(write_named("kinds", kind) for kind in sorted(wanted.kinds)),
        *(write_named("stages", stage.value) for stage in stages),
        *(write_value("tags", tag) for tag in wanted.tags),
        *(write_named("paces", pace.value) for pace in paces),
        *(value_word("flags", flag, language) for flag in flags),
        *(f'"{word}"' for word in wanted.words),
    ]
    return " ".join(parts)


def examples(language: Language) -> tuple[str, str]:
    """Return examples for the help: fields with their values, and the words for flags."""
    shown = load_vocabulary(language.code)["filter_examples"]
    return shown["keys"], shown["flags"]


def words_for_closed() -> str:
    """Return the words that ask for closed services."""
    statuses = _statuses().items()
    return " ".join(word for word, flag in statuses if flag == "closed")


def portal_of(register: Register) -> str:
    """Return the portal's name, which means integrated; empty before there is a city."""
    return register.only_city.portal if register.city else ""


def parse_filter(text: str, portal: str = "") -> Filter:
    """Read a filter as it is typed; it never fails: other words are words to look for.

    The name of the city's ``portal`` is a word for the last stage.
    """
    found = Filter(text=text.strip())
    tokens = list(TOKEN.finditer(text))
    index = 0
    while index < len(tokens):
        flag, length = _read_flag(tokens[index:])
        if flag:
            found = replace(found, flags=found.flags | {flag})
            index += length
        else:
            found = _add_token(found, tokens[index], portal)
            index += 1
    return found


def _read_flag(tokens: Sequence[re.Match[str]]) -> tuple[str, int]:
    """Return the flag with which tokens begin, and how many tokens it takes.

    The longest is meant: ``bergerak minggu lalu`` is not ``bergerak`` and two words.
    """
    words: list[str] = []
    for token in tokens[:_LONGEST_FLAG]:
        if token["word"] is None:
            break
        words.append(token["word"])

    for length in range(len(words), 0, -1):
        typed = comparable_word(" ".join(words[:length]).replace('"', ""))
        flag = meanings("flags").get(typed)
        if flag is not None:
            return flag, length
    return "", 0


def _add_token(
    found: Filter,
    token: re.Match[str],
    portal: str,
) -> Filter:
    typed = token[0].replace('"', "")
    key = meanings("filter_keys").get(comparable_word(token["key"] or ""))
    if key is not None:
        quoted = token["quoted"]
        value = normalize_name(token["bare"] if quoted is None else quoted)
        return _add_value(found, key, value, typed, portal) if value else found

    phrase = token["phrase"]
    return _add_word(found, typed if phrase is None else phrase)


def _add_word(found: Filter, word: str) -> Filter:
    key = normalize_name(word)
    return replace(found, words=(*found.words, key)) if key else found


def _add_value(
    found: Filter,
    key: str,
    value: str,
    typed: str,
    portal: str,
) -> Filter:
    """Ask for a value; an unknown one is a free word, so that it finds nothing and not all."""
    if key == "opds":
        return replace(found, opds=(*found.opds, value))
    if key == "tags":
        return replace(found, tags=(*found.tags, value))

    names = _find_meanings(_words_of_field(key, portal), value)
    if key == "kinds":
        # A city may have kinds of its own: only the register knows those.
        return replace(found, kinds=found.kinds | (names or {value}))
    return _add_names(found, key, names) if names else _add_word(found, typed)


def _words_of_field(key: str, portal: str) -> Mapping[str, str]:
    match key:
        case "stages":
            return _stage_words(portal)
        case "flags":
            return _statuses()
        case _:
            return meanings(key)


def _add_names(
    found: Filter,
    key: str,
    names: frozenset[str],
) -> Filter:
    match key:
        case "stages":
            stages = frozenset(map(Stage, names))
            return replace(found, stages=found.stages | stages)
        case "paces":
            paces = frozenset(map(Pace, names))
            return replace(found, paces=found.paces | paces)
        case _:
            return replace(found, flags=found.flags | names)


def _stage_words(portal: str) -> Mapping[str, str]:
    words = meanings("stages")
    if not portal:
        return words
    return {comparable_word(portal): Stage.INTEGRATED, **words}


def _statuses() -> Mapping[str, str]:
    return {**meanings("flags"), **meanings("statuses")}


def _find_meanings(words: Mapping[str, str], typed: str) -> frozenset[str]:
    """Return what a word means, or else what the words that begin with it mean."""
    key = comparable_word(typed)
    if key in words:
        return frozenset({words[key]})
    longer = [meant for word, meant in words.items() if word.startswith(key)]
    return frozenset(longer)
