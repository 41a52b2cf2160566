"""The annex on the trend: the stages as a bar, and the index over a year in eighths of a cell."""

from collections.abc import Iterator

from tracker.drawing import (
    FILLS,
    draw_columns,
    plain_row,
    plain_text,
    stage_bar,
)
from tracker.labels import stage_word
from tracker.language import Language
from tracker.model import Stage
from tracker.snapshot.blocks import Block, Drawn
from tracker.snapshot.values import WeekValue

WIDTH, HEIGHT = 64, 8


def trend_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Yield the drawing; nothing without a service."""
    if value.figures.city.services:
        yield Drawn(
            "\n".join([*_bar(value, language), *_index(value, language)]),
        )


def _bar(value: WeekValue, language: Language) -> list[str]:
    figures = value.figures.city
    counts = (
        (Stage.INTEGRATED, figures.integrated),
        (Stage.ONLINE, figures.online),
        (Stage.CONVENTIONAL, figures.conventional),
    )
    legend = "   ".join(
        f"{fill} {language.text(stage_word(stage))} {language.percent(count / figures.services)}"
        for (fill, _), (stage, count) in zip(FILLS, counts, strict=True)
    )
    bar = stage_bar(
        figures.conventional,
        figures.online,
        figures.integrated,
        WIDTH,
    )
    return [plain_row(bar), legend]


def _index(value: WeekValue, language: Language) -> list[str]:
    """Return the index of each week as columns that stand on 0."""
    indices = [index for _, index in value.trend]
    if len(indices) < 2:
        return []
    drawn = draw_columns(
        indices,
        WIDTH,
        HEIGHT,
        high=100.0,
        label=lambda index: language.number(index, 0),
    )
    title = language.text(
        "Index, 0 to 100, from {first} to {last}:",
        first=str(value.trend[0][0]),
        last=str(value.trend[-1][0]),
    )
    return ["", title, plain_text(drawn)]
