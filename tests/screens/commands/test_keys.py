import pytest

from screens.commands.command import GROUPS
from screens.commands.keys import (
    find_clashes,
    find_fixed_keys,
    keys_of,
    shown_key,
)
from screens.commands.registry import BY_ID, COMMANDS, footer_commands
from screens.screen_registry import SCREENS
from screens.widgets.header import MODES


def test_no_key_means_two_things_on_one_screen() -> None:
    assert find_clashes(COMMANDS, {}) == []


def test_a_users_own_key_that_is_taken_is_found() -> None:
    assert ("m", "move", "undo") in find_clashes(COMMANDS, {"undo": "m"})


def test_a_users_own_key_that_leaves_or_suspends_the_program_is_found() -> None:
    keymap = {"undo": "ctrl+z, z", "log": "ctrl+q"}
    found = {(key, one.id) for key, one in find_fixed_keys(COMMANDS, keymap)}
    assert found == {("ctrl+z", "undo"), ("ctrl+q", "log")}
    assert find_fixed_keys(COMMANDS, {}) == []


def test_every_command_says_what_it_does_and_has_a_group() -> None:
    for command in COMMANDS:
        assert command.label
        assert command.tooltip
        assert command.group in GROUPS
    assert len(BY_ID) == len(COMMANDS)


def test_every_place_that_a_command_names_is_a_screen() -> None:
    assert {place for command in COMMANDS for place in command.where} <= set(
        SCREENS
    )
    assert set(MODES) <= set(SCREENS)


@pytest.mark.parametrize("place", SCREENS)
def test_every_footer_ends_with_finding_and_help(place: str) -> None:
    assert [command.id for command in footer_commands(place)][-2:] == [
        "palette",
        "help",
    ]


def test_a_users_own_keys_take_the_place_of_the_programs() -> None:
    assert keys_of(BY_ID["undo"], {}) == ("u",)
    assert keys_of(BY_ID["undo"], {"undo": "ctrl+z, z"}) == ("ctrl+z", "z")
    assert keys_of(BY_ID["undo"], {"undo": ""}) == ()


def test_keys_are_shown_as_people_write_them() -> None:
    assert [shown_key(key) for key in ("ctrl+p", "slash", "escape", "m")] == [
        "^P",
        "/",
        "Esc",
        "m",
    ]
