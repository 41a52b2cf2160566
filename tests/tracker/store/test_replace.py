import os
import stat
import struct
from pathlib import Path

import pytest

from tests.tracker.store.processes import NOBODY, as_nobody
from tests.tracker.store.world import Advance, Settle, context, new_store
from tracker.actions.perform import perform
from tracker.persistence import Commit
from tracker.register import Register
from tracker.store.backups import BY_HAND
from tracker.store.file import FileStore
from tracker.store.replace import (
    Changed,
    find_leftovers,
    replace_file,
    stamp_of,
)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_register_is_the_users_alone(
    store: FileStore, path: Path
) -> None:
    assert mode_of(path) == 0o600
    perform(store, Settle(), context())
    store.keep_backup(BY_HAND)
    assert mode_of(path) == 0o600
    assert {
        mode_of(file) & 0o077 for file in path.parent.glob("*.backups/*")
    } == {0}


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o660, 0o644])
def test_an_existing_register_keeps_its_mode(
    store: FileStore, path: Path, mode: int
) -> None:
    path.chmod(mode)
    perform(store, Settle(), context())
    assert mode_of(path) == mode


def test_an_existing_register_keeps_its_group_and_its_lock_has_it_too(
    store: FileStore, path: Path
) -> None:
    other = next(
        (
            group
            for group in (*os.getgroups(), 65534)
            if group != path.stat().st_gid
        ),
        None,
    )
    assert other is not None
    os.chown(path, -1, other)
    perform(store, Settle(), context())
    lock = path.with_name(f".{path.name}.lock")
    assert path.stat().st_gid == lock.stat().st_gid == other


def test_a_group_that_cannot_be_kept_gains_no_rights(
    public_folder: Path,
) -> None:
    folder = public_folder / "open"
    folder.mkdir()
    folder.chmod(0o777)
    path = folder / "register"
    path.write_bytes(b"old")
    path.chmod(0o664)
    assert as_nobody(lambda: _write(path)) == 0
    assert path.read_bytes() == b"new"
    assert mode_of(path) == (0o644 if os.geteuid() == 0 else 0o664)


def _write(path: Path) -> None:
    replace_file(path, [b"new"], stamp_of(path))


def test_a_symlink_stays_one(
    store: FileStore, path: Path, tmp_path: Path
) -> None:
    link = tmp_path / "elsewhere" / "link.json"
    link.parent.mkdir()
    link.symlink_to(path)
    perform(FileStore(link), Settle(), context())
    assert link.is_symlink()
    assert store.load() == FileStore(link).load()
    assert sorted(file.name for file in link.parent.iterdir()) == ["link.json"]


def test_two_names_of_one_register_share_one_lock(
    store: FileStore, path: Path, tmp_path: Path
) -> None:
    link = tmp_path / "elsewhere.json"
    link.symlink_to(path)
    assert FileStore(link).path == store.path


def test_a_file_that_changed_meanwhile_is_left_alone(path: Path) -> None:
    path.write_bytes(b"mine")
    seen = stamp_of(path)
    path.write_bytes(b"somebody's")
    with pytest.raises(Changed):
        replace_file(path, [b"mine again"], seen)
    assert path.read_bytes() == b"somebody's"
    assert list(find_leftovers(path)) == []


def test_a_file_that_appeared_meanwhile_is_left_alone(path: Path) -> None:
    path.write_bytes(b"somebody's")
    with pytest.raises(Changed):
        replace_file(path, [b"mine"], None)
    assert path.read_bytes() == b"somebody's"


def test_what_was_left_by_a_killed_writer_is_removed_at_the_next_start(
    store: FileStore, path: Path
) -> None:
    left = path.with_name(f".{path.name}.123-abcd.tmp")
    left.write_bytes(b'{"half')
    other = path.with_name(".other.json.123-abcd.tmp")
    other.write_bytes(b"another register's")
    FileStore(path).load()
    assert not left.exists()
    assert other.exists()


def test_what_a_living_writer_is_writing_is_not_removed(
    store: FileStore, path: Path
) -> None:
    left = path.with_name(f".{path.name}.123-abcd.tmp")

    def decide(register: Register) -> Commit:
        left.write_bytes(b'{"half')
        FileStore(path).load()
        assert left.exists()
        return Commit({}, None, register.next_number)

    store.commit(decide)
    FileStore(path).load()
    assert not left.exists()


