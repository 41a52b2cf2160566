"""``log``, ``undo``, ``redo``: who did what and when, and taking it back."""

import sys
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Option

from tracker.cli.common import DATE, Json
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.cli.values import read_whole
from tracker.errors import UsageError
from tracker.language import N_

if TYPE_CHECKING:
    from tracker.changes import AuditEntry, Change
    from tracker.narration.codes import Codes

app = create_group()


@command(
    app,
    "log",
    N_(
        "Show what was done, by whom and when, each fact before and after; the latest first.",
    ),
    "opd-tracker log --last 5\nopd-tracker log --about disdukcapil-ktp --json",
)
def show_log(
    ctx: typer.Context,
    last: Annotated[
        str,
        Option(
            "--last",
            metavar="N",
            help=N_("The last N actions (20 unless given; 0 for all)."),
        ),
    ] = "20",
    who: Annotated[
        str,
        Option("--who", metavar="NAME", help=N_("Only what this person did.")),
    ] = "",
    about: Annotated[
        str,
        Option(
            "--about",
            metavar="TEXT",
            help=N_("Only what touched this service, OPD, or entry number."),
        ),
    ] = "",
    since: Annotated[
        str,
        Option("--since", metavar=DATE, help=N_("Only from that day on.")),
    ] = "",
    as_json: Json = False,
) -> None:
    """List the actions, the latest first."""
    from tracker.changes import audit_log
    from tracker.cli.show import print_json
    from tracker.narration.codes import Codes

    session = session_of(ctx)
    every = list(audit_log(session.register))
    # Deleted facts are in the log alone, and their codes with them.
    changes = (change for item in every for change in item.changes)
    codes = Codes(session.register, changes)

    first_day = session.read_day(since) if since else None

    def is_wanted(item: "AuditEntry") -> bool:
        if who and item.entry.by != who:
            return False
        day = session.to_local_time(item.entry.recorded_at).date()
        if first_day is not None and day < first_day:
            return False
        return not about.strip() or _is_about(codes, item, about)

    found = filter(is_wanted, every)
    chosen = list(islice(found, _read_count(last)))
    if as_json:
        print_json([_entry_as_json(codes, item) for item in chosen])
        return

    for item in chosen:
        print_entry(session, codes, item)


def _read_count(text: str) -> int | None:
    """Read how many actions to list; None for all."""
    most = read_whole(text)
    if not 0 <= most <= sys.maxsize:
        raise UsageError("“{value}” is not a whole number.", value=text)
    return most or None


def _is_about(codes: "Codes", item: "AuditEntry", about: str) -> bool:
    wanted = about.strip().lower()
    return any(
        wanted in _touched_names(codes, change) for change in item.changes
    )


def _touched_names(codes: "Codes", change: "Change") -> Iterator[str]:
    """Yield the names by which ``--about`` finds a change, in lower case."""
    from tracker.lookup import number_of

    fact = change.after or change.before
    if fact is None:
        return
    yield from (fact.id, number_of(fact), codes.subject_of(fact).lower())
    for name in ("opd", "application"):
        yield codes.code_of(getattr(fact, name, None) or "").lower()


def print_entry(session: Session, codes: "Codes", item: "AuditEntry") -> None:
    """Print one action: when, who, what, and each fact that it changed."""
    from tracker.actions.names import action_word
    from tracker.narration.facts import describe_changes
    from tracker.text import visible

    entry, language = item.entry, session.language
    moment = language.moment(session.to_local_time(entry.recorded_at))
    why = f" · {entry.why}" if entry.why else ""
    print(
        visible(
            f"{moment} · {entry.by} · {language.text(action_word(entry.action))}{why}",
        ),
    )
    changes = [change for change in item.changes if change.fact is not None]
    for line in describe_changes(codes, changes, language):
        print(f"    {line}")


def _entry_as_json(codes: "Codes", item: "AuditEntry") -> dict[str, Any]:
    entry = item.entry
    return {
        "id": entry.id,
        "recorded_at": entry.recorded_at,
        "by": entry.by,
        "action": entry.action,
        "why": entry.why,
        "undoes": entry.undoes,
        "redoes": entry.redoes,
        "changes": [
            {
                "table": change.table,
                "id": change.key,
                "about": codes.subject_of(change.after or change.before),
                "before": change.before,
                "after": change.after,
            }
            for change in item.changes
        ],
    }


@command(
    app,
    "undo",
    N_(
        "Undo your own last action as a whole; refused if a later action depends on it.",
    ),
    "opd-tracker undo",
)
def undo_action(ctx: typer.Context) -> None:
    """Take back the last action of the one who acts."""
    from tracker.actions.undo import Undo

    session_of(ctx).act(Undo())


@command(
    app,
    "redo",
    N_("Do again what you have last undone."),
    "opd-tracker redo",
)
def redo_action(ctx: typer.Context) -> None:
    """Do again what was undone."""
    from tracker.actions.undo import Redo

    session_of(ctx).act(Redo())
