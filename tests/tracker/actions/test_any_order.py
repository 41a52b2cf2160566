"""Any actions in any order, taken back and done again."""

from contextlib import suppress
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import Phase, find, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import SearchStrategy

from tests.depth import examples
from tests.tracker.actions.world import TODAY, City
from tests.tracker.builder import Builder
from tracker.actions.applications import (
    AddApplication,
    EditApplication,
    IntegrateApplication,
    RetireApplication,
)
from tracker.actions.city import AddEvaluation, AddMilestone, ChangeCity
from tracker.actions.decisions import (
    AddDecisions,
    DecisionDraft,
    DropDecisions,
    EditDecision,
    FinishDecisions,
)
from tracker.actions.draft import Action
from tracker.actions.families import NameFamilies
from tracker.actions.kinds import AddKind, RemoveKind, RenameKind
from tracker.actions.members import RemoveMember, SetMember
from tracker.actions.moves import (
    CorrectFact,
    MoveServices,
    VerifyServices,
    WithdrawFact,
)
from tracker.actions.opds import (
    AddOPD,
    EditOPD,
    MergeOPD,
    ReportOPDs,
    RetireOPD,
)
from tracker.actions.opening import (
    CloseOpening,
    RemoveFromOpening,
    ReopenOpening,
)
from tracker.actions.registry import ACTIONS
from tracker.actions.reminders import RecordReminders
from tracker.actions.services import (
    AddService,
    EditService,
    ReopenServices,
    RetireServices,
    TransferServices,
)
from tracker.actions.targets_obstacles import (
    AddObstacles,
    ClearTargets,
    ResolveObstacles,
    SetTargets,
)
from tracker.actions.undo import Redo, Undo, undo_stacks
from tracker.changes import audit_log
from tracker.errors import Rejected
from tracker.model import (
    TABLES,
    Fact,
    Factor,
    LogEntry,
    ReminderLevel,
    Role,
    Stage,
)
from tracker.register import Register
from tracker.rules import check_register
from tracker.snapshot import take
from tracker.week import Week

DAYS: SearchStrategy[date] = st.sampled_from(
    [TODAY - timedelta(days=n) for n in (-1, 0, 7, 30, 90, 250, 330)]
)
OPDS = st.sampled_from(["dinkes", "dishub", "arsip", "badan-baru", "tiada"])
SERVICES = st.sampled_from(["izin", "akta", "kir", "baru", "tiada"])
SOME = st.lists(SERVICES, min_size=1, max_size=3).map(tuple)
STAGES = st.sampled_from(Stage)
NUMBERS = st.integers(1, 40).map(str)
KINDS = st.sampled_from(["dinas", "UPT Daerah", "BLUD"])
WORDS = st.sampled_from(["", "satu", "dua"])

CORRECTIONS = st.one_of(
    st.fixed_dictionaries({"on": DAYS}),
    st.fixed_dictionaries({"stage": STAGES}),
    st.fixed_dictionaries({"note": WORDS}),
    st.fixed_dictionaries({"registered_on": DAYS}),
    st.fixed_dictionaries({"retired_on": st.none() | DAYS}),
    st.fixed_dictionaries({"until": st.none() | DAYS}),
)

