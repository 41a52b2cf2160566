import pytest

from tracker.errors import UsageError
from tracker.handbook import CHAPTERS, find_chapter, read_chapter, replace_links


@pytest.mark.parametrize("topic", ["seminggu", "week", "Seming"])
def test_a_chapter_is_found_by_its_name_in_either_language_or_a_part(
    topic: str,
) -> None:
    assert find_chapter(topic, "id").english == "week"


@pytest.mark.parametrize("topic", ["qqzz", "i"])
def test_what_means_no_single_chapter_is_refused(topic: str) -> None:
    with pytest.raises(UsageError):
        find_chapter(topic, "id")


def test_links_become_the_commands_that_show_the_chapter() -> None:
    assert replace_links("lihat [Angka](angka.md#laju).") == (
        "lihat Angka (`opd-tracker help angka`)."
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_chapter_shows_comments_or_pictures(language: str) -> None:
    for chapter in CHAPTERS:
        text = read_chapter(chapter, language)
        assert "<!--" not in text
        assert "![" not in text
