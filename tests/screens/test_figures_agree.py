"""Every figure on the screens is the one that the metrics give for the same scope and week."""

from collections.abc import Iterator

import pytest

from screens.app import TrackerApp
from screens.navigation import OPDPage
from tests.depth import one_in
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, settled, shown
from tests.tracker.builder import Builder
from tracker.language import load_language
from tracker.metrics import measure_scope
from tracker.metrics.values import CITY, Figures, Scope
from tracker.narration.chances import at_least
from tracker.week import Week

ENGLISH = load_language("en")
NUMBER = ENGLISH.number
STAGES = ("conventional", "online", "integrated")


@pytest.fixture
def app(make_app: MakeApp, city: Builder) -> TrackerApp:
    """Services that were passed on, closed, reopened, moved back and held back, half a year long."""
    city.opd("ptsp", name="Dinas PTSP")
    city.application("sadayana", "ptsp", name="Sadayana")
    for number in range(9):
        tags = ("wajib",) if number % 2 else ("wajib pusat",)
        stage, on = STAGES[number % 2], f"2026-0{5 + number % 3}-04"
        application = None if number % 3 else "sadayana"
        city.service(
            f"d{number}", "ptsp", on, stage, tags=tags, application=application
        )
    for code, day, stage in (
        ("d0", "2026-08-03", "online"),
        ("d0", "2026-09-21", "integrated"),
        ("d2", "2026-10-05", "online"),
        ("d4", "2026-10-26", "integrated"),
        ("d1", "2026-11-02", "integrated"),
        ("d0", "2026-11-17", "online"),
    ):
        city.move(code, day, stage)
    city.transfer("d1", "2026-10-01", "dinkes")
    city.transfer("d3", "2026-11-16", "dinkes")
    city.closure("d5", "2026-10-10")
    city.closure("d6", "2026-08-01", "2026-10-01")
    city.obstacle("d0", "2026-09-01", "people")
    city.obstacle("d2", "2026-10-01", "people")
    city.obstacle("d5", "2026-10-01", "leadership")
    return make_app(city.register)


def measured(
    app: TrackerApp, scope: Scope, week: Week | None = None
) -> Figures:
    return measure_scope(
        app.state.register, scope, week or Week.of(TODAY), TODAY
    )


def told(figures: Figures) -> Iterator[str]:
    """Go through what a page of figures has to say of them."""
    for stage in STAGES:
        share = ENGLISH.percent(getattr(figures, stage) / figures.services, 0)
        yield f"{stage.capitalize()} {getattr(figures, stage)} ({share})"
    yield f"Index {NUMBER(figures.index)}"
    changes = (figures.index_change, figures.progress, figures.scope_effect)
    change, progress, scope = (
        NUMBER(value, 2, signed=True) for value in changes
    )
    yield f"{change} this week: progress {progress}, scope {scope}"
    velocity, acceleration = (
        NUMBER(figures.velocity, 2),
        NUMBER(figures.acceleration, 2, signed=True),
    )
    yield f"{velocity} points a week, acceleration {acceleration}"
    forecast = figures.forecast
    for day, chance in (
        (forecast.p50, "50%"),
        (forecast.p85, "85%"),
        (forecast.p95, "95%"),
    ):
        if day:
            yield f"{ENGLISH.date(day)} {chance}"
    yield f"needs {NUMBER(figures.required_velocity, 2)} points a week"
    if figures.goal_chance is None:
        yield f"today's pace is {ENGLISH.percent(figures.pace_ratio, 0)} of that"
    else:
        yield f"chance {at_least(figures.goal_chance, ENGLISH)} in 100"


@pytest.mark.parametrize(
    "wanted", one_in(2, ["", "opd:ptsp", "opd:dinkes", "tag:wajib"])
)
async def test_the_overview_tells_the_figures_of_its_filter(
    app: TrackerApp, wanted: str
) -> None:
    what, _, name = wanted.partition(":")
    scopes = {"": CITY, "tag": Scope("tag", name)}
    scope = scopes.get(what) or Scope(
        "opd", app.state.register.opd_codes[name].id
    )
    async with app.run_test(size=(240, 50)) as pilot:
        await settled(pilot)
        app.set_filter(wanted)
        await settled(pilot)
        said = " ".join(shown(pilot).split())
        assert [
            words for words in told(measured(app, scope)) if words not in said
        ] == []


@pytest.mark.parametrize("code", one_in(3, ["dukcapil", "dinkes", "ptsp"]))
async def test_the_table_and_the_page_of_an_opd_tell_its_figures(
    app: TrackerApp, code: str
) -> None:
    opd = app.state.register.opd_codes[code]
    figures = measured(app, Scope("opd", opd.id))
    async with app.run_test(size=(240, 50)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        row = next(
            line
            for line in shown(pilot).splitlines()
            if line.strip().startswith(opd.name)
        )
        cells = " ".join(row.translate(str.maketrans("", "", "█▓░")).split())
        change = NUMBER(figures.index_change, 1, signed=True)
        assert (
            f"{opd.name} {figures.services} {NUMBER(figures.index)} {change} "
            in cells
        )
        speed = f"{NUMBER(figures.velocity, 2)} {NUMBER(figures.acceleration, 2, signed=True)}"
        assert f" {speed} " in cells
        app.open_destination(OPDPage(opd.id))
        await settled(pilot)
        said = " ".join(shown(pilot).split())
        assert [words for words in told(figures) if words not in said] == []


async def test_an_application_the_factors_and_the_weeks_are_told_as_measured(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(200, 80)) as pilot:
        await settled(pilot)
        await pilot.press("5")
        figures = measured(
            app,
            Scope("app", app.state.register.application_codes["sadayana"].id),
        )
        row = next(
            line
            for line in shown(pilot).splitlines()
            if line.strip().startswith("Sadayana")
        )
        assert (
            f" {figures.conventional} {figures.online} {figures.integrated} "
            in " ".join(row.split())
        )
        await pilot.press("6")
        for factor, load in measured(app, CITY).obstacles.items():
            row = next(
                line
                for line in shown(pilot).splitlines()
                if line.startswith(f" {factor.capitalize()} ")
            )
            counts = [int(word) for word in row.split() if word.isdigit()]
            assert counts == [load.open, load.services, load.remaining_steps]
        await pilot.press("7")
        await settled(pilot)
        rows = [
            line.split("▏")[0]
            for line in shown(pilot).splitlines()
            if line.startswith("  2026-W")
        ]
        assert len(rows) > 20
        for row in rows:
            figures = measured(app, CITY, Week.parse(row.split()[0]))
            told_of_week = f"{NUMBER(figures.index)} {NUMBER(figures.steps, 0, signed=True)}"
            assert " ".join(row.split()).endswith(told_of_week)
