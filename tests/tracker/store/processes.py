"""Second processes: forked writers that can be killed, and users who may not do everything."""

import getpass
import os
import platform
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

NOBODY = 65534
_PRELOADED = (getpass, platform)


def fork(work: Callable[[], None]) -> int:
    """Run ``work`` in a process of its own, which ends with status 0 if nothing was raised."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def end_of(child: int) -> int:
    """Wait for a process and return its status, negative where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    assert end_of(child) == -signal.SIGKILL


def as_nobody(work: Callable[[], None]) -> int:
    """Run ``work`` as a user whom permissions bind, also where the tests run as root."""

    def humbled() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        work()

    return end_of(fork(humbled))


@contextmanager
def fatal_call(number: int) -> Iterator[list[str]]:
    """Kill this process at the ``number``-th call that touches files, a writing call after half of its bytes.

    The list tells which calls there were.
    """
    calls: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in (
            "open",
            "write",
            "fsync",
            "fchmod",
            "fchown",
            "replace",
            "unlink",
            "link",
            "close",
        ):
            patch.setattr(
                os, name, _dying(name, getattr(os, name), calls, number)
            )
        yield calls


def _dying(
    name: str, call: Callable[..., object], calls: list[str], number: int
) -> Callable[..., object]:
    def counted(*args: object, **named: object) -> object:
        calls.append(name)
        if len(calls) == number:
            if name == "write":
                handle, data = args
                assert isinstance(data, bytes | memoryview)
                call(handle, data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*args, **named)

    return counted
