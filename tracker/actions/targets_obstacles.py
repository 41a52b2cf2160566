"""Actions on targets and obstacles."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from tracker.actions.draft import Draft
from tracker.actions.opds import services_of
from tracker.errors import Rejected
from tracker.language import N_
from tracker.lookup import find_fact, find_opd, find_services
from tracker.model import Factor, Obstacle, Service, Stage, Target
from tracker.text import collapse_whitespace_in_lines


def _chosen_services(
    draft: Draft,
    services: tuple[str, ...],
    opd: str,
) -> list[Service]:
    if opd:
        return services_of(
            draft.register,
            find_opd(draft.register, opd),
            draft.today,
        )
    return find_services(draft.register, services)


class SetTargets(Struct, frozen=True):
    """Set the date by which services, or all of an OPD, are to have reached a stage."""

    name: ClassVar[str] = "target set"
    log_label: ClassVar[str] = N_("target set")
    services: tuple[str, ...]
    stage: Stage
    due_on: date
    opd: str = ""

    def apply(self, draft: Draft) -> None:
        """Set each service's target for the stage, replacing the ones it has."""
        meant = _chosen_services(draft, self.services, self.opd)
        if not meant:
            raise Rejected("There is no service to set a target for.")
        targets = draft.register.targets_of
        for service in meant:
            there = [
                target
                for target in targets.get(service.id, ())
                if target.stage is self.stage
            ]
            if there:
                draft.edit(there[0], due_on=self.due_on)
                for other in there[1:]:
                    draft.remove(other)
            else:
                draft.new(
                    Target,
                    service=service.id,
                    stage=self.stage,
                    due_on=self.due_on,
                )


class ClearTargets(Struct, frozen=True):
    """Remove the targets of services for one stage, or for every stage."""

    name: ClassVar[str] = "target clear"
    log_label: ClassVar[str] = N_("target cleared")
    services: tuple[str, ...]
    stage: Stage | None = None
    opd: str = ""

    def apply(self, draft: Draft) -> None:
        """Remove the targets; reject if there are none."""
        targets = draft.register.targets_of
        cleared = [
            target
            for service in _chosen_services(draft, self.services, self.opd)
            for target in targets.get(service.id, ())
            if self.stage in (None, target.stage)
        ]
        if not cleared:
            raise Rejected("There is no target to clear.")
        for target in cleared:
            draft.remove(target)


class AddObstacles(Struct, frozen=True):
    """Add an obstacle to each of the services, under one of the four factors."""

    name: ClassVar[str] = "obstacle add"
    log_label: ClassVar[str] = N_("new obstacle")
    services: tuple[str, ...]
    factor: Factor
    description: str
    opened_on: date

    def apply(self, draft: Draft) -> None:
        """Enter the obstacles."""
        description = collapse_whitespace_in_lines(self.description)
        if not description:
            raise Rejected("Say what the obstacle is.")
        for service in find_services(draft.register, self.services):
            draft.new(
                Obstacle,
                service=service.id,
                factor=self.factor,
                description=description,
                opened_on=self.opened_on,
            )


class ResolveObstacles(Struct, frozen=True):
    """Resolve obstacles on a day."""

    name: ClassVar[str] = "obstacle resolve"
    log_label: ClassVar[str] = N_("obstacle resolved")
    obstacles: tuple[str, ...]
    on: date

    def apply(self, draft: Draft) -> None:
        """Date each obstacle's end; reject all if one cannot end on that day."""
        register = draft.register
        for number in dict.fromkeys(self.obstacles):
            fact = find_fact(register, number, "obstacle list")
            if not isinstance(fact, Obstacle):
                raise Rejected(
                    "The entry {number} is not an obstacle: `obstacle list` shows them.",
                    number=number,
                )
            if fact.resolved_on is not None:
                raise Rejected(
                    "That obstacle was resolved on {day}.",
                    day=fact.resolved_on,
                )
            draft.edit(fact, resolved_on=self.on)
