"""``metrics``: the figures of a week, for people, programs and spreadsheets."""

from typing import TYPE_CHECKING, Annotated

import typer
from typer import Option

from tracker.cli.common import InWeek, Json, OfApp, OfKind, OfOPD, OfTag
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.cli.values import read_kind
from tracker.errors import Rejected, UsageError
from tracker.language import N_, Language

if TYPE_CHECKING:
    from tracker.metrics.values import Scope
    from tracker.register import Register
    from tracker.snapshot.revision_rate import RevisionRate
    from tracker.week import Week

app = create_group()


@command(
    app,
    "metrics",
    N_(
        "The figures of a week, for the city and every OPD, or for one scope alone.",
    ),
    "opd-tracker metrics --week 2026-W47\nopd-tracker metrics --tag wajib --json",
)
def show_metrics(
    ctx: typer.Context,
    week: InWeek = "",
    opd: OfOPD = "",
    kind: OfKind = "",
    tag: OfTag = "",
    application: OfApp = "",
    as_json: Json = False,
    as_csv: Annotated[
        bool,
        Option("--csv", help=N_("Print CSV and nothing else.")),
    ] = False,
) -> None:
    """Print the figures of a week."""
    session = session_of(ctx)
    chosen = {"opd": opd, "kind": kind, "tag": tag, "app": application}
    given = {what: text for what, text in chosen.items() if text}
    if len(given) > 1 or (as_json and as_csv):
        raise UsageError(
            "Choose one of {names}.",
            names=", ".join(f"--{what}" for what in given) or "--json, --csv",
        )
    asked = read_begun_week(session, week)
    if not given:
        print_city(session, asked, as_json=as_json, as_csv=as_csv)
        return

    [(what, text)] = given.items()
    scope = find_scope(session.register, what, text)
    _print_scope(session, asked, scope, as_json=as_json, as_csv=as_csv)


def read_begun_week(session: Session, text: str) -> "Week":
    """Read a week; raise ``Rejected`` if it has not begun yet."""
    week = session.read_week(text)
    if week.monday > session.today:
        raise Rejected("{week} has not begun.", week=str(week))
    return week


def find_scope(register: "Register", what: str, text: str) -> "Scope":
    """Return the scope of an OPD, kind, application or tag.

    Raises ``Rejected`` if there is none of that name.
    """
    from tracker.lookup import find_application, find_opd
    from tracker.metrics.values import Scope

    if what == "opd":
        return Scope("opd", find_opd(register, text).id)
    if what == "kind":
        return Scope("kind", read_kind(text, register.only_city.kinds))
    if what == "app":
        return Scope("app", find_application(register, text).id)
    if not any(text in service.tags for service in register.services.values()):
        raise Rejected("No service has the tag “{tag}”.", tag=text)
    return Scope("tag", text)


def print_city(
    session: Session,
    week: "Week | None" = None,
    *,
    as_json: bool = False,
    as_csv: bool = False,
) -> None:
    """Print the figures of the city and its OPDs."""
    from tracker.cli.figures import city_json, city_rows, csv_rows
    from tracker.cli.show import print_csv, print_json
    from tracker.metrics import WeekReading, measure_week

    asked = week or session.read_week("")
    reading = WeekReading(session.register, asked, session.today)
    found = measure_week(reading)
    if as_json:
        print_json(city_json(found, _find_revision(session, found.week)))
    elif as_csv:
        print_csv(*csv_rows(found, city_rows(found)))
    else:
        from tracker.cli.figures_table import print_figures

        print_figures(reading, found, session.language)


def _print_scope(
    session: Session,
    week: "Week",
    scope: "Scope",
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    from tracker.cli.figures import csv_rows, scope_json, scope_row
    from tracker.cli.show import print_csv, print_json
    from tracker.metrics import (
        WeekReading,
        measure_reading,
        measure_week,
        read_scope,
    )

    register = session.register
    reading = WeekReading(register, week, session.today)
    part = read_scope(reading, scope)
    figures = measure_reading(part, with_record=True)
    if as_json:
        revision = _find_revision(session, week)
        print_json(scope_json(measure_week(reading), revision, part, figures))
    elif as_csv:
        names = _scope_names(register, scope)
        found = measure_week(reading)
        row = scope_row(
            found,
            part,
            names,
            figures,
        )
        print_csv(*csv_rows(found, [row]))
    else:
        from tracker.cli.figures_table import print_scope

        title = _scope_title(register, scope, session.language)
        print_scope(title, part, figures, session.language)


def _find_revision(session: Session, week: "Week") -> "RevisionRate":
    from tracker.snapshot.revision_rate import revision_rate

    return revision_rate(session.register, week, session.today)


def _scope_names(register: "Register", scope: "Scope") -> tuple[str, str, str]:
    if scope.what == "opd":
        opd = register.opds[scope.key]
        return opd.code, opd.name, str(opd.kind)
    if scope.what == "app":
        application = register.applications[scope.key]
        return application.code, application.name, ""
    return scope.key, "", ""


def _scope_title(
    register: "Register",
    scope: "Scope",
    language: Language,
) -> str:
    from tracker.labels import kind_word
    from tracker.text import visible

    code, name, _ = _scope_names(register, scope)
    if scope.what == "kind":
        return language.text(kind_word(code))
    return visible(name or code)
