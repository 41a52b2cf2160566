"""The annex on the OPDs: all of them by index, those that bring no progress, those not heard from."""

from collections.abc import Iterator

from tracker.drawing import FILLS, sparkline
from tracker.labels import PACE_MARKS, pace_word, stage_word
from tracker.language import NOTHING, Language
from tracker.model import Stage
from tracker.snapshot.blocks import Block, Paragraph, Table
from tracker.snapshot.silence import silence_words
from tracker.snapshot.values import Ranked, WeekValue

LEAST_SPAN = 10.0
"""Index points that the scale of an OPD's twelve weeks covers at least."""


def opd_table(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the OPDs by index with their place, its change, counts, steps and pace."""
    if not value.ranks:
        return
    head = (
        language.text("Place"),
        language.text("±"),
        language.text("OPD"),
        language.text("Services"),
        *(fill for fill, _ in reversed(FILLS)),
        language.text("Index"),
        language.text("Change"),
        language.text("By steps"),
        language.text("Steps"),
        language.text("Velocity"),
        language.text("Pace"),
        language.text("12 weeks"),
    )
    rows = tuple(_opd(row, language) for row in value.ranks)
    yield Paragraph((_legend(language),))
    yield Table(head, rows, frozenset({0, 3, 4, 5, 6, 7, 8, 9, 10, 11}))


def _legend(language: Language) -> str:
    stages = (Stage.INTEGRATED, Stage.ONLINE, Stage.CONVENTIONAL)
    words = [
        f"{fill} {language.text(stage_word(stage))}"
        for (fill, _), stage in zip(FILLS, stages, strict=True)
    ]
    return language.text(
        "{stages}. Change is that of the index in the week; by steps is what moves gave of it.",
        stages=", ".join(reversed(words)),
    )


def _opd(row: Ranked, language: Language) -> tuple[str, ...]:
    figures = row.opd.figures
    counts = (
        figures.services,
        figures.conventional,
        figures.online,
        figures.integrated,
    )
    return (
        NOTHING if row.rank is None else language.number(row.rank, 0),
        rank_change(row, language),
        row.opd.name,
        *(language.number(count, 0) for count in counts),
        language.number(figures.index, 2),
        language.number(figures.index_change, 2, signed=True),
        language.number(figures.progress, 2, signed=True),
        language.number(figures.steps, 0, signed=True),
        language.number(figures.velocity, 2, signed=True),
        f"{PACE_MARKS[figures.pace]} {language.text(pace_word(figures.pace))}"
        if figures.pace
        else NOTHING,
        _twelve_weeks(row),
    )


def _twelve_weeks(row: Ranked) -> str:
    """Draw an OPD's index on a scale of its own, so wide that a small change looks small."""
    known = [index for index in row.indices if index is not None]
    low = min(known, default=0.0)
    return sparkline(row.indices, low=low, high=max([*known, low + LEAST_SPAN]))


def rank_change(row: Ranked, language: Language) -> str:
    """Say how many places an OPD rose or fell since the week before."""
    if row.rank is None:
        return NOTHING
    if row.rank_before is None:
        return language.text("new")
    change = row.rank_before - row.rank
    sign = "▲" if change > 0 else "▼"
    return sign + language.number(abs(change), 0) if change else "0"


def unmoved_table(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the OPDs with steps left whose recent weeks brought no progress, the most steps first."""
    if not value.unmoved:
        return
    weeks = language.number(value.forecast_weeks, 0)
    yield Paragraph(
        (
            language.text(
                "OPDs without progress in the last {weeks} complete weeks:", weeks=weeks
            ),
        )
    )
    head = (
        language.text("OPD"),
        language.text("Services"),
        language.text("Steps still to make"),
    )
    rows = tuple(
        (
            opd.name,
            language.number(opd.figures.services, 0),
            language.number(opd.figures.remaining_steps, 0),
        )
        for opd in value.unmoved
    )
    yield Table(head, rows, frozenset({1, 2}))


def silent_block(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the OPDs not heard from in the week, the longest silent first."""
    if not value.silent:
        return
    head = (
        language.text("OPD"),
        language.text("Services"),
        language.text("Complete weeks of silence"),
    )
    rows = tuple(
        (
            opd.name,
            language.number(opd.figures.services, 0),
            silence_words(opd, language),
        )
        for opd in value.silent
    )
    if not value.figures.complete:
        week = str(value.figures.rates_week)
        yield Paragraph(
            (language.text("Complete weeks are counted up to {week}.", week=week),)
        )
    yield Table(head, rows, frozenset({1, 2}))
