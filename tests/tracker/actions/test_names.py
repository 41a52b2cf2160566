"""Every action of the log has a name that a person understands."""

import pytest

from tracker.actions.names import action_word
from tracker.actions.registry import ACTIONS
from tracker.language import load_language


@pytest.mark.parametrize(
    "name",
    sorted({action.name for action in ACTIONS} | {"import", "snapshot take"}),
)
def test_an_action_is_told_in_words(name: str) -> None:
    assert name == "import" or action_word(name) != name or name == "target set"
    assert load_language("id").text(action_word(name)) != name


def test_a_word_among_the_values_is_translated_too() -> None:
    assert (
        load_language("id")
        .text("Taken back: {action}", action=action_word("move"))
        .endswith("pindah tahap")
    )
