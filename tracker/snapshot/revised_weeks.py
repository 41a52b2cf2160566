"""Which published weeks the history gives otherwise today, in any figure that was kept.

Counting a week anew is quick, measuring it is not (tens of milliseconds each), and a city has a
hundred of them. So only weeks that a later entry can have touched are measured. What is later the
log's order tells: clocks are set back, and a merge brings in what was recorded long before.
"""

from collections.abc import Sequence
from datetime import date

from tracker.changes import Change, audit_log
from tracker.model import Fact, StoredSnapshot
from tracker.register import Register
from tracker.snapshot.published import (
    ReadPage,
    find_changes,
    has_other_targets,
)
from tracker.snapshot.stored import find_revisions, is_of_opening
from tracker.week import Week

_DATED = {
    "services": "registered_on",
    "moves": "on",
    "transfers": "on",
    "closures": "start",
    "obstacles": "opened_on",
    "milestones": "on",
}
"""The field that says from which day a fact counts. Reports count in their week."""

_UNDATED = frozenset({"targets", "city"})
"""Facts that change how every past week is read: targets, the goal, the days of a stall."""

Effects = list[tuple[str, date]]
"""The log entries that changed something and from which day on that counts, the last entry first."""

_TABLES = (*_DATED, "reports", *_UNDATED)


def find_revised(
    register: Register,
    read_page: ReadPage,
    today: date,
) -> frozenset[Week]:
    """Return the final weeks of which a kept figure differs from what the history gives today."""
    published = [one for one in register.snapshots.values() if one.final]
    if not published:
        return frozenset()

    by_counts = {revision.week for revision in find_revisions(register, today)}
    known = _find_known(register, published)
    of_targets, others = _find_effects(
        register,
        min(known.values(), default=""),
    )
    found = set(by_counts)
    for snapshot in published:
        week = Week.parse(snapshot.week)
        if week in found or not snapshot.pages:
            continue
        if is_of_opening(register, snapshot):
            continue
        since = known.get(snapshot.id)
        if since is None or _is_touched(snapshot, since, others):
            differs = bool(find_changes(register, snapshot, read_page, today))
        else:
            differs = _is_touched(
                snapshot,
                since,
                of_targets,
            ) and has_other_targets(
                register,
                snapshot,
                read_page,
                today,
            )
        if differs:
            found.add(week)
    return frozenset(found)


def _find_known(
    register: Register,
    published: Sequence[StoredSnapshot],
) -> dict[str, str]:
    """Return the last log entry that each publication knew, by the snapshot's key; "" for none.

    One that an import or a merge brought is left out: it knew the log of another register.
    """
    brought = {
        key
        for entry in register.log.values()
        for key in entry.changes.get("snapshots", ())
    }
    entries = {entry.chain: key for key, entry in register.log.items()}
    entries[""] = ""
    return {
        snapshot.id: entries[snapshot.log_head]
        for snapshot in published
        if snapshot.id not in brought and snapshot.log_head in entries
    }


def _is_touched(
    snapshot: StoredSnapshot,
    since: str,
    effects: Effects,
) -> bool:
    """Return whether something entered after ``since`` counts in a snapshot's week or before."""
    for entry, day in effects:
        if entry <= since:
            return False
        if day <= snapshot.as_of:
            return True
    return False


def _find_effects(register: Register, since: str) -> tuple[Effects, Effects]:
    """Return the effects of targets, and those of all else, of the log entries after ``since``."""
    of_targets: Effects = []
    others: Effects = []
    later = [entry for key, entry in register.log.items() if key > since]
    for told in audit_log(register, later):
        for change in told.changes:
            effects = of_targets if change.table == "targets" else others
            if change.table in _TABLES:
                effects.append((told.entry.id, _first_day(change)))
    return of_targets, others


def _first_day(change: Change) -> date:
    if change.table == "services" and change.before and change.after:
        # The owner, the volume, the application … are not dated: every week reads them.
        return date.min
    facts = [fact for fact in (change.before, change.after) if fact is not None]
    return min(
        (_day_of(change.table, fact) for fact in facts),
        default=date.max,
    )


def _day_of(table: str, fact: Fact) -> date:
    if table in _UNDATED:
        return date.min
    if table == "reports":
        week: str = getattr(fact, "week", "")
        return Week.parse(week).monday
    day: date = getattr(fact, _DATED[table])
    return day
