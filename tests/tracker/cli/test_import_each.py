"""``import --each`` takes what is sound, file by file, and lists the rest."""

import pytest

from tests.tracker.cli.terminal import Terminal

HEAD = "service,date,stage\n"
BAD = HEAD + "xyz,2026-11-16,online\n"


@pytest.fixture
def folder(city: Terminal) -> str:
    """Return a folder with a sound file of moves, a bad one, and a picture."""
    place = city.folder / "jawaban"
    place.mkdir()
    service = city.json("service", "list")[0]["service"]
    (place / "a.csv").write_text(BAD, encoding="utf-8")
    (place / "b.csv").write_text(
        f"{HEAD}{service},2026-11-16,integrated\n", encoding="utf-8"
    )
    (place / "c.jpg").write_bytes(b"\xff\xd8\xff")
    return str(place)


def test_what_is_sound_goes_in_and_the_rest_is_listed(
    city: Terminal, folder: str
) -> None:
    before = len(city.json("log", "--last", "0"))
    said = city("import", folder, "--each")
    assert said.code == 1
    assert "c.jpg is a picture" in said.out
    assert "a.csv was not imported:" in said.err
    assert "No service is called" in said.err
    assert said.err.rstrip().endswith("Not imported (1): a.csv")
    assert len(city.json("log", "--last", "0")) == before + 1


def test_without_it_nothing_goes_in(city: Terminal, folder: str) -> None:
    before = len(city.json("log", "--last", "0"))
    assert city("import", folder).code == 1
    assert len(city.json("log", "--last", "0")) == before


def test_a_dry_run_of_each_changes_nothing(city: Terminal, folder: str) -> None:
    before = len(city.json("log", "--last", "0"))
    said = city("import", folder, "--each", "--dry-run")
    assert (said.code, "Nothing was changed." in said.out) == (1, True)
    assert len(city.json("log", "--last", "0")) == before


def test_nothing_is_retired_by_single_files(
    city: Terminal, folder: str
) -> None:
    said = city(
        "import", folder, "--each", "--as-of", "2026-11-16", "--retire-missing"
    )
    assert said.code == 2
