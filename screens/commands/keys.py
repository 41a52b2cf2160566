"""Which keys a command has, a user's own before the program's, and how they are written."""

from collections.abc import Iterable, Mapping

from screens.commands.command import Command


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of a command, the user's own before those of the program."""
    own = keymap.get(command.id)
    return (
        command.keys
        if own is None
        else tuple(key.strip() for key in own.split(",") if key.strip())
    )


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


CURSOR_KEYS = frozenset(
    (
        *("up", "down", "j", "k", "home", "end", "pageup", "pagedown"),
        *("tab", "shift+tab", "ctrl+c"),
    )
)
"""Keys that every list or dialog needs itself."""


def shown_key(key: str) -> str:
    """Return a key as people write it: ``^P`` for ``ctrl+p``, ``/`` for ``slash``."""
    if key.startswith("ctrl+"):
        return "^" + key[5:].upper()
    return _SHOWN.get(
        key, key.upper() if key[:1] == "f" and key[1:].isdigit() else key
    )


def find_clashes(
    commands: Iterable[Command], keymap: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Return the keys that two commands share on some screen: the key and the ids of both."""
    found: list[tuple[str, str, str]] = []
    seen: dict[str, list[Command]] = {}
    for command in commands:
        for key in keys_of(command, keymap):
            found += [
                (key, other.id, command.id)
                for other in seen.get(key, ())
                if _share_a_screen(other, command)
            ]
            seen.setdefault(key, []).append(command)
    return found


def _share_a_screen(one: Command, other: Command) -> bool:
    return (
        not one.where
        or not other.where
        or bool(set(one.where) & set(other.where))
    )
