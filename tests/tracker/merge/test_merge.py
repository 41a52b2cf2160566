"""What a merge does, case by case."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.tracker.actions.test_any_order import a_full_city
from tests.tracker.actions.world import TODAY, small_city
from tests.tracker.merge.world import (
    MERGER,
    Apart,
    facts_of,
    is_same,
    merge,
    merge_of_opds,
    refuse_conflict,
    take_later,
)
from tracker.actions.applications import AddApplication
from tracker.actions.city import ChangeCity
from tracker.actions.draft import Action
from tracker.actions.members import SetMember
from tracker.actions.moves import CorrectFact, MoveServices, WithdrawFact
from tracker.actions.opds import AddOPD, EditOPD, ReportOPDs, RetireOPD
from tracker.actions.services import AddService, EditService, RetireServices
from tracker.actions.undo import Undo
from tracker.changes import sort_entries
from tracker.errors import Rejected
from tracker.exchange.questions import Answers
from tracker.history import stage_at
from tracker.language import load_language
from tracker.merge.action import OtherCopy
from tracker.merge.conflicts import (
    Answer,
    Conflict,
    ConflictKind,
    Kinship,
    Side,
)
from tracker.merge.planning import plan_merge
from tracker.merge.questions import ask_about
from tracker.merge.telling import describe_plan
from tracker.model import Role, Stage
from tracker.register import Register
from tracker.snapshot import take
from tracker.store.doctor import examine_register
from tracker.store.file import FileStore
from tracker.week import Week

START = a_full_city(with_member=False)
RECENT = TODAY - timedelta(days=3)


@pytest.fixture
def office() -> Apart:
    return Apart(START, 1)


@pytest.fixture
def copy() -> Apart:
    return Apart(START, 2)


def conflicts_of(here: Register, there: Register) -> list[Conflict]:
    found: list[Conflict] = []

    def note(conflict: Conflict) -> Side:
        found.append(conflict)
        return Side.HERE

    merge(here, there, decide=note)
    return found


def stage_of(register: Register, code: str, day: date = TODAY) -> Stage:
    return stage_at(register, register.service_codes[code], day)


def test_what_was_done_in_the_copy_keeps_its_moment_and_author(
    office: Apart, copy: Apart
) -> None:
    office.do(ReportOPDs(("dinkes",), Week.of(TODAY)), "sari")
    done = copy.do(MoveServices(("kir",), Stage.ONLINE, RECENT), "rina").entry
    assert done is not None
    merged = merge(office.register, copy.register, decide=refuse_conflict)
    brought, own = sort_entries(merged.log.values())[-2:]
    assert (brought.by, brought.recorded_at) == ("rina", done.recorded_at)
    assert (own.by, own.action, own.merged) == (MERGER, "merge", (brought.id,))
    move = merged.moves_of[merged.service_codes["kir"].id][-1]
    assert (move.by, move.recorded_at) == ("rina", done.recorded_at)


def test_a_corrected_move_does_not_come_back_as_a_second_one(
    office: Apart, copy: Apart
) -> None:
    move = next(iter(START.moves.values()))
    copy.do(CorrectFact(move.id, {"on": RECENT}, "salah tanggal"), "rina")
    merged = merge(office.register, copy.register, decide=refuse_conflict)
    assert [one.on for one in merged.moves.values()] == [RECENT]


def test_a_withdrawn_move_does_not_rise_again(
    office: Apart, copy: Apart
) -> None:
    move = next(iter(START.moves.values()))
    office.do(WithdrawFact(move.id, "keliru"), "sari")
    copy.do(EditService("kir", {"owner": "Pak Adi"}), "rina")
    for merged in (
        merge(office.register, copy.register, decide=refuse_conflict),
        merge(copy.register, office.register, decide=refuse_conflict),
    ):
        assert not merged.moves
        assert merged.service_codes["kir"].owner == "Pak Adi"


def test_fields_of_one_fact_that_each_side_changed_are_both_taken(
    office: Apart, copy: Apart
) -> None:
    office.do(EditService("kir", {"owner": "Pak Adi"}), "sari")
    copy.do(EditService("kir", {"volume": 1200}), "rina")
    merged = merge(office.register, copy.register, decide=refuse_conflict)
    service = merged.service_codes["kir"]
    assert (service.owner, service.volume) == ("Pak Adi", 1200)


@pytest.mark.parametrize(
    ("side", "owner"), [(Side.HERE, "Pak Adi"), (Side.THERE, "Bu Sri")]
)
def test_a_field_that_both_changed_is_asked_with_both_values(
    office: Apart, copy: Apart, side: Side, owner: str
) -> None:
    office.do(EditService("kir", {"owner": "Pak Adi"}), "sari")
    copy.do(EditService("kir", {"owner": "Bu Sri"}), "rina")
    (conflict,) = conflicts_of(office.register, copy.register)
    assert conflict.kind is ConflictKind.CHANGED
    assert (conflict.here, conflict.there) == ("Pak Adi", "Bu Sri")
    assert (conflict.here_by.by, conflict.there_by.by) == ("sari", "rina")
    merged = merge(office.register, copy.register, decide=lambda conflict: side)
    assert merged.service_codes["kir"].owner == owner
    assert is_same(merge(merged, copy.register), merged)


def test_a_value_that_is_left_out_is_shown_as_what_it_means(
    office: Apart, copy: Apart
) -> None:
    online = AddService("dinkes", "Layanan baru", TODAY, stage=Stage.ONLINE)
    office.do(online, "sari")
    copy.do(replace(online, stage=Stage.CONVENTIONAL), "rina")
    (conflict,) = conflicts_of(office.register, copy.register)
    assert conflict.field == "stage"
    values = ask_about(conflict, office.register).values
    assert (values["here"], values["there"]) == ("Online", "Conventional")


def test_a_fact_taken_out_on_one_side_and_changed_on_the_other_is_asked(
    office: Apart, copy: Apart
) -> None:
    move = next(iter(START.moves.values()))
    office.do(WithdrawFact(move.id, "keliru"), "sari")
    copy.do(CorrectFact(move.id, {"on": RECENT}), "rina")
    (conflict,) = conflicts_of(office.register, copy.register)
    assert conflict.kind is ConflictKind.REMOVED
    assert (conflict.here, conflict.there) == (False, True)


def test_what_breaks_a_rule_together_is_asked_and_one_side_taken(
    office: Apart, copy: Apart
) -> None:
    office.do(RetireServices(("kir",), TODAY - timedelta(days=30)), "sari")
    copy.do(MoveServices(("kir",), Stage.ONLINE, RECENT), "rina")
    (conflict,) = conflicts_of(office.register, copy.register)
    assert conflict.kind is ConflictKind.RULE
    assert conflict.subject == "kir"
    here = merge(office.register, copy.register, decide=lambda _: Side.HERE)
    there = merge(office.register, copy.register, decide=lambda _: Side.THERE)
    assert here.closures_of[here.service_codes["kir"].id]
    assert stage_of(here, "kir") is Stage.CONVENTIONAL
    assert stage_of(there, "kir") is Stage.ONLINE
    assert not there.closures_of.get(there.service_codes["kir"].id)


def test_what_both_entered_alike_is_there_once(
    office: Apart, copy: Apart
) -> None:
    for city, by in ((office, "sari"), (copy, "rina")):
        city.do(AddOPD("Dinas Baru"), by)
        city.do(ReportOPDs(("dinkes",), Week.of(TODAY)), by)
        city.do(AddService("dinkes", "Layanan baru", TODAY), by)
    merged = merge(office.register, copy.register, decide=refuse_conflict)
    assert len(merged.opds) == len(office.register.opds)
    assert len(merged.services) == len(office.register.services)
    assert len(merged.reports) == 1
    assert {report.by for report in merged.reports.values()} == {"sari"}


def test_a_member_whom_both_entered_is_one_however_the_name_is_written(
    office: Apart, copy: Apart
) -> None:
    office.do(SetMember(MERGER, Role.COORDINATOR), MERGER)
    other_case = MERGER.title()
    copy.do(SetMember(other_case, Role.COORDINATOR), other_case)
    conflicts = conflicts_of(office.register, copy.register)
    assert [(one.kind, one.field) for one in conflicts] == [
        (ConflictKind.CHANGED, "name")
    ]
    merged = merge(office.register, copy.register)
    assert len(merged.members) == 1


SAME_CODE = (
    AddService("dinkes", "Izin apotek", TODAY, "apotek"),
    AddService("dishub", "Parkir apotek", TODAY, "apotek"),
)
DOUBLES: list[tuple[Action, Action]] = [
    SAME_CODE,
    (
        AddService("dinkes", "Izin apotek", TODAY, "apotek"),
        AddService("dinkes", "Izin apotik", TODAY, "apotek"),
    ),
    (
        AddService("dinkes", "Izin apotek", TODAY, "apotek"),
        AddService("dinkes", "Izin  Apotek", TODAY, "izin-apotek"),
    ),
    (AddOPD("Dinas Baru", code="baru"), AddOPD("Badan Baru", code="baru")),
    (AddApplication("Lapor", "lapor"), AddApplication("LAPOR!", "lapor")),
    (AddApplication("Lapor", "lapor"), AddApplication("Lapor", "lapor2")),
]


def size(register: Register) -> int:
    tables = ("opds", "applications", "services")
    return sum(len(register.table(table)) for table in tables)


@pytest.mark.parametrize(
    ("kinship", "more"), [(Kinship.TWO, 2), (Kinship.ONE, 1)]
)
@pytest.mark.parametrize("deeds", DOUBLES, ids=str)
def test_two_under_one_code_or_name_are_asked_about_and_are_what_is_answered(
    office: Apart,
    copy: Apart,
    deeds: tuple[Action, Action],
    kinship: Kinship,
    more: int,
) -> None:
    office.do(deeds[0], "sari")
    copy.do(deeds[1], "rina")
    (asked,) = conflicts_of(office.register, copy.register)
    assert asked.kind is ConflictKind.DOUBLE
    decide = partial(take_later, kinship=kinship)
    ab = merge(office.register, copy.register, decide=decide)
    ba = merge(copy.register, office.register, decide=decide)
    assert size(ab) == size(START) + more
    assert facts_of(ab) == facts_of(ba)
    assert is_same(merge(ab, copy.register, decide=refuse_conflict), ab)
    assert facts_of(merge(ba, ab, decide=refuse_conflict)) == facts_of(ab)


def test_of_two_services_under_one_code_the_earlier_keeps_it(
    office: Apart, copy: Apart
) -> None:
    office.do(SAME_CODE[0], "sari")
    copy.do(SAME_CODE[1], "rina")
    merged = merge(office.register, copy.register, decide=take_later)
    codes = {one.name: one.code for one in merged.services.values()}
    assert codes["Izin apotek"] == "apotek"
    assert codes["Parkir apotek"].startswith("apotek-")


def break_a_rule_under_one_code(office: Apart, copy: Apart) -> None:
    """Enter a service under one code on both sides; the copy's in an OPD that the office has closed."""
    office.do(AddService("dinkes", "Izin apotek", RECENT, "apotek"), "sari")
    office.do(RetireOPD("arsip", TODAY - timedelta(days=90)), "sari")
    copy.do(AddService("arsip", "Parkir apotek", RECENT, "apotek"), "rina")


