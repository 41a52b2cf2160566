"""The lines of a past week tell what was so at its end, and nothing that came later."""

from collections.abc import Iterable, Iterator
from datetime import date

from hypothesis import HealthCheck, given, settings

from screens.applications import door_pieces
from screens.decisions.lines import decision_items, lines_in_full
from screens.opd.lines import opd_items
from screens.opd.why import why_items
from screens.overview.attention import attention_items
from screens.service.lines import about_items
from screens.service.timeline import timeline_items
from screens.state import DayView, State
from screens.widgets.lines import Item
from tests.depth import examples
from tests.screens.conftest import MakeApp
from tests.screens.harness import settled, shown
from tests.tracker.as_of import as_of, lived_in
from tests.tracker.builder import Builder
from tests.tracker.metrics.histories import History, histories
from tracker.language import load_language
from tracker.metrics.flow import find_movements
from tracker.metrics.values import Scope
from tracker.register import Register

EN = load_language("en")
WIDTH = 100


def texts(items: Iterable[Item]) -> list[str]:
    return [
        "".join(text for text, _ in (*one.pieces, *one.end)) for one in items
    ]


def look_back(register: Register, history: History) -> State:
    view = DayView(register, history.today)
    view = view.of_week(history.week, history.today).compute_all()
    state = State(view, EN, "rani")
    state.measured = view
    return state


def lines_of_opd(state: State, key: str) -> list[str]:
    scope = Scope("opd", key)
    moves = find_movements(state.register, date.min, state.today, scope)
    found = state.facts.opd_figures(key)
    why = why_items(state.facts, found, moves, EN) if found else []
    return texts([*why, *opd_items(state, key, moves)])


def lines_of(state: State, services: Iterable[str]) -> Iterator[list[str]]:
    register = state.register
    yield texts(attention_items(state, state.facts, 3, WIDTH, 60))
    yield texts(decision_items(state, (), WIDTH))
    for opd in register.opds:
        yield lines_of_opd(state, opd)
    for key in services:
        service = register.services[key]
        yield texts(about_items(state, service, WIDTH))
        yield texts(timeline_items(state, service, WIDTH))
    for application in register.applications.values():
        door = door_pieces(application, state.today, EN)
        yield [text for text, _ in door]
    for decision in register.decisions.values():
        if decision.asked_on <= state.today:
            full = lines_in_full(decision, state, WIDTH)
            yield [text for line in full for text, _ in line]


@settings(
    max_examples=examples(10, 150), suppress_health_check=list(HealthCheck)
)
@given(lived_in())
def test_a_past_week_shows_nothing_that_is_dated_after_it(
    history: History,
) -> None:
    if history.week.sunday >= history.today:
        return
    known = as_of(history.register, history.week.sunday)
    then, now = (
        list(lines_of(look_back(register, history), known.services))
        for register in (known, history.register)
    )
    assert now == then


@settings(
    max_examples=examples(15, 200), suppress_health_check=list(HealthCheck)
)
@given(histories())
def test_the_moves_on_the_overview_add_up_to_those_of_the_week(
    history: History,
) -> None:
    """Also those of services that have been closed since."""
    view = DayView(history.register, history.today)
    view = view.of_week(history.week, history.today)
    made = [one.steps for one in view.moved if one.move.on >= view.week.monday]
    flow = view.figures.city.flow
    assert sum(step for step in made if step > 0) == flow.forward
    assert sum(-step for step in made if step < 0) == flow.backward


async def test_a_move_of_a_service_closed_since_is_told(
    make_app: MakeApp, city: Builder
) -> None:
    city.service("legalisir", "dinkes", "2026-08-03", name="Legalisir")
    city.move("legalisir", "2026-11-17", "online")
    city.closure("legalisir", "2026-11-18")
    app = make_app(city.register)
    async with app.run_test(size=(100, 60)) as pilot:
        await settled(pilot)
        moved = [one for one in shown(pilot).splitlines() if "Legalisir" in one]
        assert len(moved) == 1
        assert "Conventional → Online" in moved[0]
