"""A new undated field needs its attribute and its description, and nothing else.

The proof: the program runs with one more field of a service, added to a copy of these two
files, and the field goes in by every door and comes out by every door.
"""

import json
from collections.abc import Iterator

import pytest

from tests.tracker.altered_program import AlteredProgram


@pytest.fixture(scope="module")
def program(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[AlteredProgram]:
    """Yield a copy of the program in which a service has a hotline."""
    program = AlteredProgram.copy_to(tmp_path_factory.mktemp("program"))
    program.insert_before(
        "tracker/model.py", "\n\n\nclass Move(", '\n    hotline: str = ""'
    )
    program.insert_before(
        "tracker/fields/registered.py",
        "    ),\n)\n\nREGISTERED_KINDS",
        '        Field("hotline", N_("Hotline"), ValueType.LINES,\n'
        '              changed_by=EDIT, indonesian="nomor_darurat"),\n',
    )
    assert len(program.changed) == 2
    yield program
    program.close()


def test_a_new_field_goes_through_the_program(program: AlteredProgram) -> None:
    run = program.run
    run("init", "--city", "Uji", "--portal", "Pintu")
    run("opd", "add", "Dinas Satu", "--code", "satu")
    told = run(
        *("service", "add", "satu", "Izin", "--code", "izin"),
        *("--hotline", "Perwal 1"),
    )
    assert "hotline Perwal 1" in told

    told = run("service", "edit", "izin", "--hotline", "Perwal 2")
    assert "hotline Perwal 1 → Perwal 2" in told
    number = run("log", "--last", "1").split("~ ")[1].split()[0]
    run("correct", number, "--set", "hotline=Perwal 3")

    run("export", str(program.folder / "out"), "--format", "csv")
    services = program.folder / "out/services.csv"
    exported = services.read_text(encoding="utf-8-sig")
    assert "hotline" in exported
    assert "Perwal 3" in exported

    sheet = program.folder / "layanan.csv"
    sheet.write_text(
        "kode_layanan,nama_layanan,perangkat_daerah,nomor_darurat\nizin,Izin,satu,Perwal 4\n",
        encoding="utf-8",
    )
    run("import", str(sheet))
    assert "Perwal 4" in run("service", "show", "izin")
    [row] = json.loads(run("service", "list", "--json"))
    assert row["hotline"] == "Perwal 4"


def test_the_filter_and_the_annex_know_a_new_field(
    program: AlteredProgram,
) -> None:
    printed = program.run_code(
        "from datetime import date\n"
        "from tests.tracker.builder import Builder\n"
        "from tracker.searching import service_words\n"
        "from tracker.language import load_language\n"
        "from tracker.publish.annex import annex_text\n"
        "from tracker.snapshot import read_week\n"
        "from tracker.week import Week\n"
        "city = Builder()\n"
        "key = city.service('izin', 'satu', '2026-01-05', hotline='Jalur 112')\n"
        "register, day = city.register, date(2026, 1, 18)\n"
        "print(service_words(register, register.services[key]))\n"
        "value = read_week(register, Week.of(day), day)\n"
        "print(annex_text(register, value, load_language('en')))\n"
    )
    words, annex = printed.splitlines()
    assert "jalur 112" in words
    assert "Hotline" in json.loads(annex)["headers"]
    assert "Jalur 112" in json.loads(annex)["rows"][0]


def test_the_dialogs_ask_for_a_new_field(program: AlteredProgram) -> None:
    printed = program.run_code(
        "from tests.screens.dialogs.host import world\n"
        "from screens.dialogs import dialog_for\n"
        "city = world()\n"
        "for name, chosen in (('add_service', {}), ('edit_service', {'services': 'kk'})):\n"
        "    state, selection = city.state('en'), city.selection(**chosen)\n"
        "    form = dialog_for(name, state, selection).form\n"
        "    print([field.label for field in form.fields if field.name == 'hotline'])\n"
    )
    assert printed.splitlines() == ["['Hotline']"] * 2
