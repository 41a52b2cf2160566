"""The annex on who stands where: the OPDs by index, and every list that the first page counts."""

from collections.abc import Iterator, Sequence

from tracker.drawing import FILLS, sparkline
from tracker.language import NOTHING, Language
from tracker.metrics.standing import ServiceAt
from tracker.model import Factor, Stage, Target
from tracker.snapshot.blocks import Block, Paragraph, Table
from tracker.snapshot.silence import silence_words
from tracker.snapshot.values import Ranked, WeekValue
from tracker.words import PACE_MARKS, factor_word, pace_word, stage_word

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
        f"{fill} {language.text(stage_word(stage))}" for (fill, _), stage in zip(FILLS, stages, strict=True)
    ]
    return language.text(
        "{stages}. Change is that of the index in the week; by steps is what moves gave of it.",
        stages=", ".join(reversed(words)),
    )


def _opd(row: Ranked, language: Language) -> tuple[str, ...]:
    figures = row.opd.figures
    counts = (figures.services, figures.conventional, figures.online, figures.integrated)
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
        f"{PACE_MARKS[figures.pace]} {language.text(pace_word(figures.pace))}" if figures.pace else NOTHING,
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


def attention_tables(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return every service overdue, due soon, long in its stage, or online only in name."""
    if value.overdue:
        yield Paragraph((language.text("Overdue:"),))
        missed = [(at, target) for at in value.overdue for target in at.overdue]
        yield _targets(value, missed, language.text("Days late"), language)
    if value.due_soon:
        yield Paragraph((language.text("Due within four weeks:"),))
        near = [(at, target) for at in value.due_soon for target in at.due_soon]
        yield _targets(value, near, language.text("Days left"), language)
    if value.stalled:
        days = value.city.stalled_after
        yield Paragraph((language.text("In their stage for {days} days or more:", days=days),))
        yield _stalled(value, language)
    if value.hybrid:
        yield Paragraph((language.text("Online, and still with a visit to an office:"),))
        yield _hybrid(value, language)


def obstacle_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return what each factor holds back, and every open obstacle."""
    if not value.hindered:
        return
    loads = value.figures.city.obstacles
    head = (
        language.text("Factor"),
        language.text("Open obstacles"),
        language.text("Services held"),
        language.text("Steps held back"),
    )
    rows = tuple(
        (
            language.text(factor_word(factor)),
            language.number(loads[factor.value].open, 0),
            language.number(loads[factor.value].services, 0),
            language.number(loads[factor.value].remaining_steps, 0),
        )
        for factor in Factor
    )
    yield Table(head, rows, frozenset({1, 2, 3}))
    yield _obstacles(value, language)


def silent_block(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the OPDs not heard from in the week, the longest silent first."""
    if not value.silent:
        return
    head = (language.text("OPD"), language.text("Services"), language.text("Complete weeks of silence"))
    rows = tuple(
        (opd.name, language.number(opd.figures.services, 0), silence_words(opd, language))
        for opd in value.silent
    )
    if not value.figures.complete:
        week = str(value.figures.rates_week)
        yield Paragraph((language.text("Complete weeks are counted up to {week}.", week=week),))
    yield Table(head, rows, frozenset({1, 2}))


def _targets(
    value: WeekValue, targets: Sequence[tuple[ServiceAt, Target]], days: str, language: Language
) -> Table:
    head = (
        language.text("Service"),
        language.text("OPD"),
        language.text("Stage"),
        language.text("Target"),
        language.text("Due on"),
        days,
    )
    rows = tuple(
        (
            *_service(value, at, language),
            language.text(stage_word(target.stage)),
            language.date(target.due_on),
            language.number(abs((target.due_on - value.figures.as_of).days), 0),
        )
        for at, target in targets
    )
    return Table(head, rows, frozenset({5}))


def _stalled(value: WeekValue, language: Language) -> Table:
    head = (
        language.text("Service"),
        language.text("OPD"),
        language.text("Stage"),
        language.text("Since"),
        language.text("Days"),
    )
    rows = tuple(
        (
            *_service(value, at, language),
            language.date(at.entered_on),
            language.number(at.days_in_stage, 0),
        )
        for at in value.stalled
    )
    return Table(head, rows, frozenset({4}))


def _hybrid(value: WeekValue, language: Language) -> Table:
    head = (
        language.text("Service"),
        language.text("OPD"),
        language.text("Stage"),
        language.text("Visits for one request"),
    )
    rows = tuple((*_service(value, at, language), language.plain(at.visits)) for at in value.hybrid)
    return Table(head, rows, frozenset({3}))


def _obstacles(value: WeekValue, language: Language) -> Table:
    head = (
        language.text("Service"),
        language.text("OPD"),
        language.text("Stage"),
        language.text("Factor"),
        language.text("Since"),
        language.text("Obstacle"),
    )
    rows = tuple(
        (
            *_service(value, at, language),
            language.text(factor_word(obstacle.factor)),
            language.date(obstacle.opened_on),
            obstacle.description,
        )
        for at in value.hindered
        for obstacle in at.obstacles
    )
    return Table(head, rows)


def _service(value: WeekValue, at: ServiceAt, language: Language) -> tuple[str, str, str]:
    return (at.service.name, value.opds[at.opd].name, language.text(stage_word(at.stage)))
