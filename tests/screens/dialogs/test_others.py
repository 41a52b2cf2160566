"""Dialogs that give something else than an action: files, settings, a new register, a yes."""

import asyncio
import errno
from datetime import date
from pathlib import Path
from threading import Event
from time import sleep

import pytest

from screens.dialogs.form import Field, Form, Values
from screens.dialogs.personal import (
    NewRegister,
    ask_new_register,
    edit_preferences,
)
from screens.dialogs.working import Hook, Job, Report, WorkDialog
from tests.depth import one_in
from tests.screens.dialogs.host import TODAY, Person, asked, opened, world
from tests.tracker.builder import Builder
from tracker.actions.perform import plan
from tracker.exchange.apply.action import ImportFacts
from tracker.exchange.exporting import export
from tracker.language import load_language
from tracker.model import Service
from tracker.settings import Settings

EN = load_language("en")


async def worked(person: Person) -> None:
    async with asyncio.timeout(90):
        while person.host.screen is person.dialog and person.said().startswith(
            "Working"
        ):
            await person.pilot.pause(0.05)
    await person.waits()


async def test_an_export_of_another_city_is_copied_as_a_catalogue(
    tmp_path: Path,
) -> None:
    other = Builder("Cimahi")
    other.service(
        "pindah", "disdukcapil-cimahi", "2025-01-06", name="Surat pindah"
    )
    export(other.register, tmp_path / "cimahi.json")
    async with asked("catalogue") as person:
        await person.fills("path", str(tmp_path / "cimahi.json"))
        await person.fills("as_of", "2026-10-22")
        assert await person.saves() is None
        await worked(person)
        assert "OPD: 1 new; Service: 1 new" in person.said()
        action = await person.saves()
    assert isinstance(action, ImportFacts)
    state = world().state()
    [service] = (
        plan(state.register, action, state.context).changes["services"].values()
    )
    assert isinstance(service, Service)
    assert service.registered_on == date(2026, 10, 22)


async def test_what_is_typed_after_the_work_is_worked_on_again(
    tmp_path: Path,
) -> None:
    other = Builder("Cimahi")
    other.service("pindah", "disdukcapil-cimahi", "2025-01-06")
    export(other.register, tmp_path / "cimahi.json")
    async with asked("catalogue") as person:
        await person.fills("path", str(tmp_path / "cimahi.json"))
        await person.saves()
        await worked(person)
        await person.fills("path", str(tmp_path / "lain.json"))
        await person.waits()
        assert await person.saves() is None
        await worked(person)
        assert "There is no catalogue" in person.said()


async def test_a_catalogue_that_does_not_fit_is_refused_with_reasons() -> None:
    async with asked("catalogue") as person:
        await person.saves()
        await worked(person)
        assert person.said().startswith("✗")
        assert person.host.results == []


async def test_everything_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    async with asked("export") as person:
        await person.fills("path", str(tmp_path / "semua"))
        await person.saves()
        await worked(person)
        assert person.host.results == [None]
    assert (tmp_path / "semua.json").is_file()


async def test_an_export_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "ada.json").write_text("x")
    async with asked("export") as person:
        await person.fills("path", str(tmp_path / "ada.json"))
        await person.waits()
        assert "is there already" in person.wrong("path") + person.said()


def work_dialog(job: Job) -> WorkDialog:
    def make(values: Values) -> Job:
        return job

    return WorkDialog(
        Form("Work", (Field("name", "Name"),), make), world().state()
    )


async def test_escape_stops_long_work() -> None:
    begun = asyncio.Event()

    def slow(hook: Hook) -> Report:
        for step in range(100_000):
            hook(step, 100_000)
            begun.set()
            sleep(0.001)
        return Report(["late"])

    async with opened(work_dialog(slow)) as person:
        await person.press("f2")
        await asyncio.wait_for(begun.wait(), 5)
        assert "Working … " in person.said()
        await person.press("escape")
        await worked(person)
        assert person.said() == "Stopped; nothing was changed."
        assert person.host.results == []


