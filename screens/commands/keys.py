"""Which keys a command has, a user's own before the program's, and how they are written."""

from collections.abc import Iterable, Mapping

from screens.commands.command import Command


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of a command, the user's own before those of the program."""
    own = keymap.get(command.id)
    if own is None:
        return command.keys

    keys = [key.strip() for key in own.split(",")]
    return tuple(key for key in keys if key)


_SHOWN = {
    "enter": "Enter",
    "escape": "Esc",
    "slash": "/",
    "backslash": "\\",
    "question_mark": "?",
    "asterisk": "*",
    "colon": ":",
    "space": "␣",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "minus": "-",
    "plus": "+",
    "left": "←",
    "right": "→",
    "shift+left": "⇧←",
    "shift+right": "⇧→",
}


FIXED_KEYS = frozenset(
    (
        *("up", "down", "j", "k", "home", "end", "pageup", "pagedown"),
        *("tab", "shift+tab", "ctrl+c", "ctrl+q", "ctrl+z"),
    ),
)
"""Keys that move the cursor, copy, leave or suspend everywhere: no command can have them."""


def shown_key(key: str) -> str:
    """Return a key as people write it: ``^P`` for ``ctrl+p``, ``/`` for ``slash``."""
    if key.startswith("ctrl+"):
        return "^" + key[5:].upper()
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return _SHOWN.get(key, key)


def find_clashes(
    commands: Iterable[Command],
    keymap: Mapping[str, str],
) -> list[tuple[str, str, str]]:
    """Return the keys that two commands share on some screen: the key and the ids of both."""
    found: list[tuple[str, str, str]] = []
    commands_of: dict[str, list[Command]] = {}
    for command in commands:
        for key in keys_of(command, keymap):
            earlier = commands_of.setdefault(key, [])
            sharing = [one for one in earlier if _share_a_screen(one, command)]
            found += [(key, other.id, command.id) for other in sharing]
            earlier.append(command)

    return found


def find_fixed_keys(
    commands: Iterable[Command],
    keymap: Mapping[str, str],
) -> list[tuple[str, Command]]:
    """Return the keys of commands that mean something else everywhere."""
    found = []
    for command in commands:
        fixed = FIXED_KEYS.intersection(keys_of(command, keymap))
        found += [(key, command) for key in sorted(fixed)]
    return found


def _share_a_screen(one: Command, other: Command) -> bool:
    if not one.where or not other.where:
        return True
    return not set(one.where).isdisjoint(other.where)
