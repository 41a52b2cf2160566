import json
import shutil
from pathlib import Path

import pytest

from tests.tracker.store.world import (
    NOW,
    Advance,
    Drop,
    Rename,
    Settle,
    context,
    new_store,
)
from tracker.actions.perform import perform
from tracker.errors import Unreadable
from tracker.register import Register
from tracker.store.doctor import repair_register
from tracker.store.file import FileStore
from tracker.store.migrations import MIGRATIONS
from tracker.store.salvage import salvage_register
from tracker.store.tables import Tables


@pytest.fixture(scope="module")
def laid_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[Register, Path]:
    """A register with an entry for each of its moves, and the file that it is kept in."""
    path = tmp_path_factory.mktemp("salvage") / "tracker.json"
    store = new_store(path)
    perform(store, Settle(30), context())
    for number in range(30):
        perform(
            store,
            Advance(
                f"disdukcapil-{number}", note='Kata "moves":{"8":{ dan \\ \n'
            ),
            context(),
        )
    perform(store, Rename("disdukcapil-3", "Layanan {lama}"), context())
    return store.load(), path


@pytest.fixture
def register(laid_up: tuple[Register, Path], path: Path) -> Register:
    """The same register, kept in a copy of the file."""
    found, kept = laid_up
    shutil.copy(kept, path)
    return found


def test_a_sound_register_is_salvaged_whole(
    register: Register, path: Path
) -> None:
    assert salvage_register(path).register == register
    assert salvage_register(path).lost == []


def test_a_register_that_another_program_laid_out_is_salvaged_whole(
    register: Register, path: Path
) -> None:
    path.write_text(
        json.dumps(json.loads(path.read_bytes()), indent=4, ensure_ascii=True)
    )
    assert salvage_register(path).register == register


def test_of_a_truncated_file_everything_before_the_cut_is_saved(
    register: Register, path: Path
) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b'\n"moves":{') + 1000])
    found = salvage_register(path)
    assert found.register.services == register.services
    assert found.register.moves.items() <= register.moves.items()
    assert len(found.register.moves) >= 3
    gone = len(register.moves) - len(found.register.moves)
    assert [said.values.get("count", 1) for said in found.lost] == [1, gone - 1]
    assert found.register.next_number == register.next_number


def test_a_broken_stretch_costs_only_what_it_touches(
    register: Register, path: Path
) -> None:
    whole = path.read_bytes()
    at = whole.index(b'\n"services":{') + 1500
    path.write_bytes(whole[:at] + b"\0" * 30 + whole[at + 30 :])
    found = salvage_register(path)
    lost = register.services.keys() - found.register.services.keys()
    assert 0 < len(lost) <= 2
    assert {move.service for move in register.moves.values()} - lost == {
        move.service for move in found.register.moves.values()
    }
    assert len(found.lost) >= 2 * len(lost)


def test_entries_of_which_not_even_the_number_is_left_are_counted(
    register: Register, path: Path
) -> None:
    perform(FileStore(path), Drop(), context())
    whole = path.read_bytes()
    at, end = whole.index(b'"45":{'), whole.index(b'"55":{')
    path.write_bytes(whole[:at] + b" " * (end - at) + whole[end:])
    lost = (
        register.moves.keys()
        - salvage_register(path).register.moves.keys()
        - {max(register.moves)}
    )
    assert salvage_register(path).lost == []
    path.write_bytes(whole[:at] + b"\0" * (end - at) + whole[end:])
    assert [said.values["count"] for said in salvage_register(path).lost] == [
        len(lost)
    ]


@pytest.mark.parametrize(
    "key",
    [
        b"abcde-00000X8",
        b"abcde",
        b"abcde-",
        b"",
        b"abcde-\xc2\xb2",
        b"9" * 5000,
    ],
)
def test_a_key_in_the_log_that_is_none_does_not_hold_it_up(
    register: Register, path: Path, key: bytes
) -> None:
    perform(FileStore(path), Drop(), context())
    last = max(register.moves).encode()
    whole = path.read_bytes()[:-5]
    path.write_bytes(
        whole.replace(b'"moves":{"' + last + b'"', b'"moves":{"' + key + b'"')
    )
    assert salvage_register(path).register.services == register.services


def test_a_deep_entry_among_letters_that_cannot_be_read_is_lost_alone(
    register: Register, path: Path
) -> None:
    whole = path.read_bytes().replace(b"Layanan 7", b"Layanan \xc3")
    for depth in (400, 900, 100_000):
        path.write_bytes(
            whole.replace(
                b'"Layanan 8"', b"[" * depth + b'"\xff"' + b"]" * depth
            )
        )
        assert (
            len(salvage_register(path).register.services)
            == len(register.services) - 1
        )


def test_letters_that_cannot_be_read_are_told(
    register: Register, path: Path
) -> None:
    perform(
        FileStore(path), Rename("disdukcapil-5", "Layanan \ufffd"), context()
    )
    path.write_bytes(path.read_bytes().replace(b"Layanan 7", b"Layanan \xc3"))
    found = salvage_register(path)
    assert ("services", "11") in {
        (said.values["table"], said.values["number"]) for said in found.lost
    }
    assert found.register.services["abcde-0000011"].name == "Layanan \ufffd"


