"""Make ``opd-tracker-offline.zip``: the program, all that it needs, and an installer.

    python .ci/offline.py [--for SYSTEM]... [--python VERSION]... [--wheel FILE] DEST.zip

Some of the packages hold machine code, so there is a wheel of each for every system
and version of Python; ``--for here`` is this machine with this Python alone.
"""

import argparse
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
SYSTEMS = {
    "windows": ("win_amd64",),
    "linux": (
        "manylinux2014_x86_64",
        "manylinux_2_17_x86_64",
        "manylinux_2_27_x86_64",
        "manylinux_2_28_x86_64",
    ),
    "macos": ("macosx_11_0_arm64",),
    "macos-intel": (
        "macosx_10_9_x86_64",
        "macosx_10_12_x86_64",
        "macosx_10_13_x86_64",
        "macosx_10_15_x86_64",
    ),
}
"""The tags of the wheels that fit each system."""
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


def main() -> None:
    """Gather the wheels and write the archive."""
    options = read_options()
    with TemporaryDirectory() as folder:
        wheels = Path(folder, "wheels")
        wheel = options.wheel or build_wheel(Path(folder))
        platforms = []
        for system in options.systems or SYSTEMS:
            for version in options.pythons or PYTHONS:
                platforms.append(download(wheel, wheels, system, version))
                if system == "here":
                    break
        write_archive(options.dest, wheel, wheels, platforms)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--for",
        dest="systems",
        action="append",
        choices=(*SYSTEMS, "here"),
    )
    parser.add_argument("--python", dest="pythons", action="append")
    parser.add_argument("--wheel", type=Path)
    parser.add_argument("dest", type=Path)
    return parser.parse_args()


def build_wheel(folder: Path) -> Path:
    """Build the program's own wheel and return its file."""
    build = [sys.executable, "-m", "build", "--wheel", "--outdir"]
    subprocess.run([*build, folder, ROOT], check=True, stdout=sys.stderr)
    return next(folder.glob("opd_tracker-*.whl"))


def download(wheel: Path, wheels: Path, system: str, version: str) -> str:
    """Fetch all that ``wheel`` needs on a system; return its name for the reader."""
    command = [*PIP, "download", "-q", "-d", wheels, wheel]
    if system == "here":
        subprocess.run(command, check=True)
        return f"{sys.platform}, Python {sys.version_info[0]}.{sys.version_info[1]}"
    command += ["--only-binary=:all:", "--python-version", version]
    for tag in SYSTEMS[system]:
        command += ["--platform", tag]
    # pip judges "only on Windows" by the machine that it runs on.
    if system == "windows":
        command.append("colorama")
    subprocess.run(command, check=True)
    return f"{system}, Python {version}"


def write_archive(
    dest: Path, wheel: Path, wheels: Path, platforms: list[str]
) -> None:
    """Write the archive: the wheels, the installer and how to use it."""
    top = f"opd-tracker-{wheel.name.split('-')[1]}"
    listed = "".join(f"- {platform}\n" for platform in platforms)
    with zipfile.ZipFile(dest, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(wheels.iterdir()):
            archive.write(file, f"{top}/wheels/{file.name}")
        for file in sorted((ROOT / ".ci" / "offline").iterdir()):
            text = file.read_bytes().replace(b"{platforms}\n", listed.encode())
            archive.writestr(f"{top}/{file.name}", text)


if __name__ == "__main__":
    main()
