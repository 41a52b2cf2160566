"""What the database itself refuses, whatever program a role uses."""

import json
import time
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from tests.server.harness import TestServer, put_register
from tests.tracker.store.world import Advance, Rename, Settle, context
from tracker.actions.members import RemoveMember, SetMember
from tracker.actions.perform import perform, plan
from tracker.actions.undo import Undo
from tracker.errors import Rejected, Unreadable
from tracker.merge.action import MergeCopies, OtherCopy
from tracker.model import Role
from tracker.persistence import Commit, Store
from tracker.register import Register
from tracker.store.memory import MemoryStore
from tracker.store.opening import open_store

psycopg = pytest.importorskip("psycopg")


@pytest.fixture
def store(server: TestServer) -> Store:
    """Two OPDs; Sari is a coordinator, Budi of the first OPD, Tono a reader."""
    put_register(server)
    store = open_store(server.address())
    for action in (
        Settle(2, "dinkes"),
        Settle(2, "dishub"),
        SetMember("Sari", Role.COORDINATOR),
        SetMember("Budi", Role.OPD, "dinkes"),
        SetMember("Tono", Role.READER),
    ):
        perform(store, action, context("Sari"))
    from tracker.store.postgres.administration import grant_access

    for name in ("Sari", "Budi", "Tono"):
        role = f"{name.lower()}_{server.database}"
        grant_access(server.address(), store.load(), role, name)
    return store


def send(
    server: TestServer,
    role: str,
    facts: Mapping[str, Mapping[str, Any]],
    **entry: Any,
) -> None:
    """Write as a program of one's own would: past every check but the database's.

    The log entry tells the truth unless ``entry`` says otherwise.
    """
    register = open_store(server.address()).load()
    number = register.next_number
    told: dict[str, dict[str, Any]] = {}
    rows: list[Any] = []
    for kind, changed in facts.items():
        for key, document in changed.items():
            number = max(number, int(key[-7:]) + 1)
            rows.append([kind, int(key[-7:]), document])
            before = register.table(kind).get(key)
            told.setdefault(kind, {})[key] = (
                None if before is None else document_of(before)
            )
    written = {
        "id": register.key(number),
        "recorded_at": "2026-11-20T03:00:00Z",
        "by": role.capitalize(),
        "action": "forged",
        "changes": told,
        **entry,
    }
    rows.append(["log", number, written])
    with psycopg.connect(
        server.url(f"{role}_{server.database}"), autocommit=True
    ) as link:
        (version,) = link.execute(
            "select version from opd_tracker.register"
        ).fetchone()
        (kept, *_) = link.execute(
            "select * from opd_tracker.keep(%s, %s, %s, %s, %s, '[]')",
            (register.prefix, version, 2, number + 1, json.dumps(rows)),
        ).fetchone()
        assert kept


def document_of(fact: Any) -> Any:
    return json.loads(msgspec.json.encode(fact))


def move_of(register: Register, code: str, **fields: Any) -> dict[str, Any]:
    key = register.key(register.next_number)
    document = {
        "id": key,
        "recorded_at": "2026-11-20T03:00:00Z",
        "by": "Budi",
        "service": register.service_codes[code].id,
        "on": "2026-11-20",
        "stage": "online",
        **fields,
    }
    return {"moves": {key: document}}


def refused_code(
    server: TestServer,
    role: str,
    facts: Mapping[str, Mapping[str, Any]],
    **entry: Any,
) -> str:
    """Return the code with which the database refuses what is sent."""
    with pytest.raises(psycopg.Error) as caught:
        send(server, role, facts, **entry)
    return str(caught.value.sqlstate)


def test_a_member_of_an_opd_moves_its_services_alone(
    server: TestServer, store: Store
) -> None:
    register = store.load()
    own, other = (move_of(register, code) for code in ("dinkes-0", "dishub-0"))
    assert refused_code(server, "budi", other) == "OT003"
    send(server, "budi", own)
    assert len(store.load().moves) == 1


def test_nobody_signs_with_anothers_name(
    server: TestServer, store: Store
) -> None:
    moved = move_of(store.load(), "dinkes-0")
    by_sari = move_of(store.load(), "dinkes-0", by="Sari")
    for role in ("budi", "sari"):
        code = refused_code(server, role, moved, by="Rina")
        assert code == "OT002"
    assert refused_code(server, "budi", by_sari) == "OT002"
    assert not store.load().moves


def test_what_has_no_signature_or_no_key_is_refused(
    server: TestServer, store: Store
) -> None:
    moved = move_of(store.load(), "dinkes-0")
    (key,) = moved["moves"]
    for field, code in (("by", "OT002"), ("id", "OT005")):
        without = {k: v for k, v in moved["moves"][key].items() if k != field}
        facts = {"moves": {key: without}}
        assert refused_code(server, "budi", facts) == code
    for role in ("budi", "sari"):
        assert refused_code(server, role, moved, by=None) == "OT002"
        assert refused_code(server, role, {"moves": {key: {}}}) == "OT005"


