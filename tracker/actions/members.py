"""Actions on the members of a register: who may change what."""

from typing import ClassVar

from msgspec import Struct

from tracker.actions.draft import Draft
from tracker.errors import Rejected
from tracker.language import N_
from tracker.lookup import find_opd
from tracker.model import Member, Role
from tracker.permissions import find_member
from tracker.text import collapse_whitespace


class SetMember(Struct, frozen=True):
    """Let somebody be a member with a role, or give a member another role."""

    name: ClassVar[str] = "member set"
    log_label: ClassVar[str] = N_("member's role set")
    member: str
    role: Role
    opd: str = ""

    def apply(self, draft: Draft) -> None:
        """Enter the member, or change the one of that name."""
        name, register = collapse_whitespace(self.member), draft.register
        if not name:
            raise Rejected("A name is needed.", field="name")
        is_of_opd = self.opd and self.role is Role.OPD
        opd = find_opd(register, self.opd).id if is_of_opd else None
        self._keep_access(draft, name)
        known = find_member(register, name)
        if known is None:
            draft.new(Member, name=name, role=self.role, opd=opd)
        else:
            draft.edit(known, name=name, role=self.role, opd=opd)

    def _keep_access(self, draft: Draft, name: str) -> None:
        """Enter whoever sets the first member as a coordinator: else they lock themselves out."""
        by = draft.context.by
        if not draft.register.members and by.casefold() != name.casefold():
            draft.new(Member, name=by, role=Role.COORDINATOR)


class RemoveMember(Struct, frozen=True):
    """Let somebody be no member any more."""

    name: ClassVar[str] = "member remove"
    log_label: ClassVar[str] = N_("member taken out")
    member: str

    def apply(self, draft: Draft) -> None:
        """Take the member out; what they did stays theirs."""
        known = find_member(draft.register, self.member)
        if known is None:
            raise Rejected("{name} is not a member.", name=self.member)
        draft.remove(known)