def test_a_code_that_a_taken_side_brings_back_is_told_apart_again(
    office: Apart, copy: Apart
) -> None:
    break_a_rule_under_one_code(office, copy)
    there = partial(decide_by_kind, side=Side.THERE)
    merged = merge(office.register, copy.register, decide=there)
    codes = {one.name: one.code for one in merged.services.values()}
    assert codes["Izin apotek"] == "apotek"
    assert codes["Parkir apotek"].startswith("apotek-")


def test_what_was_renamed_and_then_left_out_is_not_told(
    office: Apart, copy: Apart
) -> None:
    break_a_rule_under_one_code(office, copy)
    given: tuple[Answers, ...] = ({}, {"double": "two", "rule": "here"})
    for answers in given:
        plan = plan_merge(
            office.register,
            [OtherCopy("salinan.json", copy.register)],
            (),
            office.context(),
            answers,
        )
        told = describe_plan(plan, load_language("en"))
        assert not any("its code was given twice" in line for line in told)


def test_a_plan_that_is_open_and_cannot_be_is_told_all_the_same(
    office: Apart, copy: Apart
) -> None:
    office.do(AddService("dinkes", "Izin apotek", RECENT, "apotek"), "sari")
    copy.do(AddService("dinkes", "Parkir apotek", RECENT, "apotek"), "rina")
    office.do(EditOPD("arsip", {"name": "Badan Baru"}), "sari")
    copy.do(EditOPD("dishub", {"name": "Badan Baru"}), "rina")
    others = [
        OtherCopy("satu.json", copy.register),
        OtherCopy("dua.json", copy.register),
    ]
    for copies in (others[:1], others):
        plan = plan_merge(office.register, copies, (), office.context(), {})
        told = describe_plan(plan, load_language("en"))
        assert plan.questions
        assert "satu.json" in told[0]


