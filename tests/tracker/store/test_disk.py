"""A disk that is full, a folder that may not be written or that vanishes: nothing changes, and it is said."""

import errno
import os
import random
import resource
import shutil
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tracker.store.processes import (
    NOBODY,
    as_nobody,
    end_of,
    fork,
)
from tests.tracker.store.world import (
    DIGEST,
    NOW,
    TEXT,
    TODAY,
    Advance,
    Settle,
    context,
    new_store,
    publish,
)
from tracker.actions.perform import perform
from tracker.errors import Rejected, Unreadable
from tracker.persistence import Commit
from tracker.register import Register
from tracker.store.backups import BY_HAND, backups_of, list_backups
from tracker.store.doctor import examine_register
from tracker.store.file import FileStore
from tracker.store.new_register import create_register
from tracker.store.pages import pages_of
from tracker.store.replace import find_leftovers
from tracker.store.restore import restore_backup
from tracker.text import content_digest


def filled(path: Path) -> FileStore:
    store = new_store(path)
    perform(store, Settle(20), context())
    return store


@pytest.mark.parametrize("room", [0, 1, 100, 4096])
def test_a_full_disk_keeps_the_state_before(path: Path, room: int) -> None:
    filled(path)
    before = path.read_bytes()
    assert len(before) > room

    def write_on_a_full_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        store = FileStore(path)
        known = store.load()
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        with pytest.raises(Rejected, match="no room") as refusal:
            perform(store, Advance("disdukcapil-1"), context())
        assert refusal.value.exit_code == 1
        assert store.load() == known

    assert end_of(fork(write_on_a_full_disk)) == 0
    assert path.read_bytes() == before
    assert list(find_leftovers(path)) == []
    perform(FileStore(path), Advance("disdukcapil-1"), context())
    assert len(FileStore(path).load().moves) == 1


def test_a_copy_whose_texts_find_no_room_is_not_there(path: Path) -> None:
    register = filled(path).load()
    text = random.Random(7).randbytes(400_000).hex()
    copy = path.with_name("copy.json")

    def copy_to_a_full_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        with pytest.raises(Rejected, match="no room"):
            FileStore.create(copy, register, pages=[text])

    assert end_of(fork(copy_to_a_full_disk)) == 0
    assert not copy.exists()
    made = FileStore.create(copy, register, mode=0o640, pages=[text])
    assert made.page(content_digest(text)) == text
    (kept,) = pages_of(copy).iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="no /proc here")
def test_where_no_file_can_be_made_nobody_else_is_blamed(path: Path) -> None:
    register = filled(path).load()
    with pytest.raises(Rejected, match="no such file"):
        FileStore.create("/proc/tracker.json", register, wait=0.1)


def test_room_that_comes_back_is_used_by_the_same_program(path: Path) -> None:
    store = filled(path)

    def fill_and_free() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
        with pytest.raises(Rejected, match="no room"):
            perform(store, Advance("disdukcapil-1"), context())
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        perform(store, Advance("disdukcapil-2"), context())

    assert end_of(fork(fill_and_free)) == 0
    assert [move.service for move in store.load().moves.values()] == [
        store.load().service_codes["disdukcapil-2"].id
    ]


def test_a_folder_that_may_not_be_written_can_still_be_read(
    public_folder: Path,
) -> None:
    path = public_folder / "shelf" / "tracker.json"
    filled(path)
    for file in path.parent.iterdir():
        file.chmod(file.stat().st_mode | 0o055)
    path.chmod(0o666)
    before = path.read_bytes()
    path.parent.chmod(0o555)

    def read_and_try() -> None:
        store = FileStore(path)
        assert len(store.load().services) == 20
        with pytest.raises(Rejected, match="may not write") as refusal:
            perform(store, Advance("disdukcapil-1"), context())
        assert refusal.value.exit_code == 1
        with pytest.raises(Rejected, match="may not write"):
            new_store(path.with_name("another.json"))

    assert as_nobody(read_and_try) == 0
    path.parent.chmod(0o755)
    assert path.read_bytes() == before


@pytest.mark.parametrize("on_one_disk", [True, False])
def test_whoever_shares_the_folder_of_a_register_shares_all_of_it(
    public_folder: Path, monkeypatch: pytest.MonkeyPatch, on_one_disk: bool
) -> None:
    """Also where what is made in a folder does not get its group by itself."""
    path = public_folder / "shelf" / "tracker.json"
    path.parent.mkdir()
    path.parent.chmod(0o770)
    if os.geteuid() == 0:
        os.chown(path.parent, -1, NOBODY)
    if not on_one_disk:
        monkeypatch.setattr(os, "link", refuse_link)
    city = create_register(by="Rina", now=NOW, name="Bandung", portal="S")
    store = FileStore.create(path, city, mode=0o660)
    store.commit(publish)
    store.keep_backup(BY_HAND)

    def work() -> None:
        colleague = FileStore(path)
        assert colleague.page(DIGEST) == TEXT
        perform(colleague, Settle(), context())
        shutil.rmtree(pages_of(path))
        (backup, *_) = list_backups(path)
        restore_backup(colleague, backup.path, by="Budi", now=NOW)
        assert colleague.page(DIGEST) == TEXT
        assert colleague.warnings() == []

    assert as_nobody(work) == 0


def refuse_link(*_: object) -> None:
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))


def test_a_register_that_may_not_be_read_says_so(public_folder: Path) -> None:
    path = public_folder / "shelf" / "tracker.json"
    filled(path)
    path.parent.chmod(0o755)
    path.chmod(0)

    def try_to_read() -> None:
        with pytest.raises(Unreadable, match="could not be opened"):
            FileStore(path).load()

    assert as_nobody(try_to_read) == 0


