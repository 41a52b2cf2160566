"""Older states are kept by themselves, and thinned: all of the last days, then one a month."""

import errno
import os
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.tracker.store.processes import as_nobody
from tests.tracker.store.world import (
    NOW,
    TODAY,
    Rename,
    Settle,
    context,
    new_store,
)
from tracker.actions.perform import perform
from tracker.errors import Rejected
from tracker.os_errors import reason_for
from tracker.store import backups
from tracker.store.backups import (
    BY_HAND,
    DAY,
    IMPORT,
    Plan,
    backups_of,
    keep_backup,
    list_backups,
    thin_backups,
)
from tracker.store.doctor import examine_register
from tracker.store.file import FileStore


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def rename(path: Path, clock: Clock, to: str) -> None:
    perform(
        FileStore(path, clock=clock), Rename("disdukcapil-1", to), context()
    )


def test_the_state_before_a_days_first_change_is_kept(
    path: Path, clock: Clock
) -> None:
    perform(new_store(path, clock), Settle(), context())
    last = [path.read_bytes()]
    for day in range(1, 4):
        clock.now = NOW + timedelta(days=day)
        for hour in range(3):
            rename(path, clock, f"Hari {day} jam {hour}")
        last.append(path.read_bytes())
    kept = list_backups(path)
    assert [backup.why for backup in kept] == [DAY] * 4
    assert [backup.path.read_bytes() for backup in reversed(kept[:3])] == last[
        :3
    ]
    assert [b.taken.date() for b in kept] == [
        date(2026, 11, 20) + timedelta(days=d) for d in (3, 2, 1, 0)
    ]


class Import(Rename):
    name = "import"


def test_the_state_before_every_import_is_kept_whoever_calls_it(
    path: Path, clock: Clock
) -> None:
    store = new_store(path, clock)
    perform(store, Settle(), context())
    for number in range(2):
        clock.now += timedelta(minutes=1)
        before = path.read_bytes()
        perform(store, Import("disdukcapil-1", f"Berkas {number}"), context())
        newest = next(
            backup for backup in list_backups(path) if backup.why == IMPORT
        )
        assert newest.path.read_bytes() == before
    assert [backup.why for backup in list_backups(path)].count(IMPORT) == 2


def test_one_program_that_runs_for_days_keeps_each(
    path: Path, clock: Clock
) -> None:
    store = new_store(path, clock)
    perform(store, Settle(), context())
    for day in range(1, 4):
        clock.now = NOW + timedelta(days=day)
        perform(store, Rename("disdukcapil-1", f"Hari {day}"), context())
    assert len(list_backups(path)) == 4


def test_a_days_backup_shares_the_old_files_content_and_not_the_new_ones(
    path: Path, clock: Clock
) -> None:
    perform(new_store(path, clock), Settle(), context())
    inode = path.stat().st_ino
    clock.now += timedelta(days=1)
    rename(path, clock, "Baru")
    assert list_backups(path)[0].path.stat().st_ino == inode
    assert path.stat().st_ino != inode


