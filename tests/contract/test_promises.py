"""What the program relies on, wherever a register is kept."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest
from msgspec import structs

from tests.contract.registers import check_indexes, is_kept_alike, use_indexes
from tests.contract.stores import Open
from tests.tracker.actions.world import NOW, TODAY
from tracker.actions.draft import Action, Context
from tracker.actions.moves import MoveServices, WithdrawFact
from tracker.actions.perform import perform, plan
from tracker.actions.services import AddService, EditService
from tracker.actions.undo import Undo
from tracker.errors import Conflict, Rejected
from tracker.language import load_language
from tracker.model import TABLES, Stage
from tracker.persistence import Commit, Store
from tracker.register import Changes, Register
from tracker.snapshot.taking import TakeSnapshots
from tracker.text import content_digest
from tracker.week import Week

PUBLISH = TakeSnapshots((Week.parse("2026-W46"),), load_language("id"))


def context(by: str = "rani", minutes: int = 1) -> Context:
    return Context(by, NOW + timedelta(minutes=minutes), TODAY)


def add(name: str) -> AddService:
    return AddService("dinkes", name, TODAY)


def move(*codes: str) -> MoveServices:
    return MoveServices(codes, Stage.ONLINE, TODAY, evidence="surat")


def test_a_register_is_the_same_object_until_somebody_changes_it(
    opened: Open,
) -> None:
    store = opened()
    before = store.load()
    assert store.load() is before
    after = perform(store, move("izin"), context()).register
    assert after is not before
    assert store.load() is after
    assert not before.moves


def test_what_is_stored_is_what_everybody_reads(opened: Open) -> None:
    store, another = opened(), opened()
    another.load()
    after = perform(store, move("izin", "kir"), context()).register
    assert is_kept_alike(another.load(), after)
    assert is_kept_alike(opened().load(), after)


def test_what_is_brought_up_to_date_equals_what_is_read_anew(
    opened: Open,
) -> None:
    store, another = opened(), opened()
    first = perform(opened(), move("izin"), context()).register
    actions: list[Action] = [
        add("Layanan baru"),
        move("kir", "dinkes-layanan-baru"),
        EditService("kir", {"code": "uji-kir"}),
        Undo(),
        WithdrawFact(max(first.moves), "salah"),
        Undo(),
        Undo(),
    ]
    for minute, action in enumerate(actions):
        use_indexes(store.load())
        use_indexes(another.load())
        after = perform(store, action, context(minutes=minute)).register
        for register in (after, another.load(), opened().load()):
            assert is_kept_alike(register, after)
            check_indexes(register)


def test_a_decision_is_made_on_what_stands_now(opened: Open) -> None:
    store, another = opened(), opened()
    store.load()
    after = perform(another, move("izin"), context()).register
    seen: list[Register] = []

    def decide(register: Register) -> Commit:
        seen.append(register)
        return Commit({}, None, register.next_number)

    store.commit(decide)
    assert is_kept_alike(seen[-1], after)


def test_a_decision_that_changes_nothing_gives_the_same_object(
    opened: Open,
) -> None:
    store = opened()
    before = store.load()
    decided = Commit({}, None, before.next_number)
    assert store.commit(lambda register: decided) is before
    assert store.load() is before


@pytest.mark.parametrize("failure", [Rejected("Not now."), ValueError()])
def test_of_what_is_refused_nothing_is_kept_and_nobody_is_locked_out(
    opened: Open, failure: Exception
) -> None:
    store = opened()
    before = store.load()

    def decide(register: Register) -> Commit:
        raise failure

    with pytest.raises(type(failure)):
        store.commit(decide)
    assert store.load() is before
    assert is_kept_alike(opened().load(), before)
    perform(store, move("izin"), context())
    perform(opened(), move("kir"), context())
    assert len(store.load().moves) == 2


def test_what_is_stopped_before_it_is_written_is_not_kept(
    opened: Open,
) -> None:
    store = opened()
    before = store.load()

    def refuse() -> None:
        raise Rejected("Not now.")

    with pytest.raises(Rejected, match="Not now"):
        perform(store, move("izin"), context(), ready=refuse)
    assert store.load() is before
    assert is_kept_alike(opened().load(), before)


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(lambda r: f"other-{r.next_number:07d}", id="foreign"),
        pytest.param(lambda r: r.key(r.next_number + 1), id="given again"),
    ],
)
def test_a_key_that_could_come_to_mean_something_else_is_never_stored(
    opened: Open, key: object
) -> None:
    store = opened()
    before = store.load()
    assert callable(key)

    def decide(register: Register) -> Commit:
        service = structs.replace(
            register.service_codes["izin"], id=key(register), code="baru"
        )
        changes: Changes = {"services": {service.id: service}}
        return Commit(changes, None, register.next_number + 1)

    with pytest.raises(ValueError, match=key(before)):
        store.commit(decide)
    assert store.load() is before
    assert is_kept_alike(opened().load(), before)


def test_the_number_of_what_was_taken_out_is_not_given_again(
    opened: Open,
) -> None:
    perform(opened(), add("Satu"), context())
    first = opened().load().service_codes["dinkes-satu"]
    perform(opened(), Undo(), context(minutes=2))
    perform(opened(), add("Dua"), context(minutes=3))
    register = opened().load()
    assert first.id not in register.services
    assert register.service_codes["dinkes-dua"].id > first.id
    keys = [key for name in TABLES for key in register.table(name)]
    assert len(set(keys)) == len(keys)
    assert max(keys) < register.key(register.next_number)


def test_what_an_undo_brings_back_has_its_key_and_its_place_again(
    opened: Open,
) -> None:
    perform(opened(), move("izin"), context())
    before = opened().load()
    (first,) = before.moves
    perform(opened(), move("kir"), context(minutes=2))
    perform(opened(), WithdrawFact(first, "salah"), context(minutes=3))
    assert first not in opened().load().moves
    perform(opened(), Undo(), context(minutes=4))
    assert next(iter(opened().load().moves)) == first
    assert opened().load().moves[first] == before.moves[first]


def test_who_changed_the_same_meanwhile_is_named(opened: Open) -> None:
    store = opened()
    seen = store.load()
    perform(opened(), EditService("izin", {"owner": "Budi"}), context("budi"))
    with pytest.raises(Conflict, match="budi changed this"):
        perform(store, EditService("izin", {"owner": "Rani"}), context(), seen)
    assert store.load().service_codes["izin"].owner == "Budi"
    perform(store, EditService("kir", {"owner": "Rani"}), context(), seen)
    assert opened().load().service_codes["kir"].owner == "Rani"


def test_what_was_done_since_an_entry_is_told_in_order(opened: Open) -> None:
    store = opened()
    start = max(store.load().log, default="")
    actions: list[Action] = [add("Satu"), move("izin"), Undo()]
    for minute, action in enumerate(actions):
        perform(opened(), action, context(minutes=minute))
    log = store.load().log
    told = [entry.action for key, entry in log.items() if key > start]
    assert told == ["service add", "move", "undo"]
    assert list(log) == sorted(log)


def test_a_page_is_kept_with_its_week_and_read_by_everybody(
    opened: Open,
) -> None:
    store, another = opened(), opened()
    perform(store, PUBLISH, context())
    (snapshot,) = another.load().snapshots.values()
    assert {"page", "html"} < snapshot.pages.keys()
    for digest in snapshot.pages.values():
        text = store.page(digest)
        assert text is not None
        assert content_digest(text) == digest
        assert another.page(digest) == opened().page(digest) == text
    for unknown in ("0" * 32, "", "../tracker"):
        assert store.page(unknown) is None


def test_of_a_week_that_is_refused_no_page_is_kept(opened: Open) -> None:
    store = opened()

    def decide(register: Register) -> Commit:
        decided = plan(register, PUBLISH, context())
        # The next key is given out again.
        return structs.replace(decided, next_number=register.next_number)

    with pytest.raises(ValueError, match=store.load().prefix):
        store.commit(decide)
    pages = plan(store.load(), PUBLISH, context()).pages
    assert pages
    for digest in pages:
        assert store.page(digest) is None
        assert opened().page(digest) is None


def test_threads_of_one_program_take_turns(opened: Open) -> None:
    store = opened()

    def add_slowly(number: int) -> None:
        def decide(register: Register) -> Commit:
            decided = plan(register, add(f"Layanan {number}"), context())
            # Another thread would get in here, if it could.
            sleep(0.002)
            return decided

        store.commit(decide)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add_slowly, range(12)))
    names = {one.name for one in store.load().services.values()}
    assert names >= {f"Layanan {number}" for number in range(12)}
    assert is_kept_alike(opened().load(), store.load())


def test_a_reader_is_not_held_up_by_a_writer(opened: Open) -> None:
    store, another = opened(), opened()
    before, theirs = store.load(), another.load()
    is_deciding, may_go_on = threading.Event(), threading.Event()

    def decide(register: Register) -> Commit:
        is_deciding.set()
        assert may_go_on.wait(60)
        return plan(register, move("izin"), context())

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(store.commit, decide)
        try:
            assert is_deciding.wait(60)
            assert store.load() is before
            assert another.load() is theirs
        finally:
            may_go_on.set()
        after = writing.result()
    assert store.load() is after
    assert is_kept_alike(another.load(), after)


def test_a_store_that_is_well_has_nothing_to_warn_of(opened: Open) -> None:
    store = opened()
    assert list(store.warnings()) == []
    perform(store, move("izin"), context())
    assert list(store.warnings()) == []


def test_text_of_any_kind_is_kept_as_it_was_typed(opened: Open) -> None:
    texts = (
        "“satu pintu” 🚪 été",
        "[red]'; DROP TABLE fact; --",
        '{"id": null} \\u0000 \\ %s $1',
        "ꦏꦸꦛ, مدينة, 市",
    )
    for minute, text in enumerate(texts):
        done = perform(
            opened(),
            EditService("izin", {"owner": text}),
            context(minutes=minute),
        )
        kept = done.register.service_codes["izin"]
        assert opened().load().service_codes["izin"] == kept
        assert kept.owner


def open_all(opened: Open) -> list[Store]:
    """Return several programs' stores on one register, each loaded."""
    stores = [opened() for _ in range(3)]
    for store in stores:
        store.load()
    return stores


def test_by_turns_everybody_sees_what_everybody_did(opened: Open) -> None:
    stores = open_all(opened)
    for number in range(9):
        writer = stores[number % 3]
        action = add(f"Layanan {number}")
        after = perform(writer, action, context(minutes=number)).register
        for store in stores:
            assert is_kept_alike(store.load(), after)
