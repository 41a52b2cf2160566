"""The chapters of the documentation, as the program shows them.

A chapter is one Markdown file a language: ``docs/id/hari-pertama.md`` and
``docs/en/first-day.md``. The wheel carries them inside the package.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import UsageError
from tracker.text import normalize_name, visible

_INSTALLED = Path(__file__).parent / "docs"
_CHECKOUT = Path(__file__).parent.parent / "docs"
_COMMENT = re.compile(r"<!--.*?-->\n*", re.DOTALL)
_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n*", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)([^)#]*)(?:#[^)]*)?\)")


@dataclass(frozen=True)
class Chapter:
    """A chapter, by the name of its file in each language."""

    indonesian: str
    english: str

    def name(self, language: str) -> str:
        """Return the chapter's name in a language; the English one in any but Indonesian."""
        return self.indonesian if language == "id" else self.english


CHAPTERS = (
    Chapter("memasang", "installing"),
    Chapter("windows", "windows"),
    Chapter("hari-pertama", "first-day"),
    Chapter("seminggu", "week"),
    Chapter("layar", "screens"),
    Chapter("halaman", "page"),
    Chapter("bentuk", "forms"),
    Chapter("impor", "import"),
    Chapter("lembar-isian", "sheet"),
    Chapter("perbaiki", "correcting"),
    Chapter("kota-lain", "other-cities"),
    Chapter("beberapa-orang", "several-people"),
    Chapter("server-kota", "city-server"),
    Chapter("angka", "figures"),
    Chapter("istilah", "glossary"),
    Chapter("tanya-jawab", "questions"),
    Chapter("pemulihan", "recovery"),
    Chapter("perintah", "commands"),
)
"""Every chapter, in the order in which they are read."""


def chapter_path(chapter: Chapter, language: str) -> Path:
    """Return the file of a chapter, in the installed package or in a checkout."""
    docs = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    folder = "id" if language == "id" else "en"
    return docs / folder / f"{chapter.name(language)}.md"


def read_chapter(chapter: Chapter, language: str) -> str:
    """Return a chapter's Markdown as a terminal shows it: no comments, no pictures."""
    text = chapter_path(chapter, language).read_text(encoding="utf-8")
    return visible(_PICTURE.sub("", _COMMENT.sub("", text)), lines=True)


def read_title(chapter: Chapter, language: str) -> str:
    """Return the heading of a chapter."""
    with chapter_path(chapter, language).open(encoding="utf-8") as lines:
        return next(line for line in lines if line.startswith("# "))[2:].strip()


def replace_links(markdown: str) -> str:
    """Return ``markdown`` with each link to a chapter as the command that shows it."""

    def name_command(link: re.Match[str]) -> str:
        label, target = link.groups()
        topic = find_linked(target)
        if topic is None:
            return label
        return f"{label} (`opd-tracker help {Path(target).stem}`)"

    return _LINK.sub(name_command, markdown)


def find_linked(target: str) -> Chapter | None:
    """Return the chapter that a link such as ``angka.md`` leads to, if it leads to one."""
    stem = Path(target).stem
    is_file = target.endswith(".md")
    return next(
        (c for c in CHAPTERS if is_file and stem in (c.indonesian, c.english)),
        None,
    )


def find_chapter(topic: str, language: str) -> Chapter:
    """Return the chapter meant by ``topic``: its name in either language, or part of name or title.

    Raises ``UsageError`` if there is none, or more than one.
    """
    wanted = normalize_name(topic)
    for chapter in CHAPTERS:
        if wanted in (chapter.indonesian, chapter.english):
            return chapter
    near = [
        chapter
        for chapter in CHAPTERS
        if wanted in chapter.name(language)
        or wanted in normalize_name(read_title(chapter, language))
    ]
    if len(near) == 1:
        return near[0]
    raise UsageError(
        "There is no single chapter “{topic}”. Chapters: {names}.",
        topic=topic,
        names=", ".join(c.name(language) for c in near or CHAPTERS),
    )