@pytest.mark.parametrize("role", ["budi", "sari"])
def test_only_a_coordinator_merges(
    server: TestServer, store: Store, role: str
) -> None:
    name = role.capitalize()
    copy = MemoryStore(store.load())
    perform(copy, Rename("dinkes-0", "Nama baru"), context(name))
    action = MergeCopies((OtherCopy("salinan.json", copy.load()),))
    own = open_store(server.address(f"{role}_{server.database}"))
    before = store.load()
    if role == "sari":
        perform(own, action, context(name))
        assert own.load().service_codes["dinkes-0"].name == "Nama baru"
        return

    with pytest.raises(Rejected, match="only a coordinator merges"):
        perform(own, action, context(name))
    assert open_store(server.address()).load() == before


def test_a_number_beyond_what_programs_read_is_refused(
    server: TestServer, store: Store
) -> None:
    entry = {"id": f"abcde-{10**12}", "by": "Budi"}
    facts = json.dumps([["log", 10**12, entry]])
    (stands,) = server.run("select version from opd_tracker.register")
    with (
        psycopg.connect(server.url(f"budi_{server.database}")) as link,
        pytest.raises(psycopg.Error) as caught,
    ):
        link.execute(
            "select opd_tracker.keep('abcde', %s, 2, %s, %s, '[]')",
            (*stands, 10**12 + 1, facts),
        )
    assert caught.value.sqlstate == "OT005"
    assert open_store(server.address()).load() == store.load()


def test_a_member_of_an_opd_verifies_nothing(
    server: TestServer, store: Store
) -> None:
    moved = move_of(store.load(), "dinkes-0", verified_on="2026-11-20")
    assert refused_code(server, "budi", moved) == "OT004"
    send(server, "sari", moved)
    assert len(store.load().moves) == 1


def test_a_member_of_an_opd_changes_nothing_else(
    server: TestServer, store: Store
) -> None:
    register = store.load()
    service = document_of(register.service_codes["dinkes-0"])
    dishub = register.opd_codes["dishub"].id
    (budi,) = (m for m in register.members.values() if m.name == "Budi")
    for facts in (
        {"services": {service["id"]: {**service, "opd": dishub}}},
        {"members": {budi.id: {**document_of(budi), "role": "coordinator"}}},
        {"opds": {dishub: None}},
        {"city": {register.only_city.id: None}},
    ):
        assert refused_code(server, "budi", facts) == "OT003"


def test_a_reader_and_a_stranger_change_nothing(
    server: TestServer, store: Store
) -> None:
    moved = move_of(store.load(), "dinkes-0", by="Tono")
    assert refused_code(server, "tono", moved) == "OT001"
    perform(store, RemoveMember("Budi"), context("Sari"))
    own = move_of(store.load(), "dinkes-0")
    assert refused_code(server, "budi", own) == "OT001"
    perform(store, SetMember("Tono", Role.COORDINATOR), context("Sari"))
    send(server, "tono", move_of(store.load(), "dinkes-0", by="Tono"))


def test_the_log_is_never_altered(server: TestServer, store: Store) -> None:
    register = store.load()
    first = min(register.log)
    altered = {**document_of(register.log[first]), "by": "Tono"}
    for document in (altered, None):
        facts = {"log": {first: document}}
        for role in ("budi", "sari"):
            code = refused_code(server, role, facts)
            assert code == "OT005"


def test_the_log_says_what_stood_there_before(
    server: TestServer, store: Store
) -> None:
    service = document_of(store.load().service_codes["dinkes-0"])
    facts = {"services": {service["id"]: {**service, "name": "Lain"}}}
    lies = {"services": {service["id"]: {**service, "name": "Dulu"}}}
    for told in (lies, {}):
        code = refused_code(server, "budi", facts, changes=told)
        assert code == "OT005"
    send(server, "budi", facts)


def test_the_log_tells_of_nothing_that_an_action_left_alone(
    server: TestServer, store: Store
) -> None:
    send(server, "budi", move_of(store.load(), "dinkes-0"))
    register = store.load()
    (move,) = register.moves.values()
    service = document_of(register.service_codes["dinkes-0"])
    verified = {**document_of(move), "verified_on": "2026-11-20", "by": "Sari"}
    # An undo of this entry would verify the move, signed by somebody else.
    told = {"services": {service["id"]: service}, "moves": {move.id: verified}}
    renamed = {"services": {service["id"]: {**service, "name": "Lain"}}}
    assert refused_code(server, "budi", renamed, changes=told) == "OT005"
    assert store.load() is register


