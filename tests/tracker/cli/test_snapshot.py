import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.tracker.cli.terminal import Terminal
from tests.tracker.store.processes import end_of, fatal_call, fork


def test_a_running_week_is_provisional_and_then_final(city: Terminal) -> None:
    pages = city.folder / "potret"
    assert "2026-W47-provisional.md (provisional)" in city.ok(
        "snapshot", "take", "--out", str(pages)
    )
    first = (pages / "2026-W47-provisional.md").read_text(encoding="utf-8")
    assert "Bandung" in first
    city.today = "2026-11-23"
    city.ok("move", "izin", "online", "--on", "2026-11-22")
    out = city.ok(
        "snapshot", "take", "--week", "2026-W47", "--out", str(pages), "--html"
    )
    assert out.count("(final)") == 2
    assert (pages / "2026-W47.md").read_text(encoding="utf-8") != first
    assert (
        (pages / "2026-W47.html").read_text(encoding="utf-8").startswith("<!")
    )
    (row,) = city.json("snapshot", "list")
    assert (row["week"], row["as_of"], row["final"], row["revised"]) == (
        "2026-W47",
        "2026-11-22",
        True,
        False,
    )


def test_printing_a_page_keeps_nothing(city: Terminal) -> None:
    before = sorted(city.folder.rglob("*"))
    page = city.ok("snapshot", "take", "--stdout")
    assert page.startswith("# ")
    assert page == city.ok("snapshot", "take", "--stdout", "--week", "2026-W47")
    assert city.json("snapshot", "list") == []
    assert sorted(city.folder.rglob("*")) == before


def test_a_week_whose_files_cannot_be_written_is_said_to_be_published(
    city: Terminal,
) -> None:
    """Else whoever reads of the failure takes the week for one that is still to be taken."""
    pages = city.folder / "potret"
    (pages / "2026-W46.md").mkdir(parents=True)
    take = ("snapshot", "take", "--week", "2026-W46", "--out", str(pages))
    first, second = city.refused(*take).splitlines()
    assert first.startswith("2026-W46 is published all the same")
    assert "cannot be written" in second
    assert city.json("snapshot", "list")[0]["week"] == "2026-W46"
    (pages / "2026-W46.md").rmdir()
    assert "2026-W46.md (final)" in city.ok(*take)


def test_the_first_page_is_printed_and_written_alone(city: Terminal) -> None:
    pages = city.folder / "potret"
    whole = city.ok("snapshot", "take", "--stdout")
    first = city.ok("snapshot", "take", "--stdout", "--first-page")
    assert whole.startswith(first + "\n## Annex\n")
    city.ok("snapshot", "take", "--out", str(pages))
    out = city.ok(
        "snapshot", "take", "--out", str(pages), "--html", "--first-page"
    )
    name = "2026-W47-first-page-provisional"
    assert out.count(f"{name}.") == 2
    assert (pages / f"{name}.md").read_text(encoding="utf-8") == first
    assert "Annex" not in (pages / f"{name}.html").read_text(encoding="utf-8")
    whole_page = pages / "2026-W47-provisional.md"
    assert whole_page.read_text(encoding="utf-8") == whole
    assert city.ok("snapshot", "show", "2026-W47", "--first-page") == first
    assert city.ok("snapshot", "show", "2026-W47") == whole
    assert "no other form" in city.misused(
        "snapshot", "show", "2026-W47", "--first-page", "--json"
    )


def test_every_missing_week_is_published(city: Terminal) -> None:
    city.today = "2026-01-29"
    out = city.ok("snapshot", "take", "--all-missing", "--out", "potret")
    assert [Path(line.split(" (")[0]).name for line in out.splitlines()] == [
        "2026-W02.md",
        "2026-W03.md",
        "2026-W04.md",
    ]
    assert "published already" in city.ok("snapshot", "take", "--all-missing")
    assert "goes neither with" in city.misused(
        "snapshot", "take", "--all-missing", "--stdout"
    )


def test_it_is_told_where_the_pages_are_and_how_to_have_them_elsewhere(
    city: Terminal,
) -> None:
    out = city.ok("snapshot", "take")
    assert (
        f"Pages are in {city.folder}; --out DIR writes them elsewhere." in out
    )
    assert "--out" not in city.ok("snapshot", "take", "--out", "potret")
    assert "--out" not in city.ok("snapshot", "take", "--stdout")


def test_a_week_before_the_first_service_has_no_page(city: Terminal) -> None:
    for where in ((), ("--stdout",)):
        said = city.refused("snapshot", "take", "--week", "2026-W01", *where)
        assert (
            "2026-W01 has no page: the first service was registered in 2026-W02"
            in said
        )
    assert city.json("snapshot", "list") == []


def test_taking_a_snapshot_is_no_action_to_undo(city: Terminal) -> None:
    city.ok("snapshot", "take")
    out = city.ok("undo")
    assert "kir" in out
    assert len(city.json("snapshot", "list")) == 1


def test_a_week_corrected_since_is_marked(city: Terminal) -> None:
    city.ok("snapshot", "take", "--week", "2026-W46")
    published = (city.folder / "2026-W46.md").read_text(encoding="utf-8")
    city.ok("move", "izin", "online", "--on", "2026-11-11")
    assert city.json("snapshot", "list")[0]["revised"]
    assert "revised" in city.ok("snapshot", "list")
    shown = city.ok("snapshot", "show", "2026-W46")
    assert shown != published
    assert "revised" in shown.lower()


