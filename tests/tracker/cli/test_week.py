"""One whole week from nothing, by commands alone."""

from tests.tracker.cli.terminal import Terminal

OPDS = """kode,nama,alias
disdukcapil,Dinas Kependudukan dan Pencatatan Sipil,Disdukcapil Kota
dinkes,Dinas Kesehatan,
dishub,Dinas Perhubungan,
"""
INVENTORY = """Kode Layanan;Perangkat Daerah;Nama Layanan;Tahap;Volume;Kunjungan;Hari
ktp;Disdukcapil Kota;KTP elektronik;Konvensional;120.000;2;3
kk;disdukcapil;Kartu keluarga;Daring;60.000;1;2
akta;disdukcapil;Akta kelahiran;Daring;30.000;0;1
sip;Dinas Kesehatan;Izin praktik dokter;Tatap muka;1.200;2;7
kir;dishub;Uji KIR;Manual;45.000;1;1
"""


def test_a_week_of_a_coordinator(terminal: Terminal) -> None:
    _open_the_register(terminal)
    _monday(terminal)
    _tuesday_corrects_last_week(terminal)
    _friday(terminal)
    _monday_after(terminal)


def _open_the_register(terminal: Terminal) -> None:
    terminal.today = "2026-09-28"
    terminal.ok(
        "init",
        "--city",
        "Bandung",
        "--portal",
        "Sadayana",
        "--goal",
        "2027-12-31",
    )
    (terminal.folder / "opds.csv").write_text(OPDS, encoding="utf-8")
    (terminal.folder / "layanan.csv").write_text(INVENTORY, encoding="cp1252")
    terminal.ok("import", "opds.csv", "layanan.csv", "--as-of", "2026-09-28")
    terminal.ok("opening", "close")
    found = terminal.json("metrics")
    assert found["city"]["services"] == 5
    assert found["city"]["index"] == 20.0
    assert found["city"]["steps"] is None
    assert [opd["code"] for opd in found["opds"]] == [
        "dinkes",
        "disdukcapil",
        "dishub",
    ]
    for monday in ("2026-10-19", "2026-11-09"):
        terminal.today = monday
        terminal.ok("snapshot", "take", "--all-missing", "--out", "potret")
    terminal.today = "2026-11-12"
    terminal.ok(
        "move", "ktp", "online", "--on", "2026-11-11", "--evidence", "lisan"
    )
    terminal.today = "2026-11-16"
    terminal.ok("snapshot", "take", "--all-missing", "--out", "potret")
    assert [row["week"] for row in terminal.json("snapshot", "list")][
        -1
    ] == "2026-W46"


def _monday(terminal: Terminal) -> None:
    terminal.ok(
        *(
            "move",
            "sip",
            "daring",
            "--on",
            "2026-11-16",
            "--evidence",
            "SK 12/2026",
            "--visits",
            "1",
        ),
        *("--verified", "--note", "lewat aplikasi perizinan"),
    )
    terminal.ok(
        "move",
        "kk",
        "akta",
        "Sadayana",
        "--on",
        "16/11/2026",
        "--evidence",
        "BA integrasi 3",
    )
    terminal.ok("report", "dishub", "--note", "tidak ada perubahan")
    terminal.ok(
        "obstacle",
        "add",
        "kir",
        "infrastructure",
        "alat uji belum terhubung",
        "--on",
        "2026-11-16",
    )
    found = terminal.json("metrics")
    assert found["reporting_share"] == 1.0
    assert (found["city"]["steps"], found["complete"]) == (3, False)


def _tuesday_corrects_last_week(terminal: Terminal) -> None:
    terminal.today = "2026-11-17"
    number = terminal.number("ktp")
    terminal.ok(
        "correct",
        number,
        "--on",
        "2026-11-05",
        "--evidence",
        "Surat 470/11",
        "--why",
        "salah tanggal",
    )
    revised = [
        row["week"]
        for row in terminal.json("snapshot", "list")
        if row["revised"]
    ]
    assert revised == ["2026-W45", "2026-W46"]
    entry = terminal.json("log", "--last", "1")[0]
    assert (entry["action"], entry["why"]) == ("correct", "salah tanggal")
    assert terminal.json("metrics", "--week", "2026-W45")["city"]["steps"] == 1
    assert terminal.json("metrics", "--week", "2026-W46")["city"]["steps"] == 0


def _friday(terminal: Terminal) -> None:
    terminal.today = "2026-11-20"
    assert "(provisional)" in terminal.ok("snapshot", "take", "--out", "potret")
    page = (terminal.folder / "potret" / "2026-W47-provisional.md").read_text(
        encoding="utf-8"
    )
    assert "PROVISIONAL" in page
    assert "SK 12/2026" in page
    assert "2026-W45" in page
    terminal.ok("verify", "kk", "akta", "--on", "2026-11-20")


def _monday_after(terminal: Terminal) -> None:
    terminal.today = "2026-11-23"
    assert "2026-W47.md (final)" in terminal.ok(
        "snapshot", "take", "--week", "2026-W47", "--out", "potret"
    )
    page = (terminal.folder / "potret" / "2026-W47.md").read_text(
        encoding="utf-8"
    )
    assert "PROVISIONAL" not in page
    found = terminal.json("metrics", "--week", "2026-W47")
    city = found["city"]
    assert found["complete"] is True
    assert (city["conventional"], city["online"], city["integrated"]) == (
        1,
        2,
        2,
    )
    assert (city["index"], city["steps"], city["verified_share"]) == (
        60.0,
        3,
        0.75,
    )
    assert city["flow"] == {
        "opening": 3,
        "joined": 0,
        "left": 0,
        "forward": 3,
        "backward": 0,
        "closing": 6,
    }
    assert city["obstacles"]["infrastructure"] == {
        "open": 1,
        "services": 1,
        "remaining_steps": 2,
        "blocked_days": 7,
    }
    assert city["visits_avoided"] == 1200.0
    assert terminal.ok("doctor") == "Nothing is wrong.\n"
    assert page == terminal.ok("snapshot", "show", "2026-W47")
