from pathlib import Path

import pytest

from tests.tracker.cli.terminal import Terminal
from tracker.cli.start import run_program


def test_settings_of_the_city_are_kept_in_its_register_by_an_action(
    city: Terminal,
) -> None:
    assert city.ok("config", "get", "goal") == "2027-12-31\n"
    city.ok("config", "set", "goal", "31 Desember 2028")
    assert city.ok("config", "get", "goal") == "2028-12-31\n"
    city.ok("config", "set", "stalled-after", "56")
    assert city.json("log")[0]["action"] == "config set"
    city.ok("undo")
    assert city.json("config", "get")["stalled_after"] == "84"
    city.ok("config", "set", "goal", "")
    assert city.ok("config", "get", "goal") == "\n"
    assert city.json("metrics")["city"]["required_velocity"] is None


def test_ones_own_settings_are_kept_apart(city: Terminal) -> None:
    city.ok("config", "set", "theme", "nord")
    city.ok("config", "set", "keys.undo", "z")
    found = city.json("config", "get")
    assert (found["theme"], found["keys.undo"], found["city"]) == (
        "nord",
        "z",
        "Bandung",
    )
    assert "nord" in city.ok("config", "get")
    assert len(city.json("log")) == 7


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("colour", "red", 2),
        ("theme", "nosuch", 2),
        ("language", "fr", 2),
        ("stalled_after", "0", 1),
        ("stalled_after", "lama", 2),
        ("timezone", "Bandung", 1),
        ("portal", "", 2),
        ("goal", "nanti", 2),
    ],
)
def test_settings_that_cannot_be(
    city: Terminal, name: str, value: str, code: int
) -> None:
    said = city("config", "set", name, value)
    assert said.code == code
    assert said.err
    assert said.out == ""


def test_a_key_is_given_to_a_command_that_there_is(city: Terminal) -> None:
    assert "No command is called “NONSENSE”. There is " in city.misused(
        "config", "set", "keys.NONSENSE", "x"
    )
    assert "There is undo" in city.misused("config", "set", "keys.und", "x")
    city.ok("config", "set", "keys.undo", "z")
    city.ok("config", "set", "keys.und", "")


def test_settings_can_be_made_before_there_is_a_register(
    terminal: Terminal,
) -> None:
    terminal.ok("config", "set", "by", "Sari")
    assert terminal.json("config", "get")["by"] == "Sari"
    assert "goal" not in terminal.json("config", "get")


def test_who_acts_is_the_option_the_variable_the_setting_or_the_user(
    city: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def actor(*head: str) -> str:
        assert (
            run_program(
                [
                    "--db",
                    str(city.db),
                    *head,
                    "milestone",
                    "add",
                    "x",
                    "--on",
                    "2026-01-05",
                ]
            )
            == 0
        )
        return str(city.json("log")[0]["by"])

    assert actor()
    city.ok("config", "set", "by", "Sari")
    assert actor() == "Sari"
    monkeypatch.setenv("OPD_TRACKER_BY", "Tono")
    assert actor() == "Tono"
    assert actor("--by", "Umi") == "Umi"


def test_the_language_is_the_option_the_variable_or_the_setting(
    city: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def index(*head: str) -> str:
        capsys.readouterr()
        assert (
            run_program(
                [
                    "--db",
                    str(city.db),
                    "--today",
                    "2026-11-19",
                    *head,
                    "metrics",
                ]
            )
            == 0
        )
        return next(
            line
            for line in capsys.readouterr().out.splitlines()
            if "16" in line and "W" not in line
        )

    assert "16,7" in index()
    city.ok("config", "set", "language", "en")
    assert "16.7" in index()
    monkeypatch.setenv("OPD_TRACKER_LANG", "id")
    assert "16,7" in index()
    assert "16.7" in index("--lang=en")


def test_the_register_is_the_option_the_variable_or_in_the_users_folder(
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def register(*head: str) -> str:
        capsys.readouterr()
        assert run_program(["--lang", "en", *head, "where"]) == 0
        return (
            capsys.readouterr().out.splitlines()[0].removeprefix("Register: ")
        )

    assert register().endswith(str(Path("opd-tracker") / "tracker.json"))
    monkeypatch.setenv("OPD_TRACKER_DB", "/kota/lain.json")
    assert register() == "/kota/lain.json"
    assert register("--db", "satu.json") == str(terminal.folder / "satu.json")


def test_where_tells_every_file(terminal: Terminal) -> None:
    places = terminal.json("where")
    assert places["register"] == str(terminal.db)
    assert places["backups"].endswith("register.json.backups")
    assert places["settings"].endswith("settings.toml")


def test_backups_go_where_they_are_set_to_go(city: Terminal) -> None:
    city.ok("config", "set", "backup-folder", str(city.folder / "jauh"))
    assert str(city.folder / "jauh") in city.ok("backup")


def test_settings_that_cannot_be_read_are_named(city: Terminal) -> None:
    path = Path(city.json("where")["settings"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("by = ")
    assert "settings.toml cannot be read" in city.refused("backup")
    assert city.ok("where", "--help")


def test_the_head_of_the_weekly_page_is_a_setting_that_may_be_empty(
    city: Terminal,
) -> None:
    for name in ("addressee", "sender", "subject"):
        assert city.ok("config", "get", name) == "\n"
        city.ok("config", "set", name, "Sekretaris Daerah")
        assert city.ok("config", "get", name) == "Sekretaris Daerah\n"
        city.ok("config", "set", name, "")
        assert city.ok("config", "get", name) == "\n"
