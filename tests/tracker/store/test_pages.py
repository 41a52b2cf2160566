"""Texts of published weeks are kept beside the register, whole or not at all, and travel with it."""

import errno
import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.tracker.store.processes import (
    as_nobody,
    end_of,
    fatal_call,
    fork,
)
from tests.tracker.store.world import (
    DIGEST,
    NOW,
    TEXT,
    TODAY,
    new_store,
    publish,
)
from tracker.errors import Rejected, Unreadable
from tracker.register import Register
from tracker.store.backups import (
    BY_HAND,
    PAGES,
    Plan,
    backups_of,
    copy_to,
    list_backups,
)
from tracker.store.doctor import (
    examine_register,
    examine_server,
    repair_register,
)
from tracker.store.file import FileStore
from tracker.store.memory import MemoryStore
from tracker.store.pages import (
    copy_pages,
    keep_page,
    page_path,
    pages_of,
    read_page,
    read_pages,
    share_pages,
)
from tracker.store.restore import restore_backup, restore_by_action
from tracker.text import content_digest


@pytest.fixture
def store(store: FileStore) -> FileStore:
    store.commit(publish)
    return store


def test_a_published_text_is_read_back_as_it_was(store: FileStore) -> None:
    assert store.page(DIGEST) == TEXT
    assert FileStore(store.path).page(DIGEST) == TEXT
    assert store.page("0" * 32) is None


def test_the_registers_own_file_does_not_hold_the_text(
    store: FileStore,
) -> None:
    assert b"satu pintu" not in store.path.read_bytes()


def test_a_text_is_as_readable_as_its_register(store: FileStore) -> None:
    store.path.chmod(0o660)
    other = "another text"
    keep_page(pages_of(store.path), store.path, other)
    kept = pages_of(store.path) / f"{content_digest(other)}.z"
    assert kept.stat().st_mode & 0o777 == 0o660


def test_the_folder_of_texts_is_as_open_as_the_registers(
    store: FileStore,
) -> None:
    shutil.rmtree(pages_of(store.path))
    store.path.parent.chmod(0o2770)
    keep_page(pages_of(store.path), store.path, TEXT)
    folder = pages_of(store.path).stat()
    assert folder.st_mode & 0o777 == 0o770
    assert folder.st_gid == store.path.parent.stat().st_gid


@pytest.mark.parametrize("damage", [b"", b"x", b"\xc6\xd8\xe7|" * 25])
def test_a_damaged_text_counts_as_missing_and_is_written_again(
    store: FileStore, damage: bytes
) -> None:
    (pages_of(store.path) / f"{DIGEST}.z").write_bytes(damage)
    assert store.page(DIGEST) is None
    store.commit(publish)
    assert store.page(DIGEST) == TEXT


def test_a_text_under_another_texts_name_counts_as_missing(
    store: FileStore,
) -> None:
    other = "another text"
    folder = pages_of(store.path)
    keep_page(folder, store.path, other)
    shutil.copy(folder / f"{content_digest(other)}.z", folder / f"{DIGEST}.z")
    assert read_page(folder, DIGEST) is None


def test_where_the_texts_cannot_be_written_nothing_is_kept(
    store: FileStore,
) -> None:
    path = store.path
    shutil.rmtree(pages_of(path))
    pages_of(path).write_text("a file stands where the folder should be")
    before = path.read_bytes()
    with pytest.raises(Rejected, match="could not be written"):
        FileStore(path).commit(publish)
    assert path.read_bytes() == before


@pytest.mark.thorough
def test_a_restore_that_is_killed_leaves_no_week_without_its_text(
    store: FileStore, tmp_path: Path
) -> None:
    copy = tmp_path / "stick" / "copy.json"
    copy_to(copy, store.path)

    def die(path: Path, number: int) -> None:
        with fatal_call(number):
            restore_backup(FileStore(path), copy, by="Rina", now=NOW)

    number, status = 0, -9
    while status:
        number += 1
        path = tmp_path / str(number) / "tracker.json"
        path.parent.mkdir()
        status = end_of(fork(partial(die, path, number)))
        assert not path.exists() or FileStore(path).page(DIGEST) == TEXT
    assert number > 20


