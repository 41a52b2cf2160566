"""One filter for every screen: ``opd:disdukcapil tahap:online macet ktp``, in both languages.

Several values of one kind widen (``tahap:online tahap:integrated``), different kinds narrow, and
every free word has to occur. What stands in quotes is a free word, whatever it says.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tracker.labels import pace_word, stage_word
from tracker.language import N_, Language
from tracker.metrics.values import Pace
from tracker.model import Stage
from tracker.register import Register
from tracker.text import normalize_name
from tracker.vocabulary import comparable_word, load_vocabulary, meanings

TOKEN = re.compile(
    r'(?P<key>[^\W\d_]+):(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))|"(?P<phrase>[^"]*)"|(?P<word>\S+)'
)
FLAGS_OF_OPDS = frozenset({"silent", "slowed"})
"""What only an OPD is: its services are asked for by it."""
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
    """What to show; ``text`` is as it was typed, empty for everything."""

    text: str = ""
    words: tuple[str, ...] = ()
    opds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    stages: frozenset[Stage] = frozenset()
    paces: frozenset[Pace] = frozenset()
    flags: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(
            self.words
            or self.opds
            or self.tags
            or self.stages
            or self.paces
            or self.flags
        )

    @property
    def asks_services(self) -> bool:
        """Whether it asks for something that only a service has."""
        return bool(self.tags or self.stages or self.flags - FLAGS_OF_OPDS)

    @property
    def asks_opds(self) -> bool:
        """Whether it asks for something that only an OPD has."""
        return bool(self.paces or self.flags & FLAGS_OF_OPDS)

    def describe(self, language: Language) -> str:
        """Return what the filter asks for, in words."""
        stages = [
            language.text(stage_word(stage))
            for stage in Stage
            if stage in self.stages
        ]
        paces = [
            language.text(pace_word(pace))
            for pace in Pace
            if pace in self.paces
        ]
        flags = [
            language.text(word)
            for flag, word in FLAG_WORDS.items()
            if flag in self.flags
        ]
        quoted = [f"“{word}”" for word in self.words]
        return " · ".join(
            [
                *self.opds,
                *stages,
                *(f"#{tag}" for tag in self.tags),
                *paces,
                *flags,
                *quoted,
            ]
        )


NO_FILTER = Filter()


def filter_by_flag(flag: str) -> Filter:
    """Return the filter for what has a flag, such as ``overdue``."""
    return Filter(flags=frozenset({flag}))


def filter_by_pace(pace: Pace) -> Filter:
    """Return the filter for the OPDs with a pace."""
    return Filter(paces=frozenset({pace}))


def field_word(field: str, language: Language) -> str:
    """Return a field of the filter, such as ``stages``, as one would type it in a language."""
    for code in (language.code, "en"):
        words = load_vocabulary(code)["filter_keys"].get(field)
        if words:
            return str(words[0])
    return field


def value_word(section: str, name: str, language: Language) -> str:
    """Return a value as one would type it in a language, its words joined by hyphens."""
    words = load_vocabulary(language.code)[section][name]
    return str(words[0]).replace(" ", "-")


def write_filter(wanted: Filter, language: Language) -> str:
    """Return a filter as one would type it in a language; ``parse_filter`` reads it back."""

    def first_word(section: str, name: str) -> str:
        return value_word(section, name, language)

    def keyed(key: str, value: str) -> str:
        field = field_word(key, language)
        return f'{field}:"{value}"' if " " in value else f"{field}:{value}"

    parts = [keyed("opds", opd) for opd in wanted.opds]
    parts += [
        keyed("stages", first_word("stages", stage.value))
        for stage in Stage
        if stage in wanted.stages
    ]
    parts += [keyed("tags", tag) for tag in wanted.tags]
    parts += [
        keyed("paces", first_word("paces", pace.value))
        for pace in Pace
        if pace in wanted.paces
    ]
    parts += [
        first_word("flags", flag) for flag in FLAG_WORDS if flag in wanted.flags
    ]
    parts += [f'"{word}"' for word in wanted.words]
    return " ".join(parts)


def examples(language: Language) -> tuple[str, str]:
    """Return what can be typed, for the help: keys with their values, and the words for flags."""
    shown = load_vocabulary(language.code)["filter_examples"]
    return shown["keys"], shown["flags"]


def words_for_closed() -> str:
    """Return the words that ask for closed services."""
    statuses = _statuses().items()
    return " ".join(word for word, flag in statuses if flag == "closed")


def portal_of(register: Register) -> str:
    """Return the name of the city's portal, which means integrated; empty before there is a city."""
    return register.only_city.portal if register.city else ""


def parse_filter(text: str, portal: str = "") -> Filter:
    """Read a filter as it is typed; what is no keyword is a word to look for, so it never fails.

    The name of the city's ``portal`` is a word for the last stage.
    """
    found = Filter(text=text.strip())
    for token in TOKEN.finditer(text):
        found = _add_token(found, token, portal)
    return found


def _add_token(found: Filter, token: re.Match[str], portal: str) -> Filter:
    key = meanings("filter_keys").get(comparable_word(token["key"] or ""))
    typed = token[0].replace('"', "")
    if key is not None:
        value = (
            token["quoted"] if token["quoted"] is not None else token["bare"]
        )
        asked = normalize_name(value)
        return _add_value(found, key, asked, typed, portal) if asked else found
    if token["phrase"] is not None:
        return _add_word(found, token["phrase"])
    flag = meanings("flags").get(comparable_word(typed))
    if flag is not None:
        return replace(found, flags=found.flags | {flag})
    return _add_word(found, typed)


def _add_word(found: Filter, word: str) -> Filter:
    key = normalize_name(word)
    return replace(found, words=(*found.words, key)) if key else found


def _add_value(
    found: Filter, key: str, value: str, typed: str, portal: str
) -> Filter:
    """Ask for a value; an unknown one counts as a free word, so that it finds nothing and not all."""
    if key == "opds":
        return replace(found, opds=(*found.opds, value))
    if key == "tags":
        return replace(found, tags=(*found.tags, value))

    words = {"stages": _stage_words(portal), "paces": meanings("paces")}
    names = _named(words.get(key, _statuses()), value)
    if not names:
        return _add_word(found, typed)
    if key == "stages":
        return replace(found, stages=found.stages | set(map(Stage, names)))
    if key == "paces":
        return replace(found, paces=found.paces | set(map(Pace, names)))
    return replace(found, flags=found.flags | names)


def _stage_words(portal: str) -> Mapping[str, str]:
    words = meanings("stages")
    if not portal:
        return words
    return {comparable_word(portal): Stage.INTEGRATED, **words}


def _statuses() -> Mapping[str, str]:
    return {**meanings("flags"), **meanings("statuses")}


def _named(words: Mapping[str, str], typed: str) -> frozenset[str]:
    """Return what a word means, or else what the words that begin with it mean."""
    key = comparable_word(typed)
    if key in words:
        return frozenset({words[key]})
    return frozenset(
        meant for word, meant in words.items() if word.startswith(key)
    )
