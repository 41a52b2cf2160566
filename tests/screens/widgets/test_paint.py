import pytest

from screens.widgets.paint import clip, fit, spread, width_of
from tests.screens.harness import HOSTILE


def text(line: list[tuple[str, str]]) -> str:
    return "".join(piece for piece, _ in line)


def test_what_does_not_fit_is_cut_with_a_sign() -> None:
    assert (
        text(clip([("Dinas ", ""), ("Kesehatan", "strong")], 10))
        == "Dinas Kes…"
    )
    assert text(clip([("Dinas", "")], 5)) == "Dinas"
    assert clip([("Dinas", "")], 0) == []


def test_wide_characters_are_never_cut_in_half() -> None:
    cut = clip([("日本語", "")], 4)
    assert text(cut) == "日…"
    assert width_of(fit([("日本語", "")], 4)) == 4


def test_a_fitted_line_is_as_wide_as_was_asked() -> None:
    assert text(fit([("7", "")], 3, "right")) == "  7"
    assert text(fit([("7", "")], 3)) == "7  "


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("width", [1, 2, 5, 40])
def test_a_line_is_never_wider_than_its_room(words: str, width: int) -> None:
    assert width_of(clip([(words, ""), (words, "")], width)) <= width
    assert width_of(spread([(words, "")], [(words, "")], width)) == width


def test_the_end_of_a_line_stays_where_its_beginning_is_cut() -> None:
    assert (
        text(spread([("Pelayanan perizinan", "")], [("12 hari", "")], 16))
        == "Pelayana…12 hari"
    )
