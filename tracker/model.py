"""What is tracked, as plain frozen values: every fact dated, recorded and signed."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, get_args

from msgspec import Meta, Struct

DEFAULT_ZONE = "Asia/Jakarta"
"""The time zone of a city unless it has another."""

_HUGE = 10**15
Moment = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(gt=-_HUGE, lt=_HUGE)]
Amount = Annotated[float, Meta(gt=-_HUGE, lt=_HUGE)]
"""What calculations rely on, checked of everything that is read: a zone, and numbers in reach."""


class Stage(StrEnum):
    """Where a service stands on its way to the single door."""

    CONVENTIONAL = "conventional"
    ONLINE = "online"
    INTEGRATED = "integrated"

    points: int
    """Steps made since the counter: 0, 1 or 2."""

    def __init__(self, _: str) -> None:
        # A plain attribute: the figures read it millions of times.
        self.points = len(type(self).__members__)


class Factor(StrEnum):
    """The four factors of success, by which obstacles are classified."""

    INFRASTRUCTURE = "infrastructure"
    PEOPLE = "people"
    APPLICATION = "application"
    LEADERSHIP = "leadership"


class Kind(StrEnum):
    """The kinds of agencies with which every register begins; a city may add its own."""

    SEKRETARIAT = "sekretariat"
    DINAS = "dinas"
    BADAN = "badan"
    INSPEKTORAT = "inspektorat"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    RUMAH_SAKIT = "rumah-sakit"
    LAINNYA = "lainnya"


class ReminderLevel(StrEnum):
    """The level of an OPD's hierarchy that a reminder goes to."""

    CONTACT = "contact"
    HEAD = "head"
    LEADERSHIP = "leadership"


class Role(StrEnum):
    """What a member may change."""

    COORDINATOR = "coordinator"
    OPD = "opd"
    READER = "reader"


