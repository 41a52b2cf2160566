"""What is remembered between comparisons: the files, and what was decided on near names.

It is kept beside a person's settings, under the name of the city that compares: another
city's names are no facts of the register.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tracker.comparison.pairing import Decisions
from tracker.errors import Rejected
from tracker.exchange.writing.files import replace_file
from tracker.os_errors import reason_of
from tracker.text import name_key

MEMORY_FILE = "comparisons.json"


class Memory(Struct, omit_defaults=True):
    """What one city remembers of its comparisons.

    ``decided`` holds for each pair of near names the key of the other city, our code,
    theirs, and whether they are the same service.
    """

    files: list[str] = []
    decided: list[tuple[str, str, str, bool]] = []

    def decisions(self, other: str) -> Decisions:
        """Return what was decided on the near names of a city."""
        key = name_key(other)
        pairs = [
            (ours, theirs, same)
            for city, ours, theirs, same in self.decided
            if city == key
        ]
        alike = {ours: theirs for ours, theirs, same in pairs if same}
        apart = {(ours, theirs) for ours, theirs, same in pairs if not same}
        return Decisions(alike, frozenset(apart))

    def decide(
        self,
        other: str,
        ours: str,
        theirs: str,
        *,
        same: bool,
    ) -> None:
        """Remember whether two services, by their codes, are the same."""
        key = name_key(other)
        self.decided = [
            one for one in self.decided if one[:3] != (key, ours, theirs)
        ]
        self.decided.append((key, ours, theirs, same))

    def remember_files(self, paths: Sequence[Path]) -> None:
        """Remember which files were compared last."""
        self.files = [os.path.abspath(path) for path in paths]


def load_memory(path: Path, city: str) -> Memory:
    """Return what a city remembers; nothing if there is no file, or a damaged one.

    Raises ``Rejected`` if the disk fails: what was decided is then not known.
    """
    return _read_all(path).get(name_key(city), Memory())


def save_memory(path: Path, city: str, memory: Memory) -> None:
    """Keep what a city remembers; raise ``Rejected`` if the disk fails.

    A file that is damaged is kept beside: it may hold the decisions of every city.
    """
    known = _read_all(path)
    if not known and path.is_file():
        with suppress(OSError):
            path.replace(path.with_suffix(".damaged"))
    everything = known | {name_key(city): memory}
    encoded: Any = msgspec.json.encode(everything)
    with replace_file(path) as beside:
        beside.write_bytes(msgspec.json.format(encoded, indent=1))


def _read_all(path: Path) -> dict[str, Memory]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Memory])
    except (
        FileNotFoundError,
        NotADirectoryError,
        msgspec.MsgspecError,
        UnicodeDecodeError,
    ):
        return {}
    except OSError as error:
        raise Rejected(
            "{path} cannot be read: {reason}.",
            path=str(path),
            reason=reason_of(error),
        ) from error
