"""Every kind of facts and every field: the one place that names, bounds and labels them.

A new field is an entry here beside its attribute in ``tracker.model``; labels, limits, the
reading of typed values, correction dialogs, file columns and the narration follow from it.
"""

from tracker.fields.dated import (
    CLOSURES,
    DECISIONS,
    EVALUATIONS,
    LOG,
    MILESTONES,
    MOVES,
    OBSTACLES,
    REPORTS,
    SNAPSHOTS,
    TARGETS,
    TRANSFERS,
)
from tracker.fields.description import FactKind
from tracker.fields.registered import APPLICATIONS, CITY, OPDS, SERVICES

FACT_KINDS: dict[str, FactKind] = {
    kind.table: kind
    for kind in (
        CITY,
        OPDS,
        APPLICATIONS,
        SERVICES,
        TRANSFERS,
        CLOSURES,
        MOVES,
        TARGETS,
        OBSTACLES,
        REPORTS,
        EVALUATIONS,
        MILESTONES,
        DECISIONS,
        SNAPSHOTS,
        LOG,
    )
}
"""Every kind by its table, in the order in which an import enters them: what is referred to first."""
