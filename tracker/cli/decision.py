"""``decision``: what the leadership is asked to decide, who and by when."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import DATE, All, Day, Json
from tracker.cli.field_options import keep_given
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.cli.values import come_by, read_day
from tracker.errors import Rejected, UsageError
from tracker.language import N_

if TYPE_CHECKING:
    from datetime import date

    from tracker.actions.decisions import DecisionDraft
    from tracker.model import Decision

app = create_group()
nouns = create_group(
    "decision",
    N_("Decisions asked of the leadership: what, of whom, by when."),
)
app.add_typer(nouns)

Numbers = Annotated[
    list[str],
    Argument(
        metavar="NUMBER…",
        help=N_("Their numbers, as `decision list` has them."),
    ),
]
Outcome = Annotated[
    str,
    Option(
        "--outcome",
        metavar="TEXT",
        help=N_("What came of it: a letter, a date."),
    ),
]


@command(
    nouns,
    "propose",
    N_("List what the register suggests to ask for, the most urgent first."),
    "opd-tracker decision propose\nopd-tracker decision propose --take 1 --take 3",
)
def propose_decisions(
    ctx: typer.Context,
    take: Annotated[
        list[str] | None,
        Option(
            "--take",
            metavar="NUMBER|KEY",
            help=N_(
                "Ask for this one, in the words of the list; may be repeated.",
            ),
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the proposals, or ask for those taken, all as one action."""
    from tracker.actions.decisions import AddDecisions

    session = session_of(ctx)
    proposed = _word_proposals(session)
    if take:
        drafts = tuple(
            _find_proposal(proposed, text) for text in dict.fromkeys(take)
        )
        session.act(AddDecisions(drafts, session.today))
        return

    _print_proposals(session, proposed, as_json=as_json)


def _print_proposals(
    session: Session,
    proposed: "list[DecisionDraft]",
    *,
    as_json: bool,
) -> None:
    from tracker.cli.show import Show, print_rows

    rows = [
        {
            "number": number,
            "proposal": draft.proposal,
            "text": draft.text,
            "owner": draft.owner,
            "due_on": draft.due_on,
        }
        for number, draft in enumerate(proposed, start=1)
    ]
    language = session.language
    if not rows and not as_json:
        print(language.text("There is nothing to propose."))
        return
    shown: dict[str, Show] = {
        N_("No."): lambda row: str(row["number"]),
        N_("Due on"): lambda row: language.date(row["due_on"]),
        N_("Who"): lambda row: row["owner"],
        N_("What could be asked"): lambda row: row["text"],
        N_("Key"): lambda row: row["proposal"],
    }
    print_rows(rows, shown, language, as_json=as_json, right=[0])


def _word_proposals(session: Session) -> "list[DecisionDraft]":
    from tracker.decisions.proposals import propose_decisions
    from tracker.decisions.wording import word_proposal
    from tracker.metrics.reading import WeekReading
    from tracker.week import Week

    register, today = session.register, session.today
    proposals = propose_decisions(WeekReading(register, Week.of(today), today))
    return [
        word_proposal(one, register.opds, session.language) for one in proposals
    ]


def _find_proposal(
    proposed: "list[DecisionDraft]",
    text: str,
) -> "DecisionDraft":
    """Return the proposal with this key, or with this number of the list."""
    for number, draft in enumerate(proposed, start=1):
        if text in (draft.proposal, str(number)):
            return draft

    raise Rejected(
        "There is no proposal “{value}”: `decision propose` lists them.",
        value=text,
    )


@command(
    nouns,
    "add",
    N_("Ask for a decision."),
    "opd-tracker decision add 'Satu SK untuk 16 layanan surat kecamatan' "
    "--owner Sekda --due 2026-11-25",
)
def add_decision(
    ctx: typer.Context,
    text: Annotated[
        str,
        Argument(metavar="TEXT", help=N_("What is to be decided.")),
    ],
    owner: Annotated[
        str,
        Option("--owner", metavar="TEXT", help=N_("Who has to decide it.")),
    ],
    due: Annotated[
        str,
        Option(
            "--due",
            metavar=DATE,
            help=N_("The day by which it is decided."),
        ),
    ],
    on: Day = "",
    proposal: Annotated[
        str,
        Option(
            "--proposal",
            metavar="KEY",
            help=N_(
                "The proposal that this words, so that it is not made again.",
            ),
        ),
    ] = "",
) -> None:
    """Ask for a decision."""
    from tracker.actions.decisions import AddDecisions, DecisionDraft

    session = session_of(ctx)
    draft = DecisionDraft(text, owner, read_day(due, session.zone), proposal)
    session.act(AddDecisions((draft,), session.read_day(on)))