def test_only_ones_own_actions_are_undone_and_only_to_what_stood_there(
    server: TestServer, store: Store
) -> None:
    service = document_of(store.load().service_codes["dinkes-0"])
    renamed = {"services": {service["id"]: {**service, "name": "Lain"}}}
    send(server, "budi", renamed)
    of_budi = max(store.load().log)
    back = {"services": {service["id"]: service}}
    wrong = {"services": {service["id"]: {**service, "name": "Lagi"}}}

    assert refused_code(server, "sari", back, undoes=of_budi) == "OT006"
    assert refused_code(server, "budi", wrong, undoes=of_budi) == "OT006"
    send(server, "budi", back, undoes=of_budi)
    assert store.load().service_codes["dinkes-0"].name == service["name"]


def test_nobody_writes_past_the_function(
    server: TestServer, store: Store
) -> None:
    for statement in (
        "update opd_tracker.register set version = 0",
        "insert into opd_tracker.fact values ('abcde', 'moves', 1, 1)",
        "delete from opd_tracker.fact",
        "insert into opd_tracker.access values ('abcde', 'x', null)",
        "select opd_tracker.read_access('abcde')",
        "truncate opd_tracker.page",
    ):
        with psycopg.connect(server.url(f"sari_{server.database}")) as link:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                link.execute(statement)
            link.rollback()


def test_who_only_reads_holds_up_nobody(
    server: TestServer, store: Store
) -> None:
    (stands,) = server.run("select version from opd_tracker.register")
    attempts = {
        "select opd_tracker.wait_for_turn('abcde')": "OT001",
        f"select opd_tracker.keep('abcde', {stands[0]}, 2, 99, '[]', '[]')": "OT001",
        "select opd_tracker.keep('abcde', 0, 2, 99, '[]', '[]')": "OT001",
        "select from opd_tracker.register for update": "42501",
        "select from opd_tracker.register for key share": "42501",
        "lock table opd_tracker.register in row exclusive mode": "42501",
    }
    perform(store, RemoveMember("Budi"), context("Sari"))
    for name in ("tono", "budi"):
        with psycopg.connect(server.url(f"{name}_{server.database}")) as link:
            for statement, code in attempts.items():
                with (
                    pytest.raises(psycopg.Error) as caught,
                    link.transaction(),
                ):
                    link.execute(statement.encode())
                assert caught.value.sqlstate == code, statement
            # What was refused above is over, but for a look at the tables.
            link.execute("savepoint s; select count(*) from opd_tracker.fact")
            link.execute("select from opd_tracker.register")
            began = time.monotonic()
            perform(store, Rename("dinkes-0", name), context("Sari"))
            assert time.monotonic() - began < 4


def test_a_name_that_the_server_would_cut_short_is_no_role(
    server: TestServer, store: Store
) -> None:
    from tracker.store.postgres.administration import grant_access, list_access

    before = list_access(server.address(), "abcde")
    for long in ("a" * 64, "é" * 32):
        with pytest.raises(Rejected, match="63 bytes"):
            grant_access(server.address(), store.load(), long, "Sari")
        assert not server.run(
            f"select from pg_roles where rolname = '{long}'::name"
        )
    assert list_access(server.address(), "abcde") == before

    longest = f"{server.database}_é"
    longest += "x" * (63 - len(longest.encode()))
    grant_access(server.address(), store.load(), longest, "Sari")
    assert open_store(server.address(longest)).load() == store.load()


def test_a_role_sees_the_registers_that_it_was_granted(
    server: TestServer, store: Store
) -> None:
    from tracker.store.new_register import create_register

    other = create_register(
        by="Rina",
        now=context().now,
        prefix="zzzzz",
        name="Cimahi",
        portal="Satu",
    )
    put_register(server, other)
    with psycopg.connect(server.url(f"sari_{server.database}")) as link:
        for table, column in (("register", "prefix"), ("fact", "register")):
            found = link.execute(
                f"select distinct {column} from opd_tracker.{table}"
            ).fetchall()
            assert found == [("abcde",)]
    seen = open_store(server.address(f"sari_{server.database}")).load()
    assert seen.only_city.name == "Bandung"


def test_a_member_works_as_ever_and_is_told_why_not(
    server: TestServer, store: Store
) -> None:
    own = open_store(server.address(f"budi_{server.database}"))
    assert own.member == "Budi"
    perform(own, Advance("dinkes-0"), context("Budi"))
    perform(own, Undo(), context("Budi"))
    assert not store.load().moves
    with pytest.raises(Rejected, match="sign"):
        perform(own, Advance("dinkes-0"), context("Sari"))

    def forge(register: Register) -> Commit:
        return plan(register, Settle(1, "lain"), context("Sari"), None)

    with pytest.raises(Rejected):
        own.commit(forge)


def test_a_role_without_access_finds_no_register(
    server: TestServer, store: Store
) -> None:
    from tracker.store.postgres.administration import revoke_access

    role = f"tono_{server.database}"
    revoke_access(server.address(), "abcde", role)
    with pytest.raises(Unreadable, match="grant"):
        open_store(server.address(role)).load()
