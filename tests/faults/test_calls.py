"""What strace tells is read as calls, and a sample of faults has those of rare calls too."""

from collections import Counter
from pathlib import Path

from faults.calls import FAULTS, KILL, Call, read_calls, sample_faults

FOLDER = Path("/tmp/x/world")
TRACE = """\
7 openat(AT_FDCWD</tmp/x/world>, "/usr/lib/x.py", O_RDONLY) = 3</usr/lib/x.py>
7 openat(AT_FDCWD</tmp/x/world>, "pages/a.md", O_RDONLY) = 3</tmp/x/world/pages/a.md>
7 rt_sigaction(SIGINT, NULL, NULL, 8) = 0
8 openat(AT_FDCWD</tmp/x/world>, "pages/b.md", O_RDONLY) = 3</tmp/x/world/pages/b.md>
7 openat(AT_FDCWD</usr>, "/tmp/x/world/b", O_RDONLY) = -1 EIO (Input/output error) (INJECTED)
7 fsync(4</tmp/x/world/.kota.json.1.tmp>) = 0
7 sendto(5<socket:[7]>, ""..., 9, 0, NULL, 0) = 9
7 connect(5<socket:[8]>, {sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT
7 write(1<pipe:[9]>, ""..., 40) = 40
7 +++ exited with 0 +++
"""


def test_calls_are_counted_by_name_and_placed_by_what_they_touch() -> None:
    found = [
        (call.name, call.number, call.place)
        for call in read_calls(TRACE, FOLDER)
    ]
    assert found == [
        ("openat", 1, "program"),
        ("openat", 2, "files"),
        ("openat", 3, "files"),
        ("fsync", 1, "files"),
        ("sendto", 1, "network"),
        ("connect", 1, "program"),
        ("write", 1, "output"),
    ]


def test_a_trace_without_processes_is_of_one() -> None:
    alone = TRACE.replace("7 ", "").replace("8 openat", "openat")
    assert len(list(read_calls(alone, FOLDER))) == 8


def test_a_sample_has_every_fault_of_the_rarest_call() -> None:
    reads = [Call("read", number, "", "files") for number in range(1, 200)]
    calls = [*reads, Call("rename", 1, "", "files")]
    sample = sample_faults(calls, 40, seed=1)
    assert len(set(map(str, sample))) == 40
    assert Counter(fault.call.name for fault in sample)["rename"] == len(
        FAULTS["rename"]
    )
    assert sample == sample_faults(calls, 40, seed=1)
    assert sample != sample_faults(calls, 40, seed=2)
    every = sample_faults(calls, 0, seed=1)
    assert len(every) == 199 * len(FAULTS["read"]) + len(FAULTS["rename"])
    assert f"rename:1:{KILL}" in map(str, every)