def test_the_opening_and_the_end_may_be_missing(
    register: Register, path: Path
) -> None:
    path.write_bytes(path.read_bytes()[1:-3])
    assert len(salvage_register(path).register.services) == 30
    whole = path.read_bytes()
    path.write_bytes(whole[whole.index(b'\n"opds":') :])
    found = salvage_register(path)
    assert len(found.register.moves) >= 29
    city = found.register.only_city
    assert (city.name, city.recorded_at.timestamp()) == ("?", 0)
    assert any("city" in str(lost) for lost in found.lost)


def test_of_two_entries_of_one_number_the_other_is_told(
    register: Register, path: Path
) -> None:
    tables = json.loads(path.read_bytes())
    number, move = next(iter(tables["moves"].items()))
    tables["moves"][f"0{number}"] = {**move, "note": "lain"}
    path.write_text(json.dumps(tables))
    found = salvage_register(path)
    assert len(found.register.moves) == len(register.moves)
    assert any(f"0{number}" in str(lost) for lost in found.lost)


def test_numbers_used_anywhere_are_not_given_out_again(
    register: Register, path: Path
) -> None:
    tables = json.loads(path.read_bytes())
    del tables["meta"]
    path.write_text(json.dumps(tables))
    assert salvage_register(path).register.next_number == register.next_number


def test_of_garbage_nothing_is_made(path: Path) -> None:
    for data in (b"", b"garbage", b'{"moves": {}}', b"\0" * 1000):
        path.write_bytes(data)
        with pytest.raises(Unreadable):
            salvage_register(path)
    path.unlink()
    with pytest.raises(Unreadable):
        salvage_register(path)


def name_it_anew(tables: Tables) -> None:
    """Pretend that this version called a service's name its title, and kept moves in another table."""
    tables["services"] = {
        number: {
            ("name" if field == "title" else field): value
            for field, value in document.items()
        }
        for number, document in tables["services"].items()
    }
    tables["moves"] = {**tables.get("moves", {}), **tables.get("steps", {})}
    tables.pop("steps", None)


def shout(tables: Tables) -> None:
    tables["opds"] = {
        n: {**d, "name": d["name"].upper()} for n, d in tables["opds"].items()
    }


@pytest.fixture
def old(register: Register, path: Path) -> bytes:
    """The register as the version before had it."""
    text = path.read_text()
    at = text.index('\n"services":')
    services, rest = text[at:].split("\n", 2)[1], text[at:].split("\n", 2)[2]
    old = (
        text[:at] + "\n" + services.replace('"name":', '"title":') + "\n" + rest
    )
    return old.replace('\n"moves":', '\n"steps":').encode()


def test_what_is_salvaged_of_an_older_layout_is_brought_up_to_date(
    register: Register, path: Path, old: bytes
) -> None:
    path.write_bytes(old)
    found = salvage_register(path, [*MIGRATIONS, name_it_anew])
    assert found.lost == []
    assert (found.register.services, found.register.moves) == (
        register.services,
        register.moves,
    )
    at = old.index(b'"steps":{') + 1000
    path.write_bytes(old[:at])
    found = salvage_register(path, [*MIGRATIONS, name_it_anew, shout])
    assert found.register.services == register.services
    assert len(found.register.moves) >= 3
    assert {opd.name for opd in found.register.opds.values()} == {
        "DINAS DISDUKCAPIL"
    }


def test_of_an_older_layout_an_entry_that_no_migration_can_bring_over_costs_only_itself(
    register: Register, path: Path, old: bytes
) -> None:
    path.write_bytes(
        old.replace(
            b'"name":"Dinas disdukcapil"', b'"nama":"Dinas disdukcapil"'
        )
    )
    found = salvage_register(path, [*MIGRATIONS, name_it_anew, shout])
    assert found.register.opds == {}
    assert found.register.log.keys() == register.log.keys()
    [number] = json.loads(old)["opds"]
    told = f"Entry {number} of the table opds"
    assert any(told in str(lost) for lost in found.lost)


def test_without_its_version_the_layout_is_the_one_that_loses_least(
    register: Register, path: Path, old: bytes
) -> None:
    path.write_bytes(old[old.index(b"\n") :])
    assert (
        salvage_register(path, [*MIGRATIONS, name_it_anew]).register.services
        == register.services
    )
    path.write_bytes(
        old.replace(b'"title":', b'"name":').replace(b'"steps":', b'"moves":')
    )
    assert salvage_register(path, [*MIGRATIONS, name_it_anew]).lost == []


def test_doctor_puts_an_older_layout_together_in_the_new_one(
    register: Register, path: Path, old: bytes
) -> None:
    path.write_bytes(old[:-3])
    store = FileStore(path, migrations=[*MIGRATIONS, name_it_anew])
    repair_register(store, by="Budi", now=NOW)
    assert store.load().services == register.services
    assert store.load().moves == register.moves