def test_a_folder_that_may_not_be_entered_says_so(public_folder: Path) -> None:
    path = public_folder / "shelf" / "tracker.json"
    store = filled(path)
    path.parent.chmod(0)

    def try_everything() -> None:
        for work in (
            store.load,
            FileStore(path).load,
            lambda: examine_register(store, TODAY),
        ):
            with pytest.raises(Unreadable, match="could not be opened"):
                work()
        with pytest.raises(Unreadable, match="could not be opened"):
            perform(store, Advance("disdukcapil-1"), context())

    assert as_nobody(try_everything) == 0


def test_a_restore_says_that_the_backups_may_not_be_looked_at(
    public_folder: Path,
) -> None:
    path = public_folder / "shelf" / "tracker.json"
    filled(path)
    path.parent.chmod(0o777)
    copy = path.rename(path.with_name("copy.json"))
    copy.chmod(0o644)
    path.with_name(".tracker.json.lock").chmod(0o666)
    backups_of(path).chmod(0)

    def restore() -> None:
        with pytest.raises(Unreadable, match=r"backups could not be opened"):
            restore_backup(FileStore(path), copy, by="Budi", now=NOW)

    assert as_nobody(restore) == 0
    assert not path.exists()


def test_backups_that_may_not_be_looked_at_hold_up_nothing_and_are_told(
    public_folder: Path,
) -> None:
    path = public_folder / "shelf" / "tracker.json"
    filled(path)
    path.parent.chmod(0o777)
    path.chmod(0o666)
    backups_of(path).chmod(0)
    path.with_name(".tracker.json.lock").chmod(0o666)

    def work() -> None:
        store = FileStore(path)
        perform(store, Advance("disdukcapil-1"), context())
        assert "No backup can be kept" in str(
            [finding.problem for finding in examine_register(store, TODAY)]
        )
        path.unlink()
        with pytest.raises(Unreadable, match="its backups are in"):
            store.load()

    assert as_nobody(work) == 0


@pytest.mark.parametrize("kind", ["folder", "link", "closed"])
def test_a_lock_that_cannot_be_taken_is_named(
    tmp_path: Path, public_folder: Path, kind: str
) -> None:
    path = public_folder / "shelf" / "tracker.json"
    filled(path)
    path.parent.chmod(0o777)
    path.chmod(0o666)
    lock = path.with_name(".tracker.json.lock")
    if kind == "closed":
        lock.chmod(0)
    else:
        lock.unlink()
        lock.mkdir() if kind == "folder" else lock.symlink_to(tmp_path / "far")

    def work() -> None:
        with pytest.raises(
            Rejected, match=r"\.tracker\.json\.lock could not be written"
        ):
            perform(FileStore(path), Advance("disdukcapil-1"), context())

    assert as_nobody(work) == 0
    assert len(FileStore(path).load().moves) == 0


@pytest.mark.parametrize("mode", [0o444, 0o555])
def test_a_read_only_register_is_left_alone(path: Path, mode: int) -> None:
    """On a Windows disk or share every file looks executable."""
    store = filled(path)
    path.chmod(mode)
    before = path.read_bytes()
    with pytest.raises(Rejected, match="read-only"):
        perform(store, Advance("disdukcapil-1"), context())
    copy = path.with_name("copy.json")
    shutil.copy(path, copy)
    with pytest.raises(Rejected, match="read-only"):
        restore_backup(store, copy, by="Budi", now=NOW)
    assert path.read_bytes() == before


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "shelf").write_text("no folder")
    path = tmp_path / "shelf" / "tracker.json"
    with pytest.raises(Rejected, match="could not be written"):
        new_store(path)
    with pytest.raises(Unreadable):
        FileStore(path).load()


def test_a_folder_that_vanished_is_not_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "share" / "tracker.json"
    store = filled(path)
    path.parent.rename(tmp_path / "unmounted")
    with pytest.raises(Unreadable):
        perform(store, Advance("disdukcapil-1"), context())
    with pytest.raises(Unreadable):
        store.load()
    assert not path.parent.exists()
    (tmp_path / "unmounted").rename(path.parent)
    perform(store, Advance("disdukcapil-1"), context())
    assert len(FileStore(path).load().moves) == 1


def vanishing(work: Callable[[], object]) -> Callable[[Register], Commit]:
    def decide(register: Register) -> Commit:
        work()
        return Commit(
            {"services": {next(iter(register.services)): None}},
            None,
            register.next_number,
        )

    return decide


def test_a_folder_that_vanishes_in_the_middle_keeps_the_state_before(
    tmp_path: Path,
) -> None:
    path = tmp_path / "share" / "tracker.json"
    store = filled(path)
    before = store.load()
    with pytest.raises(Rejected, match="could not be written"):
        store.commit(
            vanishing(lambda: shutil.move(path.parent, tmp_path / "gone"))
        )
    assert not path.parent.exists()
    (tmp_path / "gone").rename(path.parent)
    assert store.load() == before
    assert FileStore(path).load() == before


def test_a_missing_register_with_backups_is_an_error_that_says_where_they_are(
    path: Path,
) -> None:
    store = filled(path)
    path.unlink()
    with pytest.raises(Unreadable, match="backups") as error:
        store.load()
    assert str(path) + ".backups" in str(error.value)
    assert error.value.exit_code == 4
    with pytest.raises(Rejected, match="backups"):
        new_store(path)
    assert not path.exists()
