"""A file is chosen, understood, put right and entered."""

from pathlib import Path

import pytest

from screens.app import TrackerApp
from screens.dialogs.base import FormDialog
from screens.importing import screen as import_screen
from screens.navigation import ImportLine
from screens.widgets.path_input import PathInput
from tests.depth import SPOKEN, one_in
from tests.screens.conftest import MakeApp
from tests.screens.harness import HOSTILE, TODAY, paste, settled, shown
from tests.screens.importing.files import (
    CONTEXT,
    FOREIGN,
    GOOD,
    at,
    file,
    opened,
    read,
)
from tests.tracker.builder import Builder
from tests.tracker.exchange.sheets import fill
from tracker.actions.draft import Context
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.actions.services import EditService
from tracker.errors import Term
from tracker.exchange.exporting import export
from tracker.exchange.importing import plan_import
from tracker.exchange.labels import kind_word
from tracker.exchange.options import ImportOptions
from tracker.exchange.parsing.mapping import read_mapping
from tracker.exchange.sheets.writing import write_sheets
from tracker.history import stage_at
from tracker.labels import stage_word
from tracker.language import load_language
from tracker.model import Stage
from tracker.store.memory import MemoryStore


@pytest.mark.parametrize("language", SPOKEN)
async def test_a_file_is_chosen_from_the_list_shown_entered_and_taken_back(
    make_app: MakeApp, city: Builder, tmp_path: Path, language: str
) -> None:
    (tmp_path / "masuk").mkdir()
    file(tmp_path / "masuk", GOOD)
    app = make_app(city.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        assert isinstance(app.screen.focused, PathInput)
        screen.path.value = f"{tmp_path}/mas"
        await pilot.pause()
        await pilot.press("tab")
        assert screen.path.value == f"{tmp_path}/masuk/"
        await pilot.press("down", "enter")
        await settled(pilot)
        assert screen.seen is not None
        assert screen.seen.plan.is_ready
        await pilot.press("f2")
        await settled(pilot)
        assert app.screen_name == "overview"
        assert "Vaksin calon jemaah" in {
            s.name for s in app.state.register.services.values()
        }
        await pilot.press("u")
        assert "Vaksin calon jemaah" not in {
            s.name for s in app.state.register.services.values()
        }


async def test_what_is_understood_of_the_columns_is_shown_with_an_example(
    app: TrackerApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 50)) as pilot:
        await read(app, pilot, file(tmp_path, GOOD))
        for words in (
            "Ready: F2",
            "1 new",
            "1 unchanged",
            "← name",
            "such as “Vaksin calon jemaah”",
            "header in row 1",
        ):
            assert words in shown(pilot)


async def test_all_files_of_a_folder_are_read_as_one_import(
    app: TrackerApp, tmp_path: Path
) -> None:
    for name in ("satu", "dua"):
        file(
            tmp_path,
            f"opd,name,stage\ndinkes,Layanan {name},Daring\n",
            f"{name}.csv",
        )
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        screen.path.value = f"{tmp_path}/sat"
        await pilot.pause()
        assert "All CSV and XLSX files of this folder" not in shown(pilot)
        screen.path.value = f"{tmp_path}/"
        await pilot.pause()
        await pilot.press("down", "home", "enter")
        await settled(pilot)
        assert screen.seen is not None
        assert len(screen.seen.plan.headers) == 2
        await pilot.press("escape")
        assert screen.path.value == f"{tmp_path}/"
        # Enter in the line of the path takes what the first line offers.
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        assert {"Layanan satu", "Layanan dua"} <= {
            s.name for s in app.state.register.services.values()
        }
        await pilot.press("u")
        assert not {"Layanan satu", "Layanan dua"} & {
            s.name for s in app.state.register.services.values()
        }


