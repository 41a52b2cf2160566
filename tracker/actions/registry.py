"""All the actions there are: loading them takes longer than most commands run."""

from tracker.actions.applications import (
    AddApplication,
    EditApplication,
    IntegrateApplication,
    RetireApplication,
)
from tracker.actions.city import AddEvaluation, AddMilestone, ChangeCity
from tracker.actions.decisions import (
    AddDecisions,
    DropDecisions,
    EditDecision,
    FinishDecisions,
)
from tracker.actions.draft import LabelledAction
from tracker.actions.families import NameFamilies
from tracker.actions.kinds import AddKind, RemoveKind, RenameKind
from tracker.actions.members import RemoveMember, SetMember
from tracker.actions.moves import (
    CorrectFact,
    MoveServices,
    VerifyServices,
    WithdrawFact,
)
from tracker.actions.opds import (
    AddOPD,
    EditOPD,
    MergeOPD,
    ReportOPDs,
    RetireOPD,
)
from tracker.actions.opening import (
    CloseOpening,
    RemoveFromOpening,
    ReopenOpening,
)
from tracker.actions.reminders import RecordReminders
from tracker.actions.services import (
    AddService,
    EditService,
    ReopenServices,
    RetireServices,
    TransferServices,
)
from tracker.actions.targets_obstacles import (
    AddObstacles,
    ClearTargets,
    ResolveObstacles,
    SetTargets,
)
from tracker.actions.undo import Redo, Undo

ACTIONS: tuple[type[LabelledAction], ...] = (
    AddOPD,
    EditOPD,
    MergeOPD,
    RetireOPD,
    ReportOPDs,
    RecordReminders,
    AddService,
    EditService,
    NameFamilies,
    TransferServices,
    RetireServices,
    ReopenServices,
    MoveServices,
    VerifyServices,
    CorrectFact,
    WithdrawFact,
    AddApplication,
    EditApplication,
    IntegrateApplication,
    RetireApplication,
    SetTargets,
    ClearTargets,
    AddObstacles,
    ResolveObstacles,
    AddMilestone,
    AddEvaluation,
    AddDecisions,
    EditDecision,
    FinishDecisions,
    DropDecisions,
    CloseOpening,
    ReopenOpening,
    RemoveFromOpening,
    AddKind,
    RenameKind,
    RemoveKind,
    ChangeCity,
    SetMember,
    RemoveMember,
    Undo,
    Redo,
)
"""Every action that a person can take on a register; an import adds its own."""
