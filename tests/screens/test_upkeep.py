from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from screens.app import TrackerApp
from screens.navigation import BackupLine
from screens.upkeep.screen import UpkeepScreen, backup_items
from screens.widgets.lines import LineList
from tests.screens.harness import TODAY, settled, shown
from tests.tracker.builder import Builder
from tracker.actions.moves import MoveServices
from tracker.language import load_language
from tracker.model import Stage
from tracker.store.backups import Backup, backups_of, list_backups
from tracker.store.file import FileStore
from tracker.store.memory import MemoryStore


async def test_one_goes_back_to_a_backup_that_was_kept_here(
    app: TrackerApp, city: Builder
) -> None:
    store = app.store
    assert isinstance(store, FileStore)
    key = city.register.service_codes["akta"].id
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.run_command("upkeep")
        await settled(pilot)
        assert isinstance(app.active_screen, UpkeepScreen)
        assert "What the doctor finds" in shown(pilot)
        await pilot.press("b")
        await settled(pilot)
        assert "by hand" in shown(pilot)
        assert list_backups(store.path, store.plan)

        app.try_action(MoveServices((key,), Stage.ONLINE, TODAY))
        view = app.active_screen.query_one("#upkeep", LineList)
        lines = view.keys()
        kept = [line for line in lines if isinstance(line, BackupLine)]
        view.move_to(view.index_of(kept[-1]))
        await pilot.press("enter")
        await pilot.pause()
        assert "The register becomes what it was at" in shown(pilot)
        await pilot.press("f2")
        await settled(pilot)
        assert not app.state.register.moves_of.get(key)
        assert not store.load().moves_of.get(key)


async def test_a_backup_that_is_gone_meanwhile_is_no_longer_offered(
    app: TrackerApp,
) -> None:
    store = app.store
    assert isinstance(store, FileStore)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.run_command("upkeep")
        await settled(pilot)
        await pilot.press("b")
        await settled(pilot)
        view = app.active_screen.query_one("#upkeep", LineList)
        lines = view.keys()
        [gone] = [line for line in lines if isinstance(line, BackupLine)]
        assert view.move_to_key(gone)
        for backup in list_backups(store.path, store.plan):
            backup.path.unlink()
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen is app.active_screen
        assert not view.move_to_key(gone)


async def test_a_register_that_is_no_file_has_no_backups(city: Builder) -> None:
    app = TrackerApp(
        MemoryStore(city.register), lambda: TODAY, "Sari", load_language("en")
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.run_command("upkeep")
        await settled(pilot)
        assert "This register is not kept in a file." in shown(pilot)
        await pilot.press("b")
        assert app.screen_name == "upkeep"


async def test_the_doctor_names_what_is_wrong(
    app: TrackerApp, tmp_path: Path
) -> None:
    store = app.store
    assert isinstance(store, FileStore)
    text = store.path.read_text(encoding="utf-8")
    store.path.write_text(
        text.replace('"KTP elektronik"', '"KTP \\u202e elektronik"'),
        encoding="utf-8",
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.run_command("upkeep")
        await settled(pilot)
        assert " ! " in shown(pilot)


async def test_the_doctor_mends_what_has_one_right_answer(
    app: TrackerApp,
) -> None:
    store = app.store
    assert isinstance(store, FileStore)
    leftover = store.path.with_name(f".{store.path.name}.99-ab.tmp")
    leftover.write_text("half", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.run_command("upkeep")
        await settled(pilot)
        assert "→ Mend what has one right answer" in shown(pilot)
        await pilot.press("r", "f2")
        await settled(pilot)
        assert "→ Mend" not in shown(pilot)
        assert not leftover.exists()


def test_the_moment_of_a_backup_is_told_in_the_zone_of_the_city() -> None:
    taken = datetime(2026, 11, 19, 20, 24, tzinfo=UTC)
    backup = Backup(Path("register.json"), taken, "hand")
    zone = ZoneInfo("Asia/Jakarta")
    *_, item = backup_items([backup], zone, load_language("id"))
    line = "".join(text for text, _ in item.pieces)
    assert "20 Nov 2026 03:24" in line.replace("\xa0", " ")


async def test_a_folder_of_backups_that_cannot_be_read_is_a_message(
    app: TrackerApp,
) -> None:
    store = app.store
    assert isinstance(store, FileStore)
    folder = backups_of(store.path, store.plan)
    folder.symlink_to(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.run_command("upkeep")
        await settled(pilot)
        assert "The folder of the backups cannot be read" in shown(pilot)
        assert "What the doctor finds" in shown(pilot)


async def test_a_long_finding_is_shown_in_full(app: TrackerApp) -> None:
    store = app.store
    assert isinstance(store, FileStore)
    async with app.run_test(size=(60, 24)) as pilot:
        await settled(pilot)
        store.path.write_text("{")
        app.run_command("upkeep")
        await settled(pilot)
        screen = app.active_screen
        assert isinstance(screen, UpkeepScreen)
        assert screen.findings
        finding = app.language.say(screen.findings[0].problem)
        # A long path is broken over lines too.
        assert "".join(finding.split()) in "".join(shown(pilot).split())
