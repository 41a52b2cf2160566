"""A power cut at any moment leaves the state before or after an action, and everything acknowledged."""

import os
import shutil
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest

from tests.tracker.store.disk import (
    Acknowledge,
    Cut,
    Recording,
    Tree,
    cuts,
    lay_out,
    record,
)
from tests.tracker.store.world import (
    NOW,
    TODAY,
    TOMORROW,
    Advance,
    Rename,
    Settle,
    context,
    new_store,
    publish,
)
from tracker.actions.perform import perform
from tracker.errors import Unreadable
from tracker.store import backups, file, pages, replace, storage
from tracker.store.backups import (
    BESIDE,
    BY_HAND,
    Plan,
    backups_of,
    list_backups,
)
from tracker.store.doctor import examine_register, repair_register
from tracker.store.file import FileStore
from tracker.store.migrations import MIGRATIONS, Migration
from tracker.store.replace import Stamp, find_leftovers, stamp_of
from tracker.store.restore import restore_backup
from tracker.store.tables import Tables

LATER = NOW + timedelta(hours=1)


class Story:
    """A register, and something that is done to it and that the power may cut short."""

    register = "tracker.json"
    plan: Plan = BESIDE
    migrations: tuple[Migration, ...] = tuple(MIGRATIONS)

    def __init__(self, root: Path) -> None:
        self.root = root
        self.path = root / self.register
        root.mkdir()

    def store(self, path: Path | None = None) -> FileStore:
        path = path or self.path
        return FileStore(
            path,
            clock=lambda: TOMORROW,
            plan=self.plan,
            migrations=self.migrations,
        )

    def before(self) -> None:
        store = new_store(self.path)
        perform(store, Settle(2), context())
        store.commit(publish)

    def work(self, acknowledge: Acknowledge) -> None:
        raise NotImplementedError


class PlainCommits(Story):
    """Changes of one day, the first of which was before."""

    def before(self) -> None:
        super().before()
        perform(self.store(), Rename("disdukcapil-1", "Kartu"), context())

    def work(self, acknowledge: Acknowledge) -> None:
        store = self.store()
        for text in ("Kartu keluarga " * 19, "Kartu"):
            perform(store, Rename("disdukcapil-1", text), context())
            acknowledge()


class Publish(Story):
    def before(self) -> None:
        perform(new_store(self.path), Settle(2), context())

    def work(self, acknowledge: Acknowledge) -> None:
        self.store().commit(publish)
        acknowledge()


class FirstOfADay(Story):
    def work(self, acknowledge: Acknowledge) -> None:
        perform(self.store(), Advance("disdukcapil-0"), context())
        acknowledge()


class FirstOfADayWithoutLinks(FirstOfADay):
    def work(self, acknowledge: Acknowledge) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(backups, "_link_backup", lambda *_: False)
            super().work(acknowledge)


class Imported(Rename):
    name = "import"


class Import(Story):
    def work(self, acknowledge: Acknowledge) -> None:
        perform(
            self.store(), Imported("disdukcapil-1", "Dari berkas"), context()
        )
        acknowledge()


class Backup(Story):
    def work(self, acknowledge: Acknowledge) -> None:
        assert self.store().keep_backup(BY_HAND)
        acknowledge()


class Restore(Story):
    def before(self) -> None:
        super().before()
        assert self.store().keep_backup(BY_HAND)
        perform(self.store(), Advance("disdukcapil-0"), context())

    def work(self, acknowledge: Acknowledge) -> None:
        kept = next(b for b in list_backups(self.path) if b.why == BY_HAND)
        restore_backup(self.store(), kept.path, by="Budi", now=LATER)
        acknowledge()


class Repair(Story):
    def before(self) -> None:
        super().before()
        perform(self.store(), Advance("disdukcapil-0"), context())
        shutil.rmtree(backups_of(self.path))
        self.path.write_bytes(
            self.path.read_bytes().replace(b'"online"', b'"on"')
        )

    def work(self, acknowledge: Acknowledge) -> None:
        repair_register(self.store(), by="Budi", now=LATER)
        acknowledge()


def say_it_anew(tables: Tables) -> None:
    tables["services"] = {
        number: {**document, "name": document["name"] + "!"}
        for number, document in tables.get("services", {}).items()
        if not document["name"].endswith("!")
    }


class Migrate(Story):
    migrations = (*MIGRATIONS, say_it_anew)

    def work(self, acknowledge: Acknowledge) -> None:
        perform(self.store(), Advance("disdukcapil-0"), context())
        acknowledge()


class Found(Story):
    """A new register in folders that are not there yet."""

    register = "data/opd/tracker.json"

    def before(self) -> None:
        pass

    def work(self, acknowledge: Acknowledge) -> None:
        store = new_store(self.path, lambda: TOMORROW)
        acknowledge()
        perform(store, Settle(1), context())
        acknowledge()


def elsewhere(story: type[Story]) -> type[Story]:
    """Return the story with its backups in folders of their own that are not there yet."""

    class Elsewhere(story):  # type: ignore[valid-type,misc]
        def __init__(self, root: Path) -> None:
            super().__init__(root)
            self.plan = Plan(root / "usb" / "register")

    Elsewhere.__name__ = f"{story.__name__}BackedUpElsewhere"
    return Elsewhere


STORIES = [
    *(
        PlainCommits,
        Publish,
        FirstOfADay,
        FirstOfADayWithoutLinks,
        Import,
        Backup,
        Restore,
        Repair,
        Migrate,
        Found,
    ),
    *map(elsewhere, (FirstOfADay, Import, Backup)),
]


