"""A register that any released version wrote opens in every later one; a newer one is never overwritten."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tinydb import TinyDB

from tests.tracker.store.world import NOW, TODAY
from tracker.errors import Unreadable
from tracker.model import TABLES, Milestone
from tracker.persistence import Commit
from tracker.register import Register
from tracker.store.backups import MIGRATION, list_backups
from tracker.store.file import FileStore
from tracker.store.migrations import MIGRATIONS, SCHEMA
from tracker.store.tables import Tables

ADDED_IN = {2: ["decisions", "members", "reminders"]}
"""The tables that came with each version after the first."""

KEPT = Path(__file__).parent / "kept"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return Path(shutil.copy(KEPT / "v1.json", tmp_path / "tracker.json"))


def add_milestone(register: Register) -> Commit:
    fact = Milestone(
        id=register.key(register.next_number),
        recorded_at=NOW,
        by="Rina",
        on=TODAY,
        text="Pindah versi",
    )
    return Commit(
        {"milestones": {fact.id: fact}}, None, register.next_number + 1
    )


def call_it_anew(tables: Tables) -> None:
    """Pretend that version 2 says of each milestone that it came from version 1."""
    tables["milestones"] = {
        number: {**document, "text": document["text"] + " (v2)"}
        for number, document in tables["milestones"].items()
    }


def test_there_is_a_kept_file_of_every_version() -> None:
    assert {file.name for file in KEPT.iterdir()} == {
        f"v{version}.json" for version in range(1, SCHEMA + 1)
    }


@pytest.mark.parametrize(
    "file", sorted(KEPT.iterdir()), ids=lambda file: file.stem
)
def test_a_kept_file_opens_with_everything_in_it(
    file: Path, tmp_path: Path
) -> None:
    register = FileStore(shutil.copy(file, tmp_path / "tracker.json")).load()
    later = ADDED_IN.items()
    added = {
        name
        for version, names in later
        for name in names
        if f"v{version}" > file.stem
    }
    assert {name for name in TABLES if not register.table(name)} == added
    assert register.only_city.goal == date(2027, 12, 31)
    service = register.service_codes["ktp-elektronik"]
    assert (service.volume, service.visits, service.days, service.tags) == (
        120_000,
        2.0,
        3.5,
        ("kependudukan", "prioritas"),
    )
    assert register.moves_of[service.id][0].note == "Disepakati\ndalam rapat"
    assert next(iter(register.snapshots.values())).figures["city"] == [
        2,
        0,
        1,
        1,
        None,
    ]


def test_what_this_version_writes_is_what_its_kept_file_holds(
    tmp_path: Path,
) -> None:
    """A change of the layout needs a new version, a migration and a kept file."""
    kept = KEPT / f"v{SCHEMA}.json"
    FileStore.create(
        tmp_path / "new.json",
        FileStore(shutil.copy(kept, tmp_path / "old.json")).load(),
    )
    assert (tmp_path / "new.json").read_bytes() == kept.read_bytes()


def test_every_field_of_the_model_stands_in_the_kept_file() -> None:
    with TinyDB(KEPT / f"v{SCHEMA}.json", access_mode="r") as db:
        for name, kind in TABLES.items():
            found = {field for document in db.table(name) for field in document}
            assert found == {
                field.encode_name for field in msgspec.structs.fields(kind)
            }


def test_opening_an_old_file_changes_nothing(kept: Path) -> None:
    before = kept.read_bytes()
    register = FileStore(kept, migrations=[*MIGRATIONS, call_it_anew]).load()
    assert [m.text for m in register.milestones.values()] == [
        "Reorganisasi (v2)"
    ]
    assert kept.read_bytes() == before


def test_the_first_change_of_an_old_file_keeps_the_old_one_and_migrates(
    kept: Path,
) -> None:
    before = kept.read_bytes()
    store = FileStore(
        kept, migrations=[*MIGRATIONS, call_it_anew], clock=lambda: NOW
    )
    store.commit(add_milestone)
    assert [
        b.path.read_bytes() for b in list_backups(kept) if b.why == MIGRATION
    ] == [before]
    again = FileStore(kept, migrations=[*MIGRATIONS, call_it_anew]).load()
    assert [m.text for m in again.milestones.values()] == [
        "Reorganisasi (v2)",
        "Pindah versi",
    ]
    store.commit(add_milestone)
    assert len([b for b in list_backups(kept) if b.why == MIGRATION]) == 1


def set_schema(path: Path, **meta: Any) -> None:
    with TinyDB(path) as db:
        db.table("meta").update(meta, doc_ids=[1])


def test_a_newer_file_is_opened_for_reading_only(kept: Path) -> None:
    set_schema(kept, schema=SCHEMA + 1)
    before = kept.read_bytes()
    store = FileStore(kept)
    assert store.load().only_city.name == "Bandung"
    assert any("newer version" in str(warning) for warning in store.warnings())
    with pytest.raises(Unreadable, match="newer version") as refusal:
        store.commit(add_milestone)
    assert refusal.value.exit_code == 4
    assert kept.read_bytes() == before


def test_a_newer_file_that_cannot_be_read_says_so(kept: Path) -> None:
    set_schema(kept, schema=SCHEMA + 1)
    with TinyDB(kept) as db:
        db.table("moves").update({"mood": "good"})
    with pytest.raises(Unreadable, match="newer version"):
        FileStore(kept).load()
