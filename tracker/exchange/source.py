"""From which register an export comes, and how far that register was: told in JSON exports."""

from typing import Any

import msgspec

from tracker.limits import EARLIEST, LATEST
from tracker.model import Moment
from tracker.origins import Origin, action_origin, entries_in_force
from tracker.register import Register


class Source(msgspec.Struct, frozen=True):
    """The register that was exported: how its keys begin, and its last action."""

    prefix: str
    last_action: str
    recorded_at: Moment
    by: str

    @property
    def origin(self) -> Origin:
        """By what its last action is known in every copy."""
        return Origin(self.last_action, self.recorded_at, self.by)


def source_of(register: Register) -> Source | None:
    """Return what an export tells of its register; None if nothing was done in it."""
    entries = entries_in_force(register.log)
    if not entries:
        return None
    return Source(register.prefix, *action_origin(entries[-1]))


def read_source(value: Any) -> Source | None:
    """Return what a file tells of the register that it comes from; None if that cannot be read."""
    try:
        source = msgspec.convert(value, Source)
    except msgspec.ValidationError:
        return None
    is_in_reach = EARLIEST.year <= source.recorded_at.year <= LATEST.year
    return source if is_in_reach else None
