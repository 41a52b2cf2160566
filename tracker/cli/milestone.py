"""``milestone``: dated remarks on the city's timeline."""

from typing import Annotated

import typer
from typer import Argument, Option

from tracker.cli.common import Day, Json
from tracker.cli.frame import command, noun
from tracker.cli.session import here
from tracker.language import N_

app = noun()
nouns = noun("milestone", N_("Milestones: dated remarks on the city's timeline."))
app.add_typer(nouns)


@command(
    nouns,
    "add",
    N_("Enter a milestone: a reorganisation, a change of method."),
    "opd-tracker milestone add 'Cara menghitung layanan berubah' --on 2026-07-01 --method-break",
)
def add(
    ctx: typer.Context,
    text: Annotated[str, Argument(metavar="TEXT", help=N_("What happened."))],
    on: Day = "",
    method_break: Annotated[
        bool, Option("--method-break", help=N_("Figures before and after do not compare."))
    ] = False,
) -> None:
    """Enter a milestone."""
    from tracker.actions import AddMilestone

    session = here(ctx)
    session.act(AddMilestone(session.day(on), text, method_break))


@command(nouns, "list", N_("List the milestones, the earliest first."), "opd-tracker milestone list")
def listed(ctx: typer.Context, as_json: Json = False) -> None:
    """List milestones."""
    from tracker.cli.show import print_json, print_table
    from tracker.lookup import number_of

    session = here(ctx)
    spoken = session.spoken
    found = sorted(session.register.milestones.values(), key=lambda item: (item.on, item.id))
    if as_json:
        print_json(
            [
                {"id": number_of(m), "date": m.on, "text": m.text, "method_break": m.method_break}
                for m in found
            ]
        )
        return
    headers = [spoken.text(h) for h in (N_("No."), N_("Date"), N_("Change of method"), N_("Text"))]
    print_table(
        headers,
        (
            (number_of(m), spoken.date(m.on), spoken.text("yes") if m.method_break else "", m.text)
            for m in found
        ),
        right=[0],
    )