DRAWN: dict[type[Action], SearchStrategy[Action]] = {
    AddOPD: st.builds(AddOPD, st.just("Badan Baru")),
    EditOPD: st.builds(
        EditOPD,
        OPDS,
        st.fixed_dictionaries(
            {"name": st.sampled_from(["Dinas A", "Dinas B"])}
        ),
    ),
    MergeOPD: st.builds(MergeOPD, OPDS, OPDS, DAYS),
    RetireOPD: st.builds(RetireOPD, OPDS, DAYS),
    ReportOPDs: st.builds(
        ReportOPDs,
        st.lists(OPDS, min_size=1, max_size=2).map(tuple),
        DAYS.map(Week.of),
        WORDS,
    ),
    AddService: st.builds(
        AddService, OPDS, st.just("Baru"), DAYS, st.just("baru"), STAGES
    ),
    EditService: st.builds(
        EditService, SERVICES, st.fixed_dictionaries({"owner": WORDS})
    ),
    TransferServices: st.builds(TransferServices, SOME, OPDS, DAYS),
    RetireServices: st.builds(RetireServices, SOME, DAYS),
    ReopenServices: st.builds(ReopenServices, SOME, DAYS),
    MoveServices: st.builds(MoveServices, SOME, STAGES, DAYS, WORDS),
    VerifyServices: st.builds(VerifyServices, SOME, DAYS),
    CorrectFact: st.builds(CorrectFact, NUMBERS, CORRECTIONS),
    WithdrawFact: st.builds(WithdrawFact, NUMBERS, st.just("salah")),
    AddApplication: st.builds(
        AddApplication,
        st.just("Lapor"),
        fields=st.fixed_dictionaries({"opd": OPDS}),
    ),
    EditApplication: st.builds(
        EditApplication,
        st.just("salaman"),
        st.fixed_dictionaries({"opd": OPDS}),
    ),
    IntegrateApplication: st.builds(
        IntegrateApplication,
        st.sampled_from(["salaman", "lapor"]),
        DAYS,
    ),
    RetireApplication: st.builds(
        RetireApplication, st.sampled_from(["salaman", "lapor"]), DAYS
    ),
    SetTargets: st.builds(SetTargets, SOME, STAGES, DAYS),
    ClearTargets: st.builds(ClearTargets, SOME),
    AddObstacles: st.builds(
        AddObstacles,
        SOME,
        st.sampled_from(Factor),
        st.just("petugas"),
        DAYS,
    ),
    ResolveObstacles: st.builds(
        ResolveObstacles, st.lists(NUMBERS, max_size=2).map(tuple), DAYS
    ),
    RecordReminders: st.builds(
        RecordReminders,
        st.tuples(OPDS, st.sampled_from(ReminderLevel)).map(lambda one: (one,)),
        DAYS,
    ),
    AddMilestone: st.builds(AddMilestone, DAYS, st.just("berubah")),
    AddEvaluation: st.builds(
        AddEvaluation, st.just("SPBE"), st.integers(2023, 2025)
    ),
    AddDecisions: st.builds(
        AddDecisions,
        st.builds(
            DecisionDraft,
            st.just("satu SK"),
            st.just("Sekda"),
            DAYS,
            st.sampled_from(["", "family:dinas"]),
        ).map(lambda draft: (draft,)),
        DAYS,
    ),
    EditDecision: st.builds(
        EditDecision,
        NUMBERS,
        st.one_of(
            st.fixed_dictionaries({"owner": WORDS}),
            st.fixed_dictionaries({"done_on": st.none() | DAYS}),
        ),
    ),
    FinishDecisions: st.builds(
        FinishDecisions, st.lists(NUMBERS, max_size=2).map(tuple), DAYS
    ),
    DropDecisions: st.builds(
        DropDecisions,
        st.lists(NUMBERS, max_size=2).map(tuple),
        DAYS,
        st.just("tidak perlu"),
    ),
    NameFamilies: st.builds(
        NameFamilies,
        st.tuples(WORDS, SOME).map(lambda family: (family,)),
    ),
    CloseOpening: st.builds(CloseOpening, DAYS),
    ReopenOpening: st.builds(ReopenOpening, OPDS),
    RemoveFromOpening: st.builds(
        RemoveFromOpening,
        st.lists(OPDS, max_size=1).map(tuple),
        SOME,
        st.lists(st.just("salaman"), max_size=1).map(tuple),
    ),
    AddKind: st.builds(AddKind, KINDS),
    RenameKind: st.builds(RenameKind, KINDS, KINDS),
    RemoveKind: st.builds(RemoveKind, KINDS),
    SetMember: st.sampled_from(
        [
            SetMember("rani", Role.COORDINATOR),
            SetMember("budi", Role.READER),
        ]
    ),
    RemoveMember: st.just(RemoveMember("rani")),
    ChangeCity: st.builds(ChangeCity, st.fixed_dictionaries({"goal": DAYS})),
}
ANY = st.one_of(*DRAWN.values())
PEOPLE = st.sampled_from(["rani", "budi"])
State = dict[str, dict[str, Fact]]


def state(register: Register) -> State:
    """Return every fact; what was published is none that could be taken back."""
    return {
        table: dict(register.table(table))
        for table in TABLES
        if table not in {"log", "snapshots"}
    }


def test_every_action_is_among_them() -> None:
    assert DRAWN.keys() | {Undo, Redo} == set(ACTIONS)


def reopened_for(code: str) -> Register:
    """Return the small city with its opening reopened for one OPD, to be closed again."""
    city = City()
    city.do(ReopenOpening(code))
    return city.register


@cache
def a_full_city(*, with_member: bool = True) -> Register:
    """Return a city in which each action can find something to do."""
    city = City(reopened_for("arsip"))
    for action in (
        RetireServices(("akta",), TODAY - timedelta(days=90)),
        SetTargets(("izin",), Stage.ONLINE, TODAY),
        AddObstacles(
            ("izin",), Factor.PEOPLE, "petugas", TODAY - timedelta(days=90)
        ),
        MoveServices(("izin",), Stage.ONLINE, TODAY - timedelta(days=30)),
        AddKind("BLUD"),
        AddDecisions(
            (DecisionDraft("izin daring", "Sekda", TODAY),),
            TODAY - timedelta(days=30),
        ),
    ):
        city.do(action)
    if with_member:
        city.do(SetMember("rani", Role.COORDINATOR))
    return city.register


@cache
def a_city_in_its_opening() -> Register:
    """Return a city of which nothing has counted yet, so that anything can be taken out."""
    city = Builder(in_opening=True)
    city.opd("dinkes")
    city.application("salaman", "dinkes")
    city.service("izin", "dinkes", "2026-01-05", application="salaman")
    return city.register


@pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.name)
def test_every_action_can_be_carried_out_and_taken_back(
    kind: type[Action],
) -> None:
    takes_out = kind is RemoveFromOpening
    full = a_city_in_its_opening() if takes_out else a_full_city()

    def is_carried_out(action: Action) -> bool:
        city = City(full)
        with suppress(Rejected):
            if city.do(action).entry is not None:
                city.do(Undo())
                assert state(city.register) == state(full)
                return True
        return False

    limits = settings(
        max_examples=500,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
    )
    find(DRAWN[kind], is_carried_out, settings=limits)


def facts_of(entry: LogEntry | None) -> list[str]:
    return (
        [key for facts in entry.changes.values() for key in facts]
        if entry
        else []
    )


class OnePerson(RuleBasedStateMachine):
    """What one person does can be taken back step by step to the beginning, and all of it done again."""

    def __init__(self) -> None:
        super().__init__()
        self.city = City()
        self.states = [state(self.city.register)]
        self.place = 0

    @rule(day=DAYS)
    def publish(self, day: date) -> None:
        with suppress(Rejected):
            take(self.city.store, Week.of(day), self.city.context())

    @rule(action=ANY)
    def act(self, action: Action) -> None:
        before = self.city.register
        try:
            done = self.city.do(action)
        except Rejected:
            assert self.city.register is before
            return
        if done.entry is not None:
            self.place += 1
            self.states[self.place :] = [state(done.register)]

    @rule()
    def undo(self) -> None:
        if self.place:
            self.city.do(Undo())
            self.place -= 1
        else:
            self.city.refused(Undo())

    @rule()
    def redo(self) -> None:
        if self.place + 1 < len(self.states):
            self.city.do(Redo())
            self.place += 1
        else:
            self.city.refused(Redo())

    @invariant()
    def it_stands_as_it_stood(self) -> None:
        assert state(self.city.register) == self.states[self.place]

    @invariant()
    def no_rule_is_broken(self) -> None:
        assert check_register(self.city.register, TODAY) == []

    def teardown(self) -> None:
        while self.place:
            self.undo()
            self.it_stands_as_it_stood()
        while self.place + 1 < len(self.states):
            self.redo()
            self.it_stands_as_it_stood()


class TwoPeople(RuleBasedStateMachine):
    """Nobody takes back what somebody else did, and the log always tells how it came to be as it is."""

    def __init__(self) -> None:
        super().__init__()
        self.city = City()
        self.start = state(self.city.register)
        self.deciders: dict[str, list[str]] = {}
        """For each fact, those whose decisions on it stand, the last one last."""

    @rule(action=ANY, by=PEOPLE)
    def act(self, action: Action, by: str) -> None:
        with suppress(Rejected):
            done = self.city.do(action, by)
            for key in facts_of(done.entry):
                self.deciders.setdefault(key, []).append(by)

    @rule(owner=WORDS, by=PEOPLE)
    def decide_on_the_same(self, owner: str, by: str) -> None:
        self.act(EditService("izin", {"owner": owner}), by)

    @rule(day=DAYS, by=PEOPLE)
    def publish(self, day: date, by: str) -> None:
        with suppress(Rejected):
            take(self.city.store, Week.of(day), self.city.context(by))

    @rule(by=PEOPLE, again=st.booleans())
    def take_back(self, by: str, again: bool) -> None:
        before = self.city.register
        stack = undo_stacks(before, by)[1 if again else 0]
        try:
            done = self.city.do(Redo() if again else Undo(), by)
        except Rejected:
            assert self.city.register is before
            return
        assert stack[-1].by == by
        for key in facts_of(done.entry):
            if again:
                self.deciders[key].append(by)
            else:
                assert self.deciders[key].pop() == by
        self.only_own_facts_differ(before, stack[-1])

    def only_own_facts_differ(self, before: Register, entry: LogEntry) -> None:
        left = {told.entry.id: told.changes for told in audit_log(before)}[
            entry.id
        ]
        after = self.city.register
        own = {(change.table, change.key) for change in left}
        for table in self.start:
            then, now = before.table(table), after.table(table)
            for key in then.keys() | now.keys():
                if (table, key) not in own:
                    assert then.get(key) == now.get(key)
        for change in left:
            assert before.table(change.table).get(change.key) == change.after
            assert after.table(change.table).get(change.key) == change.before

    @invariant()
    def no_rule_is_broken(self) -> None:
        assert check_register(self.city.register, TODAY) == []

    @invariant()
    def no_key_is_given_twice(self) -> None:
        register = self.city.register
        numbers = [key for table in TABLES for key in register.table(table)]
        assert len(set(numbers)) == len(numbers)
        assert max(numbers) < register.key(register.next_number)

    def teardown(self) -> None:
        register = self.city.register
        for told in audit_log(register):
            for change in told.changes:
                assert (
                    register.table(change.table).get(change.key) == change.after
                )
                register = register.changed(
                    {change.table: {change.key: change.before}}
                )
        assert state(register) == self.start


LIMITS = settings(max_examples=examples(12, 40), stateful_step_count=25)
TestOnePerson = OnePerson.TestCase
TestOnePerson.settings = LIMITS
TestTwoPeople = TwoPeople.TestCase
TestTwoPeople.settings = LIMITS
