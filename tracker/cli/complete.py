"""Shell completion of the codes in the register."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import typer

from tracker.errors import UserError
from tracker.language import load_language
from tracker.model import Stage
from tracker.text import collapse_whitespace, is_code, visible

if TYPE_CHECKING:
    from tracker.register import Register

_NOT_PLAIN = r"[^\w\u0300-\u036f ,./-]"


def complete_opds(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the OPDs whose code begins as typed."""
    return _offer_codes(ctx, incomplete, "opds")


def complete_services(
    ctx: typer.Context,
    incomplete: str,
) -> list[tuple[str, str]]:
    """Offer the services whose code begins as typed."""
    return _offer_codes(ctx, incomplete, "services")


def complete_applications(
    ctx: typer.Context,
    incomplete: str,
) -> list[tuple[str, str]]:
    """Offer the applications whose code begins as typed."""
    return _offer_codes(ctx, incomplete, "applications")


def complete_stages(incomplete: str) -> Iterable[str]:
    """Offer the stages that begin as typed."""
    return [
        stage.value for stage in Stage if stage.value.startswith(incomplete)
    ]


def complete_services_then_stage(
    ctx: typer.Context,
    incomplete: str,
) -> list[str | tuple[str, str]]:
    """Offer services and stages, for arguments that end with a stage."""
    return [*complete_services(ctx, incomplete), *complete_stages(incomplete)]


def _offer_codes(
    ctx: typer.Context,
    incomplete: str,
    table: str,
) -> list[tuple[str, str]]:
    register = _load_register(ctx)
    if register is None:
        return []

    facts: Mapping[str, Any] = register.table(table)
    offers = []
    for fact in facts.values():
        if fact.code.startswith(incomplete) and is_code(fact.code):
            # Shells evaluate what they are offered, and rich reads tags in it.
            name = re.sub(_NOT_PLAIN, " ", visible(fact.name))
            offers.append((fact.code, collapse_whitespace(name)))

    return sorted(offers)


def _load_register(ctx: typer.Context) -> "Register | None":
    """Return the register that the command line names; None if unreadable."""
    from tracker.cli.session import Session

    try:
        session = Session(load_language(""))
        session.choose_register(ctx.find_root().params.get("db") or "")
        return session.register
    except (UserError, OSError):
        return None
