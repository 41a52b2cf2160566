"""A dialog checks while one types, says in words what is wrong, and loses nothing that was typed."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button, Input, TextArea

from screens.dialogs import dialog_for
from screens.dialogs.line_input import LineInput
from screens.state import DayView
from tests.depth import one_in
from tests.screens.dialogs.host import (
    HOSTILE,
    TODAY,
    Host,
    Person,
    asked,
    opened,
    world,
)
from tests.screens.harness import shown
from tracker.actions.draft import Action, Context
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.actions.services import EditService
from tracker.errors import Conflict, InUse
from tracker.model import Stage
from tracker.store.file import FileStore


async def test_the_defaults_say_at_once_what_they_would_do() -> None:
    async with asked("move", {"services": "kk"}) as person:
        assert (
            person.said()
            == "Kartu Keluarga: Online → Integrated, on 22 Nov 2026"
        )


async def test_several_services_are_told_together() -> None:
    async with asked("move", {"services": "ktp kk"}) as person:
        await person.chooses("stage", "i")
        await person.waits()
        said = person.said().splitlines()
        assert sorted(said) == [
            "KTP [/x] [@click=app.quit]x[/] [red]: Conventional → Integrated, on 22 Nov 2026",
            "Kartu Keluarga: Online → Integrated, on 22 Nov 2026",
        ]


async def test_a_move_backward_is_said_to_be_one() -> None:
    async with asked("move", {"services": "kk"}) as person:
        await person.chooses("stage", "c")
        await person.waits()
        assert person.said().endswith(
            "Online → Conventional, on 22 Nov 2026 (back)"
        )


async def test_what_was_typed_is_understood_in_sight() -> None:
    async with asked("move", {"services": "kk"}) as person:
        await person.fills("on", "")
        await person.types("kemarin")
        await person.waits()
        assert any(
            "Saturday, 21 November 2026" in line for line in person.screen()
        )
        assert person.said().endswith("on 21 Nov 2026")


@pytest.mark.parametrize(
    ("name", "typed", "wrong"),
    one_in(
        3,
        [
            ("on", "kapan", "“kapan” is not a date"),
            ("on", "besok", "is still to come"),
            ("on", "1/1/2025", "is before its registration"),
            ("on", "", ""),
            ("visits", "banyak", "“banyak” is not a number"),
            ("visits", "2000000", "cannot be: a number from 0"),
            ("evidence", "a\u202eb", "hidden character U+202E"),
        ],
    ),
)
async def test_what_is_wrong_is_said_under_its_field_while_one_types(
    name: str, typed: str, wrong: str
) -> None:
    async with asked("move", {"services": "kk"}) as person:
        await person.fills(name, typed)
        await person.waits()
        assert wrong in person.wrong(name)
        assert person.dialog.result is None
        others = {row.field.name for row in person.dialog.rows} - {name}
        assert not any(person.wrong(other) for other in others)


async def test_a_taken_code_is_said_under_the_code() -> None:
    async with asked("edit_service", {"services": "kk"}) as person:
        await person.fills("code", "ktp")
        await person.waits()
        assert "already taken" in person.wrong("code")


async def test_what_speaks_of_no_field_is_said_below() -> None:
    async with asked("retire_opd", {"opds": "dukcapil"}) as person:
        await person.fills("on", "kemarin")
        await person.waits()
        assert "still offers services" in person.wrong("on") + person.said()


async def test_saving_too_early_goes_to_what_is_missing() -> None:
    async with asked("add_service") as person:
        assert await person.saves() is None
        assert "Still to fill in: OPD and Name" in person.said()
        assert "This is needed." in person.wrong("opd")
        assert person.dialog.row is not None
        assert person.dialog.row.field.name == "opd"


async def test_nothing_is_said_of_empty_fields_before() -> None:
    async with asked("add_service") as person:
        await person.waits()
        assert not any(
            person.wrong(row.field.name) for row in person.dialog.rows
        )


async def test_enter_goes_from_field_to_field_and_saves_at_the_last() -> None:
    async with asked("transfer", {"services": "ktp"}) as person:
        await person.types("cobl")
        await person.press("enter", "enter", "enter")
        await person.pilot.pause()
        (action,) = person.host.results
        assert action.opd == world().keys["coblong"]


async def test_what_is_typed_after_enter_goes_into_the_next_field() -> None:
    async with asked("transfer", {"services": "ktp"}) as person:
        await person.types("cobl")
        await person.press("enter")
        assert person.dialog.row is not None
        assert person.dialog.row.field.name != "opd"


async def test_the_list_is_walked_by_arrows() -> None:
    async with asked("transfer", {"services": "ktp"}) as person:
        await person.types("dinas")
        await person.press("down", "enter")
        assert (await person.saves()).opd == world().keys["dpmptsp"]


async def test_the_list_opens_without_a_letter() -> None:
    async with asked("transfer", {"services": "ktp"}) as person:
        await person.press("down", "up", "enter")
        assert (await person.saves()).opd == world().keys["coblong"]


async def test_an_option_is_chosen_with_the_mouse() -> None:
    async with asked("transfer", {"services": "ktp"}) as person:
        await person.types("modal")
        await person.pilot.pause()
        await person.pilot.click("OptionList", offset=(3, 0))
        assert (await person.saves()).opd == world().keys["dpmptsp"]


async def test_escape_closes_the_list_first() -> None:
    async with asked("transfer", {"services": "ktp"}) as person:
        await person.types("dinas")
        await person.press("escape")
        assert person.host.results == []
        await person.press("escape")
        assert person.host.results == [None]


async def test_much_that_was_typed_is_thrown_away_only_when_asked_twice() -> (
    None
):
    async with asked("move", {"services": "kk"}) as person:
        await person.fills("evidence", "Berita acara 470/12/2026")
        await person.press("escape")
        assert person.host.results == []
        assert "Esc once more" in person.said()
        await person.press("escape")
        assert person.host.results == [None]


async def test_a_check_called_off_at_the_last_moment_hides_no_warning() -> None:
    async with asked("move", {"services": "kk"}) as person:
        await person.fills("evidence", "Berita acara 470/12/2026")
        await person.press("escape")
        # What a timer has handed over that ran out just before the key.
        person.dialog.call_next(person.dialog._check_if_due)
        await person.waits()
        assert "Esc once more" in person.said()
        await person.press("escape")
        assert person.host.results == [None]


async def test_typing_on_is_not_leaving() -> None:
    async with asked("move", {"services": "kk"}) as person:
        await person.fills("evidence", "BA 7")
        await person.fills("visits", "1")
        await person.press("escape")
        assert "Esc once more" in person.said()
        await person.types("5")
        await person.press("escape")
        assert person.host.results == []
        assert "Esc once more" in person.said()
        await person.pilot.click("#leave")
        assert person.host.results == [None]


@pytest.mark.parametrize("fills", [{}, {"evidence": "BA 7"}])
async def test_where_little_was_typed_nothing_is_asked(
    fills: dict[str, str],
) -> None:
    async with asked("move", {"services": "kk"}) as person:
        for name, text in fills.items():
            await person.fills(name, text)
        await person.press("escape")
        assert person.host.results == [None]


async def test_the_only_one_that_fits_is_taken_on_leaving() -> None:
    async with asked("transfer", {"services": "ktp"}) as person:
        await person.types("capil")
        await person.press("tab")
        await person.waits()
        assert person.dialog.result is None
        assert "already" in person.said() + person.wrong("on") + person.wrong(
            "opd"
        )


async def test_what_is_none_of_the_options_is_said() -> None:
    async with asked("transfer", {"services": "ktp"}) as person:
        await person.types("xyz")
        await person.waits()
        assert "“xyz” is none of these" in person.wrong("opd")


async def test_a_choice_is_made_with_the_mouse() -> None:
    async with asked("move", {"services": "ktp"}) as person:
        await person.fills("evidence", "dicek")
        await person.pilot.click("Choice", offset=(2, 0))
        assert (await person.saves()).stage is Stage.CONVENTIONAL


@pytest.mark.parametrize(
    ("button", "gives"), [("#confirm", MoveServices), ("#leave", type(None))]
)
async def test_the_buttons_save_and_leave(
    button: str, gives: type[Any]
) -> None:
    async with asked("move", {"services": "ktp"}) as person:
        await person.pilot.click(button)
        await person.pilot.pause()
        assert type(person.host.results[0]) is gives


async def test_tab_goes_through_the_fields_to_the_buttons() -> None:
    async with asked("move", {"services": "ktp"}) as person:
        seen: list[type[Any]] = []
        for _ in range(9):
            seen.append(type(person.dialog.focused))
            await person.press("tab")
        assert [kind.__name__ for kind in seen] == [
            *(
                "Choice",
                "LineInput",
                "LineInput",
                "LineInput",
                "LineInput",
                "Choice",
                "TextArea",
                "Button",
                "Button",
            )
        ]
        assert {LineInput, TextArea, Button} <= set(seen)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "command", ["move", "edit_service", "add_obstacle", "withdraw", "target"]
)
async def test_hostile_names_are_shown_and_not_obeyed(command: str) -> None:
    kinds = (
        {"facts": "obstacle"} if command == "withdraw" else {"services": "ktp"}
    )
    async with asked(command, kinds) as person:
        if command == "withdraw":
            await person.fills("why", HOSTILE)
        await person.waits()
        screen = "\n".join(person.screen())
        assert "KTP [/x] [@click=app.quit]x[/] [red]" in screen
        for y, line in enumerate(person.screen()):
            if "@click" in line:
                await person.pilot.click(offset=(line.index("]x[/]") + 1, y))
        assert person.host.is_running


async def test_hostile_text_may_be_typed() -> None:
    async with asked("move", {"services": "kk"}) as person:
        await person.fills("on", HOSTILE)
        await person.waits()
        assert "KTP [/x]" in person.wrong("on")
        await person.fills("on", "today")
        await person.fills("evidence", HOSTILE)
        assert (await person.saves()).evidence == HOSTILE


async def test_hidden_characters_of_a_name_are_shown_by_number() -> None:
    city = world()
    key = city.builder.service(
        "z", "disdukcapil", "2025-01-06", name="a\u202e\x1b[31mb"
    )
    city.keys["z"] = key
    dialog = dialog_for("move", city.state(), city.selection(services="z"))
    async with opened(dialog) as person:
        assert any("a<U+202E><U+001B>[31mb" in line for line in person.screen())


async def test_the_dialog_speaks_indonesian_numbers_and_days() -> None:
    async with asked("edit_service", {"services": "ktp"}, code="id") as person:
        await person.fills("volume", "1.500")
        assert (await person.saves()) == EditService(
            world().keys["ktp"], {"volume": 1500}
        )


def kept(tmp_path: Path) -> tuple[FileStore, Any, Any]:
    city = world()
    store = FileStore.create(tmp_path / "register.json", city.builder.register)
    state = city.state()
    state.facts = DayView(store.load(), TODAY)
    return store, state, city


def other(store: FileStore, action: Action) -> None:
    perform(
        store,
        action,
        Context("Budi", datetime(2026, 11, 22, 9, tzinfo=UTC), TODAY),
    )


async def test_what_another_changed_meanwhile_is_told_and_left_to_decide(
    tmp_path: Path,
) -> None:
    store, state, city = kept(tmp_path)
    dialog = dialog_for("move", state, city.selection(services="kk"))

    def keep(action: Action) -> None:
        seen = state.register
        state.facts = DayView(store.load(), TODAY)
        perform(
            store,
            action,
            Context("Uji", datetime(2026, 11, 22, 10, tzinfo=UTC), TODAY),
            seen,
        )

    dialog.submit = keep
    async with opened(dialog) as person:
        await person.fills("evidence", "BA 7")
        other(
            store,
            MoveServices(
                (city.keys["kk"],), Stage.INTEGRATED, date(2026, 11, 20)
            ),
        )
        assert await person.saves() is None
        assert "Budi changed this" in person.said()
        assert "Save again" in person.said()
        assert "BA 7" in "\n".join(person.screen())
        assert isinstance(await person.saves(), MoveServices)
    assert len(store.load().moves_of[city.keys["kk"]]) == 3


async def test_what_the_screens_have_seen_of_others_is_told_before_saving(
    tmp_path: Path,
) -> None:
    store, state, city = kept(tmp_path)
    async with opened(
        dialog_for("move", state, city.selection(services="kk"))
    ) as person:
        other(
            store,
            MoveServices(
                (city.keys["kk"],), Stage.INTEGRATED, date(2026, 11, 20)
            ),
        )
        state.facts = DayView(store.load(), TODAY)
        await person.fills("evidence", "x")
        await person.waits()
        assert "Budi changed this" in person.said()
        assert await person.saves() is None
        saved = await person.saves()
        assert isinstance(saved, MoveServices), person.said()


@pytest.mark.parametrize(
    "error", one_in(2, [InUse("It is in use."), Conflict("Changed.")])
)
async def test_what_cannot_be_kept_stays_typed(error: InUse | Conflict) -> None:
    city = world()
    dialog = dialog_for("move", city.state(), city.selection(services="kk"))

    def keep(_: Action) -> None:
        raise error

    dialog.submit = keep
    async with opened(dialog) as person:
        await person.fills("evidence", "BA 7")
        assert await person.saves() is None
        assert error.msgid in person.said()
        assert "BA 7" in "\n".join(person.screen())


async def test_a_long_text_is_written_in_the_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nprintf "dua\\nbaris\\n" >> "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    from screens.dialogs.editor import edit_text, find_editor

    assert find_editor() == [str(script)]
    assert edit_text("satu ", find_editor()) == "satu dua\nbaris\n"


@pytest.mark.parametrize("named", one_in(2, ["/no/such/editor", "vi '"]))
async def test_without_an_editor_it_is_said(
    monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("VISUAL", named)
    async with asked("move", {"services": "kk"}) as person:
        await person.waits()
        await person.chooses("note", "f4")
        assert "No editor was found" in person.said()


async def test_where_the_name_is_fixed_no_editor_lets_people_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\ntouch "{tmp_path}/out"\n')
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    monkeypatch.setenv("OPD_TRACKER_USER", "Sari")
    async with asked("move", {"services": "kk"}) as person:
        await person.waits()
        await person.chooses("note", "f4")
        assert "fixed who acts" in person.said()
    assert not (tmp_path / "out").exists()


async def test_problems_that_do_not_fit_are_counted() -> None:
    city = world()
    dialog = dialog_for("add_service", city.state(), city.selection())
    long = "✗ " + "nomor surat yang panjang " * 7
    async with opened(dialog) as person:
        for count in (1, 2, 3, 40):
            lines = [f"{long}{index}" for index in range(count)]
            dialog.show_outcome([*lines, "Save again."])
            await person.pilot.pause()
            on_view = shown(person.pilot)
            told = sum(f"panjang {index}" in on_view for index in range(count))
            assert told >= 1
            left = count - told
            assert (f"… and {left} more" in on_view) == bool(left)
            assert "Save again." in on_view


async def test_a_dialog_stays_open_in_a_terminal_that_shrinks() -> None:
    city = world()
    dialog = dialog_for("add_service", city.state(), city.selection())
    host = Host(dialog)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(60, 16)
        await pilot.pause()
        person = Person(pilot, host)
        assert dialog.query_one("#buttons").region.bottom <= 15
        await person.fills("name", "x")
        assert dialog.row is not None
        assert dialog.row.region.overlaps(dialog.query_one("#fields").region)


async def test_a_move_that_says_nothing_is_told_while_one_fills_in() -> None:
    async with asked("move", {"services": "kk"}) as person:
        await person.selects("stage", Stage.ONLINE)
        await person.waits()
        assert "kk is in that stage already" in person.said()
        assert await person.saves() is None
        await person.fills("evidence", "BA 7")
        await person.waits()
        assert "Online as before" in person.said()
        assert isinstance(await person.saves(), MoveServices)


THREE = "Surat No. 1\nperihal contoh\r\n\ntanggal 1 Januari 2026\n"


async def test_pasting_several_lines_of_evidence_keeps_all() -> None:
    async with asked("move", {"services": "kk"}) as person:
        await person.fills("evidence", THREE)
        await person.waits()
        await person.press("f2")
        await person.waits()
        [action] = person.host.results
    assert isinstance(action, MoveServices)
    assert (
        action.evidence == "Surat No. 1\nperihal contoh\ntanggal 1 Januari 2026"
    )


async def test_pasting_several_lines_into_a_name_keeps_all_on_one_line() -> (
    None
):
    async with asked("edit_service", {"services": "kk"}) as person:
        await person.fills("name", "Kartu\nKeluarga\nBaru")
        await person.waits()
        typed = person.dialog.query(Input).first().value
    assert typed == "Kartu Keluarga Baru"
