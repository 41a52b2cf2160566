"""What a power cut may leave: file system operations recorded, and every state of the disk after them.

The model is the usual one. Bytes written to a file that was not synced since may all be there, or none, or
some blocks of them, or zeros in their place. What happened to the names in a folder that was not synced
since may each have happened or not. What was synced stays.
"""

import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from tests.tracker.store.processes import end_of, fork

BLOCK = 512
Tree = dict[str, bytes | None]
"""The files under a folder with what they hold; None for a folder."""


@dataclass(frozen=True)
class Step:
    """One operation: what was done, to which name or which file, with what."""

    what: str
    name: str = ""
    file: int = 0
    other: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class Recording:
    """What stood there at first, each operation after that, and what stood at each acknowledgement."""

    start: Tree
    steps: list[Step] = field(default_factory=list)
    acknowledged: list[Tree] = field(default_factory=list)


def tree_of(root: Path) -> Tree:
    """Read everything under ``root``."""
    found = sorted(root.rglob("*"))
    return {
        str(path.relative_to(root)): None
        if path.is_dir()
        else path.read_bytes()
        for path in found
    }


def lay_out(tree: Tree, root: Path) -> None:
    """Make the files of a state real."""
    root.mkdir()
    for name, data in tree.items():
        if data is None:
            (root / name).mkdir()
        else:
            (root / name).write_bytes(data)


Acknowledge = Callable[[], None]


def record(root: Path, work: Callable[[Acknowledge], None]) -> Recording:
    """Do ``work`` in a second process, and return every operation by which it changed ``root``.

    A change that goes past what is watched ends the process with an error.
    """
    start, result = tree_of(root), root.with_name(root.name + ".recording")
    assert end_of(fork(lambda: _recorded(root, start, work, result))) == 0
    found: Recording = pickle.loads(result.read_bytes())
    return found


def _recorded(
    root: Path, start: Tree, work: Callable[[Acknowledge], None], result: Path
) -> None:
    recorder = Recorder(root, start)
    with pytest.MonkeyPatch.context() as patch:
        recorder.watch(patch)
        work(recorder.acknowledge)
    recorder.over = True
    assert recorder.heard == recorder.told
    result.write_bytes(pickle.dumps(recorder.recording))


_NAMES = {
    **{"open": 1, "rename": 2, "replace": 2, "link": 2, "symlink": 2},
    **{"remove": 1, "unlink": 1, "mkdir": 1, "rmdir": 1, "truncate": 1},
}
"""The calls that change what names there are, under the system's names and the interpreter's, and how many
names each of them is given."""


_WATCHED = (
    *("open", "close", "write", "fsync", "ftruncate"),
    *("replace", "rename", "link", "unlink", "remove", "mkdir"),
)