class Fact(
    Struct,
    frozen=True,
    gc=False,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """One dated entry: its own key, the moment it was recorded (UTC) and who recorded it.

    Keys are a register's prefix and a number that only grows, so they never collide
    between registers and sort in the order of recording.
    """

    id: str
    recorded_at: Moment
    by: str


class OPD(Fact, frozen=True, kw_only=True):
    """An agency of the city."""

    code: str
    name: str
    kind: str = Kind.LAINNYA
    """One of ``Kind``, or one of the city's own ``kinds``."""
    aliases: tuple[str, ...] = ()
    contact: str = ""
    retired_on: date | None = None
    reopened: bool = False
    """Whether the opening is reopened for it: its moves correct baselines."""


class Application(Fact, frozen=True, kw_only=True):
    """A system through which services are offered; ``listed_as`` as of a service."""

    code: str
    name: str
    opd: str | None = None
    url: str = ""
    integrated_on: date | None = None
    retired_on: date | None = None
    listed_as: str = ""


class Service(Fact, frozen=True, kw_only=True):
    """A service with its baseline: its state on the day it was registered.

    ``opd`` and ``application`` are keys; ``volume`` is requests a year, ``visits`` office
    visits and ``days`` processing days for one request, None if unknown. ``listed_as``
    is the code that an inventory gives it although that code is another service's here.
    """

    code: str
    name: str
    opd: str
    registered_on: date
    stage: Stage = Stage.CONVENTIONAL
    volume: Count | None = None
    visits: Amount | None = None
    days: Amount | None = None
    application: str | None = None
    tags: tuple[str, ...] = ()
    owner: str = ""
    family: str = ""
    """The name that the same service shares in many OPDs; empty for one of its own."""
    assumed: bool = False
    """Whether its stage is unknown; it counts as conventional until somebody enters one."""
    listed_as: str = ""


class Move(Fact, frozen=True, kw_only=True):
    """A service reached a stage on a day; a claim until ``verified_on``."""

    service: str
    on: date
    stage: Stage
    evidence: str = ""
    note: str = ""
    verified_on: date | None = None
    visits: Amount | None = None
    days: Amount | None = None


class Transfer(Fact, frozen=True, kw_only=True):
    """A service passed to another OPD at the start of a day."""

    service: str
    on: date
    opd: str


class Closure(Fact, frozen=True, kw_only=True):
    """A service was retired from ``start`` on, and reopened on ``until`` if that is set."""

    service: str
    start: date
    until: date | None = None


class Target(Fact, frozen=True, kw_only=True):
    """A service should have reached a stage by the end of a day."""

    service: str
    stage: Stage
    due_on: date


class Obstacle(Fact, frozen=True, kw_only=True):
    """What holds a service back, under one of the four factors."""

    service: str
    factor: Factor
    description: str
    opened_on: date
    resolved_on: date | None = None


class Report(Fact, frozen=True, kw_only=True):
    """An OPD has reported for a week (``2026-W47``), even if nothing moved."""

    opd: str
    week: str
    note: str = ""


class Reminder(Fact, frozen=True, kw_only=True):
    """An OPD was reminded on a day of what it owes, at a level."""

    opd: str
    on: date
    level: ReminderLevel


class Milestone(Fact, frozen=True, kw_only=True):
    """A dated remark on the city's timeline; a method break changes how figures compare."""

    on: date
    text: str
    method_break: bool = False


class Evaluation(Fact, frozen=True, kw_only=True):
    """An outside evaluation of the city in a year; ``improvement`` is set only if it was published."""

    instrument: str
    year: Count
    score: Amount | None = None
    improvement: Amount | None = None
    target: Amount | None = None
    rank: Count | None = None
    source: str = ""


class Decision(Fact, frozen=True, kw_only=True):
    """What is asked of the leadership: of whom, by when, and what became of it.

    ``asked_on`` is the day on which it was put to them; at most one of ``done_on`` and
    ``dropped_on`` is set. ``proposal`` is the key of the proposal that it came from
    (`tracker.decisions.proposals`), so that the same is not proposed twice.
    """

    text: str
    owner: str
    due_on: date
    asked_on: date
    decided_on: date | None = None
    done_on: date | None = None
    dropped_on: date | None = None
    outcome: str = ""
    proposal: str = ""


class City(Fact, frozen=True, kw_only=True):
    """The one city of a register, its single door and the settings that its figures rest on.

    ``addressee``, ``sender`` and ``subject`` head the weekly page as those of an office letter; without
    a subject the page has its own.
    """

    name: str
    portal: str
    timezone: str = DEFAULT_ZONE
    goal: date | None = None
    stalled_after: Count = 84
    illustrative: bool = False
    today: date | None = None
    in_opening: bool = False
    """Whether the stocktaking in which a register begins is not closed yet."""
    started_on: date | None = None
    """The day on which the opening was closed and the history starts."""
    addressee: str = ""
    sender: str = ""
    subject: str = ""
    kinds: tuple[str, ...] = ()
    """The kinds of OPD that it has besides those of ``Kind``, by their names."""


class Member(Fact, frozen=True, kw_only=True):
    """Somebody who works on the register, by the name under which they act.

    Without any member everybody may change everything. ``opd`` is whose services and
    reports a member of the role ``opd`` may change.
    """

    name: str
    role: Role
    opd: str | None = None


class LogEntry(Fact, frozen=True, kw_only=True):
    """One action with the facts as they were before it, for audit and undo.

    ``changes`` maps table and key to the fact before the action, None if it is new.

    An action that a merge brought in from another copy keeps its moment and author, and
    is known again by them and ``origin``, the key of its entry where it was carried out.
    ``made`` then maps the keys of its new facts there to their keys here. The entry of
    the merge itself lists in ``merged`` the entries that it brought in.
    """

    action: str
    changes: dict[str, dict[str, Any]] = {}
    why: str = ""
    undoes: str | None = None
    redoes: str | None = None
    origin: str = ""
    made: dict[str, str] = {}
    merged: tuple[str, ...] = ()
    chain: str = ""
    """A digest of this entry and of the one before it (``tracker.log_chain``)."""


class StoredSnapshot(Fact, frozen=True, kw_only=True):
    """What was published for a week; ``figures`` holds a row of counts for each scope.

    A row's columns are those of ``tracker.snapshot.stored``; its key is ``city`` or an OPD's key.
    ``pages`` maps each form of what was published (``page``, ``figures``, …) to the digest of its
    text, which the store keeps beside the register.
    """

    week: str
    as_of: date
    final: bool
    figures: dict[str, list[Count | None]]
    pages: dict[str, str] = {}
    log_head: str = ""
    """Where the chain of the log stood when it was taken."""


class Tables(Struct, frozen=True, kw_only=True, dict=True):
    """The facts of a register by their keys, table by table, in the order in which they refer back."""

    city: Mapping[str, City] = {}
    opds: Mapping[str, OPD] = {}
    applications: Mapping[str, Application] = {}
    services: Mapping[str, Service] = {}
    moves: Mapping[str, Move] = {}
    transfers: Mapping[str, Transfer] = {}
    closures: Mapping[str, Closure] = {}
    targets: Mapping[str, Target] = {}
    obstacles: Mapping[str, Obstacle] = {}
    reports: Mapping[str, Report] = {}
    reminders: Mapping[str, Reminder] = {}
    milestones: Mapping[str, Milestone] = {}
    evaluations: Mapping[str, Evaluation] = {}
    decisions: Mapping[str, Decision] = {}
    members: Mapping[str, Member] = {}
    snapshots: Mapping[str, StoredSnapshot] = {}
    log: Mapping[str, LogEntry] = {}


TABLES: dict[str, type[Fact]] = {
    name: get_args(table)[1] for name, table in Tables.__annotations__.items()
}
"""Every table of a register and the type of its facts, in the order in which they refer back."""