def test_where_files_cannot_be_linked_they_are_copied(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    perform(new_store(path, clock), Settle(), context())
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    clock.now += timedelta(days=1)
    rename(path, clock, "Baru")
    assert list_backups(path)[0].path.read_bytes() == before


def test_a_change_that_is_refused_keeps_nothing(
    path: Path, clock: Clock
) -> None:
    perform(new_store(path, clock), Settle(), context())
    clock.now += timedelta(days=1)
    with pytest.raises(Rejected):
        perform(FileStore(path, clock=clock), Settle(), context())
    assert len(list_backups(path)) == 1


def test_a_backup_that_is_asked_for_is_a_file_of_its_own(
    store: FileStore, path: Path
) -> None:
    kept = store.keep_backup(IMPORT)
    assert kept is not None
    assert kept.read_bytes() == path.read_bytes()
    assert kept.stat().st_ino != path.stat().st_ino
    assert [backup.why for backup in list_backups(path)] == [IMPORT]


def test_backups_of_one_second_do_not_take_each_others_place(
    store: FileStore, path: Path
) -> None:
    kept = {store.keep_backup(BY_HAND) for _ in range(3)}
    assert len(kept) == len(list_backups(path)) == 3


def test_nothing_is_kept_of_nothing(path: Path) -> None:
    assert keep_backup(path, DAY, NOW) is None
    assert list_backups(path) == []


def test_the_folder_can_be_another_and_holds_several_registers_apart(
    tmp_path: Path,
) -> None:
    plan = Plan(folder=tmp_path / "backups")
    stores = []
    for city in ("bandung", "cimahi"):
        path = tmp_path / city / "tracker.json"
        new_store(path)
        stores.append(FileStore(path, plan=plan))
        stores[-1].keep_backup(BY_HAND)
    folders = {backups_of(store.path, plan) for store in stores}
    assert len(folders) == 2
    assert {folder.parent for folder in folders} == {plan.folder}
    # An older program's backups are found by the name that it gave their folder.
    for folder in folders:
        assert re.fullmatch(r"tracker\.json-[0-9a-f]{8}\.backups", folder.name)
    assert [len(list_backups(store.path, plan)) for store in stores] == [1, 1]


def test_a_name_too_long_for_a_folder_of_backups_hides_none(
    tmp_path: Path,
) -> None:
    with pytest.raises(Rejected, match="the name is too long"):
        new_store(tmp_path / f"{'n' * 244}.json")


def test_a_home_that_is_nobodys_is_a_name_like_any_other(path: Path) -> None:
    plan = Plan(Path("~nobody-at-all/usb"))
    assert backups_of(path, plan).parent == Path("~nobody-at-all/usb")


def test_a_link_and_its_register_have_the_same_backups(
    store: FileStore, path: Path
) -> None:
    link = path.with_name("link.json")
    link.symlink_to(path)
    FileStore(link).keep_backup(BY_HAND)
    assert len(list_backups(path)) == 1


def test_thirty_days_stay_and_then_the_first_of_each_month(
    store: FileStore, path: Path
) -> None:
    backups_of(path).mkdir()
    day = date(2026, 1, 1)
    while day <= date(2026, 11, 20):
        (backups_of(path) / f"{day}_080000_day.json").touch()
        day += timedelta(days=1)
    thin_backups(path)
    left = [backup.taken.date() for backup in reversed(list_backups(path))]
    months = [date(2026, month, 1) for month in range(1, 11)]
    days = [
        date(2026, 11, 20) - timedelta(days=days) for days in range(30, -1, -1)
    ]
    assert left == sorted({*months, *days})


def test_keeping_one_thins_the_others(store: FileStore, path: Path) -> None:
    for day in range(5):
        keep_backup(path, DAY, NOW + timedelta(days=day), Plan(days=2))
    assert [backup.taken.day for backup in list_backups(path)] == [
        24,
        23,
        22,
        20,
    ]


def test_thinning_leaves_other_files_alone(
    store: FileStore, path: Path
) -> None:
    store.keep_backup(BY_HAND)
    other = backups_of(path) / "notes.txt"
    other.write_text("mine")
    odd = backups_of(path) / "2026-13-45_000000_day.json"
    odd.write_text("{}")
    thin_backups(path, Plan(days=0))
    assert other.exists()
    assert odd.exists()
    assert len(list_backups(path)) == 1


def test_a_backup_that_cannot_be_kept_is_told_and_holds_nothing_up(
    path: Path,
) -> None:
    new_store(path)
    backups_of(path).write_text("a file where the folder should be")
    store = FileStore(path)
    perform(store, Settle(), context())
    assert len(FileStore(path).load().opds) == 1
    assert any(
        "backup could not be kept" in str(warning)
        for warning in store.warnings()
    )
    with pytest.raises(Rejected):
        store.keep_backup(IMPORT)


def test_backups_of_one_second_are_listed_in_their_order(
    store: FileStore, path: Path
) -> None:
    made = [store.keep_backup(why) for why in [BY_HAND, IMPORT] * 6]
    assert [backup.path for backup in list_backups(path)] == made[::-1]


def test_of_backups_of_one_second_the_first_stays(path: Path) -> None:
    store = new_store(path)
    made = [store.keep_backup(why) for why in [IMPORT, BY_HAND] * 6]
    keep_backup(path, DAY, NOW + timedelta(days=1), Plan(days=0))
    assert [backup.path for backup in list_backups(path)][1:] == made[:1]


def test_a_clock_that_was_far_ahead_for_once_costs_no_backups(
    path: Path, clock: Clock
) -> None:
    store = new_store(path, clock)
    for day in range(10):
        clock.now = NOW + timedelta(days=day)
        perform(store, Settle(1, f"opd-{day}"), context())
    there = list_backups(path)
    clock.now = NOW.replace(year=2099)
    perform(store, Settle(1, "kelak"), context())
    assert list_backups(path)[1:] == there


def test_a_clock_that_was_ahead_does_not_stand_for_the_day_that_comes(
    path: Path, clock: Clock
) -> None:
    perform(new_store(path, clock), Settle(), context())
    clock.now = NOW + timedelta(days=1, hours=8)
    rename(path, clock, "Jam terlalu cepat")
    clock.now = NOW + timedelta(hours=1)
    rename(path, clock, "Jam benar")
    before = path.read_bytes()
    clock.now = NOW + timedelta(days=1)
    rename(path, clock, "Esok")
    assert before in {backup.path.read_bytes() for backup in list_backups(path)}


def test_unfinished_backups_are_removed_with_the_next_one(
    store: FileStore, path: Path
) -> None:
    store.keep_backup(BY_HAND)
    left = backups_of(path) / ".2026-11-20_030000_hand.json.123-abcd.tmp"
    left.write_bytes(b'{"half')
    store.keep_backup(BY_HAND)
    assert not left.exists()


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_backup_that_fails_is_told_at_each_change_until_one_is_kept(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    store = new_store(path, clock)
    clock.now += timedelta(days=1)

    def fail(*_: object, **named: object) -> None:
        raise OSError(error, os.strerror(error))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backups, "keep_backup", fail)
        for number in range(3):
            perform(store, Settle(1, f"opd-{number}"), context())
            assert [w.values["reason"] for w in store.warnings()] == [
                reason_for(error)
            ]
        assert len(FileStore(path).load().opds) == 3
    perform(store, Settle(1, "opd-3"), context())
    assert store.warnings() == []
    assert [backup.why for backup in list_backups(path)] == [DAY]


@pytest.mark.parametrize("kind", ["file", "broken link"])
def test_a_folder_for_backups_that_is_none_is_told(
    store: FileStore, path: Path, kind: str
) -> None:
    folder = backups_of(path)
    folder.write_text("") if kind == "file" else folder.symlink_to(
        path.parent / "gone"
    )
    perform(store, Settle(), context())
    assert "file, not a folder" in str(store.warnings()[0])
    assert "No backup can be kept" in str(
        [finding.problem for finding in examine_register(store, TODAY)]
    )
    with pytest.raises(Rejected, match="could not be kept"):
        store.keep_backup(BY_HAND)


def test_a_folder_for_backups_that_may_not_be_written_holds_up_no_change(
    tmp_path: Path,
    public_folder: Path,
) -> None:
    path, shelf = (
        public_folder / "open" / "tracker.json",
        tmp_path / "shelf",
    )
    new_store(path)
    path.parent.chmod(0o777)
    path.chmod(0o666)
    perform(FileStore(path), Settle(1), context())
    shelf.mkdir(mode=0o555)

    def change() -> None:
        store = FileStore(path, plan=Plan(shelf))
        for number in range(2):
            perform(store, Settle(1, f"opd-{number}"), context())
            assert "backup could not be kept" in str(store.warnings()[0])
        with pytest.raises(Rejected, match=str(shelf)):
            perform(store, Import("opd-0-0", "Berkas"), context())
        found = [one.problem for one in examine_register(store, TODAY)]
        assert "No backup can be kept" in str(found)

    assert as_nobody(change) == 0
    assert len(FileStore(path).load().opds) == 3
