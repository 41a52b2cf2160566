"""What a merge promises, on random copies: the same facts in any direction and order, all rules kept."""

from functools import partial
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.tracker.actions.test_any_order import (
    CORRECTIONS,
    DRAWN,
    PEOPLE,
    WORDS,
    a_full_city,
)
from tests.tracker.actions.world import TODAY
from tests.tracker.merge.world import (
    MERGER,
    Apart,
    Unanswered,
    answer_by_value,
    contents_of,
    facts_of,
    is_same,
    merge,
    take_later,
)
from tracker.actions.applications import AddApplication
from tracker.actions.city import ChangeCity
from tracker.actions.draft import Action
from tracker.actions.members import RemoveMember, SetMember
from tracker.actions.moves import CorrectFact, MoveServices, WithdrawFact
from tracker.actions.opds import AddOPD, EditOPD, ReportOPDs, RetireOPD
from tracker.actions.services import AddService, EditService, RetireServices
from tracker.actions.targets_obstacles import SetTargets
from tracker.actions.undo import Redo, Undo, undo_stacks
from tracker.changes import FactKey, documents_before
from tracker.errors import Rejected
from tracker.merge.conflicts import Answer, Conflict, Decide, Kinship
from tracker.model import TABLES
from tracker.register import Register
from tracker.rules import check_register

START = a_full_city(with_member=False)
MEMBERS: set[type[Action]] = {SetMember, RemoveMember}
ANY = st.one_of(
    *(drawn for kind, drawn in DRAWN.items() if kind not in MEMBERS)
)
DEEDS = st.lists(
    st.tuples(ANY | st.just(Undo()), PEOPLE), min_size=1, max_size=6
)
LIMITS = settings(max_examples=examples(6, 120))
Deeds = list[tuple[Action, str]]
MOVE = next(iter(START.moves))


def owned(owner: str) -> tuple[Action, str]:
    return EditService("izin", {"owner": owner}), "budi"


def added(opd: str) -> tuple[Action, str]:
    return AddService(opd, "Baru", TODAY, "baru"), "rani"


WITHDRAWN: tuple[Action, str] = (WithdrawFact(MOVE, "salah"), "rani")
CORRECTED: tuple[Action, str] = (CorrectFact(MOVE, {"note": "dua"}), "budi")
QUARRELSOME = st.one_of(
    st.builds(
        EditService,
        st.sampled_from(["izin", "kir"]),
        st.fixed_dictionaries({"owner": WORDS})
        | st.fixed_dictionaries({"name": st.sampled_from(["A", "B", "C"])}),
    ),
    st.builds(CorrectFact, st.just(MOVE), CORRECTIONS),
    st.builds(WithdrawFact, st.just(MOVE), st.just("salah")),
    *(
        DRAWN[kind]
        for kind in (
            EditOPD,
            ChangeCity,
            ReportOPDs,
            AddOPD,
            AddService,
            AddApplication,
            SetTargets,
            RetireServices,
            MoveServices,
            RetireOPD,
        )
    ),
    st.just(Undo()),
)
"""Deeds on few facts, so that what is done in two copies often contradicts."""
QUARRELS = st.lists(st.tuples(QUARRELSOME, PEOPLE), min_size=1, max_size=4)
KINSHIPS = st.sampled_from(Kinship)


def apart(number: int, deeds: Deeds) -> Register:
    """Return a copy in which people did what they could of ``deeds``."""
    return Apart(START, number).try_all(deeds)


def touched(register: Register) -> set[FactKey]:
    """Return the facts of the beginning that were changed since."""
    return {
        fact
        for key in register.log.keys() - START.log.keys()
        for fact in documents_before(register.log[key])
        if fact[1] in START.table(fact[0])
    }


def merged_or_none(
    here: Register, there: Register, decide: Decide = take_later
) -> Register | None:
    try:
        return merge(here, there, decide=decide)
    except Rejected:
        return None


@LIMITS
@given(DEEDS, DEEDS, KINSHIPS)
def test_both_directions_give_the_same_facts(
    one: Deeds, other: Deeds, kinship: Kinship
) -> None:
    a, b = apart(1, one), apart(2, other)
    decide = partial(take_later, kinship=kinship)
    ab, ba = merged_or_none(a, b, decide), merged_or_none(b, a, decide)
    assert (ab is None) == (ba is None)
    if ab is not None and ba is not None:
        assert facts_of(ab) == facts_of(ba)


@LIMITS
@given(DEEDS, DEEDS, KINSHIPS)
def test_merging_again_changes_nothing(
    one: Deeds, other: Deeds, kinship: Kinship
) -> None:
    a, b = apart(1, one), apart(2, other)
    ab = merged_or_none(a, b, partial(take_later, kinship=kinship))
    assume(ab is not None)
    assert ab is not None
    assert is_same(merge(ab, b), ab)
    assert is_same(merge(ab, a), ab)
    back = merge(b, ab, decide=partial(take_later, kinship=kinship))
    assert facts_of(back) == facts_of(ab)
    assert is_same(merge(back, ab), back)
    assert facts_of(merge(ab, back)) == facts_of(ab)


