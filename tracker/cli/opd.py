"""``opd``: the agencies of the city."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument

from tracker.cli.common import (
    All,
    Day,
    Json,
    NewCode,
    NewName,
    OfKind,
    OneOPD,
    WithCode,
)
from tracker.cli.complete import complete_opds
from tracker.cli.field_options import Fields, keep_given, takes_fields
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.language import N_

if TYPE_CHECKING:
    from datetime import date

    from tracker.model import OPD
    from tracker.register import Register

app = create_group()
nouns = create_group(
    "opd",
    N_("Agencies (perangkat daerah): enter, edit, list, merge, retire."),
)
app.add_typer(nouns)


@command(
    nouns,
    "add",
    N_("Enter an OPD; its code and kind are made from its name unless given."),
    "opd-tracker opd add 'Dinas Kesehatan' --code dinkes --alias Dinkes",
)
@takes_fields("opds", without=("name", "code", "retired_on"))
def add_opd(
    ctx: typer.Context,
    name: Annotated[
        str,
        Argument(metavar="NAME", help=N_("The OPD's full name.")),
    ],
    code: WithCode = "",
    *,
    fields: Fields,
) -> None:
    """Enter an OPD."""
    from tracker.actions.opds import AddOPD

    session_of(ctx).act(AddOPD(name, code, fields))


@command(
    nouns,
    "edit",
    N_(
        "Change an OPD; a former name stays as an alias. An empty value empties a field.",
    ),
    "opd-tracker opd edit dinkes --contact 'Rani, 0812…'",
)
@takes_fields("opds", without=("name", "code"), edits=True)
def edit_opd(
    ctx: typer.Context,
    opd: OneOPD,
    name: NewName = None,
    code: NewCode = None,
    *,
    fields: Fields,
) -> None:
    """Change an OPD."""
    from tracker.actions.opds import EditOPD

    changed = keep_given(name=name, code=code)
    session_of(ctx).act(EditOPD(opd, {**changed, **fields}))


@command(
    nouns,
    "list",
    N_("List the OPDs with their services today."),
    "opd-tracker opd list --kind kecamatan",
)
def list_opds(
    ctx: typer.Context,
    kind: OfKind = "",
    retired: All = False,
    as_json: Json = False,
) -> None:
    """List the OPDs."""
    from tracker.cli.show import Show, print_rows
    from tracker.labels import kind_word

    session = session_of(ctx)
    register, language = session.register, session.language
    wanted = session.read_kind(kind) if kind else None
    rows = [
        _opd_row(opd, counts)
        for opd, counts in _count_services(register, session.today)
        if (retired or opd.retired_on is None or opd.retired_on > session.today)
        and wanted in (None, opd.kind)
    ]
    shown: dict[str, Show] = {
        N_("Code"): lambda row: row["code"],
        N_("Name"): lambda row: row["name"],
        N_("Kind"): lambda row: language.text(kind_word(row["kind"])),
        N_("Services"): lambda row: language.number(row["services"], 0),
        N_("Aliases"): lambda row: "; ".join(row["aliases"]),
    }
    print_rows(rows, shown, language, as_json=as_json, right=[3])


def _count_services(
    register: "Register",
    today: "date",
) -> list[tuple["OPD", int]]:
    """Return every OPD, by code, with the number of services it has today."""
    from collections import Counter

    from tracker.actions.services import active_services
    from tracker.history import opd_at

    counts = Counter(
        opd_at(register, service, today)
        for service in active_services(register, today)
    )
    return [
        (opd, counts[opd.id])
        for opd in sorted(register.opds.values(), key=lambda opd: opd.code)
    ]


def _opd_row(opd: "OPD", services: int) -> dict[str, Any]:
    return {
        "code": opd.code,
        "name": opd.name,
        "kind": opd.kind,
        "services": services,
        "aliases": list(opd.aliases),
        "contact": opd.contact,
        "retired_on": opd.retired_on,
    }


@command(
    nouns,
    "merge",
    N_(
        "Merge an OPD into another: its services and members move there and its names stay as aliases.",
    ),
    "opd-tracker opd merge dinas-kependudukan disdukcapil --on 2026-01-05",
)
def merge_opds(
    ctx: typer.Context,
    old: Annotated[
        str,
        Argument(
            metavar="OLD",
            autocompletion=complete_opds,
            help=N_("The OPD that was dissolved."),
        ),
    ],
    new: Annotated[
        str,
        Argument(
            metavar="NEW",
            autocompletion=complete_opds,
            help=N_("The OPD that has its services from then on."),
        ),
    ],
    on: Day = "",
) -> None:
    """Merge two OPDs."""
    from tracker.actions.opds import MergeOPD

    session = session_of(ctx)
    session.act(MergeOPD(old, new, session.read_day(on)))


@command(
    nouns,
    "retire",
    N_("An OPD was dissolved; its services must have been passed on before."),
    "opd-tracker opd retire dinas-lama --on 2026-01-05",
)
def retire_opd(
    ctx: typer.Context,
    opd: OneOPD,
    on: Day = "",
) -> None:
    """Retire an OPD."""
    from tracker.actions.opds import RetireOPD

    session = session_of(ctx)
    session.act(RetireOPD(opd, session.read_day(on)))
