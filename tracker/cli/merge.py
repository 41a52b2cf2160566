"""``merge``: bring in what was done in other copies of the register."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from tracker.cli.complete import complete_opds
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.language import N_
from tracker.paths import typed_path

if TYPE_CHECKING:
    from tracker.exchange.questions import Answers
    from tracker.merge.planning import MergePlan

app = create_group()


@command(
    app,
    "merge",
    N_(
        "Bring in what was done in other copies of this register, action by action under its authors.",
    ),
    "opd-tracker merge /media/usb/tracker.json --dry-run\n"
    "opd-tracker merge dinkes.json dishub.json\n"
    "opd-tracker merge dinkes.json --opd dinkes",
)
def merge_copies(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        Argument(metavar="FILE…", help=N_("Copies of the register's file.")),
    ],
    opd: Annotated[
        list[str] | None,
        Option(
            "--opd",
            metavar="OPD",
            autocompletion=complete_opds,
            help=N_(
                "Only actions that concern this OPD alone; may be repeated.",
            ),
        ),
    ] = None,
    answers: Annotated[
        Path | None,
        Option(
            "--answers",
            metavar="FILE",
            help=N_(
                'Which side stands, by question or for all of a kind (changed = "there"); --dry-run writes '
                "the form.",
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        Option(
            "--dry-run",
            help=N_("Print what would happen and change nothing."),
        ),
    ] = False,
) -> None:
    """Merge copies of the register."""
    from tracker.cli.importing import read_given_answers

    session = session_of(ctx)
    given = read_given_answers(answers, dry_run=dry_run)
    plan = _plan(session, files, opd or [], given, ask=not dry_run)
    if dry_run:
        _print_actions(session, plan)
        _print_counts(session, plan)
        _print_open(session, plan, answers, given)
    else:
        _carry_out(session, plan)


def _plan(
    session: Session,
    files: list[Path],
    chosen: list[str],
    given: "Answers",
    *,
    ask: bool,
) -> "MergePlan":
    """Plan the merge; on a terminal ask what is open, and plan again with the answers."""
    from tracker.cli.importing import ask_questions, can_ask
    from tracker.merge.planning import plan_merge, read_copy

    own_path = None if session.server else session.path
    copies = [read_copy(typed_path(file), own_path) for file in files]
    while True:
        plan = plan_merge(
            session.register,
            copies,
            chosen,
            session.context,
            given,
        )
        if not plan.questions or not (ask and can_ask()):
            return plan
        given = {**given, **ask_questions(plan.questions, session.language)}


def _carry_out(session: Session, plan: "MergePlan") -> None:
    from tracker.cli.importing import print_unanswered

    if plan.questions:
        print_unanswered(plan.questions, session.language)
    done = session.perform(plan.action)
    _print_counts(session, plan)
    if done.entry is not None:
        print(
            session.language.text(
                "Brought in, as one action: one `undo` takes it back.",
            ),
        )


def _print_actions(session: Session, plan: "MergePlan") -> None:
    """Print every action that would be merged, as the log will show it."""
    from tracker.changes import audit_log
    from tracker.cli.log import print_entry
    from tracker.narration.codes import Codes

    if not plan.entries:
        return
    told = list(audit_log(plan.after, plan.entries))
    codes = Codes(
        plan.after,
        (change for entry in told for change in entry.changes),
    )
    for entry in reversed(told):
        print_entry(session, codes, entry)


def _print_counts(session: Session, plan: "MergePlan") -> None:
    from tracker.merge.telling import describe_plan

    for line in describe_plan(plan, session.language):
        print(line)


def _print_open(
    session: Session,
    plan: "MergePlan",
    form: Path | None,
    given: "Answers",
) -> None:
    from tracker.cli.importing import print_questions
    from tracker.cli.pages import write_page
    from tracker.exchange.questions import answers_form

    language = session.language
    if plan.questions:
        print_questions(plan.questions, language)
    if form is not None and plan.questions:
        write_page(form, answers_form(plan.questions, language, given).encode())
        print(
            language.text(
                "The form for the answers is {path}.",
                path=str(form),
            ),
        )
    print(language.text("Nothing was changed."))
