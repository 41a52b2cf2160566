"""``site``: all published weeks as HTML, with an index and a page an OPD."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument

from tracker.cli.pages import make_folder, print_written
from tracker.cli.progress import show_progress
from tracker.cli.session import session_of
from tracker.cli.snapshot_forms import forms_of
from tracker.cli.typer_i18n import command, create_group
from tracker.language import N_
from tracker.paths import typed_path

app = create_group()


@command(
    app,
    "site",
    N_(
        "Write every published week as HTML, with an index and a page an OPD; only what changed is written."
    ),
    "opd-tracker site situs",
)
def write_pages(
    ctx: typer.Context,
    folder: Annotated[
        Path, Argument(metavar="DIR", help=N_("The folder of the site."))
    ],
) -> None:
    """Write the site and print the files that changed."""
    from tracker.publish.site.site import write_site

    session = session_of(ctx)
    folder = typed_path(folder)
    make_folder(folder)
    with show_progress(session.language) as report:
        files = write_site(forms_of(session), folder, report)
    changed = [file for file in files if file.changed]
    print_written(changed, session.language)
    note = session.language.text(
        "{changed} of {files} files written, the others are as they were.",
        changed=len(changed),
        files=len(files),
    )
    print(note, file=sys.stderr)