def test_what_was_published_is_told_as_it_was(city: Terminal) -> None:
    city.ok("snapshot", "take", "--week", "2026-W46")
    city.ok("move", "izin", "online", "--on", "2026-11-11")
    found = city.json("snapshot", "show", "2026-W46")
    assert (found["week"], found["final"], found["revised"]) == (
        "2026-W46",
        True,
        True,
    )
    assert (
        found["city"]["services"],
        found["city"]["online"],
        found["city"]["forward"],
    ) == (3, 1, 0)
    assert found["opds"]["dinkes"]["closing"] == 1


def test_a_week_that_was_not_published_is_not_shown(city: Terminal) -> None:
    assert "was not published" in city.refused("snapshot", "show", "2026-W46")
    assert "has not begun" in city.refused(
        "snapshot", "take", "--week", "2026-W48"
    )
    assert "has not begun" in city.refused(
        "snapshot", "take", "--week", "2026-W48", "--stdout"
    )


def test_two_weeks_are_compared(city: Terminal) -> None:
    city.ok("move", "izin", "integrated", "--on", "2026-11-11")
    page = city.ok("snapshot", "diff", "2026-W45", "2026-W46")
    assert page.startswith("# From 2026-W45 to 2026-W46")
    assert "Izin praktik" in page


def test_a_folder_that_cannot_be_is_told(city: Terminal) -> None:
    (city.folder / "file").write_text("")
    assert "cannot be written" in city.refused(
        "snapshot", "take", "--out", "file"
    )
    assert city.json("snapshot", "list") == []


def test_the_page_speaks_indonesian_unless_asked_otherwise(
    city: Terminal,
) -> None:
    english = city.ok("snapshot", "take", "--stdout")
    city.language = "id"
    assert "19 November 2026" in city.ok("snapshot", "take", "--stdout")
    assert "Thursday" in english


def test_each_form_is_printed_or_written_as_it_was_published(
    city: Terminal,
) -> None:
    pages = city.folder / "potret"
    html = city.ok("snapshot", "take", "--stdout", "--html")
    assert html.startswith("<!doctype html>")
    city.ok("snapshot", "take", "--out", str(pages), "--html", "--annex")
    assert {path.name for path in pages.glob("[!.]*")} == {
        "2026-W47-provisional.md",
        "2026-W47-provisional.html",
        "2026-W47-annex-provisional.xlsx",
    }
    annex = (pages / "2026-W47-annex-provisional.xlsx").read_bytes()
    city.ok("move", "izin", "online", "--on", "2026-11-18")
    assert city.ok("snapshot", "show", "2026-W47", "--html") == html
    out = city.ok(
        "snapshot", "show", "2026-W47", "--annex", "--out", str(pages)
    )
    assert out.strip().endswith("2026-W47-annex-provisional.xlsx (provisional)")
    assert (pages / "2026-W47-annex-provisional.xlsx").read_bytes() == annex
    assert city.ok("snapshot", "take", "--stdout", "--html") != html
    assert "--out" in city.misused("snapshot", "take", "--stdout", "--annex")


def test_a_page_that_was_edited_is_kept_and_files_are_named_in_its_language(
    city: Terminal,
) -> None:
    city.language, pages = "id", city.folder / "potret"
    city.ok("snapshot", "take", "--out", str(pages), "--first-page")
    page = pages / "2026-W47-halaman-pertama-sementara.md"
    page.write_text("disunting Sekda", encoding="utf-8")
    city.ok("move", "izin", "online", "--on", "2026-11-18")
    said = city("snapshot", "take", "--out", str(pages), "--first-page")
    assert said.code == 0
    assert "sudah disunting" in said.err
    kept = pages / "2026-W47-halaman-pertama-sementara (disunting 1).md"
    assert kept.read_text(encoding="utf-8") == "disunting Sekda"
    assert page.read_text(encoding="utf-8").startswith("# ")


def test_the_site_is_written_and_says_what_changed(city: Terminal) -> None:
    folder = city.folder / "situs"
    assert "snapshot take" in city.refused("site", str(folder))
    city.ok("snapshot", "take", "--out", str(city.folder / "potret"))
    said = city("site", str(folder))
    assert (said.code, len(said.out.splitlines())) == (0, 4)
    assert "4 of 4 files" in said.err
    assert (folder / "index.html").is_file()
    assert city.ok("site", str(folder)) == ""


@pytest.mark.parametrize(
    "kills", [5, pytest.param(40, marks=pytest.mark.thorough)]
)
def test_whoever_was_killed_taking_weeks_takes_them_again_with_their_files(
    city: Terminal, kills: int
) -> None:
    """A week stands in the register a moment before its files do: they are not to be lost with it."""
    city.today = "2026-01-29"
    take = ("snapshot", "take", "--all-missing", "--html", "--out", "potret")
    aside = city.folder.with_name(f"{city.folder.name}-before")
    before = shutil.copytree(city.folder, aside)
    with fatal_call(sys.maxsize) as calls:
        city.ok(*take)
    names = [
        f"2026-W{n:02}.{form}" for n in (2, 3, 4) for form in ("html", "md")
    ]

    for number in range(1, len(calls) + 1, max(1, len(calls) // kills)):
        shutil.rmtree(city.folder)
        shutil.copytree(before, city.folder)
        os.chdir(city.folder)

        def die(number: int = number) -> None:
            with fatal_call(number):
                city(*take)

        assert end_of(fork(die)) == -signal.SIGKILL
        out = city.ok(*take)
        assert (
            sorted(path.name for path in Path("potret").glob("[!.]*")) == names
        )
        for row in city.json("snapshot", "list"):
            shown = city.ok("snapshot", "show", row["week"])
            page = Path("potret", f"{row['week']}.md")
            assert page.read_text(encoding="utf-8") == shown
        written = [line for line in out.splitlines() if "(final)" in line]
        assert len(set(written)) == len(written)
