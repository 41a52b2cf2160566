"""``service list`` and ``service show``: the services as they stand, one with all of its facts."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Option

from tracker.cli.common import (
    DATE,
    STAGE,
    All,
    Json,
    OfApp,
    OfKind,
    OfOPD,
    OfTag,
    OneService,
)
from tracker.cli.complete import complete_stages
from tracker.cli.service import app, nouns
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command
from tracker.cli.values import read_kind
from tracker.language import N_, NOTHING, Language

if TYPE_CHECKING:
    from datetime import date

    from tracker.model import Fact, Service
    from tracker.register import Register

__all__ = ["app"]


@command(
    nouns,
    "list",
    N_(
        "List the services as they stand on a day, those that match every filter."
    ),
    "opd-tracker service list --opd dinkes --stage online\nopd-tracker service list --find ktp --json",
)
def list_services(
    ctx: typer.Context,
    opd: OfOPD = "",
    kind: OfKind = "",
    tag: OfTag = "",
    application: OfApp = "",
    stage: Annotated[
        str,
        Option(
            "--stage",
            metavar=STAGE,
            autocompletion=complete_stages,
            help=N_("Only those in this stage."),
        ),
    ] = "",
    find: Annotated[
        str,
        Option(
            "--find",
            metavar="TEXT",
            help=N_("Only those with this text in code, name or owner."),
        ),
    ] = "",
    on: Annotated[
        str,
        Option(
            "--on",
            metavar=DATE,
            help=N_("As they stood on that day (today unless given)."),
        ),
    ] = "",
    retired: All = False,
    as_json: Json = False,
) -> None:
    """List services."""
    from tracker.cli.show import Show, print_rows
    from tracker.lookup import find_application, find_opd
    from tracker.text import normalize_name

    session = session_of(ctx)
    register, language, day = (
        session.register,
        session.language,
        session.read_day(on),
    )
    wanted = {
        "opd": find_opd(register, opd).code if opd else None,
        "kind": read_kind(kind).value if kind else None,
        "application": find_application(register, application).code
        if application
        else None,
        "stage": session.read_stage(stage).value if stage else None,
    }
    rows = [
        row
        for row in (
            _service_row(register, service, day)
            for service in _in_order(register)
        )
        if (retired or row["active"])
        and all(value in (None, row[name]) for name, value in wanted.items())
        and (not tag or tag in row["tags"])
        and normalize_name(find)
        in normalize_name(f"{row['service']} {row['name']} {row['owner']}")
    ]
    shown: dict[str, Show] = {
        N_("Code"): lambda row: row["service"],
        N_("Name"): lambda row: row["name"],
        N_("OPD"): lambda row: row["opd"],
        N_("Stage"): lambda row: _stage_text(row, language),
        N_("Since"): lambda row: language.date(row["since"]),
        N_("Visits"): lambda row: language.plain(row["visits"]),
    }
    print_rows(rows, shown, language, as_json=as_json, right=[5])


def _in_order(register: "Register") -> list["Service"]:
    return sorted(register.services.values(), key=lambda service: service.code)


def _service_row(
    register: "Register", service: "Service", day: "date"
) -> dict[str, Any]:
    from tracker import history

    opd = register.opds[history.opd_at(register, service, day)]
    move = history.find_last_move(register, service, day)
    application = register.applications.get(service.application or "")
    return {
        "service": service.code,
        "name": service.name,
        "opd": opd.code,
        "kind": opd.kind.value,
        "stage": history.stage_at(register, service, day).value,
        "since": history.entered_on(register, service, day),
        "active": history.is_active(register, service, day),
        "verified": move is None
        or (move.verified_on is not None and move.verified_on <= day),
        "volume": service.volume,
        "visits": history.visits_at(register, service, day),
        "days": history.days_at(register, service, day),
        "application": application.code if application else None,
        "tags": list(service.tags),
        "owner": service.owner,
        "family": service.family,
        "registered_on": service.registered_on,
    }


def _stage_text(row: dict[str, Any], language: Language) -> str:
    from tracker.labels import stage_word
    from tracker.model import Stage

    text = language.text(stage_word(Stage(row["stage"])))
    marks = [
        language.text("hybrid")
        if row["stage"] == "online" and (row["visits"] or 0) > 0
        else "",
        "" if row["verified"] else language.text("unverified"),
        "" if row["active"] else language.text("closed"),
    ]
    said = ", ".join(mark for mark in marks if mark)
    return f"{text} ({said})" if said else text


@command(
    nouns,
    "show",
    N_("Show one service with all of its facts and their numbers."),
    "opd-tracker service show disdukcapil-ktp-elektronik",
)
def show_service(
    ctx: typer.Context, service: OneService, as_json: Json = False
) -> None:
    """Show a service."""
    from tracker.changes import Change, closure_reasons
    from tracker.cli.show import print_json
    from tracker.lookup import find_service
    from tracker.narration.codes import Codes
    from tracker.narration.facts import describe_change
    from tracker.text import visible

    session = session_of(ctx)
    register, language = session.register, session.language
    found = find_service(register, service)
    row = _service_row(register, found, session.today)
    facts = facts_of(register, found)
    if as_json:
        print_json(
            {
                **row,
                "facts": [_fact_as_json(table, fact) for table, fact in facts],
            }
        )
        return
    print(visible(f"{found.name} ({found.code})"))
    opd = visible(register.opd_codes[row["opd"]].name)
    print(
        f"{opd} · {_stage_text(row, language)} · {_demand_text(row, language)}"
    )
    print()
    reasons, codes = closure_reasons(register), Codes(register)
    for table, fact in facts:
        print(
            describe_change(
                codes, Change(table, fact.id, None, fact), language
            )[2:]
            + _signature_of(session, fact)
        )
        if fact.id in reasons:
            print(f"    {language.text('Why')}: {visible(reasons[fact.id])}")


def _demand_text(row: dict[str, Any], language: Language) -> str:
    visits = NOTHING if row["visits"] is None else language.plain(row["visits"])
    days = NOTHING if row["days"] is None else language.plain(row["days"])
    return language.text(
        "visits {visits}, days {days}", visits=visits, days=days
    )


def _signature_of(session: Session, fact: "Fact") -> str:
    from tracker.text import visible

    return visible(
        f" [{fact.by}, {session.to_local_time(fact.recorded_at):%Y-%m-%d}]"
    )


def _fact_as_json(table: str, fact: "Fact") -> dict[str, Any]:
    import msgspec

    return {"table": table, **msgspec.to_builtins(fact)}


def facts_of(
    register: "Register", service: "Service"
) -> list[tuple[str, "Fact"]]:
    """Return the service and every fact about it, table by table, each in the order in which it counts."""
    found: list[tuple[str, Fact]] = [("services", service)]
    found += [("moves", fact) for fact in register.moves_of.get(service.id, ())]
    found += [
        ("transfers", fact)
        for fact in register.transfers_of.get(service.id, ())
    ]
    found += [
        ("closures", fact) for fact in register.closures_of.get(service.id, ())
    ]
    found += [
        ("targets", fact) for fact in register.targets_of.get(service.id, ())
    ]
    found += [
        ("obstacles", fact)
        for fact in register.obstacles_of.get(service.id, ())
    ]
    return found
