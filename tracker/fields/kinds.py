"""Every kind of facts and every field: the one place that names, bounds and labels them.

A new field is an entry in one of the kinds, beside its attribute in ``tracker.model``; labels,
limits, the reading of typed values, correction dialogs, file columns and the narration follow
from it.
"""

from tracker.fields.dated import DATED_KINDS
from tracker.fields.description import FactKind
from tracker.fields.registered import REGISTERED_KINDS

FACT_KINDS: dict[str, FactKind] = {
    kind.table: kind for kind in (*REGISTERED_KINDS, *DATED_KINDS)
}
"""Every kind by its table, in the order in which an import enters them: what is referred to first."""
