"""Any actions in any order, taken back and done again."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import SearchStrategy

from tests.tracker.actions.world import TODAY, City
from tracker import actions
from tracker.actions import Action, Redo, Undo
from tracker.actions.audit import audit
from tracker.actions.rules import check_register
from tracker.actions.undo import stacks
from tracker.errors import Refused
from tracker.model import TABLES, Fact, Factor, LogEntry, Stage
from tracker.register import Register
from tracker.week import Week

DAYS: SearchStrategy[date] = st.sampled_from(
    [TODAY - timedelta(days=n) for n in (-1, 0, 7, 30, 90, 250, 330)]
)
OPDS = st.sampled_from(["dinkes", "dishub", "arsip", "badan-baru", "tiada"])
SERVICES = st.sampled_from(["izin", "akta", "kir", "baru", "tiada"])
SOME = st.lists(SERVICES, min_size=1, max_size=3).map(tuple)
STAGES = st.sampled_from(Stage)
NUMBERS = st.integers(1, 40).map(str)
WORDS = st.sampled_from(["", "satu", "dua"])

CORRECTIONS = st.one_of(
    st.fixed_dictionaries({"on": DAYS}),
    st.fixed_dictionaries({"stage": STAGES}),
    st.fixed_dictionaries({"note": WORDS}),
    st.fixed_dictionaries({"registered_on": DAYS}),
    st.fixed_dictionaries({"retired_on": st.none() | DAYS}),
    st.fixed_dictionaries({"until": st.none() | DAYS}),
)

ANY: SearchStrategy[Action] = st.one_of(
    st.builds(actions.AddOPD, st.just("Badan Baru")),
    st.builds(
        actions.EditOPD, OPDS, st.fixed_dictionaries({"name": st.sampled_from(["Dinas A", "Dinas B"])})
    ),
    st.builds(actions.MergeOPD, OPDS, OPDS, DAYS),
    st.builds(actions.RetireOPD, OPDS, DAYS),
    st.builds(
        actions.ReportOPDs, st.lists(OPDS, min_size=1, max_size=2).map(tuple), DAYS.map(Week.of), WORDS
    ),
    st.builds(actions.AddService, OPDS, st.just("Baru"), DAYS, st.just("baru"), STAGES),
    st.builds(actions.EditService, SERVICES, st.fixed_dictionaries({"owner": WORDS})),
    st.builds(actions.TransferServices, SOME, OPDS, DAYS),
    st.builds(actions.RetireServices, SOME, DAYS),
    st.builds(actions.ReopenServices, SOME, DAYS),
    st.builds(actions.MoveServices, SOME, STAGES, DAYS, WORDS),
    st.builds(actions.VerifyServices, SOME, DAYS),
    st.builds(actions.CorrectFact, NUMBERS, CORRECTIONS),
    st.builds(actions.WithdrawFact, NUMBERS, st.just("salah")),
    st.builds(actions.AddApplication, st.just("Lapor"), opd=OPDS),
    st.builds(actions.EditApplication, st.just("salaman"), st.fixed_dictionaries({"opd": OPDS})),
    st.builds(actions.IntegrateApplication, st.sampled_from(["salaman", "lapor"]), DAYS),
    st.builds(actions.RetireApplication, st.sampled_from(["salaman", "lapor"]), DAYS),
    st.builds(actions.SetTargets, SOME, STAGES, DAYS),
    st.builds(actions.ClearTargets, SOME),
    st.builds(actions.AddObstacle, SERVICES, st.sampled_from(Factor), st.just("petugas"), DAYS),
    st.builds(actions.ResolveObstacles, st.lists(NUMBERS, max_size=2).map(tuple), DAYS),
    st.builds(actions.AddMilestone, DAYS, st.just("berubah")),
    st.builds(actions.AddEvaluation, st.just("SPBE"), st.integers(2023, 2025)),
    st.builds(actions.ChangeCity, st.fixed_dictionaries({"goal": DAYS})),
)
PEOPLE = st.sampled_from(["rani", "budi"])
State = dict[str, dict[str, Fact]]


def state(register: Register) -> State:
    return {table: dict(register.table(table)) for table in TABLES if table != "log"}


def test_every_action_is_among_them() -> None:
    drawn = {
        "AddOPD EditOPD MergeOPD RetireOPD ReportOPDs AddService EditService TransferServices",
        "RetireServices ReopenServices MoveServices VerifyServices CorrectFact WithdrawFact",
        "AddApplication EditApplication IntegrateApplication RetireApplication SetTargets ClearTargets",
        "AddObstacle ResolveObstacles AddMilestone AddEvaluation ChangeCity",
    }
    named = {name for line in drawn for name in line.split()} | {"Undo", "Redo"}
    assert named == {action.__name__ for action in actions.ACTIONS}


class OnePerson(RuleBasedStateMachine):
    """What one person does can be taken back step by step to the beginning, and all of it done again."""

    def __init__(self) -> None:
        super().__init__()
        self.city = City()
        self.states = [state(self.city.register)]
        self.place = 0

    @rule(action=ANY)
    def act(self, action: Action) -> None:
        before = self.city.register
        try:
            done = self.city.do(action)
        except Refused:
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

    @rule(action=ANY, by=PEOPLE)
    def act(self, action: Action, by: str) -> None:
        try:
            self.city.do(action, by)
        except Refused:
            return

    @rule(by=PEOPLE, again=st.booleans())
    def take_back(self, by: str, again: bool) -> None:
        before = self.city.register
        stack = stacks(before, by)[1 if again else 0]
        try:
            self.city.do(Redo() if again else Undo(), by)
        except Refused:
            assert self.city.register is before
            return
        self.only_own_facts_differ(before, stack[-1])

    def only_own_facts_differ(self, before: Register, entry: LogEntry) -> None:
        left = {told.entry.id: told.changes for told in audit(before)}[entry.id]
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
        for told in audit(register):
            for change in told.changes:
                assert register.table(change.table).get(change.key) == change.after
                register = register.changed({change.table: {change.key: change.before}})
        assert state(register) == self.start


LIMITS = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestOnePerson = OnePerson.TestCase
TestOnePerson.settings = LIMITS
TestTwoPeople = TwoPeople.TestCase
TestTwoPeople.settings = LIMITS
