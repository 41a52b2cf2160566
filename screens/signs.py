"""The signs by which a service's row says what wants attention, never by colour alone."""

from screens.rows import ServiceRow
from tracker.language import N_, Language

_FLAGS = (
    ("overdue", "!", N_("overdue")),
    ("stalled", "■", N_("stalled")),
    ("unverified", "?", N_("unverified")),
    ("hybrid", "½", N_("hybrid")),
)
_HELD, _HELD_WORD = "×", N_("held back")


def sign_legend(language: Language) -> list[tuple[str, str]]:
    """Return every sign with what it means."""
    return [
        (sign, language.text(word))
        for _, sign, word in (*_FLAGS, ("", _HELD, _HELD_WORD))
    ]


def row_signs(row: ServiceRow) -> str:
    """Return a sign for each thing that wants attention, which ``signs_in_words`` explains."""
    found = [sign for flag, sign, _ in _FLAGS if flag in row.flags]
    return "".join([*found, _HELD] if row.at.obstacles else found)


def signs_in_words(row: ServiceRow, language: Language) -> list[str]:
    """Return what the signs of a service mean, sign and word."""
    found = [(sign, word) for flag, sign, word in _FLAGS if flag in row.flags]
    if row.at.obstacles:
        found.append((_HELD, _HELD_WORD))
    return [f"{sign} {language.text(word)}" for sign, word in found]
