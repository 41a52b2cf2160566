"""Personal settings: what one person wants of the program, kept beside no register."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tracker.errors import Rejected, Term, UsageError
from tracker.language import LANGUAGES, N_
from tracker.os_errors import reason_of
from tracker.paths import typed_path
from tracker.text import find_harmful

PROGRAM = "opd-tracker"
_MOST_DAYS = 10_000
_EXPECTED = {
    "language": N_("id or en"),
    "backups": N_("a number of days, from 0 to 10000"),
    "permissions": N_("digits from 0 to 7, such as 660"),
}
"""What those settings can be that cannot be any text."""


class Settings(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A person's settings; an empty value means the program's default.

    ``backups`` is for how many days every older state of a register is kept, ``backup_folder`` where (beside
    the register unless set), ``permissions`` the mode of new registers in octal digits, ``keys`` the keys
    of the screens' commands by the commands' names (several with commas between).
    """

    by: str = ""
    language: str = ""
    theme: str = ""
    backups: int = 30
    backup_folder: str = ""
    permissions: str = ""
    keys: dict[str, str] = {}


def settings_path() -> Path:
    """Return the file in which this person's settings are kept."""
    from platformdirs import user_config_path

    return user_config_path(PROGRAM, appauthor=False) / "settings.toml"


def load_settings(path: Path) -> Settings:
    """Read the settings; without a file, the defaults.

    Raises ``Rejected`` if the file cannot be understood.
    """
    try:
        return _check_settings(
            msgspec.toml.decode(path.read_bytes(), type=Settings),
        )
    except FileNotFoundError:
        return Settings()
    except (
        OSError,
        UnicodeDecodeError,
        msgspec.MsgspecError,
        ValueError,
        RecursionError,
    ) as error:
        raise Rejected(
            "The settings in {path} cannot be read: {reason}.",
            path=str(path),
            reason=reason_of(error),
        ) from error


def save_settings(path: Path, settings: Settings) -> None:
    """Save the settings atomically; raise ``Rejected`` if the disk fails."""
    place = Path(os.path.realpath(path))
    temporary = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(msgspec.toml.encode(settings))
        os.replace(temporary, place)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise Rejected(
            "The settings cannot be written to {path}: {reason}.",
            path=str(path),
            reason=reason_of(error),
        ) from error


def setting_names(settings: Settings) -> list[str]:
    """Return the names under which settings are got and set: the fields, and ``keys.COMMAND``."""
    names = [name for name in Settings.__struct_fields__ if name != "keys"]
    return [*names, *(f"keys.{command}" for command in sorted(settings.keys))]


def get_setting(settings: Settings, name: str) -> str:
    """Return one setting as text; raise ``UsageError`` for an unknown name."""
    if name.startswith("keys."):
        return settings.keys.get(name.removeprefix("keys."), "")
    _check_name(name)
    return str(getattr(settings, name))


def with_setting(settings: Settings, name: str, value: str) -> Settings:
    """Return the settings with one of them changed; an empty ``value`` restores the default.

    A relative folder is meant from where the program runs now. Raises ``UsageError`` for a name or a value that
    cannot be.
    """
    fields: dict[str, Any] = {
        k: v for k, v in msgspec.to_builtins(settings).items() if k != name
    }
    command = name.removeprefix("keys.")
    if name == "backup_folder" and value:
        value = os.path.abspath(typed_path(value))
    if command != name and (command.strip() or not value):
        keys = {**settings.keys, command: value}
        fields["keys"] = {command: key for command, key in keys.items() if key}
    else:
        _check_name(name)
        if value:
            fields[name] = value
    try:
        if find_harmful(name + value):
            raise ValueError(value)
        return _check_settings(msgspec.convert(fields, Settings, strict=False))
    except (msgspec.ValidationError, ValueError):
        raise _value_error(name, value) from None


def _value_error(name: str, value: str) -> UsageError:
    if name in _EXPECTED:
        return UsageError(
            "“{value}” is not what “{field}” can be: write {expected}.",
            value=value[:80],
            field=name,
            expected=Term(_EXPECTED[name]),
        )
    return UsageError(
        "“{value}” is not what “{field}” can be.",
        value=value[:80],
        field=name[:80],
    )


def _check_name(name: str) -> None:
    if name not in Settings.__struct_fields__ or name == "keys":
        raise UsageError(
            "There is no setting “{name}”: `config get` lists them.",
            name=name,
        )


def _check_settings(settings: Settings) -> Settings:
    if settings.language and settings.language not in LANGUAGES:
        raise ValueError(f"language = {settings.language!r}")
    if not 0 <= settings.backups <= _MOST_DAYS:
        raise ValueError(f"backups = {settings.backups}")
    if settings.permissions and not 0 < int(settings.permissions, 8) <= 0o777:
        raise ValueError(f"permissions = {settings.permissions!r}")
    return settings
