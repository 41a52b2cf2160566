"""Shell completion of what is in the register: codes of OPDs, services, applications."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tracker.errors import UserError
from tracker.language import load_language
from tracker.model import Stage
from tracker.text import collapse_whitespace, is_code, visible

if TYPE_CHECKING:
    from tracker.register import Register

_NOT_PLAIN = re.compile(r"[^\w\u0300-\u036f ,./-]")


def complete_opds(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the OPDs whose code begins as typed."""
    return _offer_codes(ctx, incomplete, "opds")


def complete_services(
    ctx: typer.Context, incomplete: str
) -> list[tuple[str, str]]:
    """Offer the services whose code begins as typed."""
    return _offer_codes(ctx, incomplete, "services")


def complete_applications(
    ctx: typer.Context, incomplete: str
) -> list[tuple[str, str]]:
    """Offer the applications whose code begins as typed."""
    return _offer_codes(ctx, incomplete, "applications")


def complete_stages(incomplete: str) -> Iterable[str]:
    """Offer the stages that begin as typed."""
    return [
        stage.value for stage in Stage if stage.value.startswith(incomplete)
    ]


def complete_services_then_stage(
    ctx: typer.Context, incomplete: str
) -> list[str | tuple[str, str]]:
    """Offer what may follow where services and then a stage are named."""
    return [*complete_services(ctx, incomplete), *complete_stages(incomplete)]


def _offer_codes(
    ctx: typer.Context, incomplete: str, table: str
) -> list[tuple[str, str]]:
    register = _load_register(ctx)
    facts: Mapping[str, Any] = (
        register.table(table) if register is not None else {}
    )
    found = (
        fact
        for fact in facts.values()
        if fact.code.startswith(incomplete) and is_code(fact.code)
    )
    return sorted((fact.code, _plain_text(fact.name)) for fact in found)


def _plain_text(name: str) -> str:
    """Return a name without what a shell would carry out or rich take as a tag: shells evaluate this."""
    return collapse_whitespace(_NOT_PLAIN.sub(" ", visible(name)))


def _load_register(ctx: typer.Context) -> "Register | None":
    """Return the register of the command line as far as it is typed; None where it cannot be read."""
    from tracker.cli.session import Session

    try:
        db = ctx.find_root().params.get("db")
        return Session(load_language(""), Path(db) if db else None).register
    except (UserError, OSError):
        return None