async def test_a_folder_is_entered_at_its_first_line(
    app: TrackerApp, tmp_path: Path
) -> None:
    answers = tmp_path / "jawaban"
    (tmp_path / "arsip").mkdir()
    answers.mkdir()
    for name in ("satu", "dua"):
        file(
            answers,
            f"opd,name,stage\ndinkes,Layanan {name},Daring\n",
            f"{name}.csv",
        )
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        screen.path.value = f"{tmp_path}/jaw"
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert screen.path.value == f"{answers}/"
        assert screen.list.key == ImportLine("folder:")
        screen.path.value = f"{tmp_path}/"
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert screen.path.value == f"{answers}/"
        assert screen.list.key == ImportLine("folder:")


async def test_a_sheet_that_an_opd_filled_in_is_told_in_the_readers_words(
    make_app: MakeApp, city: Builder, tmp_path: Path
) -> None:
    [(sheet, _, _)] = write_sheets(
        city.register, tmp_path, ["dinkes"], load_language("id"), TODAY
    )
    fill(sheet, {"rujuk": {"stage": "Terintegrasi", "date": TODAY}})
    app = make_app(city.register, "id")
    async with app.run_test(size=(80, 60)) as pilot:
        await read(app, pilot, sheet)
        said = shown(pilot)
        assert "misalnya “Terintegrasi”" in said
        assert "integrated" not in said
        assert "baris 0" not in said


@pytest.mark.parametrize("language", SPOKEN)
async def test_columns_that_are_not_understood_are_put_right(
    make_app: MakeApp, city: Builder, tmp_path: Path, language: str
) -> None:
    app = make_app(city.register, language)
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, file(tmp_path, FOREIGN))
        assert screen.seen is not None
        assert screen.seen.plan.problems
        for ours, theirs in (
            ("opd", "Nama"),
            ("name", "Jenis"),
            ("stage", "Status"),
        ):
            await at(screen, pilot, f"column:0:{ours}")
            await pilot.press("enter")
            assert isinstance(app.screen, FormDialog)
            await pilot.press(*theirs, "f2")
            await settled(pilot)
        assert screen.seen.plan.is_ready
        await pilot.press("f2")
        await settled(pilot)
        register = app.state.register
        made = {
            s.name: stage_at(register, s, TODAY)
            for s in register.services.values()
        }
        assert made["Vaksin calon jemaah"] is Stage.ONLINE
        assert made["Surat sehat"] is Stage.CONVENTIONAL


STRANGE = (
    "opd,name,stage\ndinkes,Surat sehat,sudah jalan\ndinkes,Donor,Sudah Jalan\n"
    "dinkes,Vaksin calon jemaah,di loket saja\nCapil Kota,Kartu anak,daring\n"
)


@pytest.mark.parametrize("language", SPOKEN)
async def test_words_that_are_not_understood_are_given_a_meaning_and_kept(
    make_app: MakeApp, city: Builder, tmp_path: Path, language: str
) -> None:
    app = make_app(city.register, language)
    path = file(tmp_path, STRANGE)
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, path)
        assert screen.seen is not None
        found = [
            (one.column, one.word, one.rows) for one in screen.seen.plan.unknown
        ]
        assert set(found) == {
            ("opd", "Capil Kota", 1),
            ("stage", "di loket saja", 1),
            ("stage", "sudah jalan", 2),
        }
        online, counter = (
            app.state.language.text(stage_word(s))
            for s in (Stage.ONLINE, Stage.CONVENTIONAL)
        )
        meant = {
            "opd:Capil Kota": "dukcapil",
            "stage:sudah jalan": online,
            "stage:di loket": counter,
        }
        for start, typed in meant.items():
            await at(screen, pilot, f"word:{start}")
            await pilot.press("enter", *typed[:5], "f2")
            await settled(pilot)
        assert screen.seen.plan.is_ready
        await at(screen, pilot, "keep:")
        await pilot.press("enter", "f2")
        await settled(pilot)
        mapping = read_mapping(path.with_suffix(".toml"))
        await pilot.press("f2")
        await settled(pilot)
        register = app.state.register
    made = {
        s.name: stage_at(register, s, TODAY) for s in register.services.values()
    }
    assert (made["Donor"], made["Surat sehat"]) == (Stage.ONLINE, Stage.ONLINE)
    assert made["Vaksin calon jemaah"] is Stage.CONVENTIONAL
    assert mapping.values == {
        "opd": {"capil kota": "dukcapil"},
        "stage": {"sudah jalan": "online", "di loket saja": "conventional"},
    }
    assert plan_import(
        city.register, [path], ImportOptions(mapping=mapping), CONTEXT
    ).is_ready