class Recorder:
    """Watches the functions of ``os``, and listens to the interpreter so that nothing goes past them."""

    def __init__(self, root: Path, start: Tree) -> None:
        self.root = os.path.realpath(root)
        self.recording = Recording(start)
        self.files = {
            name: number
            for number, name in enumerate(start, 1)
            if start[name] is not None
        }
        self.numbers = len(start)
        self.open: dict[int, tuple[str, int]] = {}
        self.heard = self.told = 0
        self.over = False
        sys.addaudithook(self._hear)

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Stand between the program and the system."""
        for name in _WATCHED:
            patch.setattr(
                os,
                name,
                self._around(getattr(os, name), getattr(self, f"_{name}")),
            )

    def acknowledge(self) -> None:
        """Note that somebody was told that it is done."""
        self.over = True
        self.recording.acknowledged.append(tree_of(Path(self.root)))
        self.over = False
        self._step(Step("acknowledge"))

    def _around(
        self, call: Callable[..., Any], note: Callable[..., None]
    ) -> Callable[..., Any]:
        def watched(*args: Any, **named: Any) -> Any:
            before = self._place(args[0])
            self.told += self._changes(call.__name__, args)
            found = call(*args, **named)
            note(found, before, *args)
            return found

        return watched

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.over:
            call = event.removeprefix("os.")
            self.heard += self._changes(
                call, (args[0], args[2]) if call == "open" else args
            )

    def _changes(self, call: str, args: tuple[Any, ...]) -> bool:
        """Tell whether a call changes something under the root."""
        if call == "open" and not args[1] & (os.O_WRONLY | os.O_RDWR):
            return False
        if call == "open" and os.path.isdir(args[0]):
            # A file in this folder that never has a name: no power cut leaves it.
            return False
        return any(
            self._name(name) is not None for name in args[: _NAMES.get(call, 0)]
        )

    def _name(self, path: Any) -> str | None:
        """Return a path's name under the root, None for what lies elsewhere."""
        if not isinstance(path, str | os.PathLike):
            return None
        full = os.path.join(
            os.path.realpath(os.path.dirname(os.fspath(path))),
            os.path.basename(path),
        )
        return (
            os.path.relpath(full, self.root)
            if (full + os.sep).startswith(self.root + os.sep)
            else None
        )

    def _place(self, handle: Any) -> int:
        try:
            return (
                os.lseek(handle, 0, os.SEEK_CUR)
                if isinstance(handle, int)
                else 0
            )
        except OSError:
            return 0

    def _step(self, step: Step) -> None:
        self.recording.steps.append(step)

    def _open(
        self, handle: int, _: int, path: Any, flags: int, *more: Any
    ) -> None:
        name = self._name(path)
        if name is None:
            return
        if flags & (os.O_WRONLY | os.O_RDWR) and not os.path.isdir(path):
            if name not in self.files:
                self.numbers += 1
                self.files[name] = self.numbers
                self._step(Step("name", name, self.numbers))
            if flags & os.O_TRUNC:
                self._step(Step("truncate", file=self.files[name]))
        self.open[handle] = name, self.files.get(name, 0)

    def _close(self, _: None, before: int, handle: int) -> None:
        self.open.pop(handle, None)

    def _write(self, written: int, before: int, handle: int, data: Any) -> None:
        if handle in self.open:
            self._step(
                Step(
                    "write",
                    file=self.open[handle][1],
                    at=before,
                    data=bytes(data)[:written],
                )
            )

    def _ftruncate(self, _: None, before: int, handle: int, size: int) -> None:
        if handle in self.open:
            self._step(Step("truncate", file=self.open[handle][1], at=size))

    def _fsync(self, _: None, before: int, handle: int) -> None:
        if handle in self.open:
            name, file = self.open[handle]
            folder = stat.S_ISDIR(os.fstat(handle).st_mode)
            self._step(
                Step("sync folder", name) if folder else Step("sync", file=file)
            )

    def _replace(self, _: None, before: int, one: Any, other: Any) -> None:
        old, new = self._name(one), self._name(other)
        if old is not None and new is not None:
            self.files[new] = self.files.pop(old)
            self._step(Step("name", new, self.files[new], other=old))

    _rename = _replace

    def _link(
        self, _: None, before: int, one: Any, other: Any, **named: Any
    ) -> None:
        old, new = self._name(one), self._name(other)
        if old is not None and new is not None:
            self.files[new] = self.files[old]
            self._step(Step("name", new, self.files[new]))

    def _unlink(self, _: None, before: int, path: Any) -> None:
        name = self._name(path)
        if name is not None:
            del self.files[name]
            self._step(Step("unname", name))

    _remove = _unlink

    def _mkdir(self, _: None, before: int, path: Any, *mode: Any) -> None:
        name = self._name(path)
        if name is not None:
            self._step(Step("folder", name))


@dataclass(frozen=True)
class Cut:
    """One state that a power cut may leave, and how many acknowledgements came before it."""

    tree: Tree
    acknowledged: int


def cuts(recording: Recording, *, every: bool) -> Iterator[Cut]:
    """Yield each different state after each step; where not ``every``, the telling ones among many."""
    disk, seen, acknowledged = _Disk(recording.start), set(), 0
    for step in [Step("begin"), *recording.steps]:
        acknowledged += step.what == "acknowledge"
        disk.take(step)
        for tree in disk.states(every=every):
            key = hash((acknowledged, *sorted(tree.items())))
            if key not in seen:
                seen.add(key)
                yield Cut(tree, acknowledged)