@LIMITS
@given(DEEDS, DEEDS, DEEDS)
def test_the_order_of_merges_makes_no_difference(
    one: Deeds, other: Deeds, third: Deeds
) -> None:
    a, b, c = apart(1, one), apart(2, other), apart(3, third)
    conflicts: list[Conflict] = []

    def note(conflict: Conflict) -> Answer:
        conflicts.append(conflict)
        return take_later(conflict)

    try:
        left = merge(merge(a, b, decide=note), c, decide=note)
        right = merge(a, merge(b, c, decide=note), decide=note)
        together = merge(c, b, a, decide=note)
    except Rejected:
        assume(False)
    assume(not conflicts)
    assert facts_of(left) == facts_of(right) == facts_of(together)


def in_every_order(registers: list[Register], decide: Decide) -> list[Any]:
    """Return the facts of three copies, merged one after another, by twos, and at once."""
    a, b, c = registers
    together = [
        merge(merge(a, b, decide=decide), c, decide=decide),
        merge(a, merge(b, c, decide=decide), decide=decide),
        merge(merge(a, c, decide=decide), b, decide=decide),
        merge(c, b, a, decide=decide),
    ]
    return [facts_of(one) for one in together]


@LIMITS
@given(QUARRELS, QUARRELS, QUARRELS, KINSHIPS, st.booleans())
@example([owned("a")], [owned("b")], [owned("c")], Kinship.ONE, True)
@example([owned("c")], [WITHDRAWN], [CORRECTED], Kinship.TWO, True)
@example([CORRECTED], [WITHDRAWN], [owned("c")], Kinship.TWO, False)
@example([added("dinkes")], [added("dishub")], [added("arsip")], Kinship.TWO, True)  # fmt: skip
def test_nor_does_it_where_contradictions_are_answered_by_one_rule(
    one: Deeds, other: Deeds, third: Deeds, kinship: Kinship, keeps: bool
) -> None:
    registers = [apart(1, one), apart(2, other), apart(3, third)]
    decide = partial(answer_by_value, kinship=kinship, keeps=keeps)
    try:
        first, *rest = in_every_order(registers, decide)
    except (Rejected, Unanswered):
        assume(False)
    assert all(facts == first for facts in rest)


@LIMITS
@given(QUARRELS, QUARRELS, QUARRELS, KINSHIPS)
def test_three_copies_that_contradict_each_other_keep_every_rule(
    one: Deeds, other: Deeds, third: Deeds, kinship: Kinship
) -> None:
    a, b, c = apart(1, one), apart(2, other), apart(3, third)
    decide = partial(take_later, kinship=kinship)
    ab = merged_or_none(a, b, decide)
    assume(ab is not None)
    assert ab is not None
    abc = merged_or_none(ab, c, decide)
    assume(abc is not None)
    assert abc is not None
    assert check_register(abc, TODAY) == []
    for copy in (a, b, c, ab):
        assert is_same(merge(abc, copy), abc)


@LIMITS
@given(DEEDS, DEEDS, KINSHIPS)
def test_every_rule_holds_afterwards(
    one: Deeds, other: Deeds, kinship: Kinship
) -> None:
    decide = partial(take_later, kinship=kinship)
    ab = merged_or_none(apart(1, one), apart(2, other), decide)
    assume(ab is not None)
    assert ab is not None
    assert check_register(ab, TODAY) == []
    keys = [key for table in TABLES for key in ab.table(table)]
    assert len(set(keys)) == len(keys)
    assert max(keys) < ab.key(ab.next_number)


@LIMITS
@given(DEEDS, DEEDS, KINSHIPS)
def test_a_merge_is_taken_back_as_one_and_done_again(
    one: Deeds, other: Deeds, kinship: Kinship
) -> None:
    a, b = apart(1, one), apart(2, other)
    decide = partial(take_later, kinship=kinship)
    ab = merged_or_none(a, b, decide)
    assume(ab is not None)
    assert ab is not None
    assume(ab.log != a.log)
    city = Apart(ab, 5)
    city._minutes = 400
    city.do(Undo(), MERGER)
    assert facts_of(city.register) == facts_of(a)
    again = merge(city.register, b, minutes=500, decide=decide)
    assert facts_of(again) == facts_of(ab)

    city.do(Redo(), MERGER)
    assert facts_of(city.register) == facts_of(ab)


@LIMITS
@given(DEEDS, DEEDS, KINSHIPS)
def test_an_author_can_still_take_back_what_they_did_in_a_copy(
    one: Deeds, other: Deeds, kinship: Kinship
) -> None:
    """What nobody else touched is taken back after the merge as it would have been before."""
    a = Apart(START, 1).try_all([(action, "budi") for action, _ in one])
    copy = Apart(START, 2)
    b = copy.try_all([(action, "rani") for action, _ in other])
    assume(undo_stacks(b, "rani")[0] and not touched(a) & touched(b))
    conflicts: list[Conflict] = []

    def note(conflict: Conflict) -> Answer:
        conflicts.append(conflict)
        return take_later(conflict)

    try:
        ab = merge(a, b, decide=note)
        copy.do(Undo(), "rani")
        city = Apart(ab, 5)
        city._minutes = 400
        city.do(Undo(), "rani")
        expected = merge(a, copy.register, decide=note)
    except Rejected:
        assume(False)
    assume(not conflicts)
    # What an undo puts back after the merge stands beside the same entry of another.
    put_back = {*contents_of(copy.register)} - {*contents_of(b)}
    assume(not put_back & {*contents_of(a)})
    assert contents_of(city.register) == contents_of(expected)
