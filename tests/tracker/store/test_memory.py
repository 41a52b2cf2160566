"""A register in memory keeps the same promises as one in a file, but for lasting."""

from datetime import UTC, datetime

import pytest

from tests.demonstration import invented_city
from tracker.actions.draft import Context
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.actions.undo import Undo
from tracker.demo import TODAY
from tracker.errors import Rejected
from tracker.history import stage_at
from tracker.model import Stage
from tracker.store.memory import MemoryStore

CONTEXT = Context(
    by="tester", now=datetime(2026, 11, 19, 3, tzinfo=UTC), today=TODAY
)


def test_what_is_done_stands_and_can_be_undone() -> None:
    store = MemoryStore(invented_city())
    before = store.load()
    service = next(
        s
        for s in before.services.values()
        if stage_at(before, s, TODAY) is Stage.CONVENTIONAL
    )
    done = perform(
        store, MoveServices((service.code,), Stage.ONLINE, TODAY), CONTEXT
    )
    assert stage_at(store.load(), service, TODAY) is Stage.ONLINE
    assert done.entry == store.load().log[max(store.load().log)]
    perform(store, Undo(), CONTEXT)
    assert store.load().moves == before.moves


def test_what_is_refused_leaves_nothing() -> None:
    store = MemoryStore(invented_city())
    before = store.load()
    with pytest.raises(Rejected):
        perform(
            store,
            MoveServices(("no-such-service",), Stage.ONLINE, TODAY),
            CONTEXT,
        )
    assert store.load() is before
