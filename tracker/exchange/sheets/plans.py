"""What an OPD needs to act: its rank and chance, its targets with the late ones marked, its obstacles."""

from dataclasses import dataclass
from datetime import date

from tracker.history import stage_at
from tracker.labels import factor_word, stage_word
from tracker.language import Language
from tracker.metrics import measure
from tracker.model import Service
from tracker.register import Register
from tracker.week import Week


@dataclass(frozen=True)
class TargetLines:
    """The targets of a service that are not reached, a line each."""

    lines: tuple[str, ...]
    is_late: bool


def describe_targets(
    register: Register,
    service: Service,
    language: Language,
    today: date,
) -> TargetLines:
    """Return which stages a service is to reach by when; a date that has passed is called late."""
    stage = stage_at(register, service, today)
    lines: list[str] = []
    is_late = False
    for target in register.targets_of.get(service.id, ()):
        if target.stage.points <= stage.points:
            continue
        word = language.text(stage_word(target.stage))
        line = language.text(
            "{stage} by {due_on}",
            stage=word,
            due_on=target.due_on,
        )
        if target.due_on < today:
            is_late = True
            line = f"{line} – {language.text('LATE')}"
        lines.append(line)
    return TargetLines(tuple(lines), is_late)


def describe_obstacles(
    register: Register,
    service: Service,
    language: Language,
    today: date,
) -> list[str]:
    """Return what holds a service back today, with the factor and since when."""
    return [
        language.text(
            "{factor}: {description} (since {opened_on})",
            factor=language.text(factor_word(obstacle.factor)),
            description=obstacle.description,
            opened_on=obstacle.opened_on,
        )
        for obstacle in register.obstacles_of.get(service.id, ())
        if obstacle.opened_on <= today
        and (obstacle.resolved_on is None or obstacle.resolved_on > today)
    ]


def describe_standings(
    register: Register,
    language: Language,
    today: date,
) -> dict[str, str]:
    """Return a sentence for each OPD on its rank and chance; none in the opening.

    OPDs with the same index share the better rank.
    """
    if register.only_city.in_opening:
        return {}
    found = measure(register, Week.of(today), today)
    opds = [opd for opd in found.opds if opd.figures.index is not None]
    indexes = [opd.figures.index or 0.0 for opd in opds]
    return {
        opd.key: language.text(
            "Index {index}, rank {rank} of {opds}. Chance to meet the goal: {chance}. "
            "Late: {late}; due within four weeks: {due}.",
            index=language.number(opd.figures.index),
            rank=1 + sum(other > index for other in indexes),
            opds=len(opds),
            chance=language.percent(opd.figures.goal_chance, 0),
            late=opd.figures.overdue,
            due=opd.figures.due_soon,
        )
        for opd, index in zip(opds, indexes, strict=True)
    }
