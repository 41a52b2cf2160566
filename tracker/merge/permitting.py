"""Who may merge what: told before anything is asked, with what a member of an OPD can do instead."""

from collections.abc import Collection, Sequence

from tracker.actions.draft import Draft
from tracker.errors import ProblemList, Rejected
from tracker.merge.action import MergeCopies, OtherCopy
from tracker.merge.conflicts import Side
from tracker.permissions import check_permitted, find_member


def check_merger(
    draft: Draft,
    copies: Sequence[OtherCopy],
    opds: Collection[str],
) -> None:
    """Raise ``Rejected`` if whoever merges may not; say so if a merge of their OPD alone would do."""
    try:
        _check_changes(draft)
    except Rejected as error:
        own = "" if opds else _find_own_opd(draft, copies)
        if not own:
            raise
        advice = Rejected(
            "What concerns {opd} alone can be merged: add --opd {opd}, on the screens “Only these OPDs”.",
            opd=own,
        )
        raise ProblemList([error, advice]) from None


def _check_changes(draft: Draft) -> None:
    check_permitted(
        draft.before,
        draft.changes,
        draft.context.by,
        draft.today,
    )


def _find_own_opd(draft: Draft, copies: Sequence[OtherCopy]) -> str:
    """Return the code of the OPD of whoever merges if a merge of it alone brings in something."""
    member = find_member(draft.before, draft.context.by)
    if member is None or member.opd is None:
        return ""
    code = draft.before.opds[member.opd].code
    action = MergeCopies(tuple(copies), (code,), lambda _: Side.HERE)
    limited = Draft(draft.before, draft.context)
    try:
        action.apply(limited)
        _check_changes(limited)
    except Rejected:
        return ""
    return code if limited.changes else ""
