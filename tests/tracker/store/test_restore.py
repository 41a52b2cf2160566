from datetime import timedelta
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.tracker.store.world import (
    NOW,
    Advance,
    Drop,
    Rename,
    Settle,
    context,
    new_store,
)
from tracker.actions.members import SetMember
from tracker.actions.perform import perform
from tracker.actions.undo import Undo
from tracker.errors import Rejected, Unreadable
from tracker.model import Role
from tracker.permissions import find_member
from tracker.register import Register
from tracker.store.backups import BY_HAND, RESTORE, list_backups
from tracker.store.file import FileStore
from tracker.store.memory import MemoryStore
from tracker.store.migrations import MIGRATIONS, SCHEMA
from tracker.store.new_register import create_register
from tracker.store.restore import (
    TableChange,
    load_if_readable,
    restore_backup,
    restore_by_action,
    what_would_change,
)
from tracker.store.tables import Tables

LATER = NOW + timedelta(hours=5)


@pytest.fixture
def backup(store: FileStore) -> Path:
    """Keep a state with two moves, after which one goes, one comes and a name differs."""
    perform(store, Settle(), context())
    perform(store, Advance("disdukcapil-0"), context())
    perform(store, Advance("disdukcapil-1"), context())
    kept = store.keep_backup(BY_HAND)
    perform(store, Drop(), context())
    perform(store, Advance("disdukcapil-2"), context())
    perform(store, Rename("disdukcapil-0", "KTP"), context())
    assert kept is not None
    return kept


def without_log(register: Register) -> list[object]:
    return [register.city, register.opds, register.services, register.moves]


def test_what_would_change_is_counted_table_by_table(
    store: FileStore, backup: Path
) -> None:
    assert what_would_change(store.load(), FileStore(backup).load()) == [
        TableChange("services", now=3, then=3, gone=0, back=0, changed=1),
        TableChange("moves", now=2, then=2, gone=1, back=1, changed=0),
        TableChange("log", now=7, then=4, gone=3, back=0, changed=0),
    ]
    assert what_would_change(store.load(), store.load()) == []
    assert [
        c.back for c in what_would_change(None, FileStore(backup).load())
    ] == [
        1,
        1,
        3,
        2,
        4,
    ]


def test_a_restored_register_is_as_it_was_and_the_log_tells(
    store: FileStore, backup: Path
) -> None:
    old = FileStore(backup).load()
    after = restore_backup(store, backup, by="Budi", now=LATER)
    assert without_log(after) == without_log(old)
    assert FileStore(store.path).load() == after
    entry = after.log[max(after.log)]
    assert (entry.action, entry.by, entry.recorded_at, entry.why) == (
        "restore",
        "Budi",
        LATER,
        backup.name,
    )
    assert set(after.log) == {*old.log, entry.id}


def test_keys_given_out_since_are_not_given_out_again(
    store: FileStore, backup: Path
) -> None:
    """Nor is one left out: a repair would take it for an entry that is lost."""
    used = store.load().next_number
    restored = restore_backup(store, backup, by="Budi", now=LATER)
    assert restored.next_number == used + 1
    perform(store, Advance("disdukcapil-2"), context())
    assert max(store.load().moves) > f"abcde-{used:07d}"


def test_what_stood_there_is_kept_and_can_be_brought_back(
    store: FileStore, backup: Path
) -> None:
    before, as_it_was = store.path.read_bytes(), store.load()
    restore_backup(store, backup, by="Budi", now=LATER)
    kept = next(
        found for found in list_backups(store.path) if found.why == RESTORE
    )
    assert kept.path.read_bytes() == before
    assert without_log(
        restore_backup(store, kept.path, by="Budi", now=LATER)
    ) == without_log(as_it_was)


@pytest.mark.parametrize("damage", [b"", b"{", b"garbage"])
def test_a_damaged_register_is_restored_and_still_kept(
    store: FileStore, backup: Path, damage: bytes
) -> None:
    spoilt = store.path.read_bytes()[:900] + damage if damage else b""
    store.path.write_bytes(spoilt)
    assert load_if_readable(store) is None
    after = restore_backup(store, backup, by="Budi", now=LATER)
    assert without_log(after) == without_log(FileStore(backup).load())
    kept = next(
        found for found in list_backups(store.path) if found.why == RESTORE
    )
    assert kept.path.read_bytes() == spoilt


@pytest.mark.parametrize("damage", [b"", b"{"])
def test_of_an_unreadable_register_the_backup_says_who_may_restore(
    store: FileStore, backup: Path, damage: bytes
) -> None:
    perform(store, SetMember("Sari", Role.READER), context("Budi"))
    with_members = backup.with_name("members.json")
    with_members.write_bytes(store.path.read_bytes())
    store.path.write_bytes(damage)
    with pytest.raises(Rejected, match="coordinator"):
        restore_backup(store, with_members, by="Sari", now=LATER)
    assert store.path.read_bytes() == damage
    restored = restore_backup(store, with_members, by="Budi", now=LATER)
    assert find_member(restored, "Sari") is not None


def test_a_restore_into_another_store_is_a_coordinators_alone(
    store: FileStore, backup: Path
) -> None:
    perform(store, SetMember("Sari", Role.READER), context("Budi"))
    elsewhere = MemoryStore(store.load())
    with pytest.raises(Rejected, match="coordinator"):
        restore_by_action(elsewhere, backup, "", by="Sari", now=LATER)
    assert without_log(elsewhere.load()) == without_log(store.load())

    used = elsewhere.load().next_number
    restore_by_action(elsewhere, backup, "", by="Budi", now=LATER)
    assert elsewhere.load().next_number == used + 1
    then = FileStore(backup).load()
    assert without_log(elsewhere.load()) == without_log(then)