class Judge:
    """Lays states of the disk out as files, and opens them."""

    def __init__(
        self, story: Story, recording: Recording, folder: Path
    ) -> None:
        self.story = story
        self.told: list[Tree] = [recording.start, *recording.acknowledged]
        self.versions = [tree.get(story.register) for tree in self.told]
        self.whole = {
            data
            for tree in self.told
            for name, data in tree.items()
            if is_kept_whole(name)
        }
        self.folder = folder
        self.numbers = count()

    def judge(self, cut: Cut, *, opened: bool) -> None:
        """Fail where something acknowledged is not there, or anything is half there."""
        found, sure = cut.tree.get(self.story.register), cut.acknowledged
        allowed = self.versions[sure : sure + 2]
        assert found in allowed, "neither before nor after"
        self._whole_copies(cut.tree, sure + allowed.index(found))
        if opened:
            self._opened(cut.tree, found)

    def _opened(self, tree: Tree, found: bytes | None) -> None:
        root = self.folder / str(next(self.numbers))
        lay_out(tree, root)
        original = self.story.plan
        if original.folder is not None:
            self.story.plan = Plan(
                root / original.folder.relative_to(self.story.root)
            )
        try:
            self._opens(root / self.story.register, found)
        finally:
            self.story.plan = original
        shutil.rmtree(root)

    def _whole_copies(self, tree: Tree, version: int) -> None:
        """Look whether the backups and texts that went before this version are there, and none but whole ones."""
        for name, data in self.told[version].items():
            if is_copy(name):
                assert tree.get(name) == data, f"{name} is missing"
        for name, data in tree.items():
            if is_copy(name):
                assert data in self.whole, f"{name} is half made"

    def _opens(self, path: Path, data: bytes | None) -> None:
        store = self.story.store(path)
        if data is None:
            with pytest.raises(Unreadable):
                store.load()
            new_store(path)
        for finding in examine_register(store, TODAY):
            assert finding.mendable or b'"on"' in (data or b""), str(
                finding.problem
            )
        repair_register(store, by="Budi", now=LATER)
        assert examine_register(store, TODAY) == []
        perform(store, Settle(1, "dinkes"), context())
        assert "dinkes" in {
            opd.code for opd in self.story.store(path).load().opds.values()
        }
        assert list(find_leftovers(path)) == []


def is_kept_whole(name: str) -> bool:
    return name.endswith((".json", ".z")) and "/." not in name


def is_copy(name: str) -> bool:
    """Return whether a backup, or a published text, has that name."""
    return (".backups/" in name or ".pages/" in name) and is_kept_whole(name)


TakeOut = Callable[[pytest.MonkeyPatch], None]
SHARE = 8
"""Of how many states one is opened in the quick run; of the others only the files are looked at."""


def judge_all(
    story: Story, folder: Path, take_out: TakeOut, *, every: bool = False
) -> int:
    """Judge the telling states, or ``every`` one; return how many there were."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", nothing)
        story.before()
        patch.undo()
        take_out(patch)
        recording = record(story.root, story.work)
        patch.undo()
        patch.setattr(os, "fsync", nothing)
        judge = Judge(story, recording, folder)
        found = list(cuts(recording, every=every))
        for number, cut in enumerate(found):
            judge.judge(cut, opened=every or number % SHARE == 0)
    return len(found)


def nothing(*_: object, **named: object) -> None:
    pass


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
@pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.thorough)]
)
def test_a_power_cut_leaves_before_or_after(
    story: type[Story], tmp_path: Path, every: bool
) -> None:
    assert (
        judge_all(story(tmp_path / "disk"), tmp_path, nothing, every=every) > 40
    )


def overwrite(path: Path, pieces: Iterable[bytes], *_: object) -> Stamp | None:
    """Do as plain TinyDB does."""
    data = b"".join(pieces)
    handle = os.open(path, os.O_RDWR | os.O_CREAT)
    os.write(handle, data)
    os.fsync(handle)
    os.ftruncate(handle, len(data))
    os.fsync(handle)
    os.close(handle)
    return stamp_of(path)


def make_only(folder: Path, mode: int = 0o777) -> None:
    folder.mkdir(mode, parents=True)


def out(module: ModuleType, name: str, instead: object = nothing) -> TakeOut:
    return lambda patch: patch.setattr(module, name, instead)


TAKEN_OUT = {
    "the file is not replaced but overwritten": (
        PlainCommits,
        out(storage, "replace_file", overwrite),
    ),
    "the file is not synced": (PlainCommits, out(replace, "_sync_to_disk")),
    "the folder is not synced": (PlainCommits, out(replace, "sync_folder")),
    "a new register's folders are not synced": (
        Found,
        out(file, "make_folder", make_only),
    ),
    "the backups' new folder is not synced": (
        Repair,
        out(pages, "make_folder", make_only),
    ),
    "the backups' far folders are not synced": (
        elsewhere(Import),
        out(pages, "make_folder", make_only),
    ),
    "a text's new folder is not synced": (
        Publish,
        out(pages, "make_folder", make_only),
    ),
    "a linked text is not synced": (FirstOfADay, out(pages, "sync_folder")),
    "a linked backup is not synced": (
        elsewhere(FirstOfADay),
        out(backups, "sync_folder"),
    ),
}


@pytest.mark.parametrize("taken_out", TAKEN_OUT)
def test_a_protection_that_is_taken_out_is_missed(
    taken_out: str, tmp_path: Path
) -> None:
    story, take_out = TAKEN_OUT[taken_out]
    with pytest.raises(
        AssertionError,
        match=r"neither before nor after|is missing|is half made",
    ):
        judge_all(story(tmp_path / "disk"), tmp_path, take_out)
