import json
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from tests.tracker.store.world import (
    NOW,
    TODAY,
    TOMORROW,
    Advance,
    Drop,
    Rename,
    Settle,
    context,
)
from tracker.actions.perform import perform
from tracker.actions.undo import Undo
from tracker.errors import Rejected, Unreadable, UserError
from tracker.register import Register
from tracker.snapshot import take
from tracker.store.backups import BY_HAND, REPAIR, list_backups
from tracker.store.doctor import Finding, examine_register, repair_register
from tracker.store.file import FileStore
from tracker.store.migrations import SCHEMA
from tracker.store.reading import number_of
from tracker.store.replace import find_leftovers
from tracker.week import Week


@pytest.fixture
def store(store: FileStore) -> FileStore:
    perform(store, Settle(), context())
    perform(store, Advance("disdukcapil-1"), context())
    perform(store, Rename("disdukcapil-1", "KTP"), context())
    return store


def spoil(store: FileStore, table: str, number: str, **fields: Any) -> None:
    """Change a document behind the program's back."""
    tables = json.loads(store.path.read_bytes())
    tables[table].setdefault(number, {}).update(fields)
    store.path.write_text(json.dumps(tables))


def findings(store: FileStore) -> list[Finding]:
    return examine_register(FileStore(store.path), TODAY)


def said(store: FileStore) -> str:
    return "\n".join(
        f"{finding.entry} {finding.problem}" for finding in findings(store)
    )


def mend(store: FileStore) -> list[UserError]:
    return repair_register(FileStore(store.path), by="Budi", now=NOW)


def test_a_sound_register_has_no_findings_and_is_left_alone(
    store: FileStore,
) -> None:
    before = store.path.read_bytes()
    assert findings(store) == []
    assert mend(store) == []
    assert store.path.read_bytes() == before


def test_what_no_field_may_hold_is_found_with_its_place(
    store: FileStore,
) -> None:
    spoil(store, "services", "5", name="KTP\u202eelektronik", volume=-3)
    assert "services abcde-0000005" in said(store)
    assert "U+202E" in said(store)


@pytest.mark.parametrize(
    ("table", "number", "fields", "words"),
    [
        ("services", "5", {"code": "disdukcapil-0"}, "disdukcapil-0"),
        ("services", "5", {"registered_on": "2027-01-01"}, "still to come"),
        ("moves", "8", {"on": "2024-01-01"}, "before its registration"),
        ("moves", "8", {"on": "2026-12-24"}, "still to come"),
        ("moves", "8", {"verified_on": "2024-01-01"}, "verified"),
        (
            "opds",
            "3",
            {"retired_on": "2026-06-01"},
            "services abcde-0000005 disdukcapil-1: disdukcapil was",
        ),
    ],
)
def test_a_broken_rule_is_found(
    store: FileStore,
    table: str,
    number: str,
    fields: dict[str, Any],
    words: str,
) -> None:
    spoil(store, table, number, **fields)
    assert words in said(store)


def test_a_log_that_cannot_be_told_or_undone_is_found(store: FileStore) -> None:
    spoil(store, "log", "9", undoes="abcde-0000099")
    assert (
        "abcde-0000009 The log entry abcde-0000099 that it refers to is missing."
        in said(store)
    )
    spoil(
        store,
        "log",
        "9",
        undoes=None,
        changes={"moves": {"abcde-0000008": {"stage": "nowhere"}}},
    )
    assert "cannot be undone" in said(store)
    spoil(store, "log", "9", changes={"colours": {"abcde-0000008": None}})
    assert "cannot be undone" in said(store)


def test_an_entry_that_the_log_does_not_know_is_found(store: FileStore) -> None:
    with TinyDB(store.path) as db:
        document = dict(db.table("moves").get(doc_id=8) or {})
        db.table("moves").insert({**document, "id": "abcde-0000009"})
    spoil(store, "log", "9", changes={})
    assert "entries that the log does not tell of: 2" in said(store)


