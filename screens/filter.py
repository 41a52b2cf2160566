"""One filter for every screen: ``opd:disdukcapil tahap:online macet ktp``, in both languages.

Several values of one kind widen (``tahap:online tahap:integrated``), different kinds narrow, and
every free word has to occur. What stands in quotes is a free word, whatever it says.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from tracker.labels import pace_word, stage_word
from tracker.language import N_, Language
from tracker.metrics.values import Pace
from tracker.model import Stage
from tracker.text import normalize_name

T = TypeVar("T")

_TOKEN = re.compile(
    r'(?P<kind>[^\W\d_]+):(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))|"(?P<phrase>[^"]*)"|(?P<word>\S+)'
)
_KINDS = {
    "opd": "opds",
    "tahap": "stages",
    "stage": "stages",
    "tag": "tags",
    "laju": "paces",
    "pace": "paces",
    "status": "flags",
}
_STAGES = {
    Stage.CONVENTIONAL: ("conventional", "konvensional", "manual", "tatap-muka"),
    Stage.ONLINE: ("online", "daring"),
    Stage.INTEGRATED: ("integrated", "terintegrasi", "terpadu", "integrasi"),
}
_PACES = {
    Pace.DONE: ("done", "selesai", "tuntas"),
    Pace.NEW: ("new", "baru"),
    Pace.REGRESSING: ("regressing", "mundur"),
    Pace.STALLED: (
        "stalled",
        "standing",
        "jalan-di-tempat",
        "diam",
        "berhenti",
        "mandek",
    ),
    Pace.ACCELERATING: (
        "accelerating",
        "faster",
        "makin-cepat",
        "mempercepat",
        "cepat",
    ),
    Pace.SLOWING: ("slowing", "slower", "melambat", "lambat"),
    Pace.STEADY: ("steady", "stabil", "tetap", "ajek"),
}
_FLAGS = {
    "stalled": ("macet", "stalled"),
    "overdue": ("terlambat", "lewat-tenggat", "overdue"),
    "unverified": (
        "belum-verifikasi",
        "belum-diverifikasi",
        "belum-terverifikasi",
        "unverified",
    ),
    "hybrid": ("hibrida", "hybrid"),
    "silent": ("sunyi", "tanpa-kabar", "silent"),
    "slowed": ("kehilangan-kecepatan", "lost-speed"),
    "moved": ("bergerak", "moved"),
    "moved_before": ("bergerak-minggu-lalu", "moved-last-week"),
    "closed": ("dihentikan", "ditutup", "tutup", "closed", "retired"),
}
FLAGS_OF_OPDS = frozenset({"silent", "slowed"})
"""What only an OPD is: its services are asked for by it."""
_STATUSES = {
    **_FLAGS,
    "closed": (*_FLAGS["closed"], "berhenti", "nonaktif", "inactive"),
}
_NAMED: Mapping[str, Mapping[Any, tuple[str, ...]]] = {
    "stages": _STAGES,
    "paces": _PACES,
    "flags": _STATUSES,
}
"""The kinds of which there are only these values."""
CLOSED = " ".join(_STATUSES["closed"])
"""The words that ask for closed services."""
EXAMPLES = {
    "id": (
        "opd:… tahap:daring tag:… laju:melambat “ktp”",
        "macet terlambat belum-verifikasi hibrida sunyi bergerak dihentikan",
    ),
    "en": (
        "opd:… stage:online tag:… pace:slowing “ktp”",
        "stalled overdue unverified hybrid silent moved closed",
    ),
}
"""What can be typed, for the help of each language."""
FLAG_WORDS = {
    "stalled": N_("stalled"),
    "overdue": N_("overdue"),
    "unverified": N_("unverified"),
    "hybrid": N_("hybrid"),
    "silent": N_("not heard from"),
    "slowed": N_("lost speed"),
    "moved": N_("moved this week"),
    "moved_before": N_("moved last week"),
    "closed": N_("closed"),
}
"""The msgids by which the filter's bar names what it asks for."""


@dataclass(frozen=True)
class Filter:
    """What is to be shown; ``text`` is what was typed, and empty where everything is."""

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
        """Tell whether it asks for something that only a service has."""
        return bool(self.tags or self.stages or self.flags - FLAGS_OF_OPDS)

    @property
    def asks_opds(self) -> bool:
        """Tell whether it asks for something that only an OPD has."""
        return bool(self.paces or self.flags & FLAGS_OF_OPDS)

    def says(self, language: Language) -> str:
        """Return what the filter asks for, in words."""
        stages = [
            language.text(stage_word(stage)) for stage in Stage if stage in self.stages
        ]
        paces = [language.text(pace_word(pace)) for pace in Pace if pace in self.paces]
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


def parse(text: str) -> Filter:
    """Read a filter as it is typed; never fails: what is no keyword is a word to look for."""
    found = Filter(text=text.strip())
    for token in _TOKEN.finditer(text):
        found = _with_token(found, token)
    return found


def _with_token(found: Filter, token: re.Match[str]) -> Filter:
    kind = _KINDS.get((token["kind"] or "").casefold())
    word = token[0].replace('"', "")
    if kind is not None:
        value = token["quoted"] if token["quoted"] is not None else token["bare"]
        return _with_value(found, kind, normalize_name(value), word)
    if token["phrase"] is not None:
        return _with_word(found, token["phrase"])
    flag = next(
        (flag for flag, words in _FLAGS.items() if word.casefold() in words), None
    )
    if flag is not None:
        return replace(found, flags=found.flags | {flag})
    return _with_word(found, word)


def _with_word(found: Filter, word: str) -> Filter:
    key = normalize_name(word)
    return replace(found, words=(*found.words, key)) if key else found


def _with_value(found: Filter, kind: str, value: str, word: str) -> Filter:
    """Ask for a value; for one that there is not, as for a word, so that nothing is found and not all."""
    if not value:
        return found
    asked: Any = getattr(found, kind)
    if kind not in _NAMED:
        return _with(found, kind, (*asked, value))
    named = _named(_NAMED[kind], value)
    return _with(found, kind, asked | named) if named else _with_word(found, word)


def _with(found: Filter, kind: str, asked: Any) -> Filter:
    return replace(found, **{kind: asked})


def _named(names: Mapping[T, tuple[str, ...]], key: str) -> frozenset[T]:
    """Return what a word, or the start of one, names."""
    return frozenset(
        value
        for value, words in names.items()
        if any(word.startswith(key) for word in words)
    )
