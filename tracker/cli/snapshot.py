"""``snapshot``: publish a week, list what was published, show one, compare two."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import WEEK, InWeek, Json
from tracker.cli.metrics import read_begun_week
from tracker.cli.pages import make_folder
from tracker.cli.session import Session, session_of
from tracker.cli.snapshot_forms import (
    Annex,
    Chat,
    FirstPage,
    Html,
    annex_form,
    forms_of,
    printed_form,
    published_or_now,
    write_forms,
    written_forms,
)
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import Rejected, UsageError, UserError
from tracker.language import N_
from tracker.paths import shown_path
from tracker.week import Week

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.model import StoredSnapshot
    from tracker.publish.forms import Form
    from tracker.register import Register

app = create_group()
nouns = create_group(
    "snapshot",
    N_("The weekly snapshot: take it, list, show, compare two weeks."),
)
app.add_typer(nouns)

_HERE = Path(".")
OneWeek = Annotated[
    str,
    Argument(metavar=WEEK, help=N_("A week, such as 2026-W47.")),
]
FirstWeek = Annotated[
    str,
    Argument(metavar="W1", help=N_("A week, such as 2026-W47.")),
]
LastWeek = Annotated[
    str,
    Argument(metavar="W2", help=N_("A week, such as 2026-W47.")),
]


@command(
    nouns,
    "take",
    N_(
        "Publish a week: keep its figures in the register and write its page; provisional while it runs.",
    ),
    "opd-tracker snapshot take --week 2026-W47 --out potret\nopd-tracker snapshot take --stdout",
)
def take_snapshots(
    ctx: typer.Context,
    week: InWeek = "",
    all_missing: Annotated[
        bool,
        Option(
            "--all-missing",
            help=N_("Every complete week that was not published yet."),
        ),
    ] = False,
    out: Annotated[
        Path,
        Option(
            "--out",
            metavar="DIR",
            help=N_("The folder for the pages (the current one unless given)."),
        ),
    ] = _HERE,
    html: Html = False,
    annex: Annex = False,
    chat: Chat = False,
    stdout: Annotated[
        bool,
        Option(
            "--stdout",
            help=N_(
                "Print the page, or the form asked for; keep and write nothing.",
            ),
        ),
    ] = False,
    first_page: FirstPage = False,
) -> None:
    """Take snapshots and write their pages, and the other forms that are asked for."""
    session = session_of(ctx)
    if (week and all_missing) or (stdout and all_missing):
        raise UsageError(
            "--all-missing goes neither with --week nor with --stdout.",
        )
    if stdout:
        form = printed_form(first_page, html, annex, chat)
        _print_unpublished(session, week, form)
        return

    make_folder(out)
    forms = written_forms(first_page, html, annex, chat)
    if all_missing:
        taken = _take_missing(session, out, forms)
    else:
        taken = _take_week(session, session.read_week(week), out, forms)
    if taken and out == _HERE:
        note = session.language.text(
            "Pages are in {folder}; --out DIR writes them elsewhere.",
            folder=shown_path(Path.cwd()),
        )
        print(note)


def _print_unpublished(session: Session, week: str, form: "Form") -> None:
    from tracker.snapshot.taking import refuse_empty

    asked = read_begun_week(session, week)
    refuse_empty(session.register, asked, session.today)
    print(forms_of(session).render(asked, form), end="")


def _take_week(
    session: Session,
    week: Week,
    out: Path,
    forms: "Sequence[Form]",
) -> bool:
    from tracker.snapshot import take

    take(session.store, week, session.context, session.language)
    _write_published(session, week, out, forms)
    return True


def _write_published(
    session: Session,
    week: Week,
    out: Path,
    forms: "Sequence[Form]",
) -> None:
    """Write the files of a week; where that fails, say that it is published all the same."""
    try:
        write_forms(session, week, out, forms)
    except (UserError, OSError):
        note = session.language.text(
            "{week} is published all the same: `snapshot take --week {week}` writes its files again.",
            week=str(week),
        )
        print(note, file=sys.stderr)
        raise


def _take_missing(session: Session, out: Path, forms: "Sequence[Form]") -> bool:
    """Publish the missing weeks one by one; return whether any files were written.

    A week that a run before this one published, and was ended before it wrote the files,
    gets them first.
    """
    from tracker.cli.progress import show_progress
    from tracker.snapshot import take_missing

    language, source = session.language, forms_of(session)
    unwritten = source.find_unwritten(out, forms)
    for week in unwritten:
        _write_published(session, week, out, forms)

    taken = False
    with show_progress(language) as hook:
        for snapshot in take_missing(
            session.store,
            session.context,
            language,
            hook,
            lambda week: source.announce(out, week, forms),
        ):
            week = Week.parse(snapshot.week)
            _write_published(session, week, out, forms)
            taken = True

    if not taken:
        print(language.text("Every complete week is published already."))
    return taken or bool(unwritten)


@command(
    nouns,
    "list",
    N_("List the weeks that were published."),
    "opd-tracker snapshot list",
)
def list_snapshots(ctx: typer.Context, as_json: Json = False) -> None:
    """List snapshots."""
    from tracker.cli.show import print_json, print_table

    session = session_of(ctx)
    language = session.language
    rows = _snapshot_rows(session.register, session)
    if as_json:
        print_json(rows)
        return

    headers = [
        N_("Week"),
        N_("As of"),
        N_("State"),
        N_("Revised"),
        N_("Published"),
        N_("By"),
    ]
    cells = []
    for row in rows:
        state = N_("final") if row["final"] else N_("provisional")
        published = session.to_local_time(row["recorded_at"])
        cells.append(
            (
                row["week"],
                language.date(row["as_of"]),
                language.text(state),
                language.text("revised") if row["revised"] else "",
                language.moment(published),
                row["by"],
            ),
        )
    print_table([language.text(header) for header in headers], cells)


def _snapshot_rows(
    register: "Register",
    session: Session,
) -> list[dict[str, Any]]:
    from tracker.snapshot.revised_weeks import find_revised

    revised = find_revised(register, session.store.page, session.today)
    changed = set(map(str, revised))
    return [
        {
            "week": snapshot.week,
            "as_of": snapshot.as_of,
            "final": snapshot.final,
            "revised": snapshot.week in changed,
            "recorded_at": snapshot.recorded_at,
            "by": snapshot.by,
        }
        for snapshot in sorted(
            register.snapshots.values(),
            key=lambda snapshot: snapshot.week,
        )
    ]


@command(
    nouns,
    "show",
    N_(
        "Print the page of a published week, with a note if it was revised since.",
    ),
    "opd-tracker snapshot show 2026-W47\nopd-tracker snapshot show 2026-W47 --html",
)
def show_snapshot(
    ctx: typer.Context,
    week: OneWeek,
    first_page: FirstPage = False,
    html: Html = False,
    annex: Annex = False,
    chat: Chat = False,
    out: Annotated[
        Path,
        Option(
            "--out",
            metavar="DIR",
            help=N_("The folder for the annex (the current one unless given)."),
        ),
    ] = _HERE,
    as_json: Json = False,
    summary: Annotated[
        bool,
        Option(
            "--summary",
            help=N_("As a small JSON for `collect`: a row of counts an OPD."),
        ),
    ] = False,
) -> None:
    """Print a published week; as JSON its figures as they were published."""
    from tracker.cli.show import print_json
    from tracker.snapshot import snapshot_of

    if as_json and (first_page or html or annex or chat):
        raise UsageError("--json goes with no other form.")
    if summary and (as_json or first_page or html or annex or chat):
        raise UsageError("--summary goes with no other form.")
    session = session_of(ctx)
    asked = read_begun_week(session, week)
    snapshot = snapshot_of(session.register, asked)
    if snapshot is None:
        from tracker.snapshot.taking import refuse_empty

        refuse_empty(session.register, asked, session.today)
        raise Rejected(
            "{week} was not published: `snapshot take --week {week}` does that.",
            week=str(asked),
        )
    if summary:
        from tracker.comparison.summary import summarize_week

        print_json(summarize_week(session.register, snapshot))
    elif as_json:
        print_json(_snapshot_json(session, snapshot))
    elif annex:
        make_folder(out)
        write_forms(session, asked, out, [annex_form()])
    else:
        _print_published(
            session,
            snapshot,
            printed_form(first_page, html, annex, chat),
        )


def _print_published(
    session: Session,
    snapshot: "StoredSnapshot",
    form: "Form",
) -> None:
    """Print a form as it was published; after Markdown, what was revised since."""
    from tracker.publish.forms import FIRST_PAGE, PAGE
    from tracker.snapshot.changes_page import render_changes
    from tracker.snapshot.published import find_changes

    print(published_or_now(session, Week.parse(snapshot.week), form), end="")
    if form not in {PAGE, FIRST_PAGE}:
        return

    register, today = session.register, session.today
    changes = find_changes(register, snapshot, session.store.page, today)
    if changes:
        text = render_changes(changes, register, today, session.language)
        print(f"\n{text}", end="")


def _snapshot_json(
    session: Session,
    snapshot: "StoredSnapshot",
) -> dict[str, Any]:
    from tracker.snapshot.published import find_changes, published_figures
    from tracker.snapshot.stored import figures_of_row

    opds = session.register.opds
    figures = {
        opds[key].code if key in opds else key: figures_of_row(row)
        for key, row in snapshot.figures.items()
    }
    head = next(
        row
        for row in _snapshot_rows(session.register, session)
        if row["week"] == snapshot.week
    )
    published = published_figures(snapshot, session.store.page)
    changes = find_changes(
        session.register,
        snapshot,
        session.store.page,
        session.today,
    )
    return {
        **head,
        "city": figures.pop("city", None),
        "opds": figures,
        "published": published,
        "changes": changes,
    }


@command(
    nouns,
    "diff",
    N_("Compare the ends of two weeks."),
    "opd-tracker snapshot diff 2026-W43 2026-W47",
)
def compare_weeks(ctx: typer.Context, first: FirstWeek, last: LastWeek) -> None:
    """Print what changed between two weeks."""
    from tracker.snapshot import compare_weeks, render_diff

    session = session_of(ctx)
    weeks = read_begun_week(session, first), read_begun_week(session, last)
    changes = compare_weeks(session.register, *weeks, session.today)
    print(render_diff(changes, session.language), end="")