def decide_by_kind(conflict: Conflict, side: Side) -> Answer:
    """Keep doubles apart; of all else let one side stand."""
    return Kinship.TWO if conflict.kind is ConflictKind.DOUBLE else side


def test_what_was_done_to_either_of_two_that_are_one_is_done_to_it(
    office: Apart, copy: Apart
) -> None:
    office.do(AddService("dinkes", "Izin apotek", RECENT, "apotek"), "sari")
    office.do(MoveServices(("apotek",), Stage.ONLINE, RECENT), "sari")
    copy.do(AddService("dinkes", "Izin apotek", RECENT, "farmasi"), "rina")
    copy.do(ReportOPDs(("dinkes",), Week.of(TODAY)), "rina")
    copy.do(MoveServices(("farmasi",), Stage.INTEGRATED, TODAY), "rina")
    one = partial(take_later, kinship=Kinship.ONE)
    merged = merge(office.register, copy.register, decide=one)
    service = merged.service_codes["farmasi"]
    stages = [move.stage for move in merged.moves_of[service.id]]
    assert stages == [Stage.ONLINE, Stage.INTEGRATED]
    city = Apart(merged, 3)
    city._minutes = 400
    city.do(Undo(), "rina")
    (left,) = city.register.moves_of[service.id]
    assert left.stage is Stage.ONLINE


