"""``kind``: the kinds of OPD, those that every register has and the city's own."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument

from tracker.cli.common import Json
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.language import N_

if TYPE_CHECKING:
    from tracker.cli.show import Show

app = create_group()
nouns = create_group(
    "kind",
    N_("Kinds of OPD: a list that the city may add to and rename."),
)
app.add_typer(nouns)

OneKind = Annotated[
    str,
    Argument(metavar="KIND", help=N_("A kind of OPD, by its name.")),
]
NewKind = Annotated[
    str,
    Argument(metavar="NAME", help=N_("The name of the kind.")),
]


@command(
    nouns,
    "add",
    N_("Add a kind of OPD."),
    "opd-tracker kind add 'UPT Daerah'",
)
def add_kind(ctx: typer.Context, name: NewKind) -> None:
    """Add a kind."""
    from tracker.actions.kinds import AddKind

    session_of(ctx).act(AddKind(name))


@command(
    nouns,
    "rename",
    N_("Rename a kind; its OPDs follow."),
    "opd-tracker kind rename badan 'Badan dan Kantor'",
)
def rename_kind(ctx: typer.Context, kind: OneKind, name: NewKind) -> None:
    """Rename a kind."""
    from tracker.actions.kinds import RenameKind

    session_of(ctx).act(RenameKind(kind, name))


@command(
    nouns,
    "remove",
    N_("Remove one of the city's own kinds that no OPD has any more."),
    "opd-tracker kind remove 'UPT Daerah'",
)
def remove_kind(ctx: typer.Context, kind: OneKind) -> None:
    """Remove a kind."""
    from tracker.actions.kinds import RemoveKind

    session_of(ctx).act(RemoveKind(kind))


@command(
    nouns,
    "list",
    N_("List the kinds with the number of their OPDs."),
    "opd-tracker kind list",
)
def list_kinds(ctx: typer.Context, as_json: Json = False) -> None:
    """List the kinds."""
    from tracker.cli.show import print_rows
    from tracker.labels import kind_word
    from tracker.model import Kind

    session = session_of(ctx)
    register, language = session.register, session.language
    rows: list[dict[str, Any]] = [
        {
            "kind": str(kind),
            "own": kind in register.only_city.kinds,
            "opds": sum(opd.kind == kind for opd in register.opds.values()),
        }
        for kind in (*Kind, *register.only_city.kinds)
    ]
    shown: dict[str, Show] = {
        N_("Kind"): lambda row: row["kind"],
        N_("Name"): lambda row: language.text(kind_word(row["kind"])),
        N_("OPDs"): lambda row: language.number(row["opds"], 0),
    }
    print_rows(rows, shown, language, as_json=as_json, right=[2])
