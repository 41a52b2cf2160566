"""The dialog that takes a member out, on a register that has some."""

from dataclasses import replace

from screens.dialogs.members import remove_member
from tests.screens.dialogs.host import world
from tracker.actions.members import RemoveMember, SetMember
from tracker.actions.perform import plan
from tracker.model import Role


def test_a_member_is_chosen_by_name_and_taken_out() -> None:
    city = world()
    state = city.state("en")
    first = SetMember(state.by, Role.COORDINATOR)
    commit = plan(state.register, first, state.context)
    register = state.register.changed(commit.changes, commit.next_number)
    state = replace(state, facts=state.facts.with_register(register))

    form = remove_member(state, city.selection()).form
    (field,) = form.fields
    assert [option.value for option in field.options()] == [state.by]
    action = form.make({"member": state.by})
    assert action == RemoveMember(state.by)
    removed = plan(register, action, state.context).changes["members"]
    assert list(removed.values()) == [None]
