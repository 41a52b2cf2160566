"""One run of the program: its register, user, day and language."""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.fixed_name import read_fixed_name
from tracker.language import Language
from tracker.paths import typed_path

if TYPE_CHECKING:
    from typer import Context as TyperContext

    from tracker.actions.draft import Action, Context
    from tracker.actions.perform import ActionResult
    from tracker.errors import UserError
    from tracker.model import Stage
    from tracker.register import Register
    from tracker.settings import Settings
    from tracker.store.address import ServerAddress
    from tracker.store.backups import Plan
    from tracker.store.file import FileStore
    from tracker.store.postgres.store import PostgresStore
    from tracker.week import Week


@dataclass
class Session:
    """The global options, and what follows from them, computed when needed."""

    language: Language
    db: Path | None = None
    server: "ServerAddress | None" = None
    """The server that ``--db`` names, in place of a file."""
    given_by: str = ""
    given_today: str = ""
    wait: float = 10.0
    """Seconds that a change waits for another program that is writing to the register."""
    fresh_for: float = 1.0
    """Seconds for which what was read from a server is taken as present: one command is one look."""

    def choose_register(self, db: str) -> None:
        """Work on the register that ``--db`` names, a file or a server; empty: the usual file.

        Raises ``UsageError`` for an address with a password, and for another register than
        the one that an administrator fixed together with the name.
        """
        from tracker.store.address import is_server_address, parse_address

        fixed = os.environ.get("OPD_TRACKER_DB", "")
        if fixed and db != fixed and read_fixed_name():
            raise UsageError(
                "An administrator fixed the register here: leave out --db.",
            )
        self.server = parse_address(db) if is_server_address(db) else None
        self.db = Path(db) if db and self.server is None else None

    @cached_property
    def settings(self) -> "Settings":
        """The personal settings."""
        from tracker.settings import load_settings, settings_path

        return load_settings(settings_path())

    @cached_property
    def path(self) -> Path:
        """The register's file: ``--db``, or a file in the user's data folder.

        Raises ``UsageError`` if the register is on a server.
        """
        if self.server is not None:
            raise UsageError(
                "This needs a register in a file, and this one is on a server ({place}).",
                place=self.server.shown,
            )
        if self.db is not None:
            return typed_path(self.db)
        from platformdirs import user_data_path

        return user_data_path("opd-tracker", appauthor=False) / "tracker.json"

    @property
    def location(self) -> "Path | ServerAddress":
        """Where the register is: its file, or its server."""
        return self.server or self.path

    @property
    def place(self) -> str:
        """Where the register is, as it may be printed."""
        return self.server.shown if self.server else str(self.path)

    @cached_property
    def store(self) -> "FileStore | PostgresStore":
        """The store of the register."""
        from tracker.store.opening import open_store

        if self.server is not None:
            return open_store(
                self.server,
                wait=self.wait,
                fresh_for=self.fresh_for,
            )
        return self.file_store

    @cached_property
    def file_store(self) -> "FileStore":
        """The store of a register in a file; ``UsageError`` if it is on a server."""
        from tracker.store.opening import open_store

        return open_store(self.path, wait=self.wait, plan=self.plan)

    @property
    def has_written(self) -> bool:
        """Whether this run has written to the register."""
        stores: list[FileStore | PostgresStore] = [
            self.__dict__[name]
            for name in ("store", "file_store")
            if name in self.__dict__
        ]
        return any(store.has_written for store in stores)

    @property
    def plan(self) -> "Plan":
        """Where backups of the register are kept, and how long.

        Whoever comes under a fixed name keeps them no shorter than usual: they are everybody's.
        """
        from tracker.store.backups import BESIDE, Plan

        folder, days = self.settings.backup_folder, self.settings.backups
        if read_fixed_name():
            days = max(days, BESIDE.days)
        return Plan(Path(folder) if folder else None, days)

    @property
    def backup_folder(self) -> Path:
        """The folder of the register's backups."""
        from tracker.store.backups import backups_of

        return backups_of(self.path, self.plan)

    @property
    def new_mode(self) -> int:
        """The permissions of a new register: only its owner's, unless set."""
        return int(self.settings.permissions or "600", 8)

    @property
    def register(self) -> "Register":
        """The register as it is now."""
        return self.store.load()

    @property
    def fixed_by(self) -> str:
        """The name that an administrator fixed for the user; empty if there is none.

        On a server it is the member whom the role of the database stands for.
        """
        fixed = read_fixed_name()
        if self.server is None:
            return fixed

        from tracker.errors import Unreadable

        member: str | None = None
        with suppress(Unreadable):  # a register that is only just founded
            member = getattr(self.store, "member", None)
        return member or fixed

    @property
    def by_is_known(self) -> bool:
        """Whether who acts was said for this run."""
        return bool(self.fixed_by or self.given_by.strip())

    @cached_property
    def by(self) -> str:
        """Who is recorded as the one acting.

        Raises ``UsageError`` if it is not the name that an administrator fixed.
        """
        from tracker.store.lock import user_name

        given, fixed = self.given_by.strip(), self.fixed_by
        if fixed and given not in ("", fixed):
            raise UsageError(
                "Who acts here is {name} and cannot be changed: leave out --by.",
                name=fixed,
            )
        return fixed or given or self.settings.by or user_name()

    @property
    def zone(self) -> str:
        """The city's time zone; the default if the register cannot be read."""
        from tracker.errors import Unreadable
        from tracker.model import DEFAULT_ZONE

        try:
            return self.register.only_city.timezone
        except Unreadable:
            return DEFAULT_ZONE

    @property
    def pinned_today(self) -> date | None:
        """The day given by ``--today``; None if there is none."""
        from tracker.cli.values import read_day
        from tracker.limits import EARLIEST, LATEST

        if not self.given_today:
            return None

        day = read_day(self.given_today, self.zone)
        if not EARLIEST <= day <= LATEST:
            raise UsageError(
                "The date {value} is out of reach: write one from 17 August 1945 to 31 December 2199.",
                value=str(day),
            )
        return day

    @property
    def today(self) -> date:
        """The day in the city, or the one given."""
        return self.pinned_today or find_today(self.register)

    @property
    def doctor_today(self) -> date:
        """The day; this computer's if the register cannot be read."""
        from tracker.errors import Unreadable

        try:
            return self.today
        except Unreadable:
            return datetime.now().astimezone().date()

    @property
    def context(self) -> "Context":
        """Who acts, and when."""
        from tracker.actions.draft import Context

        return Context(by=self.by, now=datetime.now(UTC), today=self.today)

    def perform(self, action: "Action") -> "ActionResult":
        """Carry out an action on the register."""
        from tracker.actions.perform import perform

        return perform(self.store, action, self.context)

    def warnings(self) -> "list[UserError]":
        """Return the warnings of the store, if it was opened."""
        store: FileStore | PostgresStore | None = self.__dict__.get("store")
        return store.warnings() if store is not None else []

    def to_local_time(self, moment: datetime) -> datetime:
        """Return a moment in the city's time zone."""
        from zoneinfo import ZoneInfo

        return moment.astimezone(ZoneInfo(self.register.only_city.timezone))

    def act(self, action: "Action") -> None:
        """Carry out an action and print what it did."""
        from tracker.narration.results import describe_result

        result = self.perform(action)
        for line in describe_result(result, self.language):
            print(line)
        self.print_notices(result)

    def print_notices(self, result: "ActionResult") -> None:
        """Print the notices of an action on standard error."""
        from tracker.narration.results import describe_notices
        from tracker.text import visible

        for notice in describe_notices(result, self.language):
            print(visible(notice), file=sys.stderr)

    def read_day(self, text: str) -> date:
        """Read a day; an empty text is today."""
        from tracker.cli.values import read_day

        return read_day(text, self.zone) if text else self.today

    def read_week(self, text: str) -> "Week":
        """Read a week; an empty text is the running one."""
        from tracker.cli.values import read_week
        from tracker.week import Week

        return read_week(text, self.zone) if text else Week.of(self.today)

    def read_stage(self, text: str) -> "Stage":
        """Read a stage; the portal's name means ``integrated``."""
        from tracker.cli.values import read_stage

        return read_stage(text, self.register.only_city.portal)

    def read_kind(self, text: str) -> str:
        """Read a kind of OPD, the city's own among them."""
        from tracker.cli.values import read_kind

        return read_kind(text, self.register.only_city.kinds)


def find_today(register: "Register") -> date:
    """Return the day on the city's calendar; the fixed one of an illustrative register."""
    from zoneinfo import ZoneInfo

    city = register.only_city
    if city.illustrative and city.today is not None:
        return city.today
    return datetime.now(ZoneInfo(city.timezone)).date()


def session_of(ctx: "TyperContext") -> Session:
    """Return the session in which a command runs."""
    session = ctx.find_root().obj
    if isinstance(session, Session):
        return session
    raise TypeError("a command runs within a session")
