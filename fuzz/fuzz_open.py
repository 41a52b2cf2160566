"""Any bytes as a register: opened, looked over, salvaged, shown. See README.md."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))
with atheris.instrument_imports(
    include=["tracker", "openpyxl", "tinydb", "csv", "json"]
):
    from fuzz.targets import open_once
    from tracker.store import storage

storage._PAUSE = 0.0


def main() -> None:
    """Try what libFuzzer thinks of, until something else than ``UserError`` is raised."""
    with TemporaryDirectory() as folder:
        atheris.Setup(sys.argv, lambda data: open_once(data, Path(folder)))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
