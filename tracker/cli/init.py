"""``init``, ``demo``, and the screens, which open without a command."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Option

from tracker.cli.catalogue import (
    WithDetails,
    WithoutApplications,
    WithoutKinds,
    read_selection,
)
from tracker.cli.common import DATE
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.cli.values import read_day
from tracker.errors import UsageError
from tracker.language import N_
from tracker.paths import typed_path

if TYPE_CHECKING:
    from datetime import date

    from screens.dialogs.personal import NewRegister
    from screens.session_state import UserPaths
    from tracker.exchange.catalogue.selection import Selection
    from tracker.register import Register

app = create_group()
SCREENS_WAIT = 0.7
"""Seconds that the screens wait for another program that writes: they freeze meanwhile."""


def open_program(session: Session) -> None:
    """Open the screens; without a terminal print the city's figures instead."""
    from screens import NO_TERMINAL, has_terminal, run

    if not has_terminal():
        from tracker.cli.metrics import print_city

        print_city(session)
        return

    is_there = session.server is not None or session.path.exists()
    if not is_there and not _created_on_screen(session):
        return
    session.wait, session.fresh_for = SCREENS_WAIT, 0.0
    code = run(
        session.store,
        lambda: session.today,
        session.by,
        session.language,
        session.settings,
        _user_paths(session),
    )
    if code not in (0, NO_TERMINAL):
        raise typer.Exit(code)


def _created_on_screen(session: Session) -> bool:
    """Ask for a new register on a screen and create it; return whether it was created."""
    from datetime import date

    from screens import run_new_register
    from tracker.exchange.catalogue.shipped import list_catalogues

    def create(new_register: "NewRegister") -> None:
        _create_register(
            session,
            new_register.city,
            new_register.catalogue,
            new_register.as_of,
            new_register.selection,
        )

    today = session.pinned_today or date.today()
    new_register = run_new_register(
        today,
        session.language,
        list_catalogues(),
        session.settings.theme,
        create,
    )
    return new_register is not None


def _user_paths(session: Session) -> "UserPaths":
    from screens.session_state import UserPaths
    from tracker.settings import settings_path

    path = settings_path()
    return UserPaths(
        path,
        path.with_name("places.json"),
        not (session.by_is_known or session.settings.by),
        bool(session.fixed_by),
    )


@command(
    app,
    "demo",
    N_(
        "Open the screens on a throw-away copy of an illustrative Bandung, two years of weeks deep.",
    ),
    "opd-tracker demo\nopd-tracker demo --keep bandung.json",
)
def open_demo(
    ctx: typer.Context,
    keep: Annotated[
        Path | None,
        Option(
            "--keep",
            metavar="PATH",
            help=N_("Write that register to a file and open nothing."),
        ),
    ] = None,
) -> None:
    """Open or write the demonstration."""
    from tracker.demo import demo_register

    session = session_of(ctx)
    register = demo_register()
    if keep is not None:
        _keep_demo(session, register, typed_path(keep))
        return
    from screens import NO_TERMINAL, run
    from tracker.cli.session import find_today
    from tracker.store.opening import open_store

    day = session.pinned_today or find_today(register)
    code = run(
        open_store(register),
        lambda: day,
        session.by,
        session.language,
        session.settings,
    )
    if code == NO_TERMINAL:
        from tracker.cli.figures_table import print_figures
        from tracker.metrics import WeekReading, measure_week
        from tracker.week import Week

        reading = WeekReading(register, Week.of(day), day)
        print_figures(reading, measure_week(reading), session.language)
    elif code:
        raise typer.Exit(code)


def _keep_demo(session: Session, register: "Register", path: Path) -> None:
    from tracker.store.opening import create_store

    create_store(path, register, mode=session.new_mode, plan=session.plan)
    day = session.language.date(register.only_city.today)
    print(
        session.language.text(
            "The illustrative register is in {path}; its today is {day}.",
            path=str(path),
            day=day,
        ),
    )


