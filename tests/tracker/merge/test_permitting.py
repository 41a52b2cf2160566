"""Who may merge what once a register has members."""

import pytest

from tests.tracker.actions.test_any_order import a_full_city
from tests.tracker.actions.world import NOW, TODAY, City
from tests.tracker.merge.world import Apart
from tracker.actions.draft import Action, Context
from tracker.actions.members import SetMember
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.actions.services import EditService
from tracker.actions.undo import Undo
from tracker.errors import ProblemList, Rejected
from tracker.merge.action import MergeCopies, OtherCopy
from tracker.merge.conflicts import Side
from tracker.merge.planning import MergePlan, plan_merge
from tracker.model import Role, Stage
from tracker.register import Register
from tracker.store.memory import MemoryStore

OWN = EditService("izin", {"owner": "Bu Sri"})
ALSO_OWN = EditService("izin", {"volume": 12})
OTHERS = MoveServices(("kir",), Stage.ONLINE, TODAY)
CONTEXT = Context("budi", NOW.replace(hour=9), TODAY)


def with_members() -> Register:
    """Return the city with a coordinator, and with Budi and Ani of the health office."""
    city = City(a_full_city(with_member=False))
    city.do(SetMember("Sari", Role.COORDINATOR), "Sari")
    city.do(SetMember("Budi", Role.OPD, "dinkes"), "Sari")
    city.do(SetMember("Ani", Role.OPD, "dinkes"), "Sari")
    return city.register


START = with_members()


def merge_of_budi(
    *deeds: tuple[Action, str], opds: tuple[str, ...] = ()
) -> MergePlan:
    copy = Apart(START, 2)
    for action, by in deeds:
        copy.do(action, by)
    copies = [OtherCopy("salinan.json", copy.register)]
    return plan_merge(START, copies, opds, CONTEXT, {})


def refusal(
    *deeds: tuple[Action, str], opds: tuple[str, ...] = ()
) -> list[str]:
    with pytest.raises(Rejected) as caught:
        merge_of_budi(*deeds, opds=opds)
    if isinstance(caught.value, ProblemList):
        return [str(one) for one in caught.value.problems]
    return [str(caught.value)]


def test_a_member_of_an_opd_merges_what_they_did_in_a_copy_and_takes_it_back() -> (
    None
):
    plan = merge_of_budi((OWN, "Budi"), (ALSO_OWN, "budi"))
    store = MemoryStore(START)
    perform(store, plan.action, CONTEXT)
    assert store.load().service_codes["izin"].owner == "Bu Sri"
    perform(store, Undo(), CONTEXT)
    assert store.load().services == START.services


def test_what_others_did_is_refused_and_told_whose_it_is() -> None:
    (said,) = refusal((OWN, "Ani"))
    assert said == (
        "Budi may merge only what Budi has done, and this brings in actions of Ani: "
        "a coordinator merges it."
    )


@pytest.mark.parametrize(
    "other", [(OTHERS, "Sari"), (EditService("kir", {"owner": "x"}), "Sari")]
)
def test_a_merge_of_the_own_opd_is_offered_where_it_would_do(
    other: tuple[Action, str],
) -> None:
    said, advice = refusal((OWN, "Budi"), other)
    assert "actions of Sari" in said
    assert "add --opd dinkes" in advice
    plan = merge_of_budi((OWN, "Budi"), other, opds=("dinkes",))
    assert [entry.by for entry in plan.entries] == ["Budi"]
    perform(MemoryStore(START), plan.action, CONTEXT)


def test_it_is_not_offered_where_it_would_not_do() -> None:
    assert len(refusal((OWN, "Budi"), (ALSO_OWN, "Ani"), (OTHERS, "Sari"))) == 1
    assert len(refusal((OTHERS, "Sari"))) == 1
    assert len(refusal((OWN, "Ani"), opds=("dinkes",))) == 1


def test_it_is_refused_before_anything_is_asked() -> None:
    here, copy = Apart(START, 1), Apart(START, 2)
    here.do(OWN, "Sari")
    copy.do(EditService("izin", {"owner": "Pak Adi"}), "Ani")
    copies = [OtherCopy("salinan.json", copy.register)]
    with pytest.raises(Rejected, match="actions of Ani"):
        plan_merge(here.register, copies, (), CONTEXT, {})


def test_no_plan_is_needed_for_the_refusal() -> None:
    copy = Apart(START, 2)
    copy.do(OWN, "Ani")
    action = MergeCopies(
        (OtherCopy("a", copy.register),), decide=lambda _: Side.HERE
    )
    with pytest.raises(Rejected, match="actions of Ani"):
        perform(MemoryStore(START), action, CONTEXT)
    perform(MemoryStore(START), action, Context("Sari", CONTEXT.now, TODAY))
