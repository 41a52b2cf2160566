"""The annex on the services: every list of them that the first page counts."""

from collections.abc import Iterator, Sequence

from tracker.labels import factor_word, stage_word
from tracker.language import Language
from tracker.metrics.point_in_time import ServiceAt
from tracker.model import Factor, Target
from tracker.snapshot.blocks import Block, Paragraph, Table
from tracker.snapshot.values import WeekValue


def attention_tables(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return every service overdue, due soon, long in its stage, online only in name, or there by a claim."""
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
        yield Paragraph(
            (language.text("In their stage for {days} days or more:", days=days),)
        )
        yield _stalled(value, language)
    if value.hybrid:
        yield Paragraph(
            (
                language.text(
                    "Online or integrated, and still with a visit to an office:"
                ),
            )
        )
        yield _hybrid(value, language)
    if value.claimed:
        yield Paragraph(
            (language.text("Past the counter by a claim not yet verified:"),)
        )
        yield _claimed(value, language)


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


def _targets(
    value: WeekValue,
    targets: Sequence[tuple[ServiceAt, Target]],
    days: str,
    language: Language,
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
    rows = tuple(
        (*_service(value, at, language), language.plain(at.visits))
        for at in value.hybrid
    )
    return Table(head, rows, frozenset({3}))


def _claimed(value: WeekValue, language: Language) -> Table:
    head = (
        language.text("Service"),
        language.text("OPD"),
        language.text("Stage"),
        language.text("Since"),
    )
    rows = tuple(
        (*_service(value, at, language), language.date(at.move.on if at.move else None))
        for at in value.claimed
    )
    return Table(head, rows)


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


def _service(
    value: WeekValue, at: ServiceAt, language: Language
) -> tuple[str, str, str]:
    return (
        at.service.name,
        value.opds[at.opd].name,
        language.text(stage_word(at.stage)),
    )