def test_an_entry_that_the_log_tells_of_and_that_is_gone_is_found(
    store: FileStore,
) -> None:
    with TinyDB(store.path) as db:
        db.table("moves").remove(doc_ids=[8])
    assert "entries that are missing: 1, abcde-0000008" in said(store)


def test_what_was_taken_out_is_not_missed(store: FileStore) -> None:
    perform(store, Drop(), context())
    assert findings(store) == []


def test_after_a_repair_the_log_need_not_tell_of_what_was_before(
    store: FileStore,
) -> None:
    whole = store.path.read_bytes()
    store.path.write_bytes(whole.replace(b'"log":', b'"log"'))
    mend(store)
    assert findings(store) == []
    perform(FileStore(store.path), Settle(1, "dinkes"), context())
    assert findings(store) == []
    spoil(store, "log", str(number_of(max(store.load().log))), changes={})
    assert "the log does not tell of" in said(store)


def test_an_action_from_before_a_repair_is_not_what_undo_takes_back(
    store: FileStore,
) -> None:
    """Which action was a person's last may be among what is lost."""
    spoil(store, "log", str(number_of(max(store.load().log))), changes=[])
    mend(store)
    before = store.load()
    with pytest.raises(Rejected, match="nothing of Rina"):
        perform(store, Undo(), context())
    assert store.load() == before


def test_snapshots_are_compared_by_whoever_knows_them(store: FileStore) -> None:
    def check(register: Register) -> list[UserError]:
        return [
            Rejected(
                "The snapshot of {week} differs.",
                week=str(len(register.services)),
            )
        ]

    assert [str(f.problem) for f in examine_register(store, TODAY, check)] == [
        "The snapshot of 3 differs."
    ]


def test_a_copy_of_another_machine_and_a_bad_backup_are_found(
    store: FileStore,
) -> None:
    copy = store.path.with_name(
        "tracker (Budi's conflicted copy 2026-11-20).json"
    )
    copy.write_bytes(store.path.read_bytes())
    kept = store.keep_backup(BY_HAND)
    assert kept is not None
    kept.write_bytes(b"{")
    for backup in list_backups(store.path):
        backup.path.write_bytes(b"{")
    assert copy.name in said(store)
    assert "cannot be read" in said(store)
    assert copy.exists()


def test_a_missing_register_is_said_to_be_missing(path: Path) -> None:
    with pytest.raises(Unreadable):
        examine_register(FileStore(path), TODAY)
    with pytest.raises(Unreadable):
        repair_register(FileStore(path), by="Budi", now=NOW)


def test_unfinished_files_are_removed(store: FileStore) -> None:
    doctor = FileStore(store.path)
    doctor.load()
    left = store.path.with_name(f".{store.path.name}.99-ab.tmp")
    left.write_bytes(b"{")
    assert [
        (left.name in str(f.problem), f.mendable)
        for f in examine_register(doctor, TODAY)
    ] == [(True, True)]
    assert [
        left.name in str(done)
        for done in repair_register(doctor, by="Budi", now=NOW)
    ] == [True]
    assert list(find_leftovers(store.path)) == []


@pytest.mark.parametrize(
    ("table", "number", "fields"),
    [
        ("meta", "1", {"next_number": 3}),
        ("meta", "1", {"prefix": None}),
        ("services", "6", {"mood": "good"}),
        ("moves", "8", {"service": "abcde-0000077"}),
        ("moves", "8", {"recorded_at": "2026-11-20T03:00:00"}),
        ("city", "1", {"timezone": "Asia/Atlantis"}),
        ("city", "2", {"name": "Cimahi"}),
    ],
)
def test_a_register_that_cannot_be_opened_is_put_together_again(
    store: FileStore, table: str, number: str, fields: dict[str, Any]
) -> None:
    spoil(store, table, number, **fields)
    damaged = store.path.read_bytes()
    assert any(finding.mendable for finding in findings(store))
    assert store.path.read_bytes() == damaged
    done = mend(store)
    kept = next(
        backup for backup in list_backups(store.path) if backup.why == REPAIR
    )
    assert kept.path.read_bytes() == damaged
    assert str(kept.path) in str(done[0])
    after = FileStore(store.path).load()
    assert len(after.services) >= 2
    assert after.log[max(after.log)].action == "repair"
    assert findings(store) == []
    perform(FileStore(store.path), Rename("disdukcapil-0", "KK"), context())


