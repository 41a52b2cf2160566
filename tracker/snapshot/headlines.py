"""The five figures of a comparison of two weeks, each with its change."""

from tracker.language import N_, NOTHING, Language, subtract_rounded
from tracker.metrics.point_in_time import Standing
from tracker.snapshot.values import Headline, HeadlineName

_HEADLINES: dict[HeadlineName, str] = {
    "index": N_("Index (0 to 100)"),
    "digital_share": N_("Services online or integrated"),
    "single_door_share": N_("Services behind the single door"),
    "visit_free_share": N_("Services without an office visit"),
    "remaining_steps": N_("Steps still to make"),
}
_DIGITS = {"index": 2, "remaining_steps": 0}
_SHARE_DIGITS = 1


HEADLINES: tuple[HeadlineName, ...] = (
    "index",
    "digital_share",
    "single_door_share",
    "visit_free_share",
    "remaining_steps",
)


def read_headlines(before: Standing, now: Standing) -> tuple[Headline, ...]:
    """Return the five figures at the top, from where the city stood and where it stands."""
    return tuple(
        Headline(
            name,
            getattr(now, name) if now.services else None,
            getattr(before, name) if before.services else None,
        )
        for name in HEADLINES
    )


def headline_word(name: HeadlineName) -> str:
    """Return the msgid of one of the five figures."""
    return _HEADLINES[name]


def headline_number(
    name: HeadlineName,
    number: float | None,
    language: Language,
) -> str:
    """Return one of the five figures as it is written."""
    if name in _DIGITS:
        return language.number(number, _DIGITS[name])
    return language.percent(number, _SHARE_DIGITS)


def headline_change(line: Headline, language: Language) -> str:
    """Return what lies between the two figures as they are written, so that a reader's own sum holds."""
    if line.now is None or line.before is None:
        return NOTHING
    is_share = line.name not in _DIGITS
    digits = _DIGITS.get(line.name, _SHARE_DIGITS)
    scale = 100 if is_share else 1
    change = subtract_rounded(scale * line.now, scale * line.before, digits)
    text = language.number(change, digits, signed=True)
    return language.text("{points} points", points=text) if is_share else text