def test_one_service_of_many_offices_is_not_asked_about(
    office: Apart, copy: Apart
) -> None:
    office.do(AddService("dinkes", "Surat keterangan", TODAY), "sari")
    copy.do(AddService("dishub", "Surat keterangan", TODAY), "rina")
    merged = merge(office.register, copy.register, decide=refuse_conflict)
    assert len(merged.services) == len(START.services) + 2


def test_what_was_added_later_to_a_joined_fact_reaches_it(
    office: Apart, copy: Apart
) -> None:
    office.do(AddService("dinkes", "Layanan baru", TODAY), "sari")
    copy.do(AddService("dinkes", "Layanan baru", TODAY), "rina")
    merged = merge(office.register, copy.register)
    code = copy.do(
        EditService("dinkes-layanan-baru", {"owner": "Bu Sri"}), "rina"
    ).register
    again = merge(merged, code, minutes=400, decide=refuse_conflict)
    assert again.service_codes["dinkes-layanan-baru"].owner == "Bu Sri"
    assert len(again.services) == len(merged.services)


def test_different_fields_of_an_opd_with_aliases_are_no_conflict(
    office: Apart, copy: Apart, tmp_path: Path
) -> None:
    office.do(EditOPD("dinkes", {"aliases": ("Dinkes",)}), "sari")
    copy.do(EditOPD("dinkes", {"contact": "Bu Sri"}), "rina")
    # Read from a file, what the log holds of the aliases before is a list.
    here, there = (
        FileStore.create(tmp_path / f"{one.number}.json", one.register).path
        for one in (office, copy)
    )
    merged = merge(
        FileStore(here).load(), FileStore(there).load(), decide=refuse_conflict
    )
    opd = merged.opd_codes["dinkes"]
    assert (opd.contact, opd.aliases) == ("Bu Sri", ("Dinkes",))