def test_a_next_number_too_low_is_mended_without_loss(store: FileStore) -> None:
    before = store.load()
    spoil(store, "meta", "1", next_number=3)
    assert len(mend(store)) == 1
    after = FileStore(store.path).load()
    assert after.next_number == before.next_number + 1
    assert (after.services, after.moves) == (before.services, before.moves)


def test_an_entry_filed_under_another_number_is_mended_without_loss(
    store: FileStore,
) -> None:
    before = store.load()
    tables = json.loads(store.path.read_bytes())
    tables["moves"]["77"] = tables["moves"].pop("8")
    store.path.write_text(json.dumps(tables))
    assert len(mend(store)) == 1
    assert FileStore(store.path).load().moves == before.moves


def test_what_is_lost_is_listed(store: FileStore) -> None:
    spoil(store, "services", "5", registered_on="yesterday")
    latest = list_backups(store.path)[0].path
    assert [str(done) for done in mend(store)[1:]] == [
        "Entry 5 of the table services cannot be read.",
        "Entry abcde-0000008 of the table moves refers to one that is lost.",
        f"What is lost may be in {latest}: “restore --dry-run” shows what that would change.",
    ]


def test_a_register_of_a_newer_version_is_never_put_together_again(
    store: FileStore,
) -> None:
    spoil(store, "meta", "1", schema=SCHEMA + 1)
    spoil(store, "moves", "8", mood="good")
    before = store.path.read_bytes()
    with pytest.raises(Unreadable, match="newer"):
        mend(store)
    assert not any(finding.mendable for finding in findings(store))
    assert store.path.read_bytes() == before


def test_a_file_of_which_nothing_can_be_read_is_left_alone(
    store: FileStore,
) -> None:
    store.path.write_bytes(b"nothing at all")
    with pytest.raises(Unreadable, match="Nothing of"):
        mend(store)
    assert store.path.read_bytes() == b"nothing at all"


def test_the_first_change_of_a_day_may_be_a_repair(store: FileStore) -> None:
    spoil(store, "moves", "7", stage="lewat")
    later = FileStore(store.path, clock=lambda: TOMORROW)
    repair_register(later, by="Budi", now=TOMORROW)
    assert examine_register(later, TODAY) == []


def test_of_two_repairs_in_a_second_each_names_its_own_file(
    store: FileStore,
) -> None:
    for stage in ("lewat", "hilang"):
        spoil(store, "moves", "7", stage=stage)
        spoilt = store.path.read_bytes()
        told = repair_register(
            FileStore(store.path, clock=lambda: TOMORROW), by="Budi", now=NOW
        )
        assert Path(told[0].values["path"]).read_bytes() == spoilt
        perform(store, Advance("disdukcapil-1"), context())


def test_a_log_entry_that_was_altered_afterwards_is_found(
    store: FileStore,
) -> None:
    key = max(store.load().log)
    spoil(store, "log", str(number_of(key)), by="Orang lain")
    assert f"log {key} This entry of the log does not fit" in said(store)


def test_a_log_cut_short_behind_a_published_week_is_found(
    store: FileStore,
) -> None:
    take(store, Week.of(TODAY), context())
    perform(store, Rename("disdukcapil-1", "KTP-el"), context())
    assert findings(store) == []
    log = store.load().log
    tables = json.loads(store.path.read_bytes())
    for key in sorted(log)[-3:]:
        del tables["log"][str(number_of(key))]
    store.path.write_text(json.dumps(tables))
    assert "that was its last when 2026-W" in said(store)
