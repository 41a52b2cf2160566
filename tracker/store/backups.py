"""Backups of a register: made automatically, thinned out, listed."""

import contextlib
import errno
import os
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from tracker.os_errors import reason_for, reason_of
from tracker.paths import typed_path
from tracker.store.pages import copy_pages, make_folder_like, pages_of
from tracker.store.replace import (
    Changed,
    make_folder,
    open_like,
    remove_unfinished,
    replace_file,
    sync_folder,
)

DAY, IMPORT, MIGRATION, RESTORE, REPAIR, BY_HAND = (
    "day",
    "import",
    "migration",
    "restore",
    "repair",
    "hand",
)
"""Why a backup was kept: before the first change of a day, before what changes much, or when asked to."""

PAGES = "pages"
"""The folder among the backups that holds the published texts, once for all of them."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\d_\d{6})(?:_(\d+))?_([a-z]+)\.json")
_MOMENT = "%Y-%m-%d_%H%M%S"


class Plan(Struct, frozen=True):
    """Where backups are kept (None: beside the register) and for how many days all of them are.

    Days on which none was kept do not count; after that the first of each month stays.
    """

    folder: Path | None = None
    days: int = 30


BESIDE = Plan()
"""The plan of whoever has set nothing."""


class Backup(Struct, frozen=True):
    """One older state: its file, when it was kept by the clock of whoever kept it, and why."""

    path: Path
    taken: datetime
    why: str
    number: int = 1
    """Its place among those of the same second."""


def backups_of(register: Path, plan: Plan = BESIDE) -> Path:
    """Return the folder that holds the backups of ``register``; elsewhere its name tells registers apart."""
    if plan.folder is None:
        return register.with_name(register.name + ".backups")
    from hashlib import sha256

    place = sha256(os.fsencode(os.path.realpath(register))).hexdigest()[:8]
    return typed_path(plan.folder) / f"{register.name}-{place}.backups"


def keep_backup(
    register: Path,
    why: str,
    now: datetime,
    plan: Plan = BESIDE,
    *,
    link: bool = False,
) -> Path | None:
    """Keep ``register`` as it stands and thin what is there; return the backup, None without a register.

    ``link`` shares the file's content instead of copying it: right only where the register is replaced in
    the next moment. Raises OSError.
    """
    register = Path(os.path.realpath(register))
    if not register.exists():
        return None
    folder = backups_of(register, plan)
    make_folder_like(folder, register.parent)
    remove_unfinished(folder)
    # Pages first: a backup without them would count as today's all the same.
    copy_pages(pages_of(register), folder / PAGES)
    backup = _free_name(folder, now, why)
    if not (link and _link_backup(register, backup)):
        replace_file(backup, [register.read_bytes()], None)
        open_like(backup, register)
    sync_folder(folder)
    thin_backups(register, plan)
    return backup


def copy_to(dest: Path, register: Path) -> None:
    """Write a durable copy of ``register`` with permissions no wider than its own.

    Raises OSError, including FileExistsError: nothing is overwritten.
    """
    make_folder(dest.parent)
    try:
        replace_file(dest, [register.read_bytes()], None)
    except Changed as error:
        raise FileExistsError(
            errno.EEXIST,
            os.strerror(errno.EEXIST),
        ) from error
    open_like(dest, register)
    copy_pages(pages_of(register), pages_of(dest))


def bring_pages_back(backup: Path, register: Path) -> None:
    """Copy the texts kept with ``backup`` to those of ``register``, as far as they are missing.

    Raises OSError.
    """
    for source in (backup.parent / PAGES, pages_of(backup)):
        copy_pages(source, pages_of(register))


def list_backups(register: Path, plan: Plan = BESIDE) -> list[Backup]:
    """Return the backups of ``register``, the latest first; raise OSError if the folder cannot be read."""
    folder = backups_of(Path(os.path.realpath(register)), plan)
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    found = [backup for name in names if (backup := _read_name(folder, name))]
    return sorted(
        found,
        key=lambda backup: (backup.taken, backup.number, backup.why),
        reverse=True,
    )


def has_backups(register: Path, plan: Plan = BESIDE) -> bool:
    """Return whether there are backups of ``register``; True too for a folder without permission to read."""
    try:
        return bool(list_backups(register, plan))
    except OSError as error:
        return isinstance(error, PermissionError)


def explain_hindrance(register: Path, plan: Plan = BESIDE) -> str:
    """Return why no backup of ``register`` could be written; empty if nothing seems to prevent it."""
    folder = backups_of(Path(os.path.realpath(register)), plan)
    try:
        there = next(
            above
            for above in (folder, *folder.parents)
            if os.path.lexists(above)
        )
        with os.scandir(there):
            pass
    except OSError as error:
        return reason_of(error)
    return (
        "" if os.access(there, os.W_OK | os.X_OK) else reason_for(errno.EACCES)
    )


def thin_backups(register: Path, plan: Plan = BESIDE) -> None:
    """Remove backups older than the plan's days, except each month's first.

    Days are counted on the backups, not on the clock: a clock that is wrong once costs none.
    """
    backups = list_backups(register, plan)
    days = sorted({backup.taken.date() for backup in backups}, reverse=True)[
        : plan.days + 1
    ]
    months: set[tuple[int, int]] = set()
    for backup in reversed(backups):
        month = (backup.taken.year, backup.taken.month)
        if backup.taken.date() not in days and month in months:
            with contextlib.suppress(OSError):
                backup.path.unlink()
        months.add(month)


def kept_today(register: Path, now: datetime, plan: Plan = BESIDE) -> bool:
    """Return whether a backup from before the day's first change exists.

    A backup of a later hour was made while the clock was ahead, and belongs to another day.
    """
    moment = now.replace(tzinfo=None)
    return any(
        b.taken.date() == moment.date() and b.taken <= moment
        for b in list_backups(register, plan)
    )


class DaysFirst:
    """Backs a register up before the first change of each day.

    A failed backup does not prevent the change; ``failure`` holds the reason for a warning, and
    the next change tries again.
    """

    def __init__(
        self,
        register: Path,
        clock: Callable[[], datetime],
        plan: Plan,
    ) -> None:
        self._register = register
        self._clock = clock
        self._plan = plan
        self._day: date | None = None
        self.failure = ""

    def __call__(self) -> None:
        """Back the register up unless that was done today; call it just before the file is replaced."""
        now = self._clock()
        if self._day == now.date():
            return
        try:
            if not kept_today(self._register, now, self._plan):
                keep_backup(self._register, DAY, now, self._plan, link=True)
        except OSError as error:
            self.failure = reason_of(error)
        else:
            self._day, self.failure = now.date(), ""


def _free_name(folder: Path, now: datetime, why: str) -> Path:
    """Return a name that tells the second, and the place among those of the same one."""
    start = now.strftime(_MOMENT)
    there = [
        found
        for name in os.listdir(folder)
        if (found := _read_name(folder, name))
    ]
    number = (
        max(
            (b.number for b in there if b.path.name.startswith(start)),
            default=0,
        )
        + 1
    )
    return folder / (
        f"{start}_{why}.json" if number == 1 else f"{start}_{number}_{why}.json"
    )


def _link_backup(register: Path, backup: Path) -> bool:
    try:
        os.link(register, backup)
    except (OSError, NotImplementedError):
        return False
    return True


def _read_name(folder: Path, name: str) -> Backup | None:
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    with contextlib.suppress(ValueError):
        return Backup(
            folder / name,
            datetime.fromisoformat(found[1]),
            found[3],
            int(found[2] or 1),
        )
    return None
