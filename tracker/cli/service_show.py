"""``service list`` and ``service show``: the services, and one with all its facts."""

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
        "List the services as they stand on a day, those that match every filter.",
    ),
    N_(
        "opd-tracker service list --opd dinkes --stage online\nopd-tracker service list --find ktp --json",
    ),
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
            help=N_("Only those with this text in any of their fields."),
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
    incomplete: Annotated[
        bool,
        Option(
            "--incomplete",
            help=N_("Only services with missing data, the worst first."),
        ),
    ] = False,
    retired: All = False,
    as_json: Json = False,
) -> None:
    """List services."""
    session = session_of(ctx)
    register, day = session.register, session.read_day(on)
    wanted = _read_wanted(session, opd, kind, application, stage)
    services = sorted(register.services.values(), key=lambda item: item.code)
    rows = []
    for service in services:
        if not _has_text(register, service, find):
            continue
        row = _service_row(register, service, day)
        if not retired and not row["active"]:
            continue
        if tag and tag not in row["tags"]:
            continue
        if all(row[name] == value for name, value in wanted.items()):
            rows.append(row)
    if incomplete:
        rows = [row for row in rows if row["missing"]]
        rows.sort(key=lambda row: (-len(row["missing"]), row["service"]))

    _print_services(rows, session.language, incomplete, as_json=as_json)


def _read_wanted(
    session: Session,
    opd: str,
    kind: str,
    application: str,
    stage: str,
) -> dict[str, str]:
    """Read the filters given: the values that a service's row has to have."""
    from tracker.lookup import find_application, find_opd

    register = session.register
    wanted: dict[str, str] = {}
    if opd:
        wanted["opd"] = find_opd(register, opd).code
    if kind:
        wanted["kind"] = session.read_kind(kind)
    if application:
        wanted["application"] = find_application(register, application).code
    if stage:
        wanted["stage"] = session.read_stage(stage).value
    return wanted


def _print_services(
    rows: list[dict[str, Any]],
    language: Language,
    incomplete: bool,
    *,
    as_json: bool,
) -> None:
    """Print the services; of those that are ``incomplete`` also what is missing."""
    from tracker.cli.show import Show, print_rows
    from tracker.narration.values import name_missing

    shown: dict[str, Show] = {
        N_("Code"): lambda row: row["service"],
        N_("Name"): lambda row: row["name"],
        N_("OPD"): lambda row: row["opd"],
        N_("Stage"): lambda row: _stage_text(row, language),
        N_("Since"): lambda row: language.date(row["since"]),
        N_("Visits"): lambda row: language.plain(row["visits"]),
    }
    if incomplete:
        shown[N_("Missing")] = lambda row: name_missing(
            row["missing"],
            language,
        )
    print_rows(rows, shown, language, as_json=as_json, right=[5])


def _has_text(register: "Register", service: "Service", find: str) -> bool:
    """Return whether a service has the text to ``find``."""
    from tracker.searching import service_words
    from tracker.text import normalize_name

    return not find or normalize_name(find) in service_words(register, service)


def _service_row(
    register: "Register",
    service: "Service",
    day: "date",
) -> dict[str, Any]:
    from tracker import history
    from tracker.fields import fields_beside
    from tracker.metrics.burden import missing_facts
    from tracker.metrics.point_in_time import service_at

    at = service_at(register, service, day)
    opd = register.opds[history.opd_at(register, service, day)]
    move = history.find_last_move(register, service, day)
    application = register.applications.get(service.application or "")
    row = {
        "service": service.code,
        "name": service.name,
        "opd": opd.code,
        "kind": str(opd.kind),
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
        "missing": list(missing_facts(at)) if at else [],
        "registered_on": service.registered_on,
    }
    for field in fields_beside("services", {"code", *row}):
        row[field.name] = getattr(service, field.name)
    return row


def _stage_text(row: dict[str, Any], language: Language) -> str:
    from tracker.labels import stage_word
    from tracker.model import Stage

    marks = []
    if row["stage"] == "online" and (row["visits"] or 0) > 0:
        marks.append(language.text("hybrid"))
    if not row["verified"]:
        marks.append(language.text("unverified"))
    if not row["active"]:
        marks.append(language.text("closed"))

    text = language.text(stage_word(Stage(row["stage"])))
    return f"{text} ({', '.join(marks)})" if marks else text


@command(
    nouns,
    "show",
    N_("Show one service with all of its facts and their numbers."),
    "opd-tracker service show disdukcapil-ktp-elektronik",
)
def show_service(
    ctx: typer.Context,
    service: OneService,
    as_json: Json = False,
) -> None:
    """Show a service."""
    import msgspec

    from tracker.cli.show import print_json
    from tracker.lookup import find_service
    from tracker.text import visible

    session = session_of(ctx)
    register, language = session.register, session.language
    found = find_service(register, service)
    row = _service_row(register, found, session.today)
    facts = facts_of(register, found)
    if as_json:
        listed = [
            {"table": table, **msgspec.to_builtins(fact)}
            for table, fact in facts
        ]
        print_json({**row, "facts": listed})
        return

    opd = visible(register.opd_codes[row["opd"]].name)
    stage, demand = _stage_text(row, language), _demand_text(row, language)
    print(visible(f"{found.name} ({found.code})"))
    print(f"{opd} · {stage} · {demand}")
    print()
    _print_facts(session, facts)


def _print_facts(session: Session, facts: list[tuple[str, "Fact"]]) -> None:
    """Print a line for each fact, signed by who recorded it when."""
    from tracker.changes import Change, closure_reasons
    from tracker.narration.codes import Codes
    from tracker.narration.facts import describe_change
    from tracker.text import visible

    register, language = session.register, session.language
    reasons, codes = closure_reasons(register), Codes(register)
    for table, fact in facts:
        change = Change(table, fact.id, None, fact)
        line = describe_change(codes, change, language).removeprefix("+ ")
        recorded = session.to_local_time(fact.recorded_at)
        print(line + visible(f" [{fact.by}, {recorded:%Y-%m-%d}]"))
        if fact.id in reasons:
            print(f"    {language.text('Why')}: {visible(reasons[fact.id])}")


def _demand_text(row: dict[str, Any], language: Language) -> str:
    visits = NOTHING if row["visits"] is None else language.plain(row["visits"])
    days = NOTHING if row["days"] is None else language.plain(row["days"])
    return language.text(
        "visits {visits}, days {days}",
        visits=visits,
        days=days,
    )


def facts_of(
    register: "Register",
    service: "Service",
) -> list[tuple[str, "Fact"]]:
    """Return the service and every fact about it with its table, by table and day."""
    from tracker.fields import FACT_KINDS, SERVICE_TABLES

    found: list[tuple[str, Fact]] = [("services", service)]
    for table in SERVICE_TABLES:
        kind = FACT_KINDS[table]
        # As they count: those of one day in the order in which they were recorded.
        of_service = sorted(
            (getattr(fact, kind.day, None), fact.recorded_at, key, fact)
            for key, fact in register.table(table).items()
            if fact.service == service.id
        )
        found += [(table, fact) for *_, fact in of_service]

    return found
