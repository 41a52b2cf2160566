"""Find what a person means: a code, a name, an alias or the number of an entry."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, TypeVar

from tracker.errors import Rejected
from tracker.language import N_
from tracker.model import OPD, TABLES, Application, Fact, Service
from tracker.register import Register
from tracker.text import normalize_name

LONGEST = 200
"""Characters of an unknown name that are searched for and repeated in the error."""

F = TypeVar("F", OPD, Service, Application)


def find_opd(register: Register, text: str) -> OPD:
    """Return the OPD with this key, code, name or alias, an existing one before a dissolved one."""
    code = text.strip().lower()
    found = register.opds.get(text) or register.opd_codes.get(code)
    if found is None:
        named = register.opd_names.get(normalize_name(text), [])
        found = named[0] if named else None
    if found is None:
        names = (
            word
            for opd in register.opds.values()
            for word in (opd.code, opd.name, *opd.aliases)
        )
        raise _unknown_error(
            N_("No OPD is called “{name}”.{hint}"),
            text,
            names,
        )
    return found


def find_service(register: Register, text: str) -> Service:
    """Return the service with this key, code, or unique name; raise ``Rejected`` otherwise."""
    code = text.strip().lower()
    found = register.services.get(text) or register.service_codes.get(code)
    if found is not None:
        return found
    named = [
        service
        for service in register.services.values()
        if normalize_name(service.name) == normalize_name(text)
    ]
    if len(named) > 1:
        raise Rejected(
            "{count} services are called “{name}”: give the code of one, such as {code}.",
            count=len(named),
            name=text,
            code=named[0].code,
        )
    if not named:
        names = (
            word
            for service in register.services.values()
            for word in (service.code, service.name)
        )
        raise _unknown_error(
            N_("No service is called “{name}”.{hint}"),
            text,
            names,
        )
    return named[0]


def find_services(register: Register, texts: Iterable[str]) -> list[Service]:
    """Return the services meant, each once, in the order given."""
    found = {
        service.id: service
        for service in (find_service(register, text) for text in texts)
    }
    return list(found.values())


def find_application(register: Register, text: str) -> Application:
    """Return the application with this key, code, or name that is unique among those in use."""
    code, codes = text.strip().lower(), register.application_codes
    found = register.applications.get(text) or codes.get(code)
    if found is not None:
        return found
    named = [
        app
        for app in register.applications.values()
        if normalize_name(app.name) == normalize_name(text)
    ]
    if not named:
        names = (
            word
            for app in register.applications.values()
            for word in (app.code, app.name)
        )
        raise _unknown_error(
            N_("No application is called “{name}”.{hint}"),
            text,
            names,
        )
    meant = [app for app in named if app.retired_on is None] or named
    if len(meant) > 1:
        raise Rejected(
            "{count} applications are called “{name}”: give the code of one, such as {code}.",
            count=len(meant),
            name=text[:LONGEST],
            code=meant[0].code,
        )
    return meant[0]


def find_fact(
    register: Register,
    text: str,
    listed_by: str = "service show",
) -> Fact:
    """Return the entry with this key, or with this number in this register (``1203``).

    ``listed_by`` is the command that shows the numbers, for whoever gave a wrong one.
    """
    key = (
        register.key(int(text))
        if text.isascii() and text.isdigit() and len(text) < 12
        else text.strip()
    )
    for table in TABLES:
        if table not in {"log", "snapshots"} and key in register.table(table):
            fact: Fact = register.table(table)[key]
            return fact
    raise Rejected(
        "No entry has the number “{number}”: `{command}` lists them.",
        number=text,
        command=listed_by,
    )


def number_of(fact: Fact) -> str:
    """Return the short number by which a person names an entry."""
    return fact.id.rsplit("-", 1)[-1].lstrip("0")


def _unknown_error(
    msgid: str,
    text: str,
    names: Iterable[str],
) -> Rejected:
    said = text[:LONGEST]
    near: list[Any] = get_close_matches(
        said,
        list(names),
        n=1,
        cutoff=0.5,
    )
    hint = f" → {near[0][:LONGEST]}?" if near else ""
    return Rejected(msgid, name=said, hint=hint)