async def test_a_mapping_file_says_what_the_words_of_the_next_file_mean(
    app: TrackerApp, tmp_path: Path
) -> None:
    kept = file(
        tmp_path, '[values.stage]\n"sudah jalan" = "online"\n', "peta.toml"
    )
    text = "opd,name,stage\ndinkes,Donor,sudah jalan\n"
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, file(tmp_path, text))
        await at(screen, pilot, "reading:mapping")
        await pilot.press("enter")
        await paste(pilot, str(kept))
        await pilot.press("f2")
        await settled(pilot)
        assert screen.seen is not None
        assert screen.seen.plan.is_ready
        await at(screen, pilot, "word:stage:sudah jalan")
        await pilot.press("enter", *"Conv", "f2")
        await settled(pilot)
        assert screen.seen.job.mapping.values == {
            "stage": {"sudah jalan": "conventional"}
        }


@pytest.mark.parametrize("text", one_in(2, [FOREIGN, GOOD]))
async def test_what_can_be_done_next_is_never_cut(
    make_app: MakeApp, city: Builder, tmp_path: Path, text: str
) -> None:
    app = make_app(city.register, "id")
    async with app.run_test(size=(60, 20)) as pilot:
        await read(app, pilot, file(tmp_path, text))
        said = " ".join(" ".join(shown(pilot).splitlines()[3:5]).split())
        assert said.endswith(("u mengurungkannya.", "di sini atau di berkas."))


async def test_nothing_can_be_entered_before_it_is_ready_and_the_key_says_why(
    app: TrackerApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(app, pilot)
        await pilot.press("f2")
        await pilot.press("escape")
        await read(app, pilot, file(tmp_path, FOREIGN))
        await pilot.press("f2")
        said = [n.message for n in app._notifications]
        assert said == ["Choose a file first.", "Correct what is wrong first."]


async def test_an_inventory_of_a_day_becomes_moves_and_its_questions_are_answered(
    app: TrackerApp, tmp_path: Path
) -> None:
    kept, renamed = (
        "kk,dukcapil,Kartu keluarga",
        "ktp-el,dukcapil,KTP elektronik",
    )
    text = (
        f"service,opd,name,stage\n{kept},Terintegrasi\n{renamed},Terintegrasi\n"
    )
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, file(tmp_path, text))
        await at(screen, pilot, "reading:")
        await pilot.press("enter", "tab")
        await paste(pilot, "18/11/2026")
        await pilot.press("f2")
        await settled(pilot)
        assert screen.seen is not None
        assert [question.sort for question in screen.seen.plan.questions]
        assert "Questions are open" in shown(pilot)
        await at(screen, pilot, "answer:")
        await pilot.press("enter")
        await settled(pilot)
        assert screen.seen.plan.is_ready
        assert "moved" in shown(pilot)
        await pilot.press("f2")
        await settled(pilot)
        register = app.state.register
        assert (
            stage_at(register, register.service_codes["kk"], TODAY)
            is Stage.INTEGRATED
        )


