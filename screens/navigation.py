"""Destinations of lines, palette items and clicks: one type for each kind."""

from datetime import date
from typing import Literal

from msgspec import Struct

from screens.filter import Filter

ListName = Literal["opds", "board", "services", "obstacles", "snapshots"]
"""A screen that lists what a filter lets through."""


class Destination(Struct, frozen=True):
    """Something that can be opened; equal destinations are the same line of a list.

    A screen may have kinds of its own, which it opens itself.
    """


class OPDPage(Destination, frozen=True):
    """The page of the OPD with this key."""

    key: str


class ServicePage(Destination, frozen=True):
    """The page of the service with this key."""

    key: str


class FamilyLine(Destination, frozen=True):
    """The services of a family in one stage, or in any; Enter shows or hides them."""

    name: str
    stage: str = ""


class ApplicationPage(Destination, frozen=True):
    """The page of the application with this key."""

    key: str


class ObstacleLine(Destination, frozen=True):
    """An obstacle; it opens the service that it holds back."""

    key: str


class DecisionLine(Destination, frozen=True):
    """A decision asked of the leadership, by its key."""

    key: str


class ProposalLine(Destination, frozen=True):
    """A decision that the register suggests, by the proposal's key."""

    key: str


class MissingLine(Destination, frozen=True):
    """A service that lacks data: the ``field`` to fill in first, and the ``fact`` that holds it."""

    service: str
    fact: str
    field: str


class TimelineEntry(Destination, frozen=True):
    """A fact on a service's page; one fact may have several lines, told apart by ``line``."""

    fact: str
    line: str | date = ""


class WeekLine(Destination, frozen=True):
    """A week in the list of snapshots, such as ``2026-W47``."""

    week: str


class FilteredList(Destination, frozen=True):
    """A screen that shows only what a filter lets through."""

    screen: ListName
    filter: Filter


class RunCommand(Destination, frozen=True):
    """A command of the registry, by its id."""

    id: str


class ThemeChoice(Destination, frozen=True):
    """A theme, by its name."""

    name: str


class SortColumn(Destination, frozen=True):
    """A column of the table on view, by its id; one that it is sorted by turns the order round."""

    id: str


class ImportLine(Destination, frozen=True):
    """A line of the import's screen: what it asks, a colon, and of what."""

    text: str


class LogLine(Destination, frozen=True):
    """An action in the log."""

    entry: str


class BackupLine(Destination, frozen=True):
    """A backup of the register, by its file's name."""

    name: str


class NearNames(Destination, frozen=True):
    """Two services of two cities, by their codes, whose names are nearly the same."""

    city: str
    ours: str
    theirs: str
