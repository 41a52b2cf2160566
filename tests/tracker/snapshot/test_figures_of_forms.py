"""Every figure that a form prints is one of `metrics --json`, or a count of the export."""

import re
from collections.abc import Iterator
from math import ceil, floor
from typing import Any

import msgspec
import pytest

from tests.demonstration import invented_city
from tracker.demo import TODAY
from tracker.language import Language, load_language
from tracker.metrics import Scope, measure, measure_scope
from tracker.metrics.later import work_out
from tracker.model import Kind
from tracker.register import Register
from tracker.snapshot import read_week, render, render_chat
from tracker.snapshot.week import compute_improvement
from tracker.week import Week

W47 = Week(2026, 47)
SPANS = (1, 4, 13, 52)
NUMBER = re.compile(r"(?<![\w.,†-])[+−-]?\d[\d.,]*%?")
LANGUAGE = load_language("en")


@pytest.fixture(scope="module")
def register() -> Register:
    return invented_city()


@pytest.fixture(scope="module")
def known(register: Register) -> set[str]:
    """Every figure of the metrics and every count of the export, as they may be written."""
    found: set[str] = set()
    for value in (*metric_numbers(register), *export_counts(register)):
        found |= spellings(value, LANGUAGE)
    return found


def metric_numbers(register: Register) -> Iterator[float]:
    """Yield the numbers of ``metrics --json``, with --week and --kind too, and their changes."""
    now = measure(register, W47, TODAY)
    yield from numbers(plain(now))
    for kind in Kind:
        scope = Scope("kind", kind.value)
        yield from numbers(plain(measure_scope(register, scope, W47, TODAY)))
    for weeks in SPANS:
        then = plain(measure(register, W47.plus(-weeks), TODAY))
        yield from numbers(then["city"])
        yield from changes(plain(now)["city"], then["city"])
    yield from by_day(plain(now))


def plain(figures: Any) -> Any:
    return msgspec.to_builtins(figures, enc_hook=work_out)


def numbers(node: Any) -> Iterator[float]:
    if isinstance(node, dict):
        for value in node.values():
            yield from numbers(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from numbers(value)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield node


def changes(now: dict[str, Any], then: dict[str, Any]) -> Iterator[float]:
    for name, value in now.items():
        if isinstance(value, int | float) and then.get(name) is not None:
            yield value - then[name]


def by_day(figures: dict[str, Any]) -> Iterator[float]:
    """Yield the targets of each day, all stages together, and what the pace leaves open."""
    days: dict[str, dict[str, int]] = {}
    for target in figures["city"]["targets"]:
        day = days.setdefault(target["due_on"], {})
        for name in (
            "set",
            "met",
            "on_time",
            "open",
            "pace_4",
            "pace_13",
            "expected",
        ):
            day[name] = day.get(name, 0) + target[name]
    for due_on, day in days.items():
        yield from day.values()
        yield day["set"] - day["expected"]
        opens = [
            (
                opd["kind"],
                sum(
                    t["open"]
                    for t in opd["figures"]["targets"]
                    if t["due_on"] == due_on
                ),
            )
            for opd in figures["opds"]
        ]
        yield sum(count > 0 for _, count in opens)
        for kind in Kind:
            yield sum(count for name, count in opens if name == kind)


def export_counts(register: Register) -> Iterator[float]:
    """Yield what anybody counts in the export: services, owners, claims, OPDs, reports."""
    value = read_week(register, W47, TODAY)
    yield value.figures.city.conventional + value.figures.city.online
    yield sum(bool(at.service.owner) for at in value.services)
    yield len(value.claimed)
    yield len(value.hybrid)
    yield len(value.reporting.silent)
    yield sum(bool(opd.silent_weeks) for opd in value.reporting.silent) - 3
    yield len([moved for moved in value.moved if moved.size]) - 6
    yield value.reporting.heard
    yield value.reporting.heard_before or 0
    yield len(value.figures.opds)
    yield sum(opd.figures.services > 0 for opd in value.figures.opds)
    yield sum(
        opd.figures.forecast.reason == "no_progress"
        for opd in value.figures.opds
    )
    for evaluation in value.evaluations:
        yield from (
            evaluation.score or 0,
            evaluation.target or 0,
            evaluation.rank or 0,
        )
        yield compute_improvement(evaluation, value.evaluations) or 0
    for revision in value.revisions:
        for one in revision.differences:
            yield from (one.published, one.recomputed)
    for row in value.ranks:
        yield row.rank or 0
    for moved in value.moved:
        yield sum(max(0, movement.steps) for movement in moved.movements)
        yield sum(max(0, -movement.steps) for movement in moved.movements)


def spellings(value: float, language: Language) -> set[str]:
    """Return how a figure may be written: whole, with decimals, as a share, as a chance."""
    found = {language.number(value, digits) for digits in (0, 1, 2)}
    found |= {language.number(100 * value, 1), language.percent(value)}
    if 0 <= value <= 1:
        found |= {str(min(99, floor(100 * value))), str(ceil(100 * value))}
    return found | {text.lstrip("−+") for text in found}


@pytest.mark.parametrize("form", ["first page", "annex", "chat"])
def test_every_figure_of_a_form_is_known_elsewhere(
    register: Register, known: set[str], form: str
) -> None:
    value = read_week(register, W47, TODAY)
    text = render(value, LANGUAGE)
    first, annex = text.split("\n## Annex\n")
    page = {
        "first page": first,
        "annex": annex,
        "chat": render_chat(value, LANGUAGE),
    }[form]
    printed = set(figures_in(page, register))
    assert len(printed) > 20
    assert not sorted(printed - known - SAID_OF_TIME)


SAID_OF_TIME = {
    "2026",
    "2025",
    "2029",
    "16",
    "22",
    "47",
    "46",
    "50",
    "85",
    "100",
    "15",
}
SAID_OF_TIME |= {
    "2021",
    "2022",
    "2023",
    "2024",
    "1",
    "4",
    "12",
    "13",
    "28",
    "52",
    "91",
    "84",
    "95",
}
"""Numbers of the calendar, of spans, and the levels of a chance."""


def figures_in(page: str, register: Register) -> Iterator[str]:
    """Yield the numbers of a page that are not part of a date or of the register's texts."""
    for text in register_texts(register):
        page = page.replace(text, " ")
    page = re.sub(r"```.*?```", " ", page, flags=re.DOTALL)
    page = re.sub(
        r"\d{1,2} [A-Z][a-z]{2,8}( \d{4})?|[A-Z][a-z]{2,8} \d{4}|\d{4}-W\d\d",
        " ",
        page,
    )
    for found in NUMBER.findall(page):
        yield found.rstrip(".,").lstrip("+−-")


def register_texts(register: Register) -> list[str]:
    """Return the register's own texts, the longest first."""
    from tracker.text import markdown, shorten

    texts = {one.text for one in register.decisions.values()}
    texts |= {one.outcome for one in register.decisions.values() if one.outcome}
    texts |= {one.owner for one in register.decisions.values()}
    texts |= {one.text for one in register.milestones.values()}
    texts |= {one.source for one in register.evaluations.values() if one.source}
    texts |= {service.name for service in register.services.values()}
    texts |= {opd.name for opd in register.opds.values()}
    texts |= {shorten(text, 55) for text in texts}
    texts |= {markdown(text) for text in texts}
    return sorted(texts, key=lambda text: (-len(text), text))
