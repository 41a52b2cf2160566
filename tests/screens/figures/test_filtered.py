import pytest
from msgspec.structs import replace

from screens.figures.filtered import FilteredFigures, measure_filtered
from screens.filter import parse_filter
from screens.state import DayView, State
from tests.screens.harness import TODAY
from tests.tracker.builder import Builder
from tracker.language import load_language
from tracker.metrics import CITY, Scope, measure_scope
from tracker.week import Week


def of(city: Builder, wanted: str) -> FilteredFigures:
    return measure_filtered(DayView(city.register, TODAY), parse_filter(wanted))


def test_without_a_filter_the_figures_are_the_citys(city: Builder) -> None:
    assert of(city, "").scope == CITY
    assert of(city, "").shown.figures.services == 5


@pytest.mark.parametrize(
    "wanted", ["opd:dinkes", "kesehatan", "opd:kesehatan dinas"]
)
def test_a_filter_that_names_one_opd_shows_what_its_page_does(
    city: Builder, wanted: str
) -> None:
    city.transfer("rujuk", "2026-10-05", "dukcapil")
    facts = DayView(city.register, TODAY)
    found, key = of(city, wanted), facts.register.opd_codes["dinkes"].id
    assert found.scope == Scope("opd", key)
    assert found.shown.figures == next(
        o.figures for o in facts.figures.opds if o.key == key
    )


def test_a_filter_that_names_one_tag_shows_what_the_command_line_does(
    city: Builder,
) -> None:
    city.closure("ktp", "2026-11-01")
    found = of(city, "tag:waj")
    assert found.scope == Scope("tag", "wajib")
    register = city.register
    assert found.shown.figures == measure_scope(
        register, Scope("tag", "wajib"), Week.of(TODAY), TODAY
    )


@pytest.mark.parametrize(
    "wanted",
    ["akta", "opd:dukcapil kartu", "opd:din", "opd:dukcapil tag:wajib", "zzz"],
)
def test_any_other_filter_shows_the_services_that_match_today(
    city: Builder, wanted: str
) -> None:
    city.opd("dinsos", name="Dinas Sosial")
    facts = DayView(city.register, TODAY)
    found = of(city, wanted)
    assert found.scope.what == "services"
    rows = State(
        facts, load_language("en"), "Sari", parse_filter(wanted), measured=facts
    ).filtered_services()
    assert found.scope.services == {row.key for row in rows}
    assert found.shown.figures.services == len(rows)


def test_a_set_of_all_services_has_the_citys_figures(city: Builder) -> None:
    facts = DayView(city.register, TODAY)
    scope = Scope("services", services=frozenset(facts.register.services))
    whole = facts.figures.city
    found = measure_scope(facts.register, scope, facts.week, TODAY)
    assert replace(found, forecast_ahead=whole.forecast_ahead) == whole
    assert set(whole.forecast.caution) - set(found.forecast.caution) <= {
        "parts_stand_still"
    }


def test_a_set_has_the_figures_that_a_tag_on_the_same_services_has(
    city: Builder,
) -> None:
    chosen = [
        city.service(f"a{n}", "dinkes", "2026-07-06", tags=("dipilih",))
        for n in range(3)
    ]
    city.move("a0", "2026-10-06", "online")
    city.transfer("a1", "2026-10-07", "dukcapil")
    city.move("a1", "2026-11-10", "integrated")
    register, week = city.register, Week.of(TODAY)
    by_set = measure_scope(
        register, Scope("services", services=frozenset(chosen)), week, TODAY
    )
    assert by_set == measure_scope(
        register, Scope("tag", "dipilih"), week, TODAY
    )
    assert by_set.velocity


@pytest.mark.parametrize(
    "wanted", ["macet", "tahap:online", "laju:diam", "sunyi", "ktp terlambat"]
)
def test_what_is_chosen_by_how_it_stands_has_no_pace_and_no_fan(
    city: Builder, wanted: str
) -> None:
    assert not of(city, wanted).moves
    assert not of(city, wanted).charted.ahead.fan.weeks


def test_what_is_chosen_by_what_it_is_has_its_pace(city: Builder) -> None:
    assert of(city, "opd:dukcapil").moves
    assert of(city, "kartu").moves
    assert of(city, "tag:wajib").moves