class _Disk:
    """What is safe, and what is on its way."""

    def __init__(self, start: Tree) -> None:
        self.names: dict[str, int] = dict(
            zip(start, range(1, len(start) + 1), strict=True)
        )
        self.folders = {name for name, data in start.items() if data is None}
        self.safe: dict[int, bytes] = {
            self.names[name]: data or b"" for name, data in start.items()
        }
        self.latest = dict(self.safe)
        self.pending: list[Step] = []

    def take(self, step: Step) -> None:
        """Carry one step out."""
        file = step.file
        if step.what == "write":
            old = self.latest.get(file, b"").ljust(step.at, b"\0")
            self.latest[file] = (
                old[: step.at] + step.data + old[step.at + len(step.data) :]
            )
        elif step.what == "truncate":
            self.latest[file] = self.latest.get(file, b"")[: step.at].ljust(
                step.at, b"\0"
            )
        elif step.what == "sync":
            self.safe[file] = self.latest.get(file, b"")
        elif step.what == "sync folder":
            done = [
                s
                for s in self.pending
                if os.path.dirname(s.name)
                == ("" if step.name == "." else step.name)
            ]
            self.pending = [s for s in self.pending if s not in done]
            _apply(done, self.names, self.folders)
        elif step.what in {"name", "unname", "folder"}:
            self.pending.append(step)

    def states(self, *, every: bool) -> Iterator[Tree]:
        """Yield what may be found if the power fails now."""
        for happened in _choices(self.pending, every=every):
            names, folders = dict(self.names), set(self.folders)
            _apply(happened, names, folders)
            files = {
                n: f
                for n, f in names.items()
                if n not in folders and _reachable(n, folders)
            }
            numbers = sorted(set(files.values()))
            for contents in product(
                *(self._contents(number, every=every) for number in numbers)
            ):
                found = dict(zip(numbers, contents, strict=True))
                whole: Tree = {
                    name: None
                    for name in sorted(folders)
                    if _reachable(name, folders)
                }
                yield {
                    **whole,
                    **{name: found[file] for name, file in files.items()},
                }

    def _contents(self, file: int, *, every: bool) -> list[bytes]:
        """Return what an unsynced file may hold: each part of its last bytes, or zeros instead of them."""
        old, new = self.safe.get(file, b""), self.latest.get(file, b"")
        if old == new:
            return [old]
        blocks = range(BLOCK, len(new), BLOCK)
        cut_at = blocks if every else list(blocks)[len(blocks) // 2 :][:1]
        found = [old, new, bytes(len(new)), new[: len(new) // 2]]
        for at in cut_at:
            found += [
                new[:at] + old[at:],
                new[:at].ljust(len(new), b"\0"),
                bytes(at) + new[at:],
                new[: at - BLOCK] + bytes(BLOCK) + new[at:],
            ]
        return list(dict.fromkeys(found))


def _apply(steps: list[Step], names: dict[str, int], folders: set[str]) -> None:
    for step in steps:
        if step.what == "folder":
            folders.add(step.name)
            names[step.name] = 0
        elif step.what == "unname":
            names.pop(step.name, None)
        else:
            names[step.name] = step.file
            if names.get(step.other) == step.file:
                del names[step.other]


def _reachable(name: str, folders: set[str]) -> bool:
    above = os.path.dirname(name)
    return not above or (above in folders and _reachable(above, folders))


def _choices(pending: list[Step], *, every: bool) -> Iterator[list[Step]]:
    """Yield which of the pending steps happened: all choices of few, of many none, one, all but one, all."""
    count = len(pending)
    sizes = (
        range(count + 1)
        if every or count <= 3
        else sorted({0, 1, count - 1, count})
    )
    for size in sizes:
        yield from map(list, combinations(pending, size))
