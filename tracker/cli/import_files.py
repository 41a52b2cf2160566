"""``import``: files into the register."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from tracker.cli.common import DATE
from tracker.cli.progress import show_progress
from tracker.cli.session import Session, session_of
from tracker.cli.set_aside import set_rows_aside
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import ProblemList, Rejected, UsageError
from tracker.language import N_
from tracker.paths import typed_path

if TYPE_CHECKING:
    from tracker.exchange.importing import ImportPlan
    from tracker.exchange.options import ImportOptions
    from tracker.exchange.questions import Answers

app = create_group()


Files = Annotated[
    list[Path],
    Argument(
        metavar="FILE…",
        help=N_("CSV, XLSX, ODS, XLS or JSON files, or folders of them."),
    ),
]
KindOfRows = Annotated[
    str,
    Option(
        "--kind",
        metavar="KIND",
        help=N_("What the rows are, if the header fits two kinds."),
    ),
]
Sheet = Annotated[
    str,
    Option(
        "--sheet",
        metavar="NAME",
        help=N_(
            "The sheet of a workbook, or * for all (the first unless given).",
        ),
    ),
]
AsOf = Annotated[
    str,
    Option(
        "--as-of",
        metavar=DATE,
        help=N_("The files are an inventory: how things stood that day."),
    ),
]
RetireMissing = Annotated[
    bool,
    Option(
        "--retire-missing",
        help=N_("Retire services that the inventory no longer lists."),
    ),
]
CreateOpds = Annotated[
    bool,
    Option(
        "--create-opds",
        help=N_("Enter OPDs that the files name and the register has not."),
    ),
]
MapFile = Annotated[
    Path | None,
    Option(
        "--map",
        metavar="FILE",
        help=N_(
            "A TOML file: how columns and values are named, and which are unread.",
        ),
    ),
]
AnswersFile = Annotated[
    Path | None,
    Option(
        "--answers",
        metavar="FILE",
        help=N_(
            'Answers, to one question or all of a kind (opd = "new"); --dry-run writes the form.',
        ),
    ),
]
Each = Annotated[
    bool,
    Option(
        "--each",
        help=N_("File by file: import those without errors, list the others."),
    ),
]
SetAside = Annotated[
    Path | None,
    Option(
        "--set-aside",
        metavar="FILE",
        help=N_(
            "Write the rows that are wrong to this CSV file and import the others.",
        ),
    ),
]
DryRun = Annotated[
    bool,
    Option("--dry-run", help=N_("Print what would happen and change nothing.")),
]


@command(
    app,
    "import",
    N_("Import files as one action: all of their rows, or none."),
    "opd-tracker import layanan.csv --as-of 2026-01-05 --dry-run\n"
    "opd-tracker import opds.csv services.csv moves.csv\n"
    "opd-tracker import jawaban/ --each",
)
def import_files(
    ctx: typer.Context,
    files: Files,
    kind: KindOfRows = "",
    sheet: Sheet = "",
    as_of: AsOf = "",
    retire_missing: RetireMissing = False,
    create_opds: CreateOpds = False,
    mapping: MapFile = None,
    answers: AnswersFile = None,
    each: Each = False,
    set_aside: SetAside = None,
    dry_run: DryRun = False,
) -> None:
    """Import files."""
    from tracker.cli.importing import read_given_answers
    from tracker.exchange.options import ImportOptions
    from tracker.exchange.parsing.mapping import Mapping, read_mapping

    if set_aside is not None and each:
        raise UsageError("--each and --set-aside cannot be used together.")

    session = session_of(ctx)
    options = ImportOptions(
        kind=kind or None,
        sheet=sheet or None,
        as_of=session.read_day(as_of) if as_of else None,
        retire_missing=retire_missing,
        create_opds=create_opds,
        mapping=read_mapping(mapping) if mapping else Mapping(),
    )
    given = read_given_answers(answers, dry_run=dry_run)
    if each:
        _import_each(session, files, options, given, dry_run=dry_run)
        return

    if set_aside is not None:
        given = set_rows_aside(
            session,
            lambda answers: _make_plan(
                session,
                files,
                options,
                answers,
                ask=not dry_run,
            ),
            given,
            typed_path(set_aside),
            dry_run=dry_run,
        )

    _import_together(session, files, options, given, answers, dry_run=dry_run)


def _import_together(
    session: Session,
    files: list[Path],
    options: "ImportOptions",
    given: "Answers",
    form: Path | None,
    *,
    dry_run: bool,
) -> None:
    """Import files as one action; a dry run prints it, and writes the form for answers."""
    plan = _make_plan(session, files, options, given, ask=not dry_run)
    if dry_run and form is not None and plan.problems:
        _write_form(session, plan, form, given)
    _check_plan(session, plan, dry_run=dry_run)
    if dry_run:
        _print_dry_run(session, plan, form, given)
    else:
        _carry_out(session, plan)


def _import_each(
    session: Session,
    files: list[Path],
    options: "ImportOptions",
    given: "Answers",
    *,
    dry_run: bool,
) -> None:
    """Import files one by one. Raises ``Rejected`` if any was not imported."""
    from tracker.cli.import_each import import_each
    from tracker.cli.importing import print_effects, print_unread

    if options.retire_missing:
        raise UsageError(
            "What is missing is known only from all files together: leave out --each or --retire-missing.",
        )

    def make_plan(path: Path) -> "ImportPlan":
        plan = _make_plan(session, [path], options, given, ask=not dry_run)
        print_unread(plan, session.language, sys.stdout)
        return plan

    def show(plan: "ImportPlan") -> None:
        print_effects(plan, session.language)

    def carry_out(plan: "ImportPlan") -> None:
        _carry_out(session, plan)

    left = import_each(
        session,
        files,
        make_plan,
        show if dry_run else carry_out,
    )
    if dry_run:
        print(session.language.text("Nothing was changed."))
    if left:
        raise Rejected(
            "Not imported ({count}): {files}",
            count=len(left),
            files=", ".join(left),
        )


def _check_plan(session: Session, plan: "ImportPlan", *, dry_run: bool) -> None:
    """Print what the plan leaves unread; raise ``ProblemList`` for its problems.

    All rows of a problem are listed if a dry run writes them to a file.
    """
    from tracker.cli.importing import print_unread

    out = sys.stderr if plan.problems else sys.stdout
    print_unread(plan, session.language, out)
    if not plan.problems:
        return

    if plan.counts and not dry_run:
        heading = session.language.text("Nothing was imported. Correct first:")
        print(heading, file=sys.stderr)
    in_full = dry_run and not sys.stderr.isatty()
    hint = "" if in_full else N_("Every row of each: add --dry-run 2> FILE")
    raise ProblemList(plan.problems, hint)


def _make_plan(
    session: Session,
    files: list[Path],
    options: "ImportOptions",
    given: "Answers",
    *,
    ask: bool,
) -> "ImportPlan":
    """Plan the import; on a terminal ask its questions and plan again."""
    from tracker.cli.importing import ask_questions, can_ask, print_unread
    from tracker.exchange.importing import plan_import

    while True:
        with show_progress(session.language) as report:
            plan = plan_import(
                session.register,
                files,
                options,
                session.context,
                given,
                report,
            )
        if plan.problems or not plan.questions or not (ask and can_ask()):
            return plan
        print_unread(plan, session.language, sys.stderr)
        given = {**given, **ask_questions(plan.questions, session.language)}


def _print_dry_run(
    session: Session,
    plan: "ImportPlan",
    form: Path | None,
    given: "Answers",
) -> None:
    from tracker.cli.importing import print_effects, print_questions

    language = session.language
    print_effects(plan, language)
    if plan.questions:
        print_questions(plan.questions, language)
    if form is not None:
        _write_form(session, plan, form, given)
    print(language.text("Nothing was changed."))


def _write_form(
    session: Session,
    plan: "ImportPlan",
    form: Path,
    given: "Answers",
) -> None:
    """Write the form for what an answer can settle, if there is any such thing."""
    from tracker.cli.pages import write_page
    from tracker.exchange.answers_form import can_be_answered, form_of_plan

    if not can_be_answered(plan):
        return
    language = session.language
    write_page(form, form_of_plan(plan, language, given).encode())
    said = language.text("The form for the answers is {path}.", path=str(form))
    print(said, file=sys.stderr if plan.problems else sys.stdout)


def _carry_out(session: Session, plan: "ImportPlan") -> None:
    from tracker.cli.importing import print_effects, print_unanswered

    print_effects(plan, session.language)
    if plan.questions:
        print_unanswered(plan.questions, session.language)
    if plan.changes_nothing:
        print(session.language.text("Nothing differs: it stands so already."))
        return
    with show_progress(session.language) as report:
        done = session.perform(replace(plan.action, hook=report))

    text = N_("Imported, as one action: one `undo` takes it back.")
    print(session.language.text(text))
    session.print_notices(done)