def test_only_actions_that_concern_the_opds_named_are_taken(
    office: Apart, copy: Apart
) -> None:
    copy.do(MoveServices(("kir",), Stage.ONLINE, RECENT), "rina")
    copy.do(MoveServices(("izin",), Stage.INTEGRATED, RECENT), "rina")
    copy.do(ChangeCity({"goal": date(2028, 1, 1)}), "rina")
    copy.do(ReportOPDs(("dishub", "dinkes"), Week.of(TODAY)), "rina")
    merged, left = merge_of_opds(office.register, copy.register, "dishub")
    assert stage_of(merged, "kir") is Stage.ONLINE
    assert stage_of(merged, "izin") is Stage.ONLINE
    assert merged.only_city.goal == START.only_city.goal
    assert left == 3
    whole = merge(merged, copy.register, minutes=400)
    assert facts_of(whole) == facts_of(merge(office.register, copy.register))


def test_a_merge_that_was_taken_back_in_the_copy_does_not_come_along(
    office: Apart, copy: Apart
) -> None:
    office.do(MoveServices(("kir",), Stage.ONLINE, RECENT), "sari")
    copy.do(EditService("izin", {"owner": "Bu Sri"}), "rina")
    with_office = Apart(merge(copy.register, office.register), 3)
    with_office._minutes = 400
    with_office.do(Undo(), MERGER)
    merged = merge(START, with_office.register, minutes=500)
    assert facts_of(merged) == facts_of(copy.register)


def test_what_was_done_here_can_be_undone_though_the_copy_was_restored(
    office: Apart, copy: Apart
) -> None:
    office.do(EditService("izin", {"owner": "Bu Sri"}), "sari")
    copy.do(MoveServices(("kir",), Stage.ONLINE, RECENT), "rina")
    log = copy.register.log
    restored = replace(log[max(log)], action="restore", changes={})
    there = START.changed(
        {"log": {restored.id: restored}}, copy.register.next_number
    )
    merged = Apart(merge(office.register, there), 3)
    assert "restore" in {entry.action for entry in merged.register.log.values()}
    merged.do(Undo(), "sari")
    assert merged.register.service_codes["izin"].owner == ""


def test_of_a_week_published_twice_the_first_page_stays(
    office: Apart, copy: Apart
) -> None:
    week = Week.of(TODAY).plus(-1)
    language = load_language("id")
    office.do(MoveServices(("kir",), Stage.ONLINE, week.monday), "sari")
    take(copy.store, week, copy.context("rina"), language)
    office._minutes = 100
    take(office.store, week, office.context("sari"), language)
    for here, there in ((office, copy), (copy, office)):
        (snapshot,) = merge(here.register, there.register).snapshots.values()
        assert snapshot.by == "rina"


def test_another_citys_register_is_refused(office: Apart) -> None:
    other = Apart(small_city(), 2)
    other.do(AddOPD("Dinas Baru"), "rina")
    with pytest.raises(Rejected, match="is not a copy of this register"):
        merge(office.register, other.register)


def test_doctor_finds_nothing_wrong_after_a_merge(
    office: Apart, copy: Apart, tmp_path: Path
) -> None:
    office.do(EditService("kir", {"owner": "Pak Adi"}), "sari")
    copy.do(EditService("kir", {"owner": "Bu Sri"}), "rina")
    copy.do(AddService("dishub", "Layanan baru", TODAY), "rina")
    merged = merge(office.register, copy.register, decide=take_later)
    store = FileStore.create(tmp_path / "register.json", merged)
    before = FileStore.create(tmp_path / "before.json", START)
    known = [str(one.problem) for one in examine_register(before, TODAY)]
    found = [str(one.problem) for one in examine_register(store, TODAY)]
    assert len(found) == len(known) == 1
    assert FileStore(store.path).load() == merged


def test_many_copies_are_merged_as_one_action() -> None:
    copies = []
    for number in range(2, 12):
        copy = Apart(START, number)
        for count in range(10):
            title = f"Layanan {number} {count}"
            copy.do(AddService("dinkes", title, TODAY), f"kantor {number}")
        copies.append(copy.register)
    merged = merge(START, *copies, decide=refuse_conflict)
    assert len(merged.services) == len(START.services) + 100
    *brought, own = sort_entries(merged.log.values())[len(START.log) :]
    assert own.merged == tuple(entry.id for entry in brought)
    assert len(brought) == 100
