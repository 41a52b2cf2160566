"""Rules on the members: each name once, an OPD where the role needs one, and a coordinator among them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from tracker.errors import Rejected
from tracker.model import Role
from tracker.register import Changes, Register
from tracker.rules.problem import Problem


def find_member_problems(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find what would lock everybody out, or leave open what a member may do."""
    if not changes.get("members"):
        return
    members = register.members.values()
    if members and not any(one.role is Role.COORDINATOR for one in members):
        message = Rejected(
            "At least one member must be a coordinator: nobody else could change the members again.",
        )
        yield Problem("no-coordinator", message)

    counts = Counter(member.name.casefold() for member in members)
    for member in members:
        if counts[member.name.casefold()] > 1:
            message = Rejected("{name} is a member already.", name=member.name)
            yield Problem("doubled-member", message, member.id, "name")
        if member.role is Role.OPD and member.opd is None:
            message = Rejected(
                "Say whose services {name} may change: an OPD.",
                name=member.name,
            )
            yield Problem("member-without-opd", message, member.id, "opd")
