"""Whatever came after a publication is looked at: the quick look finds what measuring everything finds."""

from datetime import timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.tracker.actions.test_any_order import (
    DRAWN,
    OPDS,
    SERVICES,
    a_full_city,
)
from tests.tracker.actions.world import NOW, TODAY
from tests.tracker.merge.world import Apart, merge
from tracker.actions.city import ChangeCity
from tracker.actions.draft import Action, Context
from tracker.actions.members import RemoveMember, SetMember
from tracker.actions.opds import EditOPD
from tracker.actions.perform import perform
from tracker.actions.services import EditService
from tracker.actions.undo import Undo
from tracker.errors import Rejected
from tracker.exchange.exporting import export
from tracker.exchange.importing import plan_import
from tracker.exchange.loading import make_nameless
from tracker.exchange.options import ImportOptions
from tracker.language import load_language
from tracker.register import Register
from tracker.snapshot import take
from tracker.snapshot.published import ReadPage, find_changes
from tracker.snapshot.revised_weeks import find_revised
from tracker.snapshot.stored import find_revisions
from tracker.store.memory import MemoryStore
from tracker.week import Week

ID = load_language("id")
START = a_full_city(with_member=False)
WEEKS = [Week.of(TODAY).plus(-ago) for ago in (1, 2, 13)]
MEMBERS: set[type[Action]] = {SetMember, RemoveMember}
DEEDS = st.lists(
    st.one_of(
        st.just(Undo()),
        st.builds(
            EditOPD,
            OPDS,
            st.sampled_from([{"code": "kesehatan"}, {"kind": "badan"}]),
        ),
        st.builds(
            EditService,
            SERVICES,
            st.sampled_from(
                [{"volume": 7}, {"tags": ("wajib",)}, {"family": "izin"}]
            ),
        ),
        st.builds(
            ChangeCity,
            st.sampled_from([{"stalled_after": 1}, {"goal": TODAY}]),
        ),
        *(drawn for kind, drawn in DRAWN.items() if kind not in MEMBERS),
    ),
    min_size=1,
    max_size=4,
)
LIMITS = settings(
    max_examples=examples(12, 200),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
BEFORE, AFTER = -600, 600
"""Minutes from the publication at which a clock may stand."""


class Copy(Apart):
    """A copy of the register on which people act by a clock of its own."""

    def at(self, minutes: int) -> "Copy":
        """Set the clock to so many minutes from the publication's."""
        self._minutes = 100 + minutes
        return self

    def act(self, actions: list[Action]) -> Register:
        """Carry out those actions that are not refused."""
        return self.try_all([(action, "rani") for action in actions])

    def publish(self) -> "Copy":
        """Publish some weeks with their pages."""
        for week in WEEKS:
            take(self.store, week, self.context(), ID)
        return self


@cache
def published() -> Copy:
    """Return a city of which some weeks were published."""
    return Copy(START, 1).at(0).publish()


def copy_of_published() -> Copy:
    return Copy(published().register, 1)


def measured(register: Register, read_page: ReadPage) -> set[Week]:
    """Return the revised weeks, every one measured."""
    by_counts = {one.week for one in find_revisions(register, TODAY)}
    return by_counts | {
        Week.parse(snapshot.week)
        for snapshot in register.snapshots.values()
        if find_changes(register, snapshot, read_page, TODAY)
    }


@LIMITS
@given(DEEDS, st.sampled_from([BEFORE, AFTER]))
def test_whatever_the_clock_says(actions: list[Action], clock: int) -> None:
    register = copy_of_published().at(clock).act(actions)
    read_page = published().store.page
    found = find_revised(register, read_page, TODAY)
    assert found == measured(register, read_page)


@LIMITS
@given(DEEDS, DEEDS, st.booleans())
def test_whatever_a_merge_brought_in(
    one: list[Action], other: list[Action], is_ours: bool
) -> None:
    """One copy publishes; what the other recorded before and after then comes to it, or takes it in."""
    here = Copy(START, 1)
    here.at(BEFORE).act(one)
    here.at(0).publish()
    there = Copy(START, 2)
    there.at(BEFORE).act(other[:2])
    there.at(AFTER).act(other[2:])
    copies = (here, there) if is_ours else (there, here)
    ours, theirs = [copy.register for copy in copies]
    try:
        register = merge(ours, theirs, minutes=900)
    except Rejected:
        return
    found = find_revised(register, here.store.page, TODAY)
    assert found == measured(register, here.store.page)


@LIMITS
@given(DEEDS, DEEDS)
def test_whatever_an_import_brought(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[Action],
    after: list[Action],
) -> None:
    path = tmp_path_factory.mktemp("export") / "kota.json"
    there = copy_of_published()
    export(there.at(AFTER).act(before), path, read_page=published().store.page)
    here = MemoryStore(make_nameless(there.register.only_city.name))
    context = Context("rani", NOW + timedelta(days=1), TODAY)
    planned = plan_import(here.load(), [path], ImportOptions(), context)
    assert planned.is_ready
    perform(here, planned.action, context)

    city = Copy(here.load(), 1).at(BEFORE)
    register = city.act(after)
    found = find_revised(register, here.page, TODAY)
    assert found == measured(register, here.page)


def test_another_code_of_an_opd_is_no_other_figure() -> None:
    """Whether something else touches the week or not, the figures are compared under one code."""
    city = copy_of_published().at(AFTER)
    read_page = published().store.page
    city.do(EditOPD("dinkes", {"code": "kesehatan"}))
    assert find_revised(city.register, read_page, TODAY) == frozenset()
    city.do(EditService("izin", {"volume": 7}))
    register = city.register
    assert find_revised(register, read_page, TODAY) == {*WEEKS}
    for snapshot in register.snapshots.values():
        changes = find_changes(register, snapshot, read_page, TODAY)
        assert changes is not None
        scopes = {change.scope for change in changes}
        assert scopes == {"city", "kesehatan"}
        assert all(change.figure != "services" for change in changes)
