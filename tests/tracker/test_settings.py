from pathlib import Path

import pytest

from tracker.errors import Rejected, UsageError
from tracker.settings import (
    Settings,
    get_setting,
    load_settings,
    save_settings,
    setting_names,
    settings_path,
    with_setting,
)


def test_one_who_has_set_nothing_has_the_programs_own_choices(
    tmp_path: Path,
) -> None:
    assert load_settings(tmp_path / "none.toml") == Settings()


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.toml"
    settings = Settings(
        by="Rani “Diskominfo”\n",
        language="en",
        backups=3,
        keys={"undo": "u,ctrl+z"},
    )
    save_settings(path, settings)
    assert load_settings(path) == settings
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    "text",
    ["by = ", "backups = 'many'", "language = 'fr'", "\xff", "backups = -1"],
)
def test_a_file_that_makes_no_sense_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(Rejected, match=r"settings\.toml cannot be read"):
        load_settings(path)


def test_settings_of_a_later_version_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('by = "Rani"\nsound = "on"\n')
    assert load_settings(path).by == "Rani"


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("by", "Rani", "Rani"),
        ("language", "en", "en"),
        ("backups", "7", "7"),
        ("backups", "", "30"),
        ("permissions", "640", "640"),
        ("keys.undo", "z", "z"),
        ("keys.undo", "", ""),
    ],
)
def test_each_is_set_by_its_name(name: str, value: str, kept: str) -> None:
    assert get_setting(with_setting(Settings(), name, value), name) == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colour", "red"),
        ("keys", "u"),
        ("keys.", "u"),
        ("keys. ", "u"),
        ("language", "fr"),
        ("backups", "many"),
        ("permissions", "rw"),
        ("permissions", "9"),
    ],
)
def test_what_cannot_be_is_refused(name: str, value: str) -> None:
    with pytest.raises(UsageError):
        with_setting(Settings(), name, value)


def test_their_names_include_the_keys_that_are_set() -> None:
    assert setting_names(Settings(keys={"undo": "z"}))[-1] == "keys.undo"


def test_they_are_kept_in_the_persons_own_folder() -> None:
    assert settings_path().name == "settings.toml"
    assert "opd-tracker" in settings_path().parts


def test_a_folder_is_kept_with_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert with_setting(
        Settings(), "backup_folder", "usb/x"
    ).backup_folder == str(tmp_path / "usb" / "x")
    assert with_setting(
        Settings(), "backup_folder", "~/x"
    ).backup_folder == str(Path.home() / "x")
    assert with_setting(Settings(), "backup_folder", "").backup_folder == ""


def test_a_link_to_settings_kept_elsewhere_stays_one(tmp_path: Path) -> None:
    link, kept = tmp_path / "settings.toml", tmp_path / "dotfiles" / "opd.toml"
    link.symlink_to(kept)
    save_settings(link, Settings(by="Rani"))
    assert link.is_symlink()
    assert load_settings(kept).by == "Rani"


def test_a_disk_that_does_not_take_them_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Rejected, match="cannot be written"):
        save_settings(tmp_path / "file" / "settings.toml", Settings())
