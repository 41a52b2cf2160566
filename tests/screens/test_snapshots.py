from pathlib import Path

import pytest
from textual.widgets import Input, Static

from screens.app import TrackerApp
from screens.dialogs.base import FormDialog
from screens.dialogs.publishing import MissingWeeksDialog, publish_missing
from screens.snapshots.markdown_lines import page_items
from screens.snapshots.pages import PageForm, page_form, write_pages
from screens.snapshots.screen import SnapshotsScreen
from screens.widgets.table import Table
from tests.screens.harness import settled, shown, until
from tracker.actions.members import SetMember
from tracker.actions.moves import MoveServices
from tracker.errors import Rejected
from tracker.exchange.progress import Cancelled
from tracker.language import load_language
from tracker.model import Role, Stage
from tracker.snapshot.stored import missing_weeks
from tracker.week import Week


async def test_the_page_of_the_week_under_the_cursor_is_shown(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(130, 40)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await settled(pilot)
        await settled(pilot)
        assert "2026-W47" in shown(pilot)
        assert "week 47 (" in shown(pilot)
        await pilot.press("down")
        await settled(pilot)
        assert "week 46 (" in shown(pilot)


async def test_taking_a_week_marks_it_and_a_later_entry_marks_it_revised(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(130, 40)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await settled(pilot)
        await settled(pilot)
        await pilot.press("down", "t")
        await settled(pilot)
        await settled(pilot)
        assert "✓ final" in shown(pilot)
        assert "Kept in the register: e writes the page to a file." in [
            n.message for n in app._notifications
        ]
        app.try_action(
            MoveServices(("akta",), Stage.ONLINE, Week(2026, 46).monday)
        )
        await settled(pilot)
        await settled(pilot)
        assert "! revised" in shown(pilot)


async def test_two_weeks_are_compared(app: TrackerApp) -> None:
    async with app.run_test(size=(130, 40)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await settled(pilot)
        await settled(pilot)
        await pilot.press("space", "down", "space", "d")
        await settled(pilot)
        assert "From 2026-W45 to 2026-W47" in shown(pilot)


async def test_enter_goes_into_the_page_and_escape_back_to_the_weeks(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await settled(pilot)
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, SnapshotsScreen)
        await pilot.press("enter")
        assert screen.focused is not screen.weeks
        await pilot.press("end", "escape")
        assert screen.focused is screen.weeks
        assert app.screen_name == "snapshots"


async def test_marks_stay_on_weeks_that_may_not_be_taken(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.try_action(SetMember(app.state.by, Role.COORDINATOR))
        app.try_action(SetMember("Tamu", Role.READER))
        app.state.by = "Tamu"
        await pilot.press("7")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, SnapshotsScreen)
        await until(pilot, lambda: screen.weeks.display)
        await pilot.press("down", "space", "t")
        await settled(pilot)
        assert len(screen.weeks.marks) == 1
        assert not app.state.register.snapshots


async def test_missing_weeks_are_taken_one_by_one_in_a_dialog(
    app: TrackerApp,
) -> None:
    def missing() -> int:
        return len(missing_weeks(app.store.load(), app.state.today))

    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await settled(pilot)
        before = missing()
        await pilot.press("T")
        await until(pilot, lambda: isinstance(app.screen, MissingWeeksDialog))
        assert f"{before} complete weeks" in shown(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: missing() == 0)
        await until(pilot, lambda: isinstance(app.screen, SnapshotsScreen))


async def test_weeks_taken_before_it_is_stopped_are_kept(
    app: TrackerApp,
) -> None:
    dialog = publish_missing(app.state, app.store)

    def hook(done: int, total: int) -> None:
        if done == 2:
            raise Cancelled

    weeks = missing_weeks(app.store.load(), app.state.today)
    job = dialog.form.make({})
    with pytest.raises(Cancelled):
        job(hook)
    left = missing_weeks(app.store.load(), app.state.today)
    assert left == weeks[2:]
    assert "kept" in app.state.language.text(dialog.stopped)


def test_long_lines_of_a_page_are_broken_and_tables_are_not() -> None:
    page = "# Judul\n" + "kata " * 30 + "\n| " + "x" * 90 + " |"
    lines = [
        "".join(text for text, _ in item.pieces)
        for item in page_items(page, 40)
    ]
    assert lines[0] == " Judul"
    assert all(len(line) <= 41 for line in lines[1:-1])
    assert len(lines[-1]) == 95


def test_pages_are_written_beside_each_other(
    app: TrackerApp, tmp_path: Path
) -> None:
    folder = tmp_path / "potret"
    files = write_pages(
        app.state.facts,
        [Week(2026, 46)],
        PageForm(str(folder), html=True, annex=True),
        load_language("en"),
    )
    paths = [file.path for file in files]
    assert [path.name for path in paths] == [
        "2026-W46.md",
        "2026-W46.html",
        "2026-W46-annex.xlsx",
    ]
    assert (
        paths[0]
        .read_text(encoding="utf-8")
        .startswith("# Digital services of Bandung, week 46")
    )
    assert sorted(path.name for path in folder.glob("[!.]*")) == sorted(
        path.name for path in paths
    )


def test_the_first_page_alone_is_the_beginning_of_the_page(
    app: TrackerApp, tmp_path: Path
) -> None:
    weeks, language = [Week(2026, 46)], load_language("en")
    ((whole, _, _),) = write_pages(
        app.state.facts, weeks, PageForm(str(tmp_path)), language
    )
    ((first, _, _),) = write_pages(
        app.state.facts,
        weeks,
        PageForm(str(tmp_path), first_page=True),
        language,
    )
    assert first.name == "2026-W46-first-page.md"
    assert whole.read_bytes().startswith(first.read_bytes())
    assert len(first.read_text("utf-8").splitlines()) <= 60


def test_a_folder_that_cannot_be_is_refused_in_words(
    app: TrackerApp, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    form = PageForm(str(tmp_path / "file" / "inside"), html=False)
    with pytest.raises(Rejected, match="cannot be written"):
        write_pages(
            app.state.facts, [Week(2026, 46)], form, load_language("en")
        )


@pytest.mark.parametrize("mode", ["opds", "snapshots"])
async def test_until_the_figures_are_worked_out_the_screen_says_so(
    app: TrackerApp, mode: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.state.measured = None
        app.go_to_mode(mode)
        await pilot.pause()
        assert "Working out the figures …" in shown(pilot)
        app.update_figures(app.state.facts)
        await settled(pilot)
        assert "Working out the figures …" not in shown(pilot)
        assert isinstance(app.focused, Table)


async def test_the_page_is_broken_where_its_scrollbar_begins_and_its_keys_work(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await settled(pilot)
        said = shown(pilot)
        assert "Digital services of" in said
        assert "…" not in said
        drawn = app.screen._compositor.render_strips()[-1]
        bold = "".join(
            part.text
            for part in drawn
            if part.style is not None and part.style.bold
        )
        assert " t " in bold


async def test_pages_go_to_a_folder_of_their_own_unless_told_otherwise(
    app: TrackerApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await settled(pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, FormDialog))
        assert isinstance(app.screen, FormDialog)
        folder = app.screen.form.fields[0]
    assert folder.value == str(tmp_path / "pages")


async def test_a_folder_that_takes_no_pages_leaves_the_dialog_open(
    app: TrackerApp, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    folder = tmp_path / "file" / "pages"
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await settled(pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, FormDialog))
        assert isinstance(app.screen, FormDialog)
        app.screen.rows[0].query_one(Input).value = str(folder)
        await pilot.press("f2")
        await settled(pilot)
        assert isinstance(app.screen, FormDialog)
        said = str(app.screen.query_one("#says", Static).render())
        assert said.startswith(f"✗ {folder} cannot be written")


def test_a_quote_is_indented_and_its_signs_are_left_out() -> None:
    page = "> Ilustrasi: **bukan** catatan resmi kota\n>\n> Direvisi"
    items = page_items(page, 24)
    assert ["".join(text for text, _ in item.pieces) for item in items] == [
        "   Ilustrasi: bukan",
        "   catatan resmi kota",
        " ",
        "   Direvisi",
    ]


def test_a_page_is_shown_as_its_reader_sees_it() -> None:
    page = "## Bab\n- **Selesai:** surat\\@opd\n1. satu\n| a\\|b | c |\n| ---- | - |\n```\n**x**\n```"
    items = page_items(page, 40)
    assert [("".join(text for text, _ in item.pieces)) for item in items] == [
        " Bab",
        " • Selesai: surat@opd",
        " 1. satu",
        " │ a|b  │ c │",
        " ────────────",
        " **x**",
    ]
    assert ("Selesai:", "strong") in items[1].pieces
    assert ("Bab", "title") in items[0].pieces


async def test_the_week_is_copied_as_a_message_for_a_chat(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await settled(pilot)
        await pilot.press("Y")
        await settled(pilot)
        assert app.clipboard.startswith(
            "*Digital services of Bandung, week 47*"
        )
        assert len(app.clipboard) <= 900


def test_the_form_of_pages_begins_with_the_forms_of_the_last_time() -> None:
    form = page_form(
        "halaman", PageForm("x", html=True, chat=True).chosen_forms
    )
    chosen = {one.name: one.value for one in form.fields}
    assert chosen == {
        "folder": "halaman",
        "first_page": False,
        "html": True,
        "annex": False,
        "chat": True,
    }
    assert form.make(chosen) == PageForm("halaman", html=True, chat=True)
