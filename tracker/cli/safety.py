"""``backup``, ``restore``, ``doctor``: keep a register safe, and repair it."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from tracker.cli.common import Json
from tracker.cli.exporting import refuse_register
from tracker.cli.importing import can_ask
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import Rejected, Unreadable, UsageError
from tracker.labels import backup_reason_word
from tracker.language import N_
from tracker.os_errors import reason_of
from tracker.paths import shown_path, typed_path

if TYPE_CHECKING:
    from tracker.errors import UserError
    from tracker.register import Register
    from tracker.store.doctor import Finding
    from tracker.store.restore import TableChange

app = create_group()


@command(
    app,
    "backup",
    N_(
        "Make a backup of the register as it is now, and a copy in DEST if given.",
    ),
    "opd-tracker backup\nopd-tracker backup /media/usb/register.json",
)
def keep_backup(
    ctx: typer.Context,
    dest: Annotated[
        Path | None,
        Argument(metavar="[DEST]", help=N_("The copy's file or folder.")),
    ] = None,
    listing: Annotated[
        bool,
        Option("--list", help=N_("List the backups that are there.")),
    ] = False,
    as_json: Json = False,
) -> None:
    """Keep or list backups."""
    from tracker.cli.show import print_json
    from tracker.store.backups import BY_HAND

    session = session_of(ctx)
    if listing and dest is not None:
        raise UsageError("--list goes without a DEST.")
    if session.server is not None and dest is None:
        raise UsageError(
            "A register on a server is backed up there, by its administrator (pg_dump and the server's log). "
            "Name a file for a copy of it.",
        )
    if listing:
        _list_backups(session, as_json=as_json)
        return
    _ = session.register  # a register that cannot be read is an error here
    if dest is not None:
        kept: Path | None = _copy_register(session, dest)
    else:
        kept = session.file_store.keep_backup(BY_HAND)

    if as_json:
        print_json({"path": None if kept is None else str(kept)})
    elif kept is not None:
        print(shown_path(kept))


def _copy_register(session: Session, dest: Path) -> Path:
    """Copy the register to a new file, or into a folder under a dated name."""
    from tracker.store.backups import copy_to
    from tracker.store.opening import copy_store

    dest = typed_path(dest)
    if dest.is_dir():
        moment = f"{datetime.now():%Y-%m-%d_%H%M%S}"
        stem = session.register.prefix if session.server else session.path.stem
        dest = dest / f"{stem}-{moment}.json"

    if session.server is not None:
        copy_store(session.store, dest, mode=session.new_mode)
        return dest
    try:
        copy_to(dest, session.path)
    except FileExistsError:
        raise Rejected(
            "{path} is already there: choose another file.",
            path=str(dest),
        ) from None
    except OSError as error:
        reason = reason_of(error)
        raise Rejected(
            "{path} cannot be written: {reason}.",
            path=str(dest),
            reason=reason,
        ) from error
    return dest


def _list_backups(session: Session, *, as_json: bool) -> None:
    from tracker.cli.show import print_json, print_table
    from tracker.store.backups import list_backups

    found = list_backups(session.path, session.plan)
    if as_json:
        rows = [
            {"path": str(one.path), "taken": one.taken, "why": one.why}
            for one in found
        ]
        print_json(rows)
        return

    language = session.language
    headers = [N_("Kept"), N_("Why"), N_("File")]
    cells = [
        (
            language.moment(one.taken),
            language.text(backup_reason_word(one.why)),
            str(one.path),
        )
        for one in found
    ]
    print_table([language.text(header) for header in headers], cells)


@command(
    app,
    "restore",
    N_(
        "Bring an older state of the register back, after saying what that changes; what stands there now "
        "is kept as a backup. On a terminal it asks first.",
    ),
    "opd-tracker backup --list\nopd-tracker restore tracker.json.backups/2026-11-16_081200_day.json",
)
def restore_file(
    ctx: typer.Context,
    file: Annotated[
        Path,
        Argument(
            metavar="FILE",
            help=N_("A backup of this register: its file, or its name alone."),
        ),
    ],
    dry_run: Annotated[
        bool,
        Option(
            "--dry-run",
            help=N_("Print what would happen and change nothing."),
        ),
    ] = False,
) -> None:
    """Restore a backup."""
    from tracker.store.opening import open_store
    from tracker.store.restore import (
        load_if_readable,
        restore_backup,
        restore_by_action,
        what_would_change,
    )

    session = session_of(ctx)
    path = _find_backup(session, typed_path(file))
    refuse_register(session, path)
    old = open_store(path).load()
    if session.server is None:
        current = load_if_readable(session.file_store)
        changes = what_would_change(current, old)
    else:
        # Out of reach it is not gone: what would change is then not known.
        changes = what_would_change(session.store.load(), old)
        # There the log stays whole, and tells the restore as one action.
        changes = [change for change in changes if change.table != "log"]
    _print_changes(session, changes)
    if dry_run or not _ask_agreement(session):
        print(session.language.text("Nothing was changed."))
        return

    now = datetime.now(UTC)
    if session.server is not None:
        place = session.server.shown
        restore_by_action(session.store, path, place, by=session.by, now=now)
    else:
        restore_backup(session.file_store, path, by=session.by, now=now)
    print(
        session.language.text(
            "The register stands as in {path}.",
            path=str(path),
        ),
    )


def _ask_agreement(session: Session) -> bool:
    """Ask on a terminal whether to go on; a script is not asked."""
    if not can_ask():
        return True

    question = session.language.text("Bring this state back? (y/n)")
    print(f"{question} ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "ya", "yes"}


def _find_backup(session: Session, path: Path) -> Path:
    """Return the file that is meant: of one among the backups the name is enough.

    Raises ``Unreadable`` if there is none.
    """
    if os.path.lexists(path):
        return path
    if session.server is None and path.name == str(path):
        kept = session.backup_folder / path.name
        if kept.is_file():
            return kept
    raise _missing_backup(session, path)


def _missing_backup(session: Session, path: Path) -> Unreadable:
    """Return the error for a missing backup, which names those that exist."""
    from tracker.store.backups import list_backups

    if session.server is not None:
        return Unreadable("There is no file {path}.", path=str(path))
    found = list_backups(session.path, session.plan)
    folder = str(session.backup_folder)
    if not found:
        return Unreadable(
            "There is no {path}. No backup of this register has been kept in {folder} yet.",
            path=str(path),
            folder=folder,
        )
    return Unreadable(
        "There is no {path}. {count} backups are in {folder}, the latest are {names}; "
        "`backup --list` shows all.",
        path=str(path),
        folder=folder,
        count=len(found),
        names=", ".join(backup.path.name for backup in found[:3]),
    )


def _print_changes(session: Session, changes: "list[TableChange]") -> None:
    from tracker.exchange.labels import noun_word

    for change in changes:
        what = session.language.text(noun_word(change.table))
        line = session.language.text(
            "{what}: {now} now, {then} then; {gone} go, {back} come back, {changed} differ",
            what=what,
            now=change.now,
            then=change.then,
            gone=change.gone,
            back=change.back,
            changed=change.changed,
        )
        print(line)


@command(
    app,
    "doctor",
    N_(
        "Check the register and list what is wrong; --repair mends what has one right answer.",
    ),
    "opd-tracker doctor\nopd-tracker doctor --repair",
)
def examine_entries(
    ctx: typer.Context,
    mend: Annotated[
        bool,
        Option(
            "--repair",
            help=N_("Mend it; the original is kept as a backup."),
        ),
    ] = False,
) -> None:
    """Examine the register; repair it if asked to."""
    from tracker.store.doctor import repair_register

    session = session_of(ctx)
    language = session.language
    if mend and session.server is not None:
        raise UsageError(
            "--repair mends a register in a file; on a server its administrator brings back a dump of the "
            "database.",
        )
    if mend:
        now = datetime.now(UTC)
        messages = repair_register(session.file_store, by=session.by, now=now)
        for message in messages:
            print(language.say(message))

    found = _find_problems(session)
    for finding in found:
        print(_finding_line(session, finding))
    if found:
        count = language.plural("{n} problem", "{n} problems", len(found))
        print(count, file=sys.stderr)
        raise typer.Exit(Rejected.exit_code)

    print(language.text("Nothing is wrong."))


def _find_problems(session: Session) -> "list[Finding]":
    from tracker.snapshot.unexplained import find_unexplained
    from tracker.store.doctor import examine_register, examine_server

    today = session.doctor_today

    def check_snapshots(register: "Register") -> "list[UserError]":
        return find_unexplained(register, today)

    if session.server is not None:
        place = session.server.shown
        return examine_server(session.store, place, today, check_snapshots)
    return examine_register(session.file_store, today, check_snapshots)


def _finding_line(session: Session, finding: "Finding") -> str:
    """Return a finding, with its entry by the number that other commands take."""
    from tracker.exchange.labels import noun_word

    language = session.language
    line = language.say(finding.problem)
    table, _, key = finding.entry.partition(" ")
    if key:
        number = int(key.rpartition("-")[2])
        line = f"{language.text(noun_word(table))} {number}: {line}"
    if finding.mendable:
        line += " " + language.text("(--repair mends this)")

    return line
