"""The commands that are tried: what each finds, and what it is told to do."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from faults.world import CITY, World, lay_city

_SERVICES = """kode_layanan;perangkat_daerah;nama_layanan;tahap;volume
ktp;Dinas Kesehatan;KTP elektronik;Daring;1.200
kk;dinkes;Kartu keluarga;Konvensional;
"""

_MOVE = ("move", "kir", "online", "--on", "2026-11-16")


@dataclass(frozen=True)
class Scene:
    """A command on a city that ``lay`` has prepared further.

    ``repeatable`` tells that the command may be given again when it was done already, and
    then changes nothing more, ``prints`` that what it prints is all that it is for.
    ``server`` is empty, or ``empty`` or ``filled``: a server without a register, or with the
    city on it.
    """

    name: str
    command: tuple[str, ...]
    lay: Callable[[World], None] = lambda world: None
    today: str = "2026-11-19"
    repeatable: bool = True
    prints: bool = False
    server: str = ""
    register: str = CITY
    """The file that holds the register, where it is not on a server."""


def _lay_import(world: World) -> None:
    (world.root / "layanan.csv").write_text(_SERVICES, encoding="utf-8")


def _lay_move(world: World) -> None:
    world.do(*_MOVE)


def _lay_running_week(world: World) -> None:
    """Publish the running week; somebody edits its page, and a week is over since."""
    _take(world, "2026-W47")
    (page,) = (world.root / "potret").glob("*W46*.md")
    page.write_text("Ditulis tangan.\n", encoding="utf-8")


def _take(world: World, week: str) -> None:
    forms = ("--html", "--annex", "--chat")
    world.do("snapshot", "take", "--week", week, "--out", "potret", *forms)


def _lay_copy(world: World) -> None:
    """Make a copy in which Budi has worked and published, and work on in the office."""
    copy = World(world.root.with_name("salinan"), CITY)
    copy.copy_from(world.root)
    _lay_move(copy)
    _take(copy, "2026-W47")
    copy.do("service", "edit", "kir", "--owner", "Pak Adi")
    world.do("service", "edit", "akta", "--owner", "Bu Sri")
    copytree(copy.root, world.root / "usb")


def _lay_sent(world: World) -> None:
    """Write the summaries of two weeks, one of them collected already."""
    sent = world.root / "kiriman"
    sent.mkdir()
    _write_summary(world, "2026-W46", sent / "satu.json")
    world.do("collect", "kiriman", "--to", "provinsi.db")
    _take(world, "2026-W47")
    _write_summary(world, "2026-W47", sent / "dua.json")


def _write_summary(world: World, week: str, path: Path) -> None:
    path.write_text(world.do("snapshot", "show", week, "--summary"))


def _lay_site(world: World) -> None:
    world.do("site", "situs")
    _take(world, "2026-W47")
    _lay_move(world)


def _lay_written(*command: str) -> Callable[[World], None]:
    """Return what runs a command once and then changes what it tells of."""

    def lay(world: World) -> None:
        world.do(*command)
        _lay_move(world)

    return lay


def _lay_backup(world: World) -> None:
    world.do("backup", "cadangan.json")
    _lay_move(world)


def _lay_other_city(world: World) -> None:
    other = World(world.root, "lain.json")
    other.do("init", "--city", "Cimahi", "--portal", "Satu")
    other.do("opd", "add", "Dinas Kesehatan", "--code", "kes")
    other.do("service", "add", "kes", "Izin praktik", "--code", "praktik")


def _clear_place(world: World) -> None:
    """Move the city away, so that another can be founded in its place."""
    other = world.root / "lain"
    other.mkdir()
    for path in world.root.glob(f"{CITY}*"):
        path.rename(other / path.name)


SCENES = (
    Scene("move", _MOVE, repeatable=False),
    Scene(
        "import",
        ("import", "layanan.csv", "--as-of", "2026-10-26"),
        _lay_import,
    ),
    Scene("undo", ("undo",), _lay_move, repeatable=False),
    Scene(
        "snapshot",
        (
            *("snapshot", "take", "--week", "2026-W47", "--out", "potret"),
            *("--html", "--annex", "--chat"),
        ),
        _lay_running_week,
        today="2026-11-24",
    ),
    Scene(
        "decision",
        (
            *("decision", "add", "Satu loket"),
            *("--owner", "Sekda", "--due", "2026-11-25"),
        ),
        repeatable=False,
    ),
    Scene(
        "decision-done",
        ("decision", "done", "16", "--on", "2026-11-19"),
        repeatable=False,
    ),
    Scene("merge", ("merge", f"usb/{CITY}"), _lay_copy),
    Scene("collect", ("collect", "kiriman", "--to", "provinsi.db"), _lay_sent),
    Scene("catalogue", ("catalogue", "export", "katalog")),
    Scene("site", ("site", "situs"), _lay_site),
    Scene(
        "export-xlsx",
        ("export", "semua.xlsx"),
        _lay_written("export", "semua.xlsx"),
    ),
    Scene(
        "export-csv",
        ("export", "semua", "--format", "csv"),
        _lay_written("export", "semua", "--format", "csv"),
    ),
    Scene(
        "export-json",
        ("export", "semua.json"),
        _lay_written("export", "semua.json"),
    ),
    Scene("compare", ("compare", "lain.json"), _lay_other_city, prints=True),
    Scene("sheets", ("sheets", "lembar"), _lay_written("sheets", "lembar")),
    Scene("remind", ("remind", "--out", "pengingat"), repeatable=False),
    Scene("config", ("config", "set", "theme", "nord")),
    Scene(
        "config-city",
        ("config", "set", "goal", "2027-12-31"),
        repeatable=False,
    ),
    Scene("backup", ("backup",)),
    Scene("backup-to", ("backup", "usb/kota.json"), repeatable=False),
    Scene(
        "restore",
        ("restore", "cadangan.json"),
        _lay_backup,
        repeatable=False,
    ),
    Scene(
        "init",
        ("init", "--city", "Cimahi", "--portal", "Satu"),
        _clear_place,
        repeatable=False,
    ),
    Scene(
        "server-in",
        ("server", "move-in", CITY),
        repeatable=False,
        server="empty",
    ),
    Scene(
        "server-move",
        _MOVE,
        repeatable=False,
        server="filled",
    ),
    Scene(
        "server-out",
        ("server", "move-out", "luar.json"),
        repeatable=False,
        register="luar.json",
        server="filled",
    ),
)


def lay_scene(scene: Scene, world: World) -> None:
    """Make the folder in which a scene begins."""
    lay_city(world)
    scene.lay(world)
