"""The published weeks of two copies: of each week, what was published first stays published."""

from msgspec.structs import replace

from tracker.merge.keys import KeyMap
from tracker.model import StoredSnapshot
from tracker.register import Register


def merge_snapshots(here: Register, keys: KeyMap) -> dict[str, StoredSnapshot]:
    """Return the snapshots of the other copy that stand after the merge, by their keys here.

    A final one goes before a provisional one. Of two final ones the earlier was
    published and stays; of two provisional ones the later says more.
    """
    by_week = {snapshot.week: snapshot for snapshot in here.snapshots.values()}
    taken: dict[str, StoredSnapshot] = {}
    for snapshot in keys.there.register.snapshots.values():
        ours = by_week.get(snapshot.week)
        if ours is None:
            key = keys.take_key()
        elif _snapshot_order(snapshot) < _snapshot_order(ours):
            key = ours.id
        else:
            continue
        taken[key] = replace(
            snapshot,
            id=key,
            figures=_rekey_figures(snapshot, keys),
        )
    return taken


def _snapshot_order(snapshot: StoredSnapshot) -> tuple[bool, float, float, str]:
    """Return by what snapshots of one week are ranked, the one that stands first."""
    moment = snapshot.recorded_at.timestamp()
    if snapshot.final:
        return False, 0, moment, snapshot.by
    return True, -snapshot.as_of.toordinal(), -moment, snapshot.by


def _rekey_figures(
    snapshot: StoredSnapshot,
    keys: KeyMap,
) -> dict[str, list[int | None]]:
    """Return the rows of figures under the keys that the OPDs have here."""
    return {
        scope if scope == "city" else keys.rekey(scope): row
        for scope, row in snapshot.figures.items()
    }
