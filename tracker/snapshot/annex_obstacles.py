"""The annex on obstacles: what each factor holds back, and the matters open for longest."""

from collections.abc import Iterator

from tracker.labels import factor_word
from tracker.language import Language
from tracker.model import Factor
from tracker.snapshot.blocks import Block, Items, Table
from tracker.snapshot.values import WeekValue

MOST_OF_A_FACTOR = 3
"""Obstacles told of each factor."""


def obstacle_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Yield the load of each factor, and of each the obstacles open for longest."""
    if not value.hindered:
        return
    loads = value.figures.city.obstacles
    head = (
        language.text("Factor"),
        language.text("Open obstacles"),
        language.text("Services held"),
        language.text("Steps held back"),
        language.text("Days blocked in 91 days"),
    )
    rows = tuple(
        (
            language.text(factor_word(factor)),
            language.number(loads[factor.value].open, 0),
            language.number(loads[factor.value].services, 0),
            language.number(loads[factor.value].remaining_steps, 0),
            language.number(loads[factor.value].blocked_days, 0),
        )
        for factor in Factor
    )
    yield Table(head, rows, frozenset({1, 2, 3, 4}))
    yield Items(tuple(_oldest(value, language)))


def _oldest(value: WeekValue, language: Language) -> Iterator[str]:
    held = [
        (obstacle, at) for at in value.hindered for obstacle in at.obstacles
    ]
    held.sort(key=lambda pair: (pair[0].opened_on, pair[0].id))
    for factor in Factor:
        of_factor = [pair for pair in held if pair[0].factor is factor]
        for obstacle, at in of_factor[:MOST_OF_A_FACTOR]:
            yield language.text(
                "{factor}, since {day}: {description} ({service}, {opd}).",
                factor=language.text(factor_word(factor)),
                day=language.date(obstacle.opened_on),
                description=obstacle.description,
                service=at.service.name,
                opd=value.opds[at.opd].name,
            )
