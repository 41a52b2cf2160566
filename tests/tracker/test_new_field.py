"""A new undated field needs its attribute and its description, and nothing else.

The proof: the program runs with one more field of a service, added to a copy of these two
files, and the field goes in by every door and comes out by every door.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the program in which a service has a hotline."""
    copy = tmp_path_factory.mktemp("program")
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in ("tracker", "screens", "data"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored)
    for file in ("tracker.py", "pyproject.toml"):
        shutil.copy(ROOT / file, copy / file)

    model = copy / "tracker/model.py"
    text = model.read_text(encoding="utf-8")
    assert "hotline" not in text, "the proof needs a field that is not there"
    service, rest = text.split("\n\n\nclass Move(", 1)
    model.write_text(
        f'{service}\n    hotline: str = ""\n\n\nclass Move({rest}',
        encoding="utf-8",
    )
    kinds = copy / "tracker/fields/registered.py"
    text = kinds.read_text(encoding="utf-8")
    head, services = text.split("SERVICES = FactKind", 1)
    field = (
        '        Field("hotline", N_("Hotline"), ValueType.LINES,\n'
        '              changed_by=EDIT, indonesian="nomor_darurat"),\n'
    )
    last, after = services.split("    ),\n)\n", 1)
    kinds.write_text(
        f"{head}SERVICES = FactKind{last}{field}    ),\n)\n{after}",
        encoding="utf-8",
    )
    return copy


def run(program: Path, *arguments: str) -> str:
    command = [sys.executable, str(program / "tracker.py")]
    command += [
        "--db",
        str(program / "register.json"),
        "--lang",
        "en",
        *arguments,
    ]
    environment = {**os.environ, "PYTHONPATH": str(program)}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_a_new_field_goes_through_the_program(program: Path) -> None:
    run(program, "init", "--city", "Uji", "--portal", "Pintu")
    run(program, "opd", "add", "Dinas Satu", "--code", "satu")
    told = run(
        *(program, "service", "add", "satu", "Izin", "--code", "izin"),
        *("--hotline", "Perwal 1"),
    )
    assert "hotline Perwal 1" in told

    told = run(program, "service", "edit", "izin", "--hotline", "Perwal 2")
    assert "hotline Perwal 1 → Perwal 2" in told
    number = run(program, "log", "--last", "1").split("~ ")[1].split()[0]
    run(program, "correct", number, "--set", "hotline=Perwal 3")

    run(program, "export", str(program / "out"), "--format", "csv")
    exported = (program / "out/services.csv").read_text(encoding="utf-8-sig")
    assert "hotline" in exported
    assert "Perwal 3" in exported

    sheet = program / "layanan.csv"
    sheet.write_text(
        "kode_layanan,nama_layanan,perangkat_daerah,nomor_darurat\nizin,Izin,satu,Perwal 4\n",
        encoding="utf-8",
    )
    run(program, "import", str(sheet))
    assert "Perwal 4" in run(program, "service", "show", "izin")


def test_the_dialogs_ask_for_a_new_field(program: Path) -> None:
    code = (
        "from tests.screens.dialogs.host import world\n"
        "from screens.dialogs import dialog_for\n"
        "city = world()\n"
        "for name, chosen in (('add_service', {}), ('edit_service', {'services': 'kk'})):\n"
        "    state, selection = city.state('en'), city.selection(**chosen)\n"
        "    form = dialog_for(name, state, selection).form\n"
        "    print([field.label for field in form.fields if field.name == 'hotline'])\n"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(program), str(ROOT))),
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=program,
    )
    assert done.stdout.splitlines() == ["['Hotline']"] * 2, done.stderr