def test_a_register_is_not_made_of_what_no_city_can_be() -> None:
    with pytest.raises(Rejected, match="A name is needed"):
        create_register(by="Budi", now=NOW, name="", portal="Sadayana")


def test_a_register_that_the_disk_does_not_give_out_is_not_taken_for_gone(
    store: FileStore, backup: Path
) -> None:
    """It may be whole: its members say who may restore, and its keys are given out."""
    path = store.path
    path.rename(path.with_name("whole.json"))
    path.mkdir()
    with pytest.raises(Unreadable, match="could not be opened"):
        load_if_readable(FileStore(path))
    with pytest.raises(Unreadable, match="could not be opened"):
        restore_backup(FileStore(path), backup, by="Budi", now=NOW)
    assert path.is_dir()


def test_a_missing_register_is_restored(store: FileStore, backup: Path) -> None:
    store.path.unlink()
    after = restore_backup(FileStore(store.path), backup, by="Budi", now=LATER)
    assert len(after.moves) == 2


def test_a_backup_that_cannot_be_read_changes_nothing(
    store: FileStore, backup: Path
) -> None:
    before = store.path.read_bytes()
    backup.write_bytes(backup.read_bytes()[:100])
    with pytest.raises(Unreadable):
        restore_backup(store, backup, by="Budi", now=LATER)
    assert store.path.read_bytes() == before


def test_another_citys_register_cannot_take_its_place(
    store: FileStore, backup: Path, tmp_path: Path
) -> None:
    other = create_register(
        by="Rina", now=NOW, prefix="zzzzz", name="Cimahi", portal="Satu"
    )
    FileStore.create(tmp_path / "cimahi.json", other)
    before = store.path.read_bytes()
    with pytest.raises(Rejected, match="Cimahi"):
        restore_backup(store, tmp_path / "cimahi.json", by="Budi", now=LATER)
    assert store.path.read_bytes() == before


def test_a_restore_keeps_the_permissions(
    store: FileStore, backup: Path
) -> None:
    store.path.chmod(0o640)
    restore_backup(store, backup, by="Budi", now=LATER)
    assert store.path.stat().st_mode & 0o777 == 0o640


def test_the_kept_state_of_a_new_register_restores_it(tmp_path: Path) -> None:
    store = new_store(tmp_path / "tracker.json")
    perform(store, Settle(), context())
    first = list_backups(store.path)[-1]
    assert (
        restore_backup(store, first.path, by="Budi", now=LATER).services == {}
    )


def test_a_register_of_a_newer_version_is_not_written_over(
    store: FileStore, backup: Path
) -> None:
    with TinyDB(store.path) as db:
        db.table("meta").update({"schema": SCHEMA + 1}, doc_ids=[1])
    before = store.path.read_bytes()
    with pytest.raises(Unreadable, match="newer version"):
        restore_backup(FileStore(store.path), backup, by="Budi", now=LATER)
    with TinyDB(store.path) as db:
        db.table("moves").insert({"mood": "good"})
    unreadable = store.path.read_bytes()
    with pytest.raises(Unreadable, match="newer version"):
        restore_backup(FileStore(store.path), backup, by="Budi", now=LATER)
    assert before != store.path.read_bytes() == unreadable


def test_a_backup_of_a_newer_version_is_not_brought_back(
    store: FileStore, backup: Path
) -> None:
    with TinyDB(backup) as db:
        db.table("meta").update({"schema": SCHEMA + 1}, doc_ids=[1])
    before = store.path.read_bytes()
    with pytest.raises(Unreadable, match="newer version"):
        restore_backup(store, backup, by="Budi", now=LATER)
    assert store.path.read_bytes() == before


def test_a_backup_of_an_older_version_is_brought_up_to_date(
    store: FileStore, backup: Path
) -> None:
    def loud(tables: Tables) -> None:
        tables["services"] = {
            n: {**d, "name": d["name"] + "!"}
            for n, d in tables["services"].items()
        }

    later = FileStore(store.path, migrations=[*MIGRATIONS, loud])
    assert {
        s.name[-1]
        for s in restore_backup(
            later, backup, by="Budi", now=LATER
        ).services.values()
    } == {"!"}
    assert {s.name[-2:-1] for s in later.load().services.values()} & {
        "!"
    } == set()


@pytest.mark.parametrize("damage", [None, b""])
def test_of_a_register_that_is_gone_the_later_backups_tell_which_keys_were_given_out(
    store: FileStore, backup: Path, damage: bytes | None
) -> None:
    used = store.load().next_number
    store.keep_backup(BY_HAND)
    store.path.unlink()
    if damage is not None:
        store.path.write_bytes(damage)
    assert (
        restore_backup(
            FileStore(store.path), backup, by="Budi", now=LATER
        ).next_number
        > used
    )


def test_the_last_action_before_a_backup_is_not_what_undo_takes_back(
    store: FileStore, backup: Path
) -> None:
    """Who undoes a restore by mistake must not lose an older action."""
    restore_backup(store, backup, by="Rina", now=LATER)
    before = store.load()
    with pytest.raises(Rejected, match="nothing of Rina"):
        perform(store, Undo(), context())
    assert store.load() == before
    perform(store, Advance("disdukcapil-2"), context())
    perform(store, Undo(), context())
    assert store.load().moves == before.moves