@command(
    app,
    "init",
    N_(
        "Begin a new register for a city; one that is there is never overwritten.",
    ),
    "opd-tracker init --city Bandung --portal Sadayana --goal 2027-12-31\n"
    "opd-tracker init --city Bandung --portal Sadayana --catalogue bandung --as-of 2026-11-01\n"
    "opd-tracker init --city Cimahi --portal Satu --catalogue bandung --without kecamatan",
)
def init_register(
    ctx: typer.Context,
    city: Annotated[
        str,
        Option("--city", metavar="NAME", help=N_("The city's name.")),
    ],
    portal: Annotated[
        str,
        Option(
            "--portal",
            metavar="NAME",
            help=N_("The name of its single door to all services."),
        ),
    ],
    catalogue: Annotated[
        str,
        Option(
            "--catalogue",
            metavar="NAME|FILE",
            help=N_(
                "Begin with a catalogue, such as bandung, or with another city's register or export.",
            ),
        ),
    ] = "",
    as_of: Annotated[
        str,
        Option(
            "--as-of",
            metavar=DATE,
            help=N_(
                "The day as of which the catalogue's services are registered (today unless given).",
            ),
        ),
    ] = "",
    timezone: Annotated[
        str,
        Option(
            "--timezone",
            metavar="TZ",
            help=N_("The city's time zone: WIB (unless given), WITA or WIT."),
        ),
    ] = "",
    goal: Annotated[
        str,
        Option(
            "--goal",
            metavar=DATE,
            help=N_("The date by which every service is to be integrated."),
        ),
    ] = "",
    without: WithoutKinds = None,
    without_application: WithoutApplications = None,
    details: WithDetails = None,
) -> None:
    """Create the register's file, with the city and what a catalogue brings."""
    from tracker.model import DEFAULT_ZONE

    if as_of and not catalogue:
        raise UsageError(
            "--as-of is the day of a catalogue's services: give --catalogue too.",
        )

    if (without or without_application or details) and not catalogue:
        raise UsageError(
            "{option} chooses from a catalogue: give --catalogue too.",
            option="--without, --without-application, --with",
        )

    session = session_of(ctx)
    fields = _city_fields(city, portal, timezone, goal)
    zone = fields.get("timezone", DEFAULT_ZONE)
    day = read_day(as_of, zone) if as_of else None
    selection = read_selection(without, without_application, details)
    register = _create_register(session, fields, catalogue, day, selection)
    _print_created(session, register)


def _city_fields(
    city: str,
    portal: str,
    timezone: str,
    goal: str,
) -> dict[str, Any]:
    """Read the options that are fields of the city; ``UsageError`` for a misfit."""
    from tracker.limits import check_timezone
    from tracker.model import DEFAULT_ZONE
    from tracker.text import collapse_whitespace
    from tracker.vocabulary import find_timezone

    fields: dict[str, Any] = {
        "name": collapse_whitespace(city),
        "portal": collapse_whitespace(portal),
    }
    if not (fields["name"] and fields["portal"]):
        raise UsageError("The city and its portal need a name.")

    if timezone:
        timezone = find_timezone(timezone)
        check_timezone(timezone)
        fields["timezone"] = timezone
    if goal:
        fields["goal"] = read_day(goal, timezone or DEFAULT_ZONE)

    return fields


def _create_register(
    session: Session,
    fields: dict[str, Any],
    catalogue: str,
    as_of: "date | None" = None,
    selection: "Selection | None" = None,
) -> "Register":
    """Create the register's file, with the city and what a catalogue brings."""
    from datetime import UTC, datetime

    from tracker.store.new_register import create_register
    from tracker.store.opening import create_store

    fields = {**fields, "in_opening": True}
    register = create_register(by=session.by, now=datetime.now(UTC), **fields)
    if catalogue:
        register = _enter_catalogue(
            session,
            register,
            catalogue,
            as_of,
            selection,
        )
    create_store(
        session.location,
        register,
        mode=session.new_mode,
        plan=session.plan,
    )
    return register


def _enter_catalogue(
    session: Session,
    register: "Register",
    catalogue: str,
    as_of: "date | None",
    selection: "Selection | None",
) -> "Register":
    """Return the register with the catalogue's facts, before anything is written."""
    from datetime import UTC, datetime

    from tracker.actions.draft import Context
    from tracker.actions.perform import perform
    from tracker.cli.session import find_today
    from tracker.exchange.catalogue.loading import load_catalogue
    from tracker.store.opening import open_store

    today = session.pinned_today or find_today(register)
    context = Context(by=session.by, now=datetime.now(UTC), today=today)
    action = load_catalogue(
        catalogue,
        register.only_city,
        context,
        as_of,
        selection,
    )
    return perform(open_store(register), action, context).register


def _print_created(session: Session, register: "Register") -> None:
    language, city = session.language, register.only_city.name
    print(
        language.text(
            "The register of {city} begins in {path}.",
            city=city,
            path=session.place,
        ),
    )
    if register.services:
        opds, services = len(register.opds), len(register.services)
        print(
            language.text(
                "OPDs: {opds}, services: {services}.",
                opds=opds,
                services=services,
            ),
        )
