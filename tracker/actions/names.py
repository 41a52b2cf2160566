"""The words for the actions of the log."""

from tracker.errors import Term
from tracker.language import N_

_NAMES = {
    "init": N_("register begun"),
    "opd add": N_("new OPD"),
    "opd edit": N_("OPD changed"),
    "opd merge": N_("OPDs merged"),
    "opd retire": N_("OPD ended"),
    "service add": N_("new service"),
    "service edit": N_("service changed"),
    "service family": N_("family of services named"),
    "service transfer": N_("passed to another OPD"),
    "service retire": N_("service retired"),
    "service reopen": N_("service reopened"),
    "move": N_("moved to a stage"),
    "verify": N_("claim verified"),
    "correct": N_("entry corrected"),
    "withdraw": N_("entry withdrawn"),
    "report": N_("report of the week"),
    "target set": N_("target set"),
    "target clear": N_("target cleared"),
    "app add": N_("new application"),
    "app edit": N_("application changed"),
    "app integrate": N_("application integrated"),
    "app retire": N_("application switched off"),
    "obstacle add": N_("new obstacle"),
    "obstacle resolve": N_("obstacle resolved"),
    "evaluation add": N_("new evaluation"),
    "milestone add": N_("new milestone"),
    "decision add": N_("new decision asked"),
    "decision edit": N_("decision changed"),
    "decision done": N_("decision carried out"),
    "decision drop": N_("decision dropped"),
    "opening close": N_("opening closed"),
    "opening reopen": N_("opening reopened for an OPD"),
    "config set": N_("settings changed"),
    "import": N_("import"),
    "snapshot take": N_("snapshot taken"),
    "restore": N_("register restored"),
    "repair": N_("register repaired"),
    "undo": N_("undone"),
    "redo": N_("done again"),
}


def action_word(name: str) -> Term:
    """Return the msgid of an action of the log, as a term of a message."""
    return Term(_NAMES.get(name, name))
