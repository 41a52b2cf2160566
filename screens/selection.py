"""The selection of a command: the keys of the facts that are marked or under the cursor."""

from collections.abc import Iterable
from dataclasses import dataclass

from screens.commands.command import Command
from screens.navigation import (
    ApplicationPage,
    Destination,
    MissingLine,
    OPDPage,
    ServicePage,
    TimelineEntry,
)
from tracker.actions.decisions import DecisionDraft
from tracker.language import N_
from tracker.model import Stage


@dataclass(frozen=True)
class Selection:
    """The keys of what is selected on a screen, kind by kind."""

    services: tuple[str, ...] = ()
    opds: tuple[str, ...] = ()
    applications: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    proposals: tuple[DecisionDraft, ...] = ()
    """What the register suggests to ask for."""
    facts: tuple[str, ...] = ()
    field: str = ""
    """The field in which a dialog begins, if the line names one."""
    stage: Stage | None = None
    """The stage that a move of the services should reach, if a key names one."""


NOTHING_SELECTED = Selection()

_MISSING = {
    "services": N_("Select a service first."),
    "opds": N_("Select an OPD first."),
    "applications": N_("Select an application first."),
    "obstacles": N_("Select an obstacle first."),
    "decisions": N_("Select a decision first."),
    "proposals": N_("Select a suggestion first."),
    "facts": N_("Select an entry of the timeline first."),
}


def missing_for(command: Command, selection: Selection) -> str:
    """Return why a command can do nothing with the selection, as a msgid; empty if it can."""
    if command.needs in _MISSING and not getattr(selection, command.needs):
        return _MISSING[command.needs]
    return ""


def select_destinations(destinations: Iterable[Destination]) -> Selection:
    """Return the facts that some lines stand for, each once and in their order."""
    keys: dict[type[Destination], dict[str, None]] = {}
    field = ""
    for destination in destinations:
        match destination:
            case ServicePage(key) | OPDPage(key) | ApplicationPage(key):
                keys.setdefault(type(destination), {})[key] = None
            case MissingLine(service, fact):
                keys.setdefault(ServicePage, {})[service] = None
                keys.setdefault(TimelineEntry, {})[fact] = None
                field = field or destination.field
            case TimelineEntry(fact):
                keys.setdefault(TimelineEntry, {})[fact] = None
    return Selection(
        services=tuple(keys.get(ServicePage, ())),
        opds=tuple(keys.get(OPDPage, ())),
        applications=tuple(keys.get(ApplicationPage, ())),
        facts=tuple(keys.get(TimelineEntry, ())),
        field=field,
    )