@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "copied"])
def test_a_restore_into_another_store_brings_the_texts(
    store: FileStore, tmp_path: Path, is_kept: bool
) -> None:
    """Whether they stand beside the backup or, once for all backups, among them."""
    backup = store.keep_backup(BY_HAND) if is_kept else None
    if backup is None:
        backup = tmp_path / "stick" / "copy.json"
        copy_to(backup, store.path)
    other = MemoryStore(store.load())
    restore_by_action(other, backup, "", by="Rina", now=NOW)
    assert other.page(DIGEST) == TEXT


def test_a_copy_on_a_stick_carries_the_texts(
    store: FileStore, tmp_path: Path
) -> None:
    copy = tmp_path / "stick" / "copy.json"
    copy_to(copy, store.path)
    assert FileStore(copy).page(DIGEST) == TEXT


@pytest.mark.parametrize("on_one_disk", [True, False])
def test_copies_and_their_texts_are_as_readable_as_the_register(
    store: FileStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    on_one_disk: bool,
) -> None:
    """Else those who share the register cannot read what one of them copied, or brought back."""
    store.path.chmod(0o640)
    share_pages(store.path)
    if not on_one_disk:
        monkeypatch.setattr(os, "link", refuse_link)
    copy = tmp_path / "stick" / "copy.json"
    copy_to(copy, store.path)
    backup = store.keep_backup(BY_HAND)
    assert backup is not None
    texts = [*pages_of(copy).iterdir(), *(backup.parent / PAGES).iterdir()]
    modes = [file.stat().st_mode & 0o777 for file in [copy, backup, *texts]]
    assert modes == [0o640] * 4
    assert FileStore(copy).page(DIGEST) == TEXT


def refuse_link(*_: object) -> None:
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))


def test_an_unfinished_text_is_removed_with_the_next_one(
    store: FileStore,
) -> None:
    left = pages_of(store.path) / f".{DIGEST}.z.123-abcd.tmp"
    left.write_bytes(b"half")
    keep_page(pages_of(store.path), store.path, "another text")
    assert not left.exists()


def test_a_restore_brings_back_texts_that_were_lost(store: FileStore) -> None:
    store.keep_backup(BY_HAND)
    shutil.rmtree(pages_of(store.path))
    assert store.page(DIGEST) is None
    newest = list_backups(store.path)[0]
    restore_backup(store, newest.path, by="Budi", now=NOW)
    assert store.page(DIGEST) == TEXT


def test_copying_texts_takes_only_those_that_are_missing(
    tmp_path: Path,
) -> None:
    here, there = tmp_path / "a.pages", tmp_path / "b.pages"
    register = tmp_path / "tracker.json"
    register.write_text("{}")
    keep_page(here, register, "one")
    keep_page(here, register, "two")
    keep_page(there, register, "one")
    copy_pages(here, there)
    assert read_page(there, content_digest("two")) == "two"
    copy_pages(tmp_path / "none", there)
    assert len(list(there.iterdir())) == 2


def test_doctor_finds_a_lost_text_and_brings_it_back(store: FileStore) -> None:
    assert examine_register(store, TODAY) == []
    store.keep_backup(BY_HAND)
    shutil.rmtree(pages_of(store.path))
    (finding,) = examine_register(store, TODAY)
    assert finding.mendable
    assert "2026-W46" in str(finding.problem)
    assert len(repair_register(store, by="Budi", now=NOW)) == 1
    assert store.page(DIGEST) == TEXT
    assert examine_register(store, TODAY) == []


def test_doctor_finds_a_text_that_a_server_has_lost(store: FileStore) -> None:
    server = MemoryStore(Register(prefix="x", next_number=1))
    server.commit(publish)
    assert _lost_texts(server) == []

    server = MemoryStore(store.load())
    [lost] = _lost_texts(server)
    assert "2026-W46" in lost


