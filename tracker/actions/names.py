"""The words for the actions of the log."""

from functools import cache

from tracker.errors import Term
from tracker.language import N_

_OTHER_LABELS = {
    "init": N_("register begun"),
    "import": N_("import"),
    "merge": N_("copies merged"),
    "snapshot take": N_("snapshot taken"),
    "restore": N_("register restored"),
    "repair": N_("register repaired"),
}
"""Labels of what other parts of the program write to the log."""


@cache
def _load_labels() -> dict[str, str]:
    # The actions use this module for their messages, so it cannot import them earlier.
    from tracker.actions.registry import ACTIONS

    return {action.name: action.log_label for action in ACTIONS} | _OTHER_LABELS


def action_word(name: str) -> Term:
    """Return the msgid of an action of the log, as a term of a message."""
    return Term(_load_labels().get(name, name))
