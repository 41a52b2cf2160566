"""``python -m handbook``: bring what is made in the documentation up to date, or see whether it is.

``check`` runs the commands of every chapter; ``commands`` writes the chapter on
every command; ``outputs`` writes what the chapters' commands print today;
``pictures`` draws the screens. ``write`` does the last three.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.blocks import run_chapter, update_outputs
from handbook.commands import write_commands
from tracker.handbook import CHAPTERS, chapter_path
from tracker.language import load_language

LANGUAGES = ("id", "en")
REFERENCE = next(c for c in CHAPTERS if c.english == "commands")


def list_chapters() -> Iterator[tuple[Path, str]]:
    """Yield the file of each chapter that is written by hand, with its language."""
    for chapter in CHAPTERS:
        for language in LANGUAGES:
            if chapter is not REFERENCE:
                yield chapter_path(chapter, language), language


def check_commands() -> int:
    """Run the commands of every chapter; print what is not as it says, and count it."""
    count = 0
    for path, language in list_chapters():
        chapter = path.read_text(encoding="utf-8")
        with TemporaryDirectory() as folder:
            faults = run_chapter(chapter, language, Path(folder))
        for fault in faults:
            print(f"{path}, {fault.describe(chapter)}")
        count += len(faults)
    return count


def write_outputs() -> None:
    """Write into every chapter what its commands print today."""
    for path, language in list_chapters():
        chapter = path.read_text(encoding="utf-8")
        with TemporaryDirectory() as folder:
            updated = update_outputs(chapter, language, Path(folder))
        path.write_text(updated, encoding="utf-8")


def write_reference() -> None:
    """Write the chapter on every command in both languages."""
    for language in LANGUAGES:
        text = write_commands(load_language(language))
        chapter_path(REFERENCE, language).write_text(text, encoding="utf-8")


def main() -> int:
    """Do what was asked and return the exit code."""
    task = sys.argv[1] if len(sys.argv) == 2 else ""
    if task == "check":
        return min(1, check_commands())
    if task not in ("commands", "outputs", "pictures", "write"):
        print(__doc__)
        return 2
    if task in ("commands", "write"):
        write_reference()
    if task in ("outputs", "write"):
        write_outputs()
    if task in ("pictures", "write"):
        from handbook.pictures import write_pictures

        write_pictures()
    return 0


if __name__ == "__main__":
    sys.exit(main())