@command(
    nouns,
    "edit",
    N_("Change a decision. An empty value empties a field."),
    "opd-tracker decision edit 1210 --due 2026-12-04 --decided 2026-11-24",
)
def edit_decision(
    ctx: typer.Context,
    number: Annotated[
        str,
        Argument(
            metavar="NUMBER",
            help=N_("Its number, as `decision list` has it."),
        ),
    ],
    text: Annotated[
        str | None,
        Option("--text", metavar="TEXT", help=N_("What is to be decided.")),
    ] = None,
    owner: Annotated[
        str | None,
        Option("--owner", metavar="TEXT", help=N_("Who has to decide it.")),
    ] = None,
    due: Annotated[
        str | None,
        Option(
            "--due",
            metavar=DATE,
            help=N_("The day by which it is decided."),
        ),
    ] = None,
    asked: Annotated[
        str | None,
        Option(
            "--asked",
            metavar=DATE,
            help=N_("The day on which it was asked for."),
        ),
    ] = None,
    decided: Annotated[
        str | None,
        Option(
            "--decided",
            metavar=DATE,
            help=N_("The day on which it was decided."),
        ),
    ] = None,
    done: Annotated[
        str | None,
        Option(
            "--done",
            metavar=DATE,
            help=N_("The day on which it was carried out."),
        ),
    ] = None,
    dropped: Annotated[
        str | None,
        Option(
            "--dropped",
            metavar=DATE,
            help=N_("The day on which it was dropped."),
        ),
    ] = None,
    outcome: Annotated[
        str | None,
        Option("--outcome", metavar="TEXT", help=N_("What came of it.")),
    ] = None,
) -> None:
    """Change a decision."""
    from tracker.actions.decisions import EditDecision

    session = session_of(ctx)
    dates = {
        "due_on": due,
        "asked_on": asked,
        "decided_on": decided,
        "done_on": done,
        "dropped_on": dropped,
    }
    fields = keep_given(
        text=text,
        owner=owner,
        outcome=outcome,
        **_read_days(session, dates),
    )
    if not fields:
        raise UsageError("Say what is to be changed, such as --due or --owner.")
    session.act(EditDecision(number, fields))


def _read_days(
    session: Session,
    given: dict[str, str | None],
) -> dict[str, Any]:
    """Read the dates given; an empty text stays empty."""
    return {
        name: session.read_day(text) if text else text
        for name, text in given.items()
    }


@command(
    nouns,
    "done",
    N_("Decisions have been carried out."),
    "opd-tracker decision done 1210 --on 2026-11-24 --outcome 'SK 188/2026'",
)
def finish_decisions(
    ctx: typer.Context,
    numbers: Numbers,
    on: Day = "",
    outcome: Outcome = "",
) -> None:
    """Date the completion of decisions, all as one action."""
    from tracker.actions.decisions import FinishDecisions

    session = session_of(ctx)
    session.act(FinishDecisions(tuple(numbers), session.read_day(on), outcome))


@command(
    nouns,
    "drop",
    N_("Drop decisions: they are no longer asked for."),
    "opd-tracker decision drop 1210 --why 'sudah diatur dalam Perwal'",
)
def drop_decisions(
    ctx: typer.Context,
    numbers: Numbers,
    why: Annotated[
        str,
        Option(
            "--why",
            metavar="TEXT",
            help=N_("Why they are no longer asked for."),
        ),
    ],
    on: Day = "",
) -> None:
    """Date the end of decisions that are no longer wanted, as one action."""
    from tracker.actions.decisions import DropDecisions

    session = session_of(ctx)
    session.act(DropDecisions(tuple(numbers), session.read_day(on), why))


@command(
    nouns,
    "list",
    N_("List the decisions that are still expected, the earliest due first."),
    "opd-tracker decision list --all",
)
def list_decisions(
    ctx: typer.Context,
    closed: All = False,
    as_json: Json = False,
) -> None:
    """List decisions."""
    from tracker.cli.show import Show, print_rows
    from tracker.labels import decision_state_word

    session = session_of(ctx)
    language, today = session.language, session.today
    every = sorted(
        (
            one
            for one in session.register.decisions.values()
            if one.asked_on <= today
        ),
        key=lambda item: (item.due_on, item.id),
    )
    rows = [_decision_row(item, today) for item in every]
    if not closed:
        rows = [row for row in rows if row["open"]]

    shown: dict[str, Show] = {
        N_("No."): lambda row: row["id"],
        N_("Due on"): lambda row: language.date(row["due_on"]),
        N_("State"): lambda row: language.text(
            decision_state_word(row["state"], late=row["late"]),
        ),
        N_("Who"): lambda row: row["owner"],
        N_("What is asked"): lambda row: row["text"],
        N_("Outcome"): lambda row: row["outcome"],
    }
    print_rows(rows, shown, language, as_json=as_json, right=[0])


def _decision_row(decision: "Decision", today: "date") -> dict[str, Any]:
    from tracker.decisions.status import is_late, outcome_at, state_at
    from tracker.lookup import number_of

    state = state_at(decision, today)
    return {
        "id": number_of(decision),
        "text": decision.text,
        "owner": decision.owner,
        "due_on": decision.due_on,
        "asked_on": decision.asked_on,
        "decided_on": come_by(decision.decided_on, today),
        "done_on": come_by(decision.done_on, today),
        "dropped_on": come_by(decision.dropped_on, today),
        "outcome": outcome_at(decision, today),
        "proposal": decision.proposal,
        "state": state,
        "late": is_late(decision, today),
        "open": not state.is_closed,
    }
