"""A comparison in words: sections of tables, the same for a terminal, Markdown, HTML and screens."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tracker.comparison.cities import ComparedCity
from tracker.comparison.collected_cities import CollectedCity
from tracker.comparison.kinds import KindFigures, compare_kinds
from tracker.comparison.pairing import Decisions, Pairing, pair_services
from tracker.comparison.rows import (
    Row,
    city_row,
    collected_row,
    kind_rows,
    lesson_rows,
    near_row,
    standing_row,
)
from tracker.labels import kind_word
from tracker.language import N_, Language
from tracker.metrics.labels import PACE_MARKS, pace_word
from tracker.metrics.values import Pace
from tracker.text import markdown

Show = Callable[[Any], str]

MOST_FORECASTS = 40
"""Collected cities with forecasts in a table: 500 would take four seconds."""
_MOST_NAMES = 5
"""Cities named in a title; of more, how many they are."""


@dataclass(frozen=True)
class Section:
    """One table of a comparison, in words; ``right`` are the places of its numbers."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int]
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """Our city, the first, beside others; ``decided`` returns what was decided on near names.

    Of the ``collected`` cities no more is known than the counts that they published.
    """

    cities: Sequence[ComparedCity]
    decided: Callable[[str], Decisions] = field(
        default=lambda name: Decisions({}),
    )
    collected: Sequence[CollectedCity] = ()

    @property
    def others(self) -> Sequence[ComparedCity]:
        """The cities with services that ours is compared with."""
        return self.cities[1:]

    @cached_property
    def pairings(self) -> list[Pairing]:
        """What ours shares with each of the others."""
        own = self.cities[0]
        return [
            pair_services(own, other, self.decided(other.name))
            for other in self.others
        ]

    @property
    def everyone(self) -> list[ComparedCity | CollectedCity]:
        """All cities, ours first and the collected ones last."""
        return [*self.cities, *self.collected]

    @property
    def forecasts_fit(self) -> bool:
        """Whether the collected cities are few enough for a table to forecast each at once."""
        return len(self.collected) <= MOST_FORECASTS

    def city_rows(self, *, with_forecasts: bool = True) -> list[Row]:
        """Return the figures, a row a city; ``with_forecasts`` of the collected ones."""
        return [
            *(city_row(city) for city in self.cities),
            *(
                collected_row(city, with_forecast=with_forecasts)
                for city in self.collected
            ),
        ]

    def kind_rows(self) -> list[Row]:
        """Return the figures by kind of OPD, a row a kind and city."""
        return kind_rows(self.everyone, self._kinds)

    @cached_property
    def _kinds(self) -> list[KindFigures]:
        return compare_kinds(self.cities, self.collected)

    def lesson_rows(self) -> list[Row]:
        """Return what to learn from whom, a row a service."""
        return lesson_rows(self.pairings)

    def lessons_by_cities(self) -> dict[tuple[str, str], list[Row]]:
        """Return what to learn from whom, by the names of learner and teacher."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.lesson_rows():
            cities = row["learner"], row["teacher"]
            found.setdefault(cities, []).append(row)
        return found

    def near_rows(self) -> list[Row]:
        """Return the near names that nobody has decided on."""
        return [near_row(pair) for one in self.pairings for pair in one.near]

    def standing_rows(self) -> list[Row]:
        """Return how ours stands on what it shares, a row for each other city."""
        return [
            standing_row(other, pairing)
            for other, pairing in zip(self.others, self.pairings, strict=True)
        ]


def cities_section(comparison: Comparison, language: Language) -> Section:
    """Return the cities side by side."""
    number, percent = language.number, language.percent
    shown: dict[str, Show] = {
        N_("City"): lambda row: _city_name(row, language),
        N_("Week"): lambda row: row["week"],
        N_("OPDs"): lambda row: number(row["opds"], 0),
        N_("Services"): lambda row: number(row["services"], 0),
        N_("Digital"): lambda row: percent(row["digital_share"]),
        N_("Behind the single door"): lambda row: percent(
            row["single_door_share"],
        ),
        N_("Index"): lambda row: number(row["index"]),
        N_("Velocity"): lambda row: number(row["velocity"], 2, signed=True),
        N_("Verified"): lambda row: percent(row["verified_share"], 0),
        N_("Pace"): lambda row: _pace_text(row["pace"], language),
        N_("Forecast"): lambda row: language.date(row["forecast_p85"]),
        N_("Chance to meet the goal"): lambda row: percent(
            row["goal_chance"],
            0,
        ),
    }
    title = language.text("Cities side by side")
    rows = comparison.city_rows(with_forecasts=comparison.forecasts_fit)
    return _make_section(
        title,
        rows,
        shown,
        language,
        {*range(2, 9), 11},
        " ".join(_note_cities(comparison, rows, language)),
    )


def _note_cities(
    comparison: Comparison,
    rows: Sequence[Row],
    language: Language,
) -> Iterator[str]:
    """Yield what a reader of the cities side by side should know."""
    weeks = sorted({row["week"] for row in rows})
    if len(weeks) > 1:
        yield language.text(
            "The weeks differ, from {first} to {last}: each city stands in its own.",
            first=weeks[0],
            last=weeks[-1],
        )
    if comparison.collected:
        yield language.text(
            "Only the published weeks are known of {n} of {all} cities: – where their counts do not tell.",
            n=len(comparison.collected),
            all=len(rows),
        )
    if not comparison.forecasts_fit:
        yield language.text(
            "Forecasts of more than {n} such cities are left to `compare --json` and `--csv`.",
            n=MOST_FORECASTS,
        )


def cities_sections(
    comparison: Comparison,
    language: Language,
) -> list[Section]:
    """Return the cities side by side, and how ours stands with those that have services."""
    cities = cities_section(comparison, language)
    if not comparison.others:
        return [cities]
    return [cities, standing_section(comparison, language)]


def kinds_section(comparison: Comparison, language: Language) -> Section:
    """Return the cities kind by kind; the leader of a kind is marked."""
    number, percent = language.number, language.percent
    shown: dict[str, Show] = {
        N_("Kind"): lambda row: language.text(kind_word(row["kind"])),
        N_("City"): lambda row: (
            f"★ {row['city']}" if row["leads"] else row["city"]
        ),
        N_("Services"): lambda row: number(row["services"], 0),
        N_("Digital"): lambda row: percent(row["digital_share"]),
        N_("Behind the single door"): lambda row: percent(
            row["single_door_share"],
        ),
        N_("Index"): lambda row: number(row["index"]),
        N_("Velocity"): lambda row: number(row["velocity"], 2, signed=True),
        N_("Pace"): lambda row: _pace_text(row["pace"], language),
    }
    title = language.text("By kind of OPD")
    note = language.text("★ has the highest index of its kind.")
    return _make_section(
        title,
        comparison.kind_rows(),
        shown,
        language,
        {2, 3, 4, 5, 6},
        note,
    )


def standing_section(comparison: Comparison, language: Language) -> Section:
    """Return on how much of what is shared ours is ahead and behind."""

    def count(name: str) -> Show:
        return lambda row: language.number(row[name], 0)

    shown: dict[str, Show] = {
        N_("With"): lambda row: row["city"],
        N_("Shared"): count("shared"),
        N_("Ahead"): count("ahead"),
        N_("Level"): count("level"),
        N_("Behind"): count("behind"),
        N_("To learn"): count("to_learn"),
        N_("To teach"): count("to_teach"),
        N_("Undecided names"): count("undecided"),
    }
    title = language.text("Services that both offer")
    return _make_section(
        title,
        comparison.standing_rows(),
        shown,
        language,
        set(range(1, 8)),
    )


def lessons_sections(
    comparison: Comparison,
    language: Language,
) -> list[Section]:
    """Return what to learn from whom, a section for each learner and teacher."""

    def share(integrated: str, services: str) -> Show:
        return lambda row: f"{row[integrated]}/{row[services]}"

    shown: dict[str, Show] = {
        N_("Service"): lambda row: row["name"],
        N_("Here"): share("integrated", "services"),
        N_("There"): share("teacher_integrated", "teacher_services"),
        N_("Application"): lambda row: ", ".join(row["applications"]) or "–",
        N_("Days"): lambda row: language.number(row["days"], 0),
    }
    note = language.text(
        "Here and there: of how many. Days: from the registration to the single door; – if there from the start.",
    )
    sections = []
    for (learner, teacher), rows in comparison.lessons_by_cities().items():
        title = language.text(
            "{learner} can learn from {teacher}",
            learner=learner,
            teacher=teacher,
        )
        right = {1, 2, 4}
        sections.append(
            _make_section(title, rows, shown, language, right, note),
        )
    return sections


def near_section(comparison: Comparison, language: Language) -> Section:
    """Return the names that may mean the same service."""
    shown: dict[str, Show] = {
        N_("City"): lambda row: row["city"],
        N_("Our code"): lambda row: row["service"],
        N_("Our name"): lambda row: row["name"],
        N_("Their code"): lambda row: row["other_service"],
        N_("Their name"): lambda row: row["other_name"],
    }
    title = language.text("Names that may mean the same service")
    return _make_section(title, comparison.near_rows(), shown, language, set())


def all_sections(comparison: Comparison, language: Language) -> list[Section]:
    """Return the whole comparison; an empty table is left out."""
    sections = (
        cities_section(comparison, language),
        standing_section(comparison, language),
        *lessons_sections(comparison, language),
        kinds_section(comparison, language),
        near_section(comparison, language),
    )
    return [section for section in sections if section.rows]


def title_comparison(comparison: Comparison, language: Language) -> str:
    """Return what the whole comparison is called: the names of its cities, if they are few."""
    names = [city.name for city in comparison.everyone]
    if len(names) > _MOST_NAMES:
        return language.text(
            "{city} beside {n} other cities",
            city=names[0],
            n=len(names) - 1,
        )
    return language.text(
        "{cities} side by side",
        cities=language.enumeration(names),
    )


def render_markdown(comparison: Comparison, language: Language) -> str:
    """Return the whole comparison as Markdown."""
    title = title_comparison(comparison, language)
    lines = [f"# {markdown(title)}", ""]
    for section in all_sections(comparison, language):
        lines += [f"## {markdown(section.title)}", ""]
        if section.note:
            lines += [markdown(section.note), ""]
        lines += [_markdown_row(section.headers)]
        marks = (
            "---:" if n in section.right else "---"
            for n in range(len(section.headers))
        )
        lines += ["| " + " | ".join(marks) + " |"]
        lines += [_markdown_row(row) for row in section.rows]
        lines += [""]
    return "\n".join(lines)


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(markdown, cells)) + " |"


def _make_section(
    title: str,
    rows: Sequence[Row],
    shown: dict[str, Show],
    language: Language,
    right: set[int],
    note: str = "",
) -> Section:
    return Section(
        title,
        tuple(language.text(header) for header in shown),
        tuple(tuple(show(row) for show in shown.values()) for row in rows),
        frozenset(right),
        note,
    )


def _city_name(row: Row, language: Language) -> str:
    if row["illustrative"]:
        return f"{row['city']} ({language.text('illustrative')})"
    if row["in_opening"]:
        return f"{row['city']} ({language.text('in the opening')})"
    return str(row["city"])


def _pace_text(pace: Pace | None, language: Language) -> str:
    if pace is None:
        return "–"
    return f"{PACE_MARKS[pace]} {language.text(pace_word(pace))}"
