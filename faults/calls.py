"""The system calls of a run, as strace tells them, and what can go wrong at each."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

KILL = "KILL"

_OPENING = ("EIO", "EACCES", "EMFILE", "EMFILE+", "ENOSPC", "EINTR", KILL)
_NAMING = ("EIO", "ENOSPC", "EACCES", "EACCES+", KILL)
_LOOKING = ("EIO", "EACCES", KILL)
_READING = ("EIO", "EINTR", KILL)
_WRITING = ("EIO", "ENOSPC", "ENOSPC+", "EINTR", KILL)
_RECEIVING = ("ECONNRESET", "ETIMEDOUT", "EINTR", KILL)
_SENDING = ("EINTR", KILL)
"""A network that refuses to send is dead and gives nothing to read either; one call alone cannot play that."""

FAULTS: dict[str, Sequence[str]] = {
    **dict.fromkeys(("open", "openat"), _OPENING),
    **dict.fromkeys(("mkdir", "mkdirat", "link", "linkat"), _NAMING),
    **dict.fromkeys(("rename", "renameat", "renameat2"), _NAMING),
    **dict.fromkeys(("unlink", "unlinkat", "rmdir"), _LOOKING),
    **dict.fromkeys(("stat", "lstat", "fstat", "newfstatat"), _LOOKING),
    **dict.fromkeys(("statx", "access", "faccessat", "faccessat2"), _LOOKING),
    **dict.fromkeys(("readlink", "readlinkat"), _LOOKING),
    **dict.fromkeys(("chmod", "fchmod", "fchmodat"), _LOOKING),
    **dict.fromkeys(("chown", "fchown", "fchownat"), _LOOKING),
    **dict.fromkeys(("read", "pread64", "readv"), _READING),
    **dict.fromkeys(("getdents64", "copy_file_range"), ("EIO", KILL)),
    **dict.fromkeys(("write", "pwrite64", "writev", "sendfile"), _WRITING),
    **dict.fromkeys(("fsync", "fdatasync", "ftruncate"), _WRITING),
    "close": ("EIO", "ENOSPC", KILL),
    **dict.fromkeys(("flock", "fcntl"), ("EIO", "ENOLCK", "EINTR", KILL)),
    "socket": ("EMFILE", "EACCES", KILL),
    "connect": ("ECONNREFUSED", "ETIMEDOUT", "EACCES", "EINTR", KILL),
    **dict.fromkeys(("sendto", "sendmsg"), _SENDING),
    **dict.fromkeys(("recvfrom", "recvmsg"), _RECEIVING),
    **dict.fromkeys(("poll", "ppoll", "select", "pselect6"), ("EINTR", KILL)),
}
"""The calls that touch files and networks, and what the system may answer instead of what was asked.

With a ``+`` it goes on to answer so, as a disk that stays full does.
"""

_LINE = re.compile(r"(?:(\d+) +)?(\w+)\((.*)")
_OUTPUT = re.compile(r"[12]<")
_HERE = re.compile(r"AT_FDCWD<[^>]*>, ")
_RELATIVE = re.compile(r'(AT_FDCWD, )?"(?!/)[^"]')


@dataclass(frozen=True)
class Call:
    """The ``number``-th call of its name in a run (from 1), and what it touches.

    ``place`` is ``files`` (those that the command works on), ``network``, ``output``, or
    ``program``: the program's own modules and what they need.
    """

    name: str
    number: int
    told: str
    place: str


@dataclass(frozen=True)
class Fault:
    """One fault of one call: the name of an error, also of all later calls with a ``+``, or ``KILL``."""

    call: Call
    error: str

    @property
    def is_lasting(self) -> bool:
        """Whether all later calls of that name fail too."""
        return self.error.endswith("+")

    def __str__(self) -> str:
        """Return the name under which ``--only`` repeats this fault."""
        return f"{self.call.name}:{self.call.number}:{self.error}"


def read_calls(trace: str, folder: Path) -> Iterator[Call]:
    """Yield the calls of the first process of a trace; ``folder`` holds the files that it works on."""
    counts: dict[str, int] = {}
    process: str | None = ""
    for line in trace.splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        process = found[1] if process == "" else process
        name, told = found[2], found[3]
        if found[1] == process and name in FAULTS:
            counts[name] = counts.get(name, 0) + 1
            yield Call(name, counts[name], told, _find_place(told, folder))


def _find_place(told: str, folder: Path) -> str:
    told = _HERE.sub("", told)
    if str(folder) in told or _RELATIVE.match(told):
        return "files"
    if "socket:" in told:
        # The C library asks that daemon for the user's name, and does without it.
        return "program" if "/nscd/" in told else "network"
    return "output" if _OUTPUT.match(told) else "program"


def sample_faults(
    calls: Iterable[Call],
    count: int,
    seed: int,
) -> list[Fault]:
    """Return ``count`` faults, those of rare calls as often as those of frequent ones; 0: all of them."""
    chance = random.Random(seed)
    by_kind: dict[tuple[str, str], list[Fault]] = {}
    for call in calls:
        for error in FAULTS[call.name]:
            kind = by_kind.setdefault((call.name, error), [])
            kind.append(Fault(call, error))
    for kind in by_kind.values():
        chance.shuffle(kind)
    longest = max(map(len, by_kind.values()), default=0)
    in_turn = [
        kind[turn]
        for turn in range(longest)
        for kind in by_kind.values()
        if turn < len(kind)
    ]
    return in_turn[: count or None]
