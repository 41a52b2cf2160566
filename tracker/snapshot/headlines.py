"""The five figures of a comparison of two weeks, each with its change."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracker.language import N_, Language, rounded
from tracker.metrics.point_in_time import Standing
from tracker.snapshot.blocks import Block, Paragraph
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
    *,
    signed: bool = False,
) -> str:
    """Return one of the five figures as it is written; a change with its sign."""
    if name in _DIGITS:
        return language.number(number, _DIGITS[name], signed=signed)
    if signed:
        points = language.number(
            None if number is None else 100 * number,
            _SHARE_DIGITS,
            signed=True,
        )
        return (
            points
            if number is None
            else language.text("{points} points", points=points)
        )
    return language.percent(number, _SHARE_DIGITS)


def rounding_note(
    lines: Sequence[Headline],
    language: Language,
) -> Iterator[Block]:
    """Say that changes are rounded last, where a reader who checks them would find another."""
    if any(map(_looks_wrong, lines)):
        yield Paragraph(
            (
                language.text(
                    "Changes are computed before rounding: the last digit can differ from that of the "
                    "figures shown.",
                ),
            ),
        )


def _looks_wrong(line: Headline) -> bool:
    if line.now is None or line.before is None or line.change is None:
        return False
    return _shown(line.name, line.now) - _shown(
        line.name,
        line.before,
    ) != _shown(line.name, line.change)


def _shown(name: HeadlineName, number: float) -> Decimal:
    """Return a figure as ``headline_number`` rounds it."""
    if name in _DIGITS:
        return rounded(number, _DIGITS[name])
    return rounded(100 * number, _SHARE_DIGITS)
