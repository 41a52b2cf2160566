"""``compare``: this city beside others, and what they can learn from each other."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from tracker.cli.common import Json
from tracker.cli.session import Session, find_today, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import Rejected, UsageError
from tracker.language import N_, Language
from tracker.paths import typed_path
from tracker.text import visible

if TYPE_CHECKING:
    from tracker.comparison.memory import Memory
    from tracker.comparison.report import Comparison, Section

app = create_group()
_SAME = "OURS=THEIRS"
_PARTS = {"--by-kind": "kinds", "--learn": "lessons", "--near": "near"}
"""What of a comparison each option asks for; without one it is the cities."""


@command(
    app,
    "compare",
    N_(
        "Compare this city with others, from registers, exports or a collected table: what to learn from whom.",
    ),
    "opd-tracker compare cimahi.json ekspor-sumedang/ --json\n"
    "opd-tracker compare cimahi.json --learn\n"
    "opd-tracker compare provinsi.db --csv\n"
    "opd-tracker compare --by-kind --same-age",
)
def compare_cities(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None,
        Argument(
            metavar="[FILE…]",
            help=N_(
                "Registers or exports of other cities, or a table of `collect` (the last ones unless given).",
            ),
        ),
    ] = None,
    same_age: Annotated[
        bool,
        Option(
            "--same-age",
            help=N_("In the same week since each city's history began."),
        ),
    ] = False,
    by_kind: Annotated[
        bool,
        Option("--by-kind", help=N_("Kind of OPD by kind of OPD.")),
    ] = False,
    learn: Annotated[
        bool,
        Option(
            "--learn",
            help=N_("What one has integrated and another has not, and how."),
        ),
    ] = False,
    near: Annotated[
        bool,
        Option("--near", help=N_("Names that may mean the same service.")),
    ] = False,
    same: Annotated[
        list[str] | None,
        Option(
            "--same",
            metavar=_SAME,
            help=N_("These codes mean the same service; kept for next time."),
        ),
    ] = None,
    different: Annotated[
        list[str] | None,
        Option(
            "--different",
            metavar=_SAME,
            help=N_("These codes mean different services; kept likewise."),
        ),
    ] = None,
    as_json: Json = False,
    as_csv: Annotated[
        bool,
        Option("--csv", help=N_("Print CSV and nothing else.")),
    ] = False,
    as_markdown: Annotated[
        bool,
        Option(
            "--markdown",
            help=N_("Print the whole comparison as Markdown."),
        ),
    ] = False,
) -> None:
    """Compare cities."""
    from tracker.cli.importing import can_ask
    from tracker.comparison.memory import load_memory, save_memory

    form = _choose_one(
        {"--json": as_json, "--csv": as_csv, "--markdown": as_markdown},
    )
    chosen = _choose_one(
        {"--by-kind": by_kind, "--learn": learn, "--near": near},
    )
    session = session_of(ctx)
    own_name = session.register.only_city.name
    memory = load_memory(memory_path(), own_name)
    paths = [typed_path(path) for path in files or memory.files]
    comparison = compare_with(session, paths, memory, same_age=same_age)
    if chosen in {"--learn", "--near"} and not comparison.others:
        raise Rejected(
            "A collected table holds counts and no services: for {option} name a register or an export too.",
            option=chosen,
        )
    _decide(memory, comparison, same or (), same=True)
    _decide(memory, comparison, different or (), same=False)
    if near and not form and can_ask():
        _ask_near(memory, comparison, session.language)
        # The pairs were found before the answers: find them anew.
        comparison = replace(comparison, decided=memory.decisions)
    memory.remember_files(paths)
    save_memory(memory_path(), own_name, memory)
    part = _PARTS.get(chosen, "cities")
    _print_comparison(comparison, part, form, session.language)


def memory_path() -> Path:
    """Return the file in which comparisons are remembered."""
    from tracker.comparison.memory import MEMORY_FILE
    from tracker.settings import settings_path

    return settings_path().with_name(MEMORY_FILE)


def compare_with(
    session: Session,
    paths: Sequence[Path],
    memory: "Memory",
    *,
    same_age: bool = False,
) -> "Comparison":
    """Return our city beside those in ``paths``; raise ``UsageError`` if there are none."""
    from tracker.comparison.cities import ComparedCity
    from tracker.comparison.reading import read_comparison

    if not paths:
        raise UsageError(
            "Name a register or an export of another city, or a table made by `collect`.",
        )
    own = ComparedCity.of(
        session.place.rpartition(os.sep)[2],
        session.register,
        session.today,
    )
    return read_comparison(
        own,
        paths,
        session.context,
        find_today,
        memory.decisions,
        session.pinned_today,
        same_age=same_age,
    )


def _choose_one(options: dict[str, bool]) -> str:
    """Return the option that was given, empty if none was; ``UsageError`` for several."""
    given = [name for name, is_given in options.items() if is_given]
    if len(given) > 1:
        raise UsageError("Choose one of {names}.", names=", ".join(options))
    return given[0] if given else ""


def _decide(
    memory: "Memory",
    comparison: "Comparison",
    pairs: Sequence[str],
    *,
    same: bool,
) -> None:
    """Remember which codes mean the same service, of the city that has theirs."""
    own = comparison.cities[0].register
    for pair in pairs:
        ours, equals, theirs = (part.strip() for part in pair.partition("="))
        if equals and ours not in own.service_codes:
            raise Rejected(
                "No service is called “{value}”: write its code.",
                value=ours,
            )
        if not equals:
            raise UsageError(
                "“{value}” is not a pair: write our code, = and theirs.",
                value=pair,
            )
        cities = [
            city
            for city in comparison.others
            if theirs in city.register.service_codes
        ]
        if not cities:
            raise Rejected(
                "None of the cities has a service with the code {code}.",
                code=theirs,
            )
        for city in cities:
            memory.decide(city.name, ours, theirs, same=same)


def _ask_near(
    memory: "Memory",
    comparison: "Comparison",
    language: Language,
) -> None:
    """Ask on the terminal which near names mean the same; Enter alone leaves one open."""
    from tracker.vocabulary import find_yes_no

    for pairing in comparison.pairings:
        for pair in pairing.near:
            question = language.text(
                "{city}: is “{theirs}” the same as our “{ours}”? (yes/no)",
                city=pair.other.city.name,
                theirs=pair.other.name,
                ours=pair.own.name,
            )
            print(
                visible(question),
                end=" ",
                file=sys.stderr,
                flush=True,
            )
            answer = find_yes_no(sys.stdin.readline())
            if answer is not None:
                memory.decide(
                    pair.other.city.name,
                    pair.own.code,
                    pair.other.code,
                    same=answer,
                )


def _print_comparison(
    comparison: "Comparison",
    part: str,
    form: str,
    language: Language,
) -> None:
    """Print a part of a comparison in the form of an option; Markdown has all parts."""
    from tracker.comparison.report import render_markdown

    if form == "--markdown":
        print(render_markdown(comparison, language))
    elif form:
        _print_rows(comparison, part, as_csv=form == "--csv")
    else:
        _print_sections(comparison, part, language)


def _print_rows(comparison: "Comparison", part: str, *, as_csv: bool) -> None:
    from tracker.cli.show import print_csv, print_json

    rows = {
        "cities": comparison.city_rows,
        "kinds": comparison.kind_rows,
        "lessons": comparison.lesson_rows,
        "near": comparison.near_rows,
    }[part]()
    if not as_csv:
        print_json(rows)
        return
    print_csv(
        list(rows[0]) if rows else [],
        [
            [
                ";".join(value) if isinstance(value, list) else value
                for value in row.values()
            ]
            for row in rows
        ],
    )


def _print_sections(
    comparison: "Comparison",
    part: str,
    language: Language,
) -> None:
    from tracker.comparison import report

    sections = {
        "cities": lambda: report.cities_sections(comparison, language),
        "kinds": lambda: [report.kinds_section(comparison, language)],
        "lessons": lambda: report.lessons_sections(comparison, language),
        "near": lambda: [report.near_section(comparison, language)],
    }[part]()
    if not sections:
        print(language.text("There is nothing to learn from each other yet."))
    for place, section in enumerate(sections):
        if place:
            print()
        _print_section(
            section,
            language,
            titled=part == "lessons" or len(sections) > 1,
        )
    undecided = len(comparison.near_rows())
    if undecided and part != "near":
        note = language.plural(
            "{n} name may mean another's service: --near lists it, --same and --different decide.",
            "{n} names may mean the same service: --near lists them, --same and --different decide.",
            undecided,
        )
        print(note, file=sys.stderr)


def _print_section(
    section: "Section",
    language: Language,
    *,
    titled: bool,
) -> None:
    from tracker.cli.show import print_table

    if not section.rows:
        print(f"{section.title}: {language.text('none')}")
        return
    if titled:
        print(visible(section.title))
    print_table(section.headers, section.rows, right=section.right)
    if section.note:
        print(section.note)