async def test_escape_goes_back_to_the_files_and_then_leaves(
    app: TrackerApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await read(app, pilot, file(tmp_path, GOOD))
        await pilot.press("escape")
        assert screen.job is None
        assert isinstance(app.screen.focused, PathInput)
        await pilot.press("escape")
        assert app.screen_name == "overview"


async def test_escape_shows_the_folder_again_with_the_cursor_on_the_file(
    app: TrackerApp, tmp_path: Path
) -> None:
    file(tmp_path, GOOD, "a.csv")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await read(app, pilot, file(tmp_path, GOOD, "b.csv"))
        await pilot.press("escape")
        await pilot.pause()
        assert screen.path.value == f"{tmp_path}/"
        assert [
            found.name
            for found in screen.path.found
            if found.name.endswith("csv")
        ] == ["b.csv", "a.csv"]
        assert isinstance(screen.list.key, ImportLine)
        assert (
            screen.path.found[
                int(screen.list.key.text.removeprefix("file:"))
            ].name
            == "b.csv"
        )
        await pilot.press("down", "enter")
        await settled(pilot)
        assert screen.seen is not None
        assert screen.seen.job.path == tmp_path / "b.csv"


@pytest.mark.parametrize("key", one_in(2, ["enter", "down"]))
async def test_where_no_file_is_found_letters_still_go_into_the_path(
    app: TrackerApp, key: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press(*"/none/x", key, *"u")
        assert screen.path.value == "/none/xu"


async def test_a_file_that_cannot_be_read_is_told_in_words(
    app: TrackerApp, tmp_path: Path
) -> None:
    (tmp_path / "rusak.xlsx").write_bytes(b"PK\x03\x04 tidak utuh")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await read(app, pilot, tmp_path / "rusak.xlsx")
        assert screen.seen is not None
        assert screen.seen.plan.problems
        assert "rusak.xlsx" in shown(pilot)


async def test_a_plan_overtaken_by_another_person_is_made_anew(
    app: TrackerApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await read(app, pilot, file(tmp_path, GOOD))
        before = screen.seen
        app.try_action(MoveServices(("akta",), Stage.ONLINE, TODAY))
        await settled(pilot)
        assert screen.seen is not before
        await pilot.press("f2")
        await settled(pilot)
        assert app.screen_name == "overview"


@pytest.mark.parametrize(
    "size",
    [
        (60, 20),
        pytest.param((80, 24), marks=pytest.mark.thorough),
        pytest.param((160, 50), marks=pytest.mark.thorough),
    ],
)
async def test_hostile_text_in_a_file_is_shown_and_never_obeyed(
    app: TrackerApp, tmp_path: Path, size: tuple[int, int]
) -> None:
    rows = "".join(f'"{text}","{text}","{text}"\n' for text in HOSTILE)
    path = file(
        tmp_path, f'opd,name,"{HOSTILE[1]}"\n' + rows, f"{HOSTILE[3]}.csv"
    )
    async with app.run_test(size=size) as pilot:
        screen = await read(app, pilot, path)
        said = "\n".join(
            screen.list.text_at(place) for place in range(screen.list.count())
        )
        for text in ("[/x]", "[@click=app.quit]x[/]", "Layanan [baru]"):
            assert text in said
        assert "\x1b" not in shown(pilot)
        assert "\u202e" not in shown(pilot)


UNREAD = "opd;nama layanan;tahap;Pemohon;Biaya\ndinkes;Surat sehat;online;1.250;gratis\n"


@pytest.mark.parametrize("language", SPOKEN)
async def test_unread_columns_stand_at_the_top_and_the_line_says_what_they_hold(
    make_app: MakeApp, city: Builder, tmp_path: Path, language: str
) -> None:
    app = make_app(city.register, language)
    path = file(tmp_path, UNREAD)
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, path)
        assert screen.seen is not None
        said = app.state.language.text(
            "Columns not read: {columns}", columns="Pemohon, Biaya"
        )
        assert said in shown(pilot).splitlines()[4]
        await at(screen, pilot, "unread:0")
        await pilot.press(
            "enter",
            "tab",
            *app.state.language.text("Requests a year")[:8],
            "f2",
        )
        await settled(pilot)
        assert screen.job is not None
        assert screen.job.mapping.columns == {"volume": "Pemohon"}
        await at(screen, pilot, "unread:0")
        skip = app.state.language.text("Nothing of ours: it is not read")
        await pilot.press("enter", "tab", *skip[:8], "f2")
        await settled(pilot)
        assert screen.job.mapping.unread == {"Biaya"}
        assert (screen.seen.plan.is_ready, screen.seen.plan.unread) == (
            True,
            [],
        )


async def test_enter_pressed_twice_answers_no_question_that_nobody_has_read(
    app: TrackerApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(
        tmp_path, UNREAD.replace("Biaya", "Lama").replace("gratis", "3")
    )
    async with app.run_test(size=(80, 50)) as pilot:
        monkeypatch.setattr(import_screen, "GLANCE", 600)
        screen = await read(app, pilot, path)
        for seconds, left in ((600, 2), (0, 1), (600, 1), (0, 0)):
            monkeypatch.setattr(import_screen, "GLANCE", seconds)
            await pilot.press("enter")
            await settled(pilot)
            assert screen.seen is not None
            assert len(screen.seen.plan.questions) == left


async def test_what_is_answered_of_a_column_is_kept_for_the_next_file(
    app: TrackerApp, tmp_path: Path
) -> None:
    path = file(
        tmp_path, UNREAD.replace("Biaya", "Lama").replace("gratis", "3")
    )
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, path)
        for key in (
            "answer:column:layanan.csv:Pemohon\nvolume",
            "answer:column:layanan.csv:Lama\nskip",
        ):
            await at(screen, pilot, key)
            await pilot.press("enter")
            await settled(pilot)
        assert screen.job is not None
        mapping = screen.job.kept_mapping
    assert mapping.columns == {"volume": "Pemohon"}
    assert mapping.unread == {"Lama"}
    assert plan_import(
        app.state.register, [path], ImportOptions(mapping=mapping), CONTEXT
    ).is_ready


async def test_the_export_of_another_copy_is_asked_about_before_it_is_entered(
    make_app: MakeApp, city: Builder, tmp_path: Path
) -> None:
    copy, here = MemoryStore(city.register), MemoryStore(city.register)
    owner = EditService("akta", {"owner": "Pak Adi"})
    volume = EditService("akta", {"volume": 12})
    there = perform(copy, owner, CONTEXT).register
    path = tmp_path / "ekspor.json"
    export(there, path)
    app = make_app(
        perform(here, volume, Context("Budi", CONTEXT.now, TODAY)).register,
        "en",
    )
    async with app.run_test(size=(80, 30)) as pilot:
        screen = await read(app, pilot, path)
        said = " ".join(shown(pilot).split())
        assert "exported from another copy of this register" in said
        assert "`opd-tracker merge FILE`" in said
        assert "“Merge copies” (^P)" in said
        await at(screen, pilot, "answer:copy:ekspor.json\nskip")
        await pilot.press("enter")
        await settled(pilot)
        assert screen.seen is not None
        assert screen.seen.plan.changes_nothing


async def test_the_columns_to_name_are_of_the_kind_that_the_error_names(
    app: TrackerApp, tmp_path: Path
) -> None:
    unknown = file(tmp_path, "judul,link\nSalaman,https://x.example\n", "a.csv")
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await read(app, pilot, unknown)
        assert screen.seen is not None
        [problem] = screen.seen.plan.problems
        assert problem.values["kind"] == Term(kind_word("applications"))
        [(_, header)] = screen.seen.headers
        assert header.kind == "applications"
        await at(screen, pilot, "column:0:name")
        await pilot.press("enter")
        await pilot.press(*"judul", "f2")
        await settled(pilot)
        assert screen.seen.plan.is_ready


@pytest.mark.parametrize("name", one_in(2, ["mapping", "as_of"]))
async def test_a_line_of_the_reading_opens_at_its_field(
    app: TrackerApp, tmp_path: Path, name: str
) -> None:
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, file(tmp_path, GOOD))
        await at(screen, pilot, f"reading:{name}")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, FormDialog)
        assert app.screen.row is not None
        assert app.screen.row.field.name == name


async def test_a_mapping_file_that_is_none_leaves_its_form_open(
    app: TrackerApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, file(tmp_path, GOOD))
        await at(screen, pilot, "reading:mapping")
        await pilot.press("enter", *"none.toml", "f2")
        await settled(pilot)
        assert isinstance(app.screen, FormDialog)
        assert "✗ none.toml" in shown(pilot)
