import pytest

from screens.app import TrackerApp
from screens.dialogs.base import FormDialog
from screens.obstacles.screen import ObstaclesScreen
from tests.depth import SPOKEN, one_in
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, settled, shown
from tests.tracker.builder import Builder


@pytest.fixture
def held(city: Builder) -> Builder:
    """The small city with three open obstacles, two of them in one OPD."""
    city.obstacle(
        "izin",
        "2026-08-10",
        "people",
        description="Dokter belum punya tanda tangan elektronik",
    )
    city.obstacle(
        "kk", "2026-10-01", "infrastructure", description="Peladen penuh"
    )
    city.obstacle(
        "kk",
        "2026-09-01",
        "infrastructure",
        resolved_on="2026-09-02",
        description="Sudah beres",
    )
    return city


def lines(app: TrackerApp) -> list[str]:
    assert isinstance(app.active_screen, ObstaclesScreen)
    return [
        app.active_screen.list.text_at(place)
        for place in range(app.active_screen.list.count())
    ]


async def test_factors_tell_what_they_hold_and_list_their_obstacles(
    make_app: MakeApp, held: Builder
) -> None:
    app = make_app(held.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("6")
        said = "\n".join(lines(app))
        assert "Infrastructure\t1 obstacle · 1 service · 1 step held" in said
        assert "People\t2 obstacles · 2 services · 3 steps held" in said
        assert "Leadership\t0 obstacles" in said
        assert "Sudah beres" not in said
        assert "101 days" in said


async def test_the_figures_are_those_of_the_metrics(
    make_app: MakeApp, held: Builder
) -> None:
    app = make_app(held.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("6")
        assert app.state.measured is not None
        people = app.state.measured.figures.city.obstacles["people"]
        expected = f"{people.open} obstacles · {people.services} services · {people.remaining_steps} steps held"
        assert expected in "\n".join(lines(app))


async def test_one_key_groups_by_opd_and_back(
    make_app: MakeApp, held: Builder
) -> None:
    app = make_app(held.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("6", "d")
        assert lines(app)[0].startswith("Dinas Kependudukan dan Pencatatan")
        assert "2 obstacles · 3 steps held" in lines(app)[0]
        await pilot.resize_terminal(120, 24)
        await pilot.pause()
        await pilot.pause()
        assert "2 obstacles · 2 services · 3 steps held" in lines(app)[0]
        await pilot.press("d")
        assert lines(app)[0].startswith("Infrastructure")


@pytest.mark.parametrize("language", SPOKEN)
async def test_the_name_of_a_factor_is_never_cut(
    make_app: MakeApp, held: Builder, language: str
) -> None:
    for number in range(120):
        held.service(f"more-{number}", "dinkes", "2026-08-03")
        held.obstacle(f"more-{number}", "2026-09-01", "infrastructure")
    app = make_app(held.register, language)
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        await pilot.press("6")
        assert {"id": " Infrastruktur  ", "en": " Infrastructure  "}[
            language
        ] in shown(pilot)
        assert {"id": "langkah terhambat", "en": "steps held"}[
            language
        ] in shown(pilot)


@pytest.mark.parametrize("language", SPOKEN)
async def test_one_key_resolves_and_one_takes_it_back(
    make_app: MakeApp, held: Builder, language: str
) -> None:
    app = make_app(held.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("6")
        assert isinstance(app.active_screen, ObstaclesScreen)
        key = app.active_screen.current_selection().obstacles[0]
        await pilot.press("r")
        assert isinstance(app.screen, FormDialog)
        await pilot.press("f2")
        await pilot.pause()
        assert app.state.register.obstacles[key].resolved_on == TODAY
        assert "Peladen penuh" not in "\n".join(lines(app))
        await pilot.press("u")
        assert "Peladen penuh" in "\n".join(lines(app))


async def test_all_marked_are_resolved_and_one_key_takes_them_back(
    make_app: MakeApp, held: Builder
) -> None:
    app = make_app(held.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("6", "space", "space")
        assert isinstance(app.active_screen, ObstaclesScreen)
        keys = app.active_screen.current_selection().obstacles
        assert len(keys) == 2
        await pilot.press("r")
        assert "2 obstacles: 2 services: Kartu keluarga; " in shown(pilot)
        await pilot.press("f2")
        await pilot.pause()
        assert [
            app.state.register.obstacles[key].resolved_on for key in keys
        ] == [
            TODAY,
            TODAY,
        ]
        assert not app.active_screen.list.marks
        await pilot.press("u")
        assert [
            app.state.register.obstacles[key].resolved_on for key in keys
        ] == [
            None,
            None,
        ]


@pytest.mark.parametrize("language", SPOKEN)
async def test_enter_opens_the_service_that_is_held_or_the_opd(
    make_app: MakeApp, held: Builder, language: str
) -> None:
    app = make_app(held.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("6", "enter")
        assert app.screen_name == "service"
        assert "Kartu keluarga" in shown(pilot)
        await pilot.press("escape", "d", "home", "enter")
        assert app.screen_name == "opd"


async def test_the_obstacle_under_the_cursor_is_told_in_full(
    make_app: MakeApp, held: Builder
) -> None:
    app = make_app(held.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("6", "down")
        assert "Dokter belum punya tanda tangan elektronik" in shown(pilot)


async def test_sorting_turns_the_obstacles_of_a_group_round(
    make_app: MakeApp, held: Builder
) -> None:
    app = make_app(held.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("6")
        assert isinstance(app.active_screen, ObstaclesScreen)
        before = app.active_screen.list.keys()
        await pilot.press("s")
        assert app.active_screen.list.keys() == [
            before[0],
            *reversed(before[1:]),
        ]
        await pilot.press("S")
        assert app.active_screen.list.keys() == before


@pytest.mark.parametrize("key", one_in(2, "mb"))
async def test_what_can_be_done_to_a_service_can_be_done_to_the_one_held(
    make_app: MakeApp, held: Builder, key: str
) -> None:
    app = make_app(held.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("6", key)
        assert isinstance(app.screen, FormDialog)


async def test_the_filter_holds_and_an_empty_list_says_why(
    make_app: MakeApp, held: Builder
) -> None:
    app = make_app(held.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("6")
        app.set_filter("opd:dinkes")
        await pilot.pause()
        assert "Peladen penuh" not in shown(pilot)
        app.set_filter("rujukan")
        await pilot.pause()
        assert "Nothing here matches the filter." in shown(pilot)


async def test_where_nothing_is_held_back_the_screen_says_so(
    make_app: MakeApp,
) -> None:
    made = Builder()
    made.service("a", "opd", "2026-08-03")
    app = make_app(made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("6")
        assert "Nothing holds a service back." in shown(pilot)
        await pilot.press("enter")
        assert app.screen_name == "services"


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 50)])
@pytest.mark.parametrize("by_opd", [False, True])
async def test_hostile_text_is_shown_and_never_obeyed(
    make_app: MakeApp, hostile: Builder, size: tuple[int, int], by_opd: bool
) -> None:
    app = make_app(hostile.register)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("6", *("d" if by_opd else ""))
        for text in ("[/x]", "[@click", "<U+202E>", "<U+001B>", "日本語"):
            assert text in "\n".join(lines(app))
        assert "\x1b" not in shown(pilot)


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_footer_names_the_key_that_resolves(
    make_app: MakeApp, held: Builder, language: str
) -> None:
    app = make_app(held.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("6")
        await pilot.pause()
        assert " r " in shown(pilot).splitlines()[-1]
