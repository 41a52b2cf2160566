"""Reminders: what was sent to which OPD, kept as facts."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from tracker.actions.draft import Draft
from tracker.errors import Rejected
from tracker.language import N_
from tracker.lookup import find_opd
from tracker.model import Reminder, ReminderLevel
from tracker.register import Register


class RecordReminders(Struct, frozen=True):
    """Record that OPDs were reminded on a day; ``sent`` are pairs of an OPD and its level."""

    name: ClassVar[str] = "remind"
    log_label: ClassVar[str] = N_("reminders sent")
    sent: tuple[tuple[str, ReminderLevel], ...]
    on: date

    def apply(self, draft: Draft) -> None:
        """Add a reminder for each OPD; one of that day and level is not added again."""
        for text, level in find_unrecorded(draft.register, self.sent, self.on):
            opd = find_opd(draft.register, text)
            draft.new(
                Reminder,
                opd=opd.id,
                on=self.on,
                level=level,
            )
        if not draft.changes:
            raise Rejected("These reminders are recorded already.")


def find_unrecorded(
    register: Register,
    sent: tuple[tuple[str, ReminderLevel], ...],
    day: date,
) -> tuple[tuple[str, ReminderLevel], ...]:
    """Return those of ``sent`` that are not recorded for ``day``, each OPD and level once."""
    known = {
        (one.opd, one.level)
        for one in register.reminders.values()
        if one.on == day
    }
    found = []
    for text, level in sent:
        key = find_opd(register, text).id, level
        if key not in known:
            known.add(key)
            found.append((text, level))
    return tuple(found)
