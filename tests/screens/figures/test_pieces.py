import pytest

from screens.figures.pieces import counted_stages, step_piece
from tracker.language import load_language
from tracker.model import Stage

ENGLISH = load_language("en")


@pytest.mark.parametrize(
    ("after", "role"),
    [
        (Stage.INTEGRATED, "good"),
        (Stage.ONLINE, "quiet"),
        (Stage.CONVENTIONAL, "bad"),
    ],
)
def test_a_move_to_the_stage_it_was_in_is_neither_good_nor_bad(
    after: Stage, role: str
) -> None:
    assert step_piece(Stage.ONLINE, after, ENGLISH)[1] == role


def test_stages_are_counted_in_the_order_of_a_bar() -> None:
    said = "".join(
        text for text, _ in counted_stages((1, 2, 5), ENGLISH, shares=True)
    )
    assert (
        said
        == " █ Integrated 5 (63%)  ▓ Online 2 (25%)  ░ Conventional 1 (13%) "
    )
    nothing = "".join(text for text, _ in counted_stages((0, 0, 0), ENGLISH))
    assert nothing.split() == [
        "█",
        "Integrated",
        "0",
        "▓",
        "Online",
        "0",
        "░",
        "Conventional",
        "0",
    ]
