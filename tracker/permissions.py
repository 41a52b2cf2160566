"""What a member may change: checked on the changes of an action, whatever the door and the store.

Who acts is a name, and names are only as true as the door lets them be: where it matters,
an administrator fixes the name for each person (``OPD_TRACKER_USER``).
"""

from collections.abc import Iterable
from datetime import date

from tracker.changes import Change, changes_between
from tracker.errors import Rejected
from tracker.history import opd_at
from tracker.model import Fact, Member, Move, Role
from tracker.register import Changes, Register

_OF_OPD = frozenset(
    {"services", "moves", "closures", "targets", "obstacles", "reports"},
)
"""Tables in which a member of an OPD may change what is that OPD's."""


def find_member(register: Register, name: str) -> Member | None:
    """Return the member who acts under a name."""
    members = register.members.values()
    return next((one for one in members if is_called(one, name)), None)


def is_called(member: Member, name: str) -> bool:
    """Tell whether a member acts under a name."""
    return member.name.casefold() == name.strip().casefold()


def check_permitted(
    before: Register,
    changes: Changes,
    by: str,
    today: date,
    *,
    is_inversion: bool = False,
) -> None:
    """Raise ``Rejected`` if ``by`` may not make these changes.

    A register without members leaves everything to everybody; once it has some, whoever
    is none of them only reads. An inversion, which is an undo or a redo, may put back what
    had been verified.
    """
    if not before.members:
        return
    member = find_member(before, by)
    if member is None:
        raise Rejected(
            "{by} is not a member of this register and can only read it: a coordinator adds members.",
            by=by,
        )
    if member.role is Role.COORDINATOR:
        return
    if member.role is Role.READER or member.opd is None:
        raise Rejected("{by} can only read this register.", by=by)

    after = before.changed(changes)
    for entry in changes.get("log", {}).values():
        _check_signature(entry, member)
    for change in changes_between(before, changes):
        is_own = change.table == "log" or _is_own(
            (before, after),
            change,
            member,
            today,
        )
        if not is_own:
            raise Rejected(
                "{by} may change only the services and reports of {opd}.",
                by=by,
                opd=before.opds[member.opd].code,
            )
        if not is_inversion and _verifies(change):
            raise Rejected("Only a coordinator verifies what OPDs claim.")


def check_coordinator(register: Register, by: str) -> None:
    """Raise ``Rejected`` if there are members and ``by`` is no coordinator among them."""
    member = find_member(register, by)
    is_coordinator = member is not None and member.role is Role.COORDINATOR
    if register.members and not is_coordinator:
        raise Rejected("Only a coordinator of this register can do that.")


def _check_signature(entry: Fact | None, member: Member) -> None:
    """Raise ``Rejected`` if a merge brings in what somebody else has done."""
    if entry is None or is_called(member, entry.by):
        return
    raise Rejected(
        "{by} may merge only what {by} has done, and this brings in actions of {other}: a coordinator merges it.",
        by=member.name,
        other=entry.by,
    )


def _is_own(
    registers: Iterable[Register],
    change: Change,
    member: Member,
    today: date,
) -> bool:
    """Tell whether a change concerns a member's own OPD, before it and after it."""
    if change.table not in _OF_OPD:
        return False
    owners = {
        _find_owner(register, fact, today)
        for register, fact in zip(
            registers,
            (change.before, change.after),
            strict=True,
        )
        if fact is not None
    }
    return owners == {member.opd}


def _find_owner(register: Register, fact: Fact, today: date) -> str | None:
    """Return the key of the OPD that a fact concerns."""
    key = getattr(fact, "service", fact.id)
    service = register.services.get(key)
    if service is not None:
        return opd_at(register, service, today)
    opd: str | None = getattr(fact, "opd", None)
    return opd


def _verifies(change: Change) -> bool:
    """Tell whether a change records that a claim was checked."""
    before, after = change.before, change.after
    known = before.verified_on if isinstance(before, Move) else None
    return isinstance(after, Move) and after.verified_on not in (None, known)
