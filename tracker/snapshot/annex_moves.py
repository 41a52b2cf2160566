"""The annex on movement: every move with its evidence, and who joined, left or was passed on."""

from collections.abc import Iterable, Iterator
from datetime import date

from tracker.history import is_verified
from tracker.labels import stage_word
from tracker.language import Language
from tracker.metrics.flow import Movement
from tracker.snapshot.blocks import Block, Heading, Items
from tracker.snapshot.values import Crossing, OPDMoves, Passing, WeekValue


def move_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return each OPD's moves under its name, who moved most first."""
    day = value.figures.as_of
    for moved in value.moved:
        title = language.text(
            "{opd}: {steps}",
            opd=moved.opd.name,
            steps=steps_text(moved, language),
        )
        yield Heading(title, level=4)
        yield Items(
            tuple(_move(one, day, language) for one in moved.movements),
        )


def crossing_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the services that joined or left the count, and those that passed to another OPD."""
    lines = crossing_lines(value.joined, value.left, value.passed, language)
    if lines:
        yield Items(lines)


def crossing_lines(
    joined: Iterable[Crossing],
    left: Iterable[Crossing],
    passed: Iterable[Passing],
    language: Language,
) -> tuple[str, ...]:
    """Say of each service how it joined, left or passed to another OPD."""
    crossings = (_crossing(crossing, language) for crossing in (*joined, *left))
    return (*crossings, *(_passing(passing, language) for passing in passed))


def _passing(passing: Passing, language: Language) -> str:
    return language.text(
        "{day}: {service} passed from {giver} to {taker}.",
        day=language.date(passing.on),
        service=passing.service.name,
        giver=passing.giver.name,
        taker=passing.taker.name,
    )


def _move(movement: Movement, day: date, language: Language) -> str:
    said = language.text(
        "{service}: {before} → {after} on {day}, {standing}.",
        service=movement.service.name,
        before=language.text(stage_word(movement.before)),
        after=language.text(stage_word(movement.move.stage)),
        day=language.date(movement.move.on),
        standing=_verified(movement, day, language),
    )
    evidence = movement.move.evidence
    if evidence:
        return (
            said
            + " "
            + language.text("Evidence: {evidence}", evidence=evidence)
        )
    return said + " " + language.text("No evidence given.")


def _verified(movement: Movement, day: date, language: Language) -> str:
    """Return since when a move is verified; one that was not yet on the page's day is a claim."""
    if not is_verified(movement.move, day):
        return language.text("a claim")
    return language.text(
        "verified on {day}",
        day=language.date(movement.move.verified_on),
    )


def _crossing(crossing: Crossing, language: Language) -> str:
    values = {
        "day": language.date(crossing.on),
        "service": crossing.service.name,
        "opd": crossing.opd.name,
        "stage": language.text(stage_word(crossing.stage)),
    }
    match crossing.how:
        case "registered":
            return language.text(
                "{day}: {service} ({opd}) joined: registered as {stage}.",
                **values,
            )
        case "reopened":
            return language.text(
                "{day}: {service} ({opd}) joined: reopened as {stage}.",
                **values,
            )
        case "retired":
            return language.text(
                "{day}: {service} ({opd}) left: retired as {stage}.",
                **values,
            )


def steps_text(moved: OPDMoves, language: Language) -> str:
    """Return how many steps an OPD made forward and backward."""
    forward = sum(max(0, movement.steps) for movement in moved.movements)
    backward = sum(max(0, -movement.steps) for movement in moved.movements)
    parts = []
    if forward:
        parts.append(
            language.plural("{n} step forward", "{n} steps forward", forward),
        )
    if backward:
        parts.append(
            language.plural(
                "{n} step backward",
                "{n} steps backward",
                backward,
            ),
        )
    return language.enumeration(parts) if parts else language.text("no step")
