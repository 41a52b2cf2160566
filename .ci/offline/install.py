"""Install OPD Tracker from the wheels beside this file, without a network.

An installation that is there is replaced; registers are kept elsewhere and stay as they are.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

WHEELS = Path(__file__).resolve().parent / "wheels"
OLDEST = (3, 11)


def main() -> int:
    """Install the program for this user; return the exit code."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        return fail(
            f"Perlu Python 3.11 atau lebih baru; yang ada {found}.",
            f"Python 3.11 or later is needed; this is {found}.",
        )
    folder = choose_folder()
    try:
        venv.create(folder, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        return fail(
            f"Lingkungan Python tidak dapat dibuat di {folder} ({error}). "
            "Di Debian dan Ubuntu: pasang paket python3-venv.",
            f"No Python environment can be made in {folder} ({error}). "
            "On Debian and Ubuntu: install the package python3-venv.",
        )
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [programs / "python", "-m", "pip", "--disable-pip-version-check"]
    found = ["--no-index", "--find-links", WHEELS]
    done = subprocess.run(
        [*pip, "install", "--quiet", *found, "opd-tracker"], check=False
    )
    if done.returncode != 0:
        return fail(
            "Arsip ini tidak memuat paket untuk sistem atau versi Python ini: "
            "lihat BACA-SAYA.txt.",
            "This archive has no packages for this system or version of Python: "
            "see BACA-SAYA.txt.",
        )
    print(f"OPD Tracker: {link_program(programs)}")
    return 0


def choose_folder() -> Path:
    """Return where the program is installed: ``OPD_TRACKER_HOME``, else a place of the user's own."""
    chosen = os.environ.get("OPD_TRACKER_HOME")
    if chosen:
        return Path(chosen)
    if os.name == "nt":
        return Path(os.environ["LOCALAPPDATA"], "Programs", "opd-tracker")
    return Path.home() / ".local" / "lib" / "opd-tracker"


def link_program(programs: Path) -> Path:
    """Let ``opd-tracker`` be found by its name, and return where it is."""
    if os.name == "nt":
        # Windows puts this folder on every user's PATH.
        apps = Path(os.environ["LOCALAPPDATA"], "Microsoft", "WindowsApps")
        link = apps / "opd-tracker.cmd"
        if not apps.is_dir():
            return programs / "opd-tracker.exe"
        target = programs / "opd-tracker.exe"
        link.write_text(f'@"{target}" %*\n', encoding="mbcs")
        return link
    link = Path.home() / ".local" / "bin" / "opd-tracker"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(programs / "opd-tracker")
    return link


def fail(indonesian: str, english: str) -> int:
    """Say in both languages what is wrong, and return the exit code for it."""
    print(indonesian, english, sep="\n", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