def _lost_texts(server: MemoryStore) -> list[str]:
    found = examine_server(server, "a server", TODAY)
    told = [str(finding.problem) for finding in found]
    return [line for line in told if "2026-W46" in line]


def test_doctor_says_that_a_text_without_a_backup_is_lost(
    store: FileStore,
) -> None:
    shutil.rmtree(pages_of(store.path))
    shutil.rmtree(backups_of(store.path) / PAGES)
    (finding,) = examine_register(store, TODAY)
    assert not finding.mendable
    assert repair_register(store, by="Budi", now=NOW) == []


def hinder_reading(store: FileStore) -> Path:
    """Let the disk refuse a text that is there: a folder stands in its place."""
    place = page_path(pages_of(store.path), DIGEST)
    place.unlink()
    place.mkdir()
    return place


def test_a_text_that_cannot_be_read_does_not_count_as_never_kept(
    store: FileStore,
) -> None:
    """Else a page of today's figures would pass for the one that was published."""
    place = hinder_reading(store)
    with pytest.raises(Unreadable, match="could not be opened") as refusal:
        store.page(DIGEST)
    assert refusal.value.values["path"] == str(place)
    with pytest.raises(Unreadable):
        read_pages(store.load(), store.page)


def test_doctor_tells_of_a_text_that_cannot_be_read(store: FileStore) -> None:
    hinder_reading(store)
    (finding,) = examine_register(store, TODAY)
    assert "2026-W46" in str(finding.problem)


def test_a_restore_that_cannot_bring_the_texts_back_says_so(
    store: FileStore,
) -> None:
    kept = store.keep_backup(BY_HAND)
    assert kept is not None
    shutil.rmtree(pages_of(store.path))
    pages_of(store.path).write_text("in the way")
    restore_backup(store, kept, by="Budi", now=NOW)
    (warning,) = store.warnings()
    assert "Not every published text" in str(warning)
    pages_of(store.path).unlink()
    repair_register(store, by="Budi", now=NOW)
    assert store.page(DIGEST) == TEXT


def test_a_days_backup_without_the_texts_does_not_count_as_kept(
    store: FileStore,
) -> None:
    shutil.rmtree(backups_of(store.path))
    folder = backups_of(store.path)
    folder.mkdir()
    (folder / PAGES).write_text("in the way")
    another = FileStore(store.path)
    another.commit(publish)
    assert "Today's backup could not be kept" in str(another.warnings()[0])
    assert list_backups(store.path) == []
    (folder / PAGES).unlink()
    another.commit(publish)
    assert another.warnings() == []
    (backup,) = list_backups(store.path)
    assert read_page(backup.path.parent / PAGES, DIGEST) == TEXT


@pytest.mark.parametrize("unconfirmed", ["page", "register"])
def test_what_is_not_confirmed_is_told_of_the_register_alone(
    tmp_path: Path, public_folder: Path, unconfirmed: str
) -> None:
    """A text whose folder the disk does not confirm keeps its week from being published."""
    path = public_folder / "shelf" / "tracker.json"
    path.parent.mkdir()
    path.parent.chmod(0o777)
    new_store(path)
    path.chmod(0o666)
    path.with_name(f".{path.name}.lock").chmod(0o666)
    folder = path.parent if unconfirmed == "register" else pages_of(path)
    pages_of(path).mkdir()
    pages_of(path).chmod(0o777)
    # Whoever may write in a folder and not list it cannot have it confirmed.
    folder.chmod(0o333)

    def publish_unconfirmed() -> None:
        store = FileStore(path, plan=Plan(tmp_path / "backups"))
        told = "It was written" if unconfirmed == "register" else "nothing was"
        with pytest.raises(Rejected, match=told):
            store.commit(publish)

    assert as_nobody(publish_unconfirmed) == 0
    written = len(FileStore(path).load().snapshots)
    assert written == (unconfirmed == "register")
