"""``site``: all published weeks as HTML, with an index and a page an OPD."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

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
        "Write every published week as HTML, with an index and a page an OPD; only what changed is written.",
    ),
    "opd-tracker site situs\nopd-tracker site situs --compare cimahi.json",
)
def write_pages(
    ctx: typer.Context,
    folder: Annotated[
        Path,
        Argument(metavar="DIR", help=N_("The folder of the site.")),
    ],
    compare: Annotated[
        list[Path] | None,
        Option(
            "--compare",
            metavar="FILE",
            help=N_(
                "Add a page of other cities, from this register, export or collected table; may be repeated.",
            ),
        ),
    ] = None,
) -> None:
    """Write the site and print the files that changed."""
    from tracker.cli.compare import compare_with, memory_path
    from tracker.comparison.memory import load_memory
    from tracker.publish.site.site import write_site

    session = session_of(ctx)
    folder = typed_path(folder)
    make_folder(folder)
    comparison = None
    if compare:
        own = session.register.only_city.name
        memory = load_memory(memory_path(), own)
        paths = [typed_path(path) for path in compare]
        comparison = compare_with(session, paths, memory)
    with show_progress(session.language) as report:
        files = write_site(forms_of(session), folder, report, comparison)
    changed = [file for file in files if file.changed]
    print_written(changed, session.language)
    note = session.language.text(
        "{changed} of {files} files written, the others are as they were.",
        changed=len(changed),
        files=len(files),
    )
    print(note, file=sys.stderr)
