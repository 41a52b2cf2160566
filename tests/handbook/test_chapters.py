"""What the chapters say is so: their commands run, their links lead somewhere."""

import re
from pathlib import Path

import pytest

from handbook.__main__ import LANGUAGES, REFERENCE, list_chapters
from handbook.blocks import run_chapter
from handbook.commands import write_commands
from tracker.handbook import CHAPTERS, chapter_path
from tracker.language import load_language

ROOT = Path(__file__).parents[2]
FILES = [
    *(path for path, _ in list_chapters()),
    *(ROOT / "docs").glob("*.md"),
    *ROOT.glob("*.md"),
]
_TARGET = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("path", "language"), list_chapters(), ids=lambda part: Path(part).stem
)
def test_the_commands_of_a_chapter_do_what_it_says(
    path: Path, language: str, tmp_path: Path
) -> None:
    chapter = path.read_text(encoding="utf-8")
    faults = run_chapter(chapter, language, tmp_path)
    assert not [fault.describe(chapter) for fault in faults]


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_on_every_command_is_current(language: str) -> None:
    kept = chapter_path(REFERENCE, language).read_text(encoding="utf-8")
    assert kept == write_commands(load_language(language)), (
        "python -m handbook commands"
    )


def test_every_chapter_is_there_in_both_languages_and_no_other() -> None:
    for language in LANGUAGES:
        folder = ROOT / "docs" / language
        names = {chapter.name(language) for chapter in CHAPTERS}
        assert {path.stem for path in folder.glob("*.md")} == names | {"index"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    targets = _TARGET.findall(path.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert not [t for t in local if not (path.parent / t).exists()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chapter_begins_with_its_title(language: str) -> None:
    for chapter in CHAPTERS:
        path = chapter_path(chapter, language)
        assert path.read_text(encoding="utf-8").startswith("# "), path.name
