"""What a merge costs, counted in calls: many copies and a long history stay cheap."""

from datetime import timedelta
from pathlib import Path

from tests.calls import Calls, count_calls, counting_calls
from tests.tracker.actions.test_any_order import a_full_city
from tests.tracker.actions.world import NOW, TODAY
from tests.tracker.merge.world import MERGER, Apart, merge
from tracker.actions.draft import Context
from tracker.actions.opds import ReportOPDs
from tracker.actions.perform import perform
from tracker.actions.services import AddService
from tracker.merge.planning import plan_merge, read_copy
from tracker.register import Register
from tracker.store.file import FileStore
from tracker.week import Week

START = a_full_city(with_member=False)
OPDS = ("dinkes", "dishub")
CONTEXT = Context(MERGER, NOW + timedelta(minutes=300), TODAY)


def reported(weeks: int) -> Register:
    """Return the city with so many weeks for which two OPDs have reported."""
    city = Apart(START, 1)
    for back in range(1, weeks + 1):
        city.do(ReportOPDs(OPDS, Week.of(TODAY).plus(-back)))
    return city.register


def copies_of(start: Register, count: int) -> list[Register]:
    """Return copies in each of which an office did three things."""
    copies = []
    for number in range(2, 2 + count):
        copy = Apart(start, number)
        copy._minutes = 100
        by = f"kantor {number}"
        for title in ("Satu", "Dua"):
            copy.do(AddService("dinkes", f"{title} {number}", TODAY), by)
        copy.do(ReportOPDs(("arsip",), Week.of(TODAY).plus(-number)), by)
        copies.append(copy.register)
    return copies


def calls_of_merge(start: Register, count: int) -> Calls:
    copies = copies_of(start, count)
    return count_calls(lambda: merge(start, *copies))


def test_a_long_history_makes_no_copy_dearer() -> None:
    short, long = (calls_of_merge(reported(weeks), 5) for weeks in (4, 40))
    for name in ("Week.parse", "documents_before", "make_document"):
        assert 0 < long[name] == short[name], name


def test_the_rules_are_checked_once_for_each_copy_and_once_for_all() -> None:
    assert calls_of_merge(START, 12)["check_changes"] == 12 + 1


def test_what_was_planned_is_entered_without_merging_again(
    tmp_path: Path,
) -> None:
    store = FileStore.create(tmp_path / "register.json", START)
    paths = [
        FileStore.create(tmp_path / f"{number}.json", register).path
        for number, register in enumerate(copies_of(START, 3))
    ]
    copies = [read_copy(path, store.path) for path in paths]
    with counting_calls() as planning:
        plan = plan_merge(store.load(), copies, (), CONTEXT, {})
    entering = count_calls(lambda: perform(store, plan.action, CONTEXT))
    assert (planning["merge_copy"], entering["merge_copy"]) == (3, 0)
    assert store.load().services == plan.after.services
    assert len(plan.after.services) == len(START.services) + 6