@pytest.mark.parametrize(
    "report", [Report(["written"], done=True), Report(["read"])]
)
async def test_what_was_stopped_too_late_is_told_where_it_is_done(
    report: Report,
) -> None:
    go_on = Event()

    def late(hook: Hook) -> Report:
        go_on.wait(10)
        return report

    async with opened(work_dialog(late)) as person:
        await person.press("f2")
        await person.pilot.click("#leave")
        assert person.said() == "Stopped; nothing was changed."
        go_on.set()
        await worked(person)
        await person.pilot.pause(0.1)
        assert [n.message for n in person.host._notifications] == (
            ["written"] if report.done else []
        )
        assert person.said() == "Stopped; nothing was changed."
        assert person.host.results == []


async def test_a_failure_of_the_work_is_a_message() -> None:
    def broken(hook: Hook) -> Report:
        raise ZeroDivisionError("x")

    async with opened(work_dialog(broken)) as person:
        await person.press("f2")
        await worked(person)
        assert "This did not work: ZeroDivisionError: x" in person.said()
        assert person.host.results == []


async def test_a_failure_of_the_disk_is_told_in_words() -> None:
    def broken(hook: Hook) -> Report:
        raise PermissionError(errno.EACCES, "Permission denied")

    async with opened(work_dialog(broken)) as person:
        await person.press("f2")
        await worked(person)
        assert "This did not work: access is not permitted" in person.said()


THEMES = ("textual-dark", "textual-light", "nord")


async def test_settings_of_ones_own_are_given_back_changed() -> None:
    before = Settings(by="Ani", keys={"move": "z"})
    async with opened(
        edit_preferences(before, load_language("id"), TODAY, THEMES)
    ) as person:
        await person.fills("by", "Bu Ani")
        await person.chooses("language", "e")
        await person.picks("theme", "nord")
        await person.fills("backups", "10")
        after = await person.saves()
    assert after == Settings(
        by="Bu Ani", language="en", theme="nord", backups=10, keys={"move": "z"}
    )


@pytest.mark.parametrize(
    ("name", "typed"),
    one_in(3, [("backups", "-1"), ("permissions", "999"), ("theme", "pink")]),
)
async def test_settings_that_cannot_be_are_said(name: str, typed: str) -> None:
    async with opened(
        edit_preferences(Settings(), EN, TODAY, THEMES)
    ) as person:
        await person.fills(name, typed)
        await person.waits()
        assert person.wrong(name)
        assert person.dialog.result is None


async def test_a_register_begins_with_its_city_and_a_catalogue() -> None:
    async with opened(
        ask_new_register(load_language("id"), TODAY, ("bandung",))
    ) as person:
        await person.fills("name", "Cimahi")
        await person.fills("portal", "Satu Cimahi")
        await person.fills("goal", "31/12/2028")
        await person.chooses("catalogue", "b")
        await person.fills("as_of", "besok")
        await person.waits()
        assert person.wrong("as_of")
        await person.fills("as_of", "minggu lalu")
        new_register = await person.saves()
    assert isinstance(new_register, NewRegister)
    assert new_register.catalogue == "bandung"
    assert new_register.as_of == date(2026, 11, 15)
    assert new_register.city["name"] == "Cimahi"
    assert str(new_register.city["goal"]) == "2028-12-31"
    assert new_register.city["timezone"] == "Asia/Jakarta"


async def test_the_weeks_sheets_are_written_for_every_opd_or_some(
    tmp_path: Path,
) -> None:
    async with asked("sheets") as person:
        await person.fills("path", str(tmp_path / "lembar"))
        await person.saves()
        await worked(person)
        assert person.host.results == [None]
    every = sorted(path.name for path in (tmp_path / "lembar").glob("*.xlsx"))
    assert every
    assert all("2026-W47" in name for name in every)

    async with asked("sheets") as person:
        await person.fills("opds", every[0].split("-2026")[0])
        await person.fills("path", str(tmp_path / "satu"))
        await person.saves()
        await worked(person)
    assert [path.name for path in (tmp_path / "satu").glob("*.xlsx")] == every[
        :1
    ]


async def test_sheets_for_an_unknown_opd_are_refused(tmp_path: Path) -> None:
    async with asked("sheets") as person:
        await person.fills("opds", "zzz")
        await person.fills("path", str(tmp_path / "lembar"))
        await person.saves()
        await worked(person)
        assert "zzz" in person.said() + person.wrong("opds")
    assert not (tmp_path / "lembar").exists()
