"""``milestone``: dated remarks on the city's timeline."""

from typing import Annotated

import typer
from typer import Argument, Option

from tracker.cli.common import Day, Json
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.language import N_

app = create_group()
nouns = create_group(
    "milestone",
    N_("Milestones: dated remarks on the city's timeline."),
)
app.add_typer(nouns)


@command(
    nouns,
    "add",
    N_("Enter a milestone: a reorganisation, a change of method."),
    "opd-tracker milestone add 'Cara menghitung layanan berubah' --on 2026-07-01 --method-break",
)
def add_milestone(
    ctx: typer.Context,
    text: Annotated[str, Argument(metavar="TEXT", help=N_("What happened."))],
    on: Day = "",
    method_break: Annotated[
        bool,
        Option(
            "--method-break",
            help=N_("Figures before and after do not compare."),
        ),
    ] = False,
) -> None:
    """Enter a milestone."""
    from tracker.actions.city import AddMilestone

    session = session_of(ctx)
    session.act(AddMilestone(session.read_day(on), text, method_break))


@command(
    nouns,
    "list",
    N_("List the milestones, the earliest first."),
    "opd-tracker milestone list",
)
def list_milestones(ctx: typer.Context, as_json: Json = False) -> None:
    """List milestones."""
    from tracker.cli.show import Show, print_rows
    from tracker.lookup import number_of

    session = session_of(ctx)
    language = session.language
    found = sorted(
        session.register.milestones.values(),
        key=lambda item: (item.on, item.id),
    )
    rows = [
        {
            "id": number_of(m),
            "date": m.on,
            "text": m.text,
            "method_break": m.method_break,
        }
        for m in found
    ]
    shown: dict[str, Show] = {
        N_("No."): lambda row: row["id"],
        N_("Date"): lambda row: language.date(row["date"]),
        N_("Change of method"): lambda row: (
            language.text("yes") if row["method_break"] else ""
        ),
        N_("Text"): lambda row: row["text"],
    }
    print_rows(rows, shown, language, as_json=as_json, right=[0])