def test_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_answer(
    store: FileStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    perform(store, Settle(), context())
    steps: list[str] = []
    sync, rename, write = os.fsync, os.replace, os.write

    def noted_sync(handle: int) -> None:
        steps.append(
            "sync folder"
            if stat.S_ISDIR(os.fstat(handle).st_mode)
            else "sync file"
        )
        sync(handle)

    def noted_rename(one: Path, other: Path) -> None:
        steps.append("rename")
        rename(one, other)

    def noted_write(handle: int, data: bytes) -> int:
        if b'"services"' in bytes(data):
            steps.append("write")
        return write(handle, data)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "replace", noted_rename)
    monkeypatch.setattr(os, "write", noted_write)
    perform(store, Advance("disdukcapil-1"), context())
    assert steps == ["write", "sync file", "rename", "sync folder"]


def test_a_register_in_a_folder_that_is_not_there_yet_makes_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "new" / "folder" / "tracker.json"
    assert new_store(path).load().only_city.name == "Bandung"
    assert mode_of(path.parent) == 0o700


def test_whoever_may_write_the_register_may_lock_it(
    public_folder: Path,
) -> None:
    path = public_folder / "shared" / "tracker.json"
    store = new_store(path)
    path.parent.chmod(0o777)
    path.chmod(0o666)
    perform(store, Settle(), context())

    def change() -> None:
        perform(FileStore(path), Advance("disdukcapil-1"), context("Budi"))

    assert as_nobody(change) == 0
    perform(store, Advance("disdukcapil-2"), context())
    assert as_nobody(change) == 0
    assert len(FileStore(path).load().moves) == 3
    assert mode_of(path) == 0o666


def test_a_file_that_changes_while_the_old_one_is_kept_is_left_alone(
    path: Path,
) -> None:
    path.write_bytes(b"mine")
    with pytest.raises(Changed):
        replace_file(
            path, [b"mine again"], stamp_of(path), lambda: _overwrite(path)
        )
    assert path.read_bytes() == b"somebody's"


def test_a_large_piece_is_written_by_itself_and_small_ones_together(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = b"2" * 1_000_000
    written: list[int] = []
    write = os.write

    def noted_write(handle: int, data: bytes) -> int:
        written.append(len(data))
        return write(handle, data)

    monkeypatch.setattr(os, "write", noted_write)
    replace_file(path, [b"0", b"1", large, b"", large, b"3", b"4"], None)
    assert path.read_bytes() == b"01" + large + large + b"34"
    assert written == [2, len(large), len(large), 2]


def _overwrite(path: Path) -> None:
    path.write_bytes(b"somebody's")


def test_unfinished_files_of_a_register_with_a_longer_name_are_left_alone(
    store: FileStore,
) -> None:
    other = store.path.with_name(f".{store.path.name}.old.json.123-abcd.tmp")
    other.write_bytes(b"its writer is at work")
    FileStore(store.path).load()
    store.clean_up()
    assert other.exists()


ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"
NOBODY_READS = struct.pack("<I" + "HHI" * 5, 2, *(1, 6, ~0 % 2**32), *(2, 4, NOBODY), *(4, 0, ~0 % 2**32),
    *(16, 4, ~0 % 2**32), *(32, 0, ~0 % 2**32))  # fmt: skip
"""An access list: the owner reads and writes, one other user reads, nobody else does."""


def test_access_lists_and_attributes_are_kept(
    store: FileStore, path: Path
) -> None:
    os.setxattr(path, ACCESS, NOBODY_READS)
    os.setxattr(path, "user.origin", b"Diskominfo")
    perform(store, Settle(), context())
    assert os.getxattr(path, ACCESS) == NOBODY_READS
    assert os.getxattr(path, "user.origin") == b"Diskominfo"
    assert mode_of(path) == 0o640


def test_an_access_list_of_the_folder_opens_no_register_that_was_closed(
    path: Path,
) -> None:
    os.setxattr(path.parent, DEFAULT, NOBODY_READS)
    path.write_bytes(b"old")
    os.removexattr(path, ACCESS)
    path.chmod(0o640)
    _write(path)
    assert ACCESS not in os.listxattr(path)
    assert mode_of(path) == 0o640
