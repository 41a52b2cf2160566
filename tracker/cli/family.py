"""``service family`` and ``service families``: the same service of many OPDs."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import Json, Services
from tracker.cli.service import nouns
from tracker.cli.service_show import app
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command
from tracker.errors import Rejected, UsageError
from tracker.language import N_

if TYPE_CHECKING:
    from tracker.families import Family

__all__ = ["app"]


@command(
    nouns,
    "family",
    N_("Services are the same service in many OPDs, under one name."),
    "opd-tracker service family 'Surat pindah' kec-coblong-pindah kec-cidadap-pindah",
)
def name_family(
    ctx: typer.Context,
    name: Annotated[
        str,
        Argument(
            metavar="NAME",
            help=N_(
                "The family's name; empty ('') takes the services out of theirs.",
            ),
        ),
    ],
    services: Services,
) -> None:
    """Give services a family."""
    from tracker.actions.families import NameFamilies

    session_of(ctx).act(NameFamilies(((name, tuple(services)),)))


@command(
    nouns,
    "families",
    N_("List the families, and propose some for services of equal names."),
    "opd-tracker service families\nopd-tracker service families --confirm-all",
)
def show_families(
    ctx: typer.Context,
    confirm: Annotated[
        list[str] | None,
        Option(
            "--confirm",
            metavar="NAME",
            help=N_("Accept the proposal of this name; may be repeated."),
        ),
    ] = None,
    confirm_all: Annotated[
        bool,
        Option("--confirm-all", help=N_("Accept every proposal.")),
    ] = False,
    as_json: Json = False,
) -> None:
    """List, propose and confirm families."""
    from tracker.actions.families import NameFamilies
    from tracker.families import list_families, propose_families

    session = session_of(ctx)
    register, today = session.register, session.today
    proposals = propose_families(register, today)
    if confirm or confirm_all:
        if as_json:
            raise UsageError(
                "Choose one of {names}.",
                names="--confirm, --json",
            )
        every = [family.name for family in proposals]
        names = every if confirm_all else confirm or ()
        named = [
            (family.name, tuple(service.id for service in family.services))
            for family in _find_proposals(proposals, names)
        ]
        session.act(NameFamilies(tuple(named)))
        return

    known = list_families(register, today)
    rows = [_family_row("family", family) for family in known]
    rows += [_family_row("proposed", family) for family in proposals]
    _print_families(session, rows, as_json=as_json)


def _find_proposals(
    proposals: "Sequence[Family]",
    names: Iterable[str],
) -> "list[Family]":
    """Return the proposals of these names; ``Rejected`` for any other name."""
    known = {proposal.name for proposal in proposals}
    for name in names:
        if name not in known:
            raise Rejected("No family is proposed as “{name}”.", name=name)
    found = [proposal for proposal in proposals if proposal.name in set(names)]
    if not found:
        raise Rejected("No family is proposed.")
    return found


def _family_row(state: str, family: "Family") -> dict[str, Any]:
    codes = [service.code for service in family.services]
    return {"state": state, "family": family.name, "services": codes}


def _print_families(
    session: Session,
    rows: list[dict[str, Any]],
    *,
    as_json: bool,
) -> None:
    from tracker.cli.show import Show, print_rows

    language = session.language
    states = {
        "family": language.text("confirmed"),
        "proposed": language.text("proposed"),
    }
    shown: dict[str, Show] = {
        N_("Family"): lambda row: row["family"],
        N_("State"): lambda row: states[row["state"]],
        N_("Services"): lambda row: language.number(len(row["services"]), 0),
        N_("Codes"): lambda row: ", ".join(row["services"]),
    }
    print_rows(rows, shown, language, as_json=as_json, right=[2])
