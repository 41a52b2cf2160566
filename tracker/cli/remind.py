"""``remind``: what each OPD still owes, as messages to send."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Option

from tracker.cli.complete import complete_opds
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import UsageError
from tracker.language import N_

if TYPE_CHECKING:
    from tracker.snapshot.reminders import ReminderText

app = create_group()


@command(
    app,
    "remind",
    N_(
        "Lines for each OPD that owes something: for a chat or a letter, at most ten an OPD.",
    ),
    "opd-tracker remind --opd dinkes\nopd-tracker remind --out pengingat",
)
def print_reminders(
    ctx: typer.Context,
    opd: Annotated[
        list[str] | None,
        Option(
            "--opd",
            metavar="OPD",
            autocompletion=complete_opds,
            help=N_("Only for this OPD; may be repeated (all unless given)."),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        Option(
            "--out",
            metavar="DIR",
            help=N_("Write a text file an OPD into this folder."),
        ),
    ] = None,
    stdout: Annotated[
        bool,
        Option(
            "--stdout",
            help=N_("Print them and record nothing: they are not sent."),
        ),
    ] = False,
) -> None:
    """Print or write the reminders of the day, and record that they were sent.

    The message about it goes to standard error, so that the output is the same every time.
    """
    from tracker.cli.pages import make_folder, write_page
    from tracker.paths import shown_path, typed_path
    from tracker.snapshot.reminders import name_reminder_files, write_reminders

    if out is not None and stdout:
        raise UsageError("--stdout goes without --out.")
    session = session_of(ctx)
    language, today = session.language, session.today
    reminders = write_reminders(session.register, today, language, opd or ())
    files = name_reminder_files(reminders, today, language)
    if not files:
        print(language.text("No OPD owes anything."))
        return

    if out is None:
        print("\n\n".join(files.values()))
    else:
        folder = typed_path(out)
        make_folder(folder)
        for name, text in files.items():
            write_page(folder / name, f"{text}\n".encode())
            print(shown_path(folder / name))

    if not stdout:
        _record(session, reminders)


def _record(session: Session, reminders: "Sequence[ReminderText]") -> None:
    """Record the reminders that are not recorded for the day yet."""
    from tracker.actions.reminders import RecordReminders, find_unrecorded
    from tracker.narration.results import describe_result

    sent = tuple((one.opd.id, one.level) for one in reminders)
    new = find_unrecorded(session.register, sent, session.today)
    if not new:
        return

    result = session.perform(RecordReminders(new, session.today))
    for line in describe_result(result, session.language):
        print(line, file=sys.stderr)
