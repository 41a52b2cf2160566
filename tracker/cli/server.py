"""``server``: put a register into a PostgreSQL database, say who reaches it, and bring it back out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from tracker.cli.common import Json
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import Unreadable, UsageError
from tracker.language import N_
from tracker.paths import require_readable, typed_path

if TYPE_CHECKING:
    from tracker.store.address import ServerAddress

app = create_group()
nouns = create_group(
    "server",
    N_(
        "A PostgreSQL server for a register that many write: what its administrator does.",
    ),
)
app.add_typer(nouns)

Role = Annotated[
    str,
    Argument(metavar="ROLE", help=N_("The role of the database.")),
]


@command(
    nouns,
    "init",
    N_(
        "Make the tables for registers in a database, or bring those of an older version up to date; what "
        "is there stays.",
    ),
    "opd-tracker server init",
)
def lay_out_database(ctx: typer.Context) -> None:
    """Lay out a database."""

    session = session_of(ctx)
    address = _find_server(session)
    from tracker.store.postgres.administration import lay_out

    migrated = lay_out(address)
    language = session.language
    print(
        language.text(
            "{place} is ready for registers.",
            place=address.shown,
        ),
    )
    if migrated:
        print(
            language.plural(
                "{n} register was brought to the present layout.",
                "{n} registers were brought to the present layout.",
                migrated,
            ),
        )


@command(
    nouns,
    "move-in",
    N_(
        "Put the register of a file onto the server, with its log and its published pages; the file stays "
        "as it is.",
    ),
    "opd-tracker server move-in tracker.json",
)
def move_in(
    ctx: typer.Context,
    file: Annotated[
        Path,
        Argument(metavar="FILE", help=N_("The register's file.")),
    ],
) -> None:
    """Copy a register from a file to the server."""
    from tracker.store.opening import copy_store, open_store

    session, path = session_of(ctx), typed_path(file)
    address = _find_server(session)
    require_readable(path, Unreadable)
    register = copy_store(open_store(path), address)
    language = session.language
    print(
        language.text(
            "The register of {city} is now at {place}.",
            city=register.only_city.name,
            place=address.shown,
        ),
    )
    print(
        language.text(
            "{path} stays as it is: from now on it is a backup. Nobody should enter anything there.",
            path=str(path),
        ),
    )


@command(
    nouns,
    "move-out",
    N_(
        "Write the register of the server to a new file, with its log and its published pages, to go on "
        "there.",
    ),
    "opd-tracker server move-out tracker.json",
)
def move_out(
    ctx: typer.Context,
    file: Annotated[Path, Argument(metavar="FILE", help=N_("The new file."))],
) -> None:
    """Copy the register from the server to a file."""
    from tracker.store.opening import copy_store

    session, path = session_of(ctx), typed_path(file)
    address = _find_server(session)
    register = copy_store(
        session.store,
        path,
        mode=session.new_mode,
        plan=session.plan,
    )
    print(
        session.language.text(
            "The register of {city} is in {path}. At {place} it stays as it is.",
            city=register.only_city.name,
            path=str(path),
            place=address.shown,
        ),
    )


@command(
    nouns,
    "grant",
    N_(
        "Let a role of the database reach the register: as a member, under that name alone. A role that is "
        "missing is created, without a password.",
    ),
    "opd-tracker server grant budi Budi",
)
def grant_role(
    ctx: typer.Context,
    role: Role,
    name: Annotated[
        str,
        Argument(
            metavar="[NAME]",
            help=N_("The member as whom the role acts."),
        ),
    ] = "",
    any_name: Annotated[
        bool,
        Option(
            "--any-name",
            help=N_(
                "Let the role act under any name: for a machine that fixes the names itself.",
            ),
        ),
    ] = False,
) -> None:
    """Grant a role access to the register."""

    if bool(name) == any_name:
        raise UsageError(
            "Name the member as whom {role} acts, or give --any-name.",
            role=role,
        )
    session = session_of(ctx)
    address, language = _find_server(session), session.language
    from tracker.store.postgres.administration import grant_access

    is_new = grant_access(address, session.register, role, name or None)
    if name:
        print(language.text("{role} acts as {name}.", role=role, name=name))
    else:
        print(language.text("{role} acts under any name.", role=role))
    if is_new:
        print(
            language.text(
                "The role {role} is new and has no password: set one in psql by \\password {role}.",
                role=role,
            ),
        )


@command(
    nouns,
    "revoke",
    N_("Take the register away from a role of the database."),
    "opd-tracker server revoke budi",
)
def revoke_role(ctx: typer.Context, role: Role) -> None:
    """Revoke a role's access to the register."""

    session = session_of(ctx)
    address = _find_server(session)
    from tracker.store.postgres.administration import revoke_access

    revoke_access(address, session.register.prefix, role)
    print(
        session.language.text(
            "{role} no longer reaches this register.",
            role=role,
        ),
    )


@command(
    nouns,
    "access",
    N_("List the roles of the database that reach the register."),
    "opd-tracker server access",
)
def show_access(ctx: typer.Context, as_json: Json = False) -> None:
    """List who reaches the register."""
    from tracker.cli.show import Show, print_rows

    session = session_of(ctx)
    address, language = _find_server(session), session.language
    from tracker.store.postgres.administration import list_access

    rows = [
        {"role": one.role, "member": one.member}
        for one in list_access(address, session.register.prefix)
    ]
    shown: dict[str, Show] = {
        N_("Role"): lambda row: row["role"],
        N_("Acts as"): lambda row: row["member"] or language.text("any name"),
    }
    print_rows(rows, shown, language, as_json=as_json)


def _find_server(session: Session) -> "ServerAddress":
    """Return the server that ``--db`` names; ``UsageError`` if it names none."""
    from tracker.store.opening import check_driver

    if session.server is None:
        raise UsageError(
            "Say which server: --db postgresql://USER@HOST/DATABASE before the command.",
        )
    check_driver()
    return session.server
