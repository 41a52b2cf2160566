"""What is published from the screens: open data and the site."""

import asyncio
from pathlib import Path

from tests.screens.dialogs.host import Person, asked


async def worked(person: Person) -> None:
    async with asyncio.timeout(90):
        while (
            person.host.screen is person.dialog and "Working" in person.said()
        ):
            await person.pilot.pause(0.05)
    await person.pilot.pause()


async def test_open_data_is_written_with_its_dictionary(tmp_path: Path) -> None:
    async with asked("open_data") as person:
        await person.fills("path", str(tmp_path / "kini"))
        await person.saves()
        await worked(person)
        assert person.host.results == [None]
    text = (tmp_path / "kini.csv").read_text(encoding="utf-8")
    assert text.startswith("city,as_of,service,")
    assert (tmp_path / "kini-dictionary.csv").is_file()


async def test_open_data_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "ada.csv").write_text("x")
    async with asked("open_data") as person:
        await person.fills("path", str(tmp_path / "ada.csv"))
        await person.waits()
        assert "is there already" in person.wrong("path") + person.said()


async def test_a_site_without_a_published_week_says_what_to_do(
    tmp_path: Path,
) -> None:
    async with asked("site") as person:
        await person.fills("folder", str(tmp_path / "situs"))
        await person.saves()
        await worked(person)
        assert "snapshot take" in person.said()
    assert not (tmp_path / "situs").exists()
