"""The screen of other cities: what to learn from whom, and near names decided once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from screens.app import TrackerApp
from screens.cities.dialogs import choose_collected_dialog
from screens.cities.lines import comparison_items
from screens.cities.screen import CitiesScreen
from screens.session_state import UserPaths
from tests.depth import one_in
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, paste, settled, shown, until
from tests.tracker.builder import Builder
from tests.tracker.comparison.publishing import collect, publish, weeks_until
from tracker.comparison.cities import ComparedCity
from tracker.comparison.collection_file import TABLE_FILE
from tracker.comparison.memory import MEMORY_FILE
from tracker.comparison.report import Comparison
from tracker.exchange.exporting import export
from tracker.language import load_language
from tracker.week import Week, last_complete


@pytest.fixture
def cimahi(tmp_path: Path) -> str:
    """The export of another city, which has put a service of ours behind its door."""
    other = Builder("Cimahi", portal="Simpel")
    other.opd("capil")
    other.application("sip", "capil", name="SIP")
    other.service(
        *("pindah", "capil", "2026-02-02"),
        name="Kartu keluarga",
        application="sip",
    )
    other.service("9", "capil", "2026-02-02", name="Kartu tanda penduduk baru")
    other.move("pindah", "2026-03-04", "integrated")
    path = tmp_path / "cimahi.json"
    export(other.register, path, today=TODAY)
    return str(path)


@pytest.fixture
def ours() -> Builder:
    city = Builder("Bandung")
    city.opd("dukcapil")
    city.service("kk", "dukcapil", "2026-02-02", name="Kartu keluarga")
    city.service("ktp", "dukcapil", "2026-02-02", name="Kartu tanda penduduk")
    return city


def shows(app: TrackerApp, text: str, pilot: object) -> Callable[[], bool]:
    return lambda: text in shown(pilot)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "size", [(80, 24), pytest.param((120, 40), marks=pytest.mark.thorough)]
)
async def test_other_cities_are_compared_and_near_names_decided_once(
    make_app: MakeApp,
    ours: Builder,
    cimahi: str,
    tmp_path: Path,
    size: tuple[int, int],
) -> None:
    home = UserPaths(tmp_path / "x" / "settings.toml", tmp_path / "views.json")
    app = make_app(ours.register, home=home)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("8")
        await settled(pilot)
        screen = app.active_screen
        assert isinstance(screen, CitiesScreen)
        assert "No other city has been chosen yet." in shown(pilot)

        screen.remembered.choose_files((cimahi,))
        screen.show_state()
        await until(pilot, shows(app, "Cities side by side", pilot))
        text = shown(pilot)
        assert "Bandung can learn from Cimahi" in text
        assert "SIP" in text
        assert "0/1" in text

        await pilot.press("end", "enter")
        await settled(pilot)
        assert "Nearly the same name" in shown(pilot)
        await pilot.press("right", "f2")
        await settled(pilot)
        decided = screen.remembered.memory.decisions("Cimahi")
        assert decided.same == {"ktp": "9"}
        await until(pilot, lambda: "Names that may mean" not in shown(pilot))

    again = make_app_again(app, home)
    async with again.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("8")
        await until(pilot, shows(again, "Cities side by side", pilot))
        assert "Names that may mean" not in shown(pilot)


async def test_decisions_that_cannot_be_read_are_told_and_not_written_over(
    make_app: MakeApp, ours: Builder, cimahi: str, tmp_path: Path
) -> None:
    home = UserPaths(tmp_path / "settings.toml", tmp_path / "views.json")
    kept = tmp_path / MEMORY_FILE
    kept.mkdir()
    app = make_app(ours.register, home=home)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("8")
        await until(pilot, lambda: len(app._notifications) > 0)
        (told,) = app._notifications
        assert "cannot be read" in told.message
        screen = app.active_screen
        assert isinstance(screen, CitiesScreen)
        screen.remembered.choose_files((cimahi,))
        screen.show_state()
        await until(pilot, shows(app, "Cities side by side", pilot))
    assert kept.is_dir()


def make_app_again(app: TrackerApp, home: UserPaths) -> TrackerApp:
    return TrackerApp(
        app.store, app.ask_today, "Sari", app.state.language, home=home
    )


async def test_a_file_that_is_no_city_s_says_why(
    make_app: MakeApp, ours: Builder, tmp_path: Path
) -> None:
    bad = tmp_path / "rusak.json"
    bad.write_text("{")
    app = make_app(ours.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("8")
        await settled(pilot)
        screen = app.active_screen
        assert isinstance(screen, CitiesScreen)
        screen.remembered.choose_files((str(bad),))
        screen.show_state()
        await until(pilot, shows(app, "cannot be compared", pilot))
        assert "rusak.json" in "".join(shown(pilot).split())
        await pilot.press("e")
        await settled(pilot)
        assert "Registers or exports of other cities" in shown(pilot)


@pytest.mark.parametrize(
    ("command", "text"),
    one_in(
        3,
        [
            ("cities", "No other city has been chosen yet."),
            ("log", "Nothing has been done yet."),
            ("decisions", "Nothing is asked of the leadership"),
        ],
    ),
)
async def test_what_does_not_follow_the_filter_is_not_empty_because_of_it(
    make_app: MakeApp, ours: Builder, command: str, text: str
) -> None:
    app = make_app(ours.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash")
        await paste(pilot, "tahap:daring")
        await pilot.press("enter")
        await settled(pilot)
        app.run_command(command)
        await until(pilot, shows(app, text, pilot))
        assert "matches the filter" not in shown(pilot)


@pytest.mark.parametrize("key", ["a", "w"])
async def test_what_needs_a_comparison_says_that_there_is_none(
    make_app: MakeApp, ours: Builder, key: str
) -> None:
    app = make_app(ours.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("8", key)
        await settled(pilot)
        (message,) = app._notifications
        assert message.message == "No other city has been chosen yet."
        screen = app.screen
        assert isinstance(screen, CitiesScreen)
        assert not screen.same_age


def collect_cimahi(path: Path) -> Path:
    """Make a table of a city that published its weeks, two weeks behind ours."""
    other = Builder("Cimahi")
    other.service("a", "capil", "2026-02-02", "online")
    week = last_complete(Week.of(TODAY), TODAY).plus(-2)
    summaries = publish(other.register, weeks_until(week, 4), register="c")
    return collect(path, summaries)


@pytest.mark.parametrize(
    "size", [(80, 24), pytest.param((160, 50), marks=pytest.mark.thorough)]
)
async def test_a_collected_table_is_opened_by_a_key_and_as_other_files_are(
    make_app: MakeApp, ours: Builder, tmp_path: Path, size: tuple[int, int]
) -> None:
    home = UserPaths(tmp_path / "x" / "settings.toml", tmp_path / "views.json")
    home.settings.parent.mkdir()
    app = make_app(ours.register, home=home)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("8", "t")
        await settled(pilot)
        assert TABLE_FILE in "".join(shown(pilot).split())
        await pilot.press("f2")
        await settled(pilot)
        assert "is no table" in " ".join(shown(pilot).split())
        table = collect_cimahi(home.settings.with_name(TABLE_FILE))
        await pilot.press("f2")
        await until(pilot, shows(app, "Cimahi", pilot))
        text = " ".join(shown(pilot).split())
        assert "The weeks differ, from 2026-W44 to 2026-W46" in text
        assert "Only the published weeks are known of 1 of 2 cities" in text
        screen = app.active_screen
        assert isinstance(screen, CitiesScreen)
        assert screen.remembered.memory.files == [str(table)]

        other = collect_cimahi(tmp_path / "lain.json")
        screen.remembered.choose_files((str(other),))
        screen.show_state()
        assert screen.remembered.table == other
        await until(pilot, shows(app, "Cimahi", pilot))
        await pilot.press("a")
        await until(pilot, shows(app, "cannot be compared", pilot))
        assert "→ Same age" in shown(pilot)
        await pilot.press("a")
        screen.remembered.choose_table(table)
        assert screen.remembered.memory.files == [str(table)]


async def test_what_others_collect_meanwhile_is_read_when_the_screen_is_opened_again(
    make_app: MakeApp, ours: Builder, tmp_path: Path
) -> None:
    table = collect_cimahi(tmp_path / TABLE_FILE)
    app = make_app(ours.register)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("8")
        screen = app.active_screen
        assert isinstance(screen, CitiesScreen)
        screen.remembered.choose_table(table)
        screen.show_state()
        await until(pilot, shows(app, "Cimahi", pilot))
        assert "Garut" not in shown(pilot)

        other = Builder("Garut")
        other.service("a", "capil", "2026-02-02", "online")
        week = last_complete(Week.of(TODAY), TODAY)
        weeks = weeks_until(week, 4)
        collect(table, publish(other.register, weeks, register="g"))
        await pilot.press("t", "f2")
        await until(pilot, shows(app, "Garut", pilot))


async def test_a_name_too_long_for_a_file_is_no_table(
    make_app: MakeApp, ours: Builder, tmp_path: Path
) -> None:
    app = make_app(ours.register)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        dialog = choose_collected_dialog(tmp_path / ("x" * 300), app.state)
        app.push_screen(dialog)
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        assert "is no table" in " ".join(shown(pilot).split())


@pytest.mark.parametrize("code", ["id", "en"])
def test_a_narrow_screen_keeps_names_apart_and_the_index(code: str) -> None:
    """Columns go from the last; names stay long enough to tell two cities apart."""
    names = ["Kabupaten Bandung", "Kabupaten Bandung Barat"]
    cities = []
    for name in names:
        builder = Builder(name)
        builder.service("a", "kes", "2026-01-05", "online")
        cities.append(ComparedCity.of(name, builder.register, TODAY))
    language = load_language(code)
    for width in (79, 119, 159):
        items = comparison_items(Comparison(cities), language, width)
        lines = ["".join(text for text, _ in item.pieces) for item in items]
        assert max(map(len, lines)) <= width
        assert language.text("Index") in "".join(lines[:4])
        assert len({line[:23] for line in lines if "2026-W46" in line}) == 2
