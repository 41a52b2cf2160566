"""Arguments and options that several commands share."""

from typing import Annotated

from typer import Argument, Option

from tracker.cli.complete import (
    complete_applications,
    complete_opds,
    complete_services,
    complete_services_then_stage,
    complete_stages,
)
from tracker.language import N_

DATE = "DATE"
FACTOR = N_("infrastructure|people|application|leadership")
KIND = "dinas|badan|kecamatan|…"
STAGE = N_("conventional|online|integrated")
WEEK = "2026-W47"

OneOPD = Annotated[
    str,
    Argument(
        metavar="OPD",
        autocompletion=complete_opds,
        help=N_("An OPD: its code, name or alias."),
    ),
]
OneService = Annotated[
    str,
    Argument(
        metavar="SERVICE",
        autocompletion=complete_services,
        help=N_("A service: its code or name."),
    ),
]
Services = Annotated[
    list[str],
    Argument(
        metavar="SERVICE…",
        autocompletion=complete_services,
        help=N_("Services: codes or names."),
    ),
]
MovedServices = Annotated[
    list[str],
    Argument(
        metavar="SERVICE…",
        autocompletion=complete_services_then_stage,
        help=N_("Services: codes or names."),
    ),
]
SomeServices = Annotated[
    list[str] | None,
    Argument(
        metavar="[SERVICE…]",
        autocompletion=complete_services,
        help=N_("Services: codes or names."),
    ),
]
OneApplication = Annotated[
    str,
    Argument(
        metavar="APP",
        autocompletion=complete_applications,
        help=N_("An application: its code or name."),
    ),
]
StageWord = Annotated[
    str,
    Argument(
        metavar="STAGE",
        autocompletion=complete_stages,
        help=N_("The stage reached."),
    ),
]

Day = Annotated[
    str,
    Option(
        "--on",
        metavar=DATE,
        help=N_("The day on which it took effect (today unless given)."),
    ),
]
Json = Annotated[
    bool,
    Option("--json", help=N_("Print JSON and nothing else.")),
]
WithCode = Annotated[
    str,
    Option(
        "--code",
        metavar="CODE",
        help=N_("Its code (made from its name unless given)."),
    ),
]
NewCode = Annotated[
    str | None,
    Option("--code", metavar="CODE", help=N_("Its new code.")),
]
NewName = Annotated[
    str | None,
    Option("--name", metavar="NAME", help=N_("Its new name.")),
]
Evidence = Annotated[
    str,
    Option(
        "--evidence",
        metavar="TEXT",
        help=N_("What shows it: a letter, a link, a visit."),
    ),
]
Note = Annotated[str, Option("--note", metavar="TEXT", help=N_("A remark."))]
Verified = Annotated[
    bool,
    Option("--verified", help=N_("You have checked it yourself.")),
]
Visits = Annotated[
    str,
    Option(
        "--visits",
        metavar="N",
        help=N_("Office visits that one request takes from then on."),
    ),
]
Days = Annotated[
    str,
    Option(
        "--days",
        metavar="N",
        help=N_("Days that one request takes to process from then on."),
    ),
]
OfOPD = Annotated[
    str,
    Option(
        "--opd",
        metavar="OPD",
        autocompletion=complete_opds,
        help=N_("Only those of this OPD."),
    ),
]
OfKind = Annotated[
    str,
    Option("--kind", metavar=KIND, help=N_("Only this kind of OPD.")),
]
OfTag = Annotated[
    str,
    Option("--tag", metavar="TAG", help=N_("Only services with this tag.")),
]
OfApp = Annotated[
    str,
    Option(
        "--app",
        metavar="APP",
        autocompletion=complete_applications,
        help=N_("Only services of this application."),
    ),
]
InWeek = Annotated[
    str,
    Option(
        "--week",
        metavar=WEEK,
        help=N_("The week (the running one unless given)."),
    ),
]
All = Annotated[
    bool,
    Option(
        "--all",
        help=N_("Also those that are closed, retired or resolved."),
    ),
]
