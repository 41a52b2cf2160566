"""The five figures at the top of a page, each with its change."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracker.language import N_, Language, rounded
from tracker.snapshot.blocks import Block, Paragraph, Table
from tracker.snapshot.values import Headline, HeadlineName, WeekValue

_HEADLINES: dict[HeadlineName, str] = {
    "index": N_("Index (0 to 100)"),
    "digital_share": N_("Services online or integrated"),
    "single_door_share": N_("Services behind the single door"),
    "visit_free_share": N_("Services without an office visit"),
    "remaining_steps": N_("Steps still to make"),
}
_DIGITS = {"index": 2, "remaining_steps": 0}
_SHARE_DIGITS = 1


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
            None if number is None else 100 * number, _SHARE_DIGITS, signed=True
        )
        return (
            points
            if number is None
            else language.text("{points} points", points=points)
        )
    return language.percent(number, _SHARE_DIGITS)


def headline_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the table of the five figures, and what has to be known to check its changes."""
    head = (
        language.text("Figure"),
        language.text("This week"),
        language.text("Week before"),
        language.text("Change"),
    )
    yield Table(
        head,
        tuple(_headline(line, language) for line in value.headlines),
        frozenset({1, 2, 3}),
    )
    yield from rounding_note(value.headlines, language)


def rounding_note(lines: Sequence[Headline], language: Language) -> Iterator[Block]:
    """Say that changes are rounded last, where a reader who checks them would find another."""
    if any(map(_looks_wrong, lines)):
        yield Paragraph(
            (
                language.text(
                    "Changes are computed before rounding: the last digit can differ from that of the "
                    "figures shown."
                ),
            )
        )


def _headline(line: Headline, language: Language) -> tuple[str, ...]:
    return (
        language.text(headline_word(line.name)),
        headline_number(line.name, line.now, language),
        headline_number(line.name, line.before, language),
        headline_number(line.name, line.change, language, signed=True),
    )


def _looks_wrong(line: Headline) -> bool:
    if line.now is None or line.before is None or line.change is None:
        return False
    return _shown(line.name, line.now) - _shown(line.name, line.before) != _shown(
        line.name, line.change
    )


def _shown(name: HeadlineName, number: float) -> Decimal:
    """Return a figure as ``headline_number`` rounds it."""
    if name in _DIGITS:
        return rounded(number, _DIGITS[name])
    return rounded(100 * number, _SHARE_DIGITS)
