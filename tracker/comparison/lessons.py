"""What one city can learn from another: the list to take along on a visit."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from tracker.comparison.pairing import Offer, SharedService
from tracker.history import stage_at
from tracker.model import Service, Stage


@dataclass(frozen=True)
class Lesson:
    """A service that one city has brought further behind the single door than another.

    ``days`` is how long it took there, from its registration: the median of the services
    that were integrated by a move, None if all were integrated when they were recorded.
    """

    learner: Offer
    teacher: Offer
    applications: tuple[str, ...]
    days: float | None


@dataclass(frozen=True)
class Standing:
    """On how many shared services each of two cities is ahead, by index."""

    ahead: int
    level: int
    behind: int


def find_lessons(
    shared: Iterable[SharedService],
    *,
    for_other: bool = False,
) -> list[Lesson]:
    """Return what our city can learn, or with ``for_other`` the other city from ours.

    What is integrated most widely there and least here comes first.
    """
    pairs = [
        (pair.other, pair.own) if for_other else (pair.own, pair.other)
        for pair in shared
    ]
    found = [
        _create_lesson(learner, teacher)
        for learner, teacher in pairs
        if teacher.integrated_share > learner.integrated_share
    ]
    return sorted(found, key=_lead_order, reverse=True)


def count_standing(shared: Iterable[SharedService]) -> Standing:
    """Count the shared services on which our city is ahead, level and behind."""
    leads = [pair.own.index - pair.other.index for pair in shared]
    return Standing(
        ahead=sum(lead > 0 for lead in leads),
        level=sum(lead == 0 for lead in leads),
        behind=sum(lead < 0 for lead in leads),
    )


def _lead_order(lesson: Lesson) -> float:
    return lesson.teacher.integrated_share - lesson.learner.integrated_share


def _create_lesson(learner: Offer, teacher: Offer) -> Lesson:
    register, day = teacher.city.register, teacher.city.day
    integrated = [
        one
        for one in teacher.services
        if stage_at(register, one, day) is Stage.INTEGRATED
    ]
    applications = {
        application.name: None
        for one in integrated
        if (application := register.applications.get(one.application or ""))
    }
    days = [
        took
        for one in integrated
        if (took := _days_taken(teacher, one)) is not None
    ]
    return Lesson(
        learner,
        teacher,
        tuple(applications),
        median(days) if days else None,
    )


def _days_taken(offer: Offer, service: Service) -> int | None:
    """Return the days from the registration to the move that integrated a service for good."""
    moves = offer.city.register.moves_of.get(service.id, ())
    arrived = None
    stage = service.stage
    for move in moves:
        if move.on > offer.city.day:
            break
        if move.stage is Stage.INTEGRATED and stage is not Stage.INTEGRATED:
            arrived = move.on
        stage = move.stage
    return None if arrived is None else (arrived - service.registered_on).days
