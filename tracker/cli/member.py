"""``member``: who works on the register, and what they may change."""

from typing import Annotated

import typer
from typer import Argument, Option

from tracker.cli.common import Json
from tracker.cli.complete import complete_opds
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import Term, UsageError
from tracker.language import N_, NOTHING

app = create_group()
nouns = create_group(
    "member",
    N_(
        "Members: who may change what; without any, everybody may change everything.",
    ),
)
app.add_typer(nouns)

Name = Annotated[
    str,
    Argument(metavar="NAME", help=N_("The name under which they act.")),
]


@command(
    nouns,
    "set",
    N_("Let somebody be a coordinator, of an OPD, or a reader."),
    N_(
        "opd-tracker member set Sari coordinator\nopd-tracker member set Budi opd --opd dinkes",
    ),
)
def set_member(
    ctx: typer.Context,
    name: Name,
    role: Annotated[
        str,
        Argument(
            metavar="ROLE",
            help=N_(
                "coordinator: everything; opd: own services and reports; reader: nothing.",
            ),
        ),
    ],
    opd: Annotated[
        str,
        Option(
            "--opd",
            metavar="OPD",
            autocompletion=complete_opds,
            help=N_("Whose services and reports they may change."),
        ),
    ] = "",
) -> None:
    """Set a member's role."""
    from tracker.actions.members import SetMember
    from tracker.labels import role_word
    from tracker.model import Role
    from tracker.vocabulary import find_role

    meant = find_role(role)
    if meant is None:
        raise UsageError(
            "“{value}” is not a role: write one of {expected}.",
            value=role,
            expected=[Term(role_word(one)) for one in Role],
        )
    session_of(ctx).act(SetMember(name, meant, opd))


@command(
    nouns,
    "remove",
    N_("Let somebody be no member any more; what they did stays theirs."),
    "opd-tracker member remove Budi",
)
def remove_member(ctx: typer.Context, name: Name) -> None:
    """Take a member out."""
    from tracker.actions.members import RemoveMember

    session_of(ctx).act(RemoveMember(name))


@command(
    nouns,
    "list",
    N_("List the members with their roles."),
    "opd-tracker member list",
)
def list_members(ctx: typer.Context, as_json: Json = False) -> None:
    """List the members."""
    from tracker.cli.show import Show, print_rows
    from tracker.labels import role_word

    session = session_of(ctx)
    register, language = session.register, session.language
    rows = [
        {
            "name": member.name,
            "role": member.role,
            "opd": register.opds[member.opd].code if member.opd else None,
        }
        for member in sorted(
            register.members.values(),
            key=lambda one: one.name.casefold(),
        )
    ]
    shown: dict[str, Show] = {
        N_("Name"): lambda row: row["name"],
        N_("Role"): lambda row: language.text(role_word(row["role"])),
        N_("OPD"): lambda row: row["opd"] or NOTHING,
    }
    print_rows(rows, shown, language, as_json=as_json)
