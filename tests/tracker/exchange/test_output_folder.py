"""A page or sheet that somebody has edited is never overwritten without a word."""

import os
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.tracker.store.processes import end_of, fatal_call, fork
from tracker.errors import Rejected
from tracker.exchange.writing.output_folder import (
    ANNOUNCED,
    LEDGER,
    OutputFolder,
    Written,
    writing_into,
)
from tracker.language import load_language

ID, EN = load_language("id"), load_language("en")


def write(folder: Path, data: bytes, name: str = "2026-W47.md") -> Written:
    with writing_into(folder, EN) as output:
        return output.write(name, data)


def test_what_nobody_edited_is_replaced(tmp_path: Path) -> None:
    write(tmp_path, b"one")
    again = write(tmp_path, b"two")
    assert again == Written(tmp_path / "2026-W47.md", changed=True, edited=None)
    assert again.path.read_bytes() == b"two"
    assert sorted(os.listdir(tmp_path)) == [LEDGER, "2026-W47.md"]


def test_what_is_the_same_is_not_written_again(tmp_path: Path) -> None:
    first = write(tmp_path, b"one")
    before = first.path.stat().st_ino
    assert not write(tmp_path, b"one").changed
    assert first.path.stat().st_ino == before


def test_what_was_edited_is_kept_beside(tmp_path: Path) -> None:
    write(tmp_path, b"one").path.write_bytes(b"one, and a remark")
    again = write(tmp_path, b"two")
    assert again.edited == tmp_path / "2026-W47 (edited 1).md"
    assert again.edited.read_bytes() == b"one, and a remark"
    assert again.path.read_bytes() == b"two"
    again.path.write_bytes(b"edited again")
    assert (
        write(tmp_path, b"three").edited == tmp_path / "2026-W47 (edited 2).md"
    )


def test_the_word_is_in_the_language_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"mine")
    with writing_into(tmp_path, ID) as output:
        edited = output.write("a.md", b"new").edited
    assert edited is not None
    assert edited.name == "a (disunting 1).md"


@pytest.mark.parametrize(
    "ledger", [None, b"", b"[]", b'{"2026-W47.md": 3}', b"\xff"]
)
def test_without_a_memory_every_other_file_counts_as_edited(
    tmp_path: Path, ledger: bytes | None
) -> None:
    write(tmp_path, b"one")
    (tmp_path / LEDGER).unlink()
    if ledger is not None:
        (tmp_path / LEDGER).write_bytes(ledger)
    again = write(tmp_path, b"two")
    assert again.edited is not None
    assert again.edited.read_bytes() == b"one"


def test_what_was_written_beside_a_failure_is_remembered(
    tmp_path: Path,
) -> None:
    (tmp_path / "b.md").mkdir()
    with writing_into(tmp_path, EN) as output:
        output.write("a.md", b"one")
        with pytest.raises(Rejected):
            output.write("b.md", b"two")
    assert write(tmp_path, b"new", "a.md").edited is None


def test_a_file_is_announced_until_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(b"mine")
    with writing_into(tmp_path, EN) as output:
        output.announce(["a.md", "b.md"])
    for name in ("a.md", "b.md"):
        assert OutputFolder(tmp_path, EN).is_known(name, ANNOUNCED)
        write(tmp_path, b"one", name)
        assert not OutputFolder(tmp_path, EN).is_known(name, ANNOUNCED)
    assert not OutputFolder(tmp_path, EN).is_known("c.md", ANNOUNCED)
    assert (tmp_path / "b (edited 1).md").read_bytes() == b"mine"


@given(st.lists(st.tuples(st.booleans(), st.binary(max_size=3)), max_size=8))
@settings(max_examples=examples(20, 50))
def test_no_edit_is_ever_lost(
    tmp_path_factory: pytest.TempPathFactory, doings: list[tuple[bool, bytes]]
) -> None:
    folder, edited = tmp_path_factory.mktemp("folder"), False
    edits: list[bytes] = []
    for by_hand, data in doings:
        if not by_hand:
            write(folder, data)
        else:
            (folder / "2026-W47.md").write_bytes(b"edited " + data)
            if edited:
                edits.pop()
            edits.append(b"edited " + data)
        edited = by_hand
    assert set(edits) <= {
        path.read_bytes() for path in folder.glob("2026-W47*")
    }


def test_without_knowing_what_was_written_nothing_is_taken_for_edited(
    tmp_path: Path,
) -> None:
    """Where the disk refuses the digests, every file would pass for an edited one."""
    page = write(tmp_path, b"one").path
    (tmp_path / LEDGER).unlink()
    (tmp_path / LEDGER).mkdir()
    with pytest.raises(Rejected, match="cannot be written"):
        write(tmp_path, b"two")
    assert sorted(os.listdir(tmp_path)) == [LEDGER, page.name]
    assert page.read_bytes() == b"one"


def test_a_kill_at_every_step_leaves_no_file_that_passes_for_edited(
    tmp_path: Path,
) -> None:
    """Whoever writes a folder of pages again finds no copies of them that nobody made."""
    for number in count(1):
        folder = tmp_path / str(number)
        write(folder, b"one")

        def die(folder: Path = folder, number: int = number) -> None:
            with fatal_call(number):
                write(folder, b"two")

        status = end_of(fork(die))
        assert write(folder, b"three").edited is None
        if not status:
            break
    assert number > 3


@pytest.mark.parametrize("step", ["announced", "moved"])
def test_what_was_edited_is_kept_though_the_writing_fails(
    tmp_path: Path, step: str
) -> None:
    page = write(tmp_path, b"one").path
    page.write_bytes(b"a remark")
    if step == "announced":
        (tmp_path / LEDGER).unlink()
        (tmp_path / LEDGER).mkdir()
    else:
        (tmp_path / f".{page.name}.{os.getpid()}.tmp").mkdir()
    with pytest.raises(Rejected):
        write(tmp_path, b"two")
    kept = [path for path in tmp_path.iterdir() if path.is_file()]
    assert b"a remark" in [path.read_bytes() for path in kept]


def test_a_file_that_the_system_does_not_tell_of_is_refused_in_words(
    tmp_path: Path,
) -> None:
    """The screens show a refusal; an error of the system would end them."""
    with pytest.raises(Rejected, match="cannot be written") as refusal:
        write(tmp_path, b"one", "a" * 300 + ".md")
    assert "the name is too long" in str(refusal.value)
    long = tmp_path / ("a" * 246 + ".md")
    long.write_bytes(b"a remark")
    with pytest.raises(Rejected, match="was edited and cannot be kept"):
        write(tmp_path, b"one", long.name)
    assert long.read_bytes() == b"a remark"
