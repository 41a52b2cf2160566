"""The comparison that the screen shows: read beside the screens, remembered between visits."""

import os
from pathlib import Path

from msgspec import Struct

from screens.host import Host
from screens.state import DayView
from tracker.comparison import reading
from tracker.comparison.cities import ComparedCity
from tracker.comparison.collection_file import TABLE_FILE, is_collection
from tracker.comparison.memory import (
    MEMORY_FILE,
    Memory,
    load_memory,
    save_memory,
)
from tracker.comparison.pairing import Decisions
from tracker.comparison.report import Comparison
from tracker.errors import UserError


class Wanted(Struct, frozen=True):
    """The files to compare, and the decisions on similar names so far."""

    context_by: str
    files: tuple[str, ...]
    states: tuple[tuple[int, int], ...]
    """When each file was last written and how large it is: others add to it meanwhile."""
    same_age: bool
    decided: tuple[tuple[str, str, str, bool], ...]

    def decisions(self, other: str) -> Decisions:
        """Return what was decided on the near names of a city."""
        return Memory(decided=list(self.decided)).decisions(other)


def read_comparison(facts: DayView, wanted: Wanted) -> Comparison | UserError:
    """Return our city beside those in the files, or why they cannot be compared."""
    from datetime import UTC, datetime

    from tracker.actions.draft import Context
    from tracker.cli.session import find_today

    own = ComparedCity.of("", facts.register, facts.today)
    context = Context(wanted.context_by, datetime.now(UTC), facts.today)
    try:
        comparison = reading.read_comparison(
            own,
            [Path(file) for file in wanted.files],
            context,
            find_today,
            wanted.decisions,
            same_age=wanted.same_age,
        )
        # Worked out here, not when lines are drawn: a table may hold hundreds of cities.
        comparison.city_rows(with_forecasts=comparison.forecasts_fit)
        comparison.kind_rows()
    except UserError as error:
        return error
    return comparison


class RememberedComparison:
    """The comparison of a host: saved beside its settings, or in memory if it has none.

    It stays in memory, too, where what was saved cannot be read: that is not written over.
    """

    def __init__(self, host: Host) -> None:
        self.host = host
        self.city = host.state.register.only_city.name
        self.path = (
            host.home.settings.with_name(MEMORY_FILE) if host.home else None
        )
        self.memory = Memory()
        if self.path is None:
            return
        try:
            self.memory = load_memory(self.path, self.city)
        except UserError as error:
            self._tell_failure(error)
            self.path = None

    @property
    def table(self) -> Path:
        """The collected table that is compared, else the one beside the settings."""
        for file in self.memory.files:
            if is_collection(Path(file)):
                return Path(file)
        beside = self.path or Path(MEMORY_FILE)
        return beside.with_name(TABLE_FILE)

    def choose_table(self, table: Path) -> None:
        """Compare with a collected table from now on, in the place of any other."""
        registers = [
            file for file in self.memory.files if not is_collection(Path(file))
        ]
        self.choose_files((*registers, str(table)))

    def choose_files(self, files: tuple[str, ...]) -> None:
        """Compare with other files from now on."""
        self.memory.remember_files([Path(file) for file in files])
        self._save()

    def decide(
        self,
        other: str,
        ours: str,
        theirs: str,
        *,
        same: bool,
    ) -> None:
        """Remember whether two near names mean the same service."""
        self.memory.decide(other, ours, theirs, same=same)
        self._save()

    def _save(self) -> None:
        if self.path is None:
            return
        try:
            save_memory(self.path, self.city, self.memory)
        except UserError as error:
            self._tell_failure(error)

    def _tell_failure(self, error: UserError) -> None:
        message = self.host.state.language.say(error)
        self.host.show_message(message, severity="error")

    def wanted(self, by: str, *, same_age: bool) -> Wanted:
        """Return what is to be compared now."""
        return Wanted(
            by,
            tuple(self.memory.files),
            tuple(map(_read_state, self.memory.files)),
            same_age,
            tuple(self.memory.decided),
        )


def _read_state(file: str) -> tuple[int, int]:
    """Return when a file was last written and how large it is; zeros if that cannot be told."""
    try:
        found = os.stat(file)
    except (OSError, ValueError):
        return 0, 0
    return found.st_mtime_ns, found.st_size
