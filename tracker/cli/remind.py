"""``remind``: what each OPD still owes, ready to be sent."""

from pathlib import Path
from typing import Annotated

import typer
from typer import Option

from tracker.cli.complete import complete_opds
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import UsageError
from tracker.language import N_

app = create_group()


@command(
    app,
    "remind",
    N_(
        "Lines for each OPD that owes something: for a chat or a letter, at most ten an OPD."
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
        Option("--stdout", help=N_("Print them (so unless --out is given).")),
    ] = False,
) -> None:
    """Print or write the reminders of the day."""
    from tracker.cli.pages import make_folder, write_page
    from tracker.paths import shown_path, typed_path
    from tracker.snapshot.reminders import leadership_lines, write_reminders
    from tracker.week import Week

    if out is not None and stdout:
        raise UsageError("--stdout goes without --out.")
    session = session_of(ctx)
    language, today = session.language, session.today
    reminders = write_reminders(session.register, today, language, opd or ())
    texts = {reminder.opd.code: reminder.text for reminder in reminders}
    for_leadership = leadership_lines(reminders, language)
    if for_leadership:
        texts["_" + language.text("leadership")] = "\n".join(for_leadership)
    if not texts:
        print(language.text("No OPD owes anything."))
        return

    if out is None:
        print("\n\n".join(texts.values()))
        return
    folder = typed_path(out)
    make_folder(folder)
    for name, text in texts.items():
        path = folder / f"{name}-{Week.of(today)}.txt"
        write_page(path, f"{text}\n".encode())
        print(shown_path(path))
