"""The commands of a server's administrator, and those of everybody on a register there."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server.harness import TestServer, put_register
from tests.tracker.cli.terminal import Said
from tests.tracker.store.world import NOW, Settle, context
from tracker.actions.perform import perform
from tracker.cli.start import run_program
from tracker.store.new_register import create_register
from tracker.store.opening import create_store, open_store
from tracker.store.pages import read_pages

Run = Callable[..., Said]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command on the register at an address."""
    monkeypatch.delenv("OPD_TRACKER_TRACEBACK", raising=False)

    def run(url: str, *command: str) -> Said:
        capsys.readouterr()
        code = run_program(["--lang", "en", "--db", url, *command])
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kota.json"
    city = create_register(
        by="Rina", now=NOW, prefix="abcde", name="Bandung", portal="Sadayana"
    )
    create_store(path, city)
    perform(open_store(path), Settle(), context())
    return path


def test_a_file_moves_in_and_out_and_says_the_same(
    run: Run, server: TestServer, file: Path, tmp_path: Path
) -> None:
    said = run(server.url(), "server", "move-in", str(file))
    assert said.code == 0, said.err
    out = tmp_path / "out.json"
    said = run(server.url(), "server", "move-out", str(out))
    assert said.code == 0, said.err
    assert open_store(out).load() == open_store(file).load()
    assert open_store(server.address()).load() == open_store(file).load()


def test_published_pages_move_too(
    run: Run, server: TestServer, file: Path
) -> None:
    out = str(file.parent)
    taken = run(
        str(file), "snapshot", "take", "--week", "2025-W10", "--out", out
    )
    assert taken.code == 0, taken.err
    source = open_store(file)
    texts = read_pages(source.load(), source.page)
    assert texts
    put_register(server, source.load(), texts.values())
    there = open_store(server.address())
    assert read_pages(there.load(), there.page) == texts


def test_a_register_on_a_server_is_never_overwritten(
    run: Run, server: TestServer, file: Path
) -> None:
    put_register(server)
    said = run(server.url(), "server", "move-in", str(file))
    assert said.code == 1
    assert "already" in said.err


def test_a_register_begins_on_a_server(run: Run, server: TestServer) -> None:
    said = run(server.url(), "init", "--city", "Cimahi", "--portal", "Satu")
    assert said.code == 0, said.err
    register = open_store(server.address()).load()
    assert register.only_city.name == "Cimahi"


def test_laying_out_again_leaves_what_is_there(
    run: Run, server: TestServer
) -> None:
    before = put_register(server)
    said = run(server.url(), "server", "init")
    assert said.code == 0, said.err
    assert open_store(server.address()).load() == before


def test_a_role_acts_as_its_member_and_under_no_other_name(
    run: Run, server: TestServer, file: Path
) -> None:
    put_register(server, open_store(file).load())
    for command in (
        ("--by", "Rina", "member", "set", "Sari", "coordinator"),
        ("server", "grant", "sari", "Sari"),
    ):
        assert run(server.url(), *command).code == 0
    listed = run(server.url(), "server", "access", "--json")
    assert json.loads(listed.out) == [
        {"role": "postgres", "member": None},
        {"role": "sari", "member": "Sari"},
    ]

    url = server.url("sari")
    done = run(url, "move", "disdukcapil-0", "online", "--on", "2026-11-02")
    assert done.code == 0, done.err
    log = open_store(server.address()).load().log
    assert log[max(log)].by == "Sari"
    assert run(url, "--by", "Rina", "undo").code == 2

    assert run(server.url(), "server", "revoke", "sari").code == 0
    assert run(url, "metrics").code == 4


def test_a_backup_is_a_file_and_a_restore_is_one_action(
    run: Run, server: TestServer, file: Path, tmp_path: Path
) -> None:
    put_register(server, open_store(file).load())
    kept = tmp_path / "kept.json"
    url = server.url()
    assert run(url, "backup").code == 2
    assert run(url, "backup", str(kept)).code == 0
    assert (
        run(url, "service", "edit", "disdukcapil-0", "--name", "Lain")
    ).code == 0
    changed = open_store(server.address()).load()

    assert run(url, "restore", str(kept)).code == 0
    restored = open_store(server.address()).load()
    assert restored.services == open_store(kept).load().services
    assert restored.log.keys() > changed.log.keys()
    assert run(url, "doctor").code == 0
    assert run(url, "doctor", "--repair").code == 2

    assert run(url, "undo").code == 0
    assert open_store(server.address()).load().services == changed.services


def test_a_password_is_refused_and_not_repeated(run: Run) -> None:
    for url in (
        "postgresql://rina:rahasia@db/kota",
        "postgresql://rina@db/kota?password=rahasia",
        "postgres://rina@db/kota?sslpassword=rahasia",
    ):
        said = run(url, "metrics")
        assert said.code == 2
        assert "rahasia" not in said.out + said.err
        assert "PGPASSFILE" in said.err


def test_a_restore_tells_no_changes_of_a_register_out_of_reach(
    run: Run,
    file: Path,
) -> None:
    url = "postgresql://rina@127.0.0.1:1/kota"
    said = run(url, "restore", str(file), "--dry-run")
    assert said.code == 4
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


def test_a_server_that_is_away_is_told_in_one_line(run: Run) -> None:
    said = run("postgresql://rina@127.0.0.1:1/kota", "metrics")
    assert said.code == 4
    assert len(said.err.splitlines()) == 1
    assert "postgresql://rina@127.0.0.1:1/kota" in said.err


def test_a_command_for_a_server_needs_one(run: Run, file: Path) -> None:
    said = run(str(file), "server", "init")
    assert said.code == 2
    assert "postgresql://" in said.err
