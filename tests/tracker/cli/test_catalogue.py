"""``catalogue export`` and what ``init`` takes of a catalogue."""

from tests.tracker.cli.terminal import Terminal


def test_a_city_s_catalogue_begins_the_next_city_s_register(
    city: Terminal,
) -> None:
    out = city.ok("catalogue", "export", "katalog.json")
    assert "katalog.json" in out
    assert "OPDs: 2, services: " in out
    bandung = str(city.db)
    city.db = city.folder / "cimahi.json"
    out = city.ok(
        *("init", "--city", "Cimahi", "--portal", "Pintu"),
        *("--catalogue", "katalog.json", "--timezone", "WIB"),
    )
    assert "OPDs: 2" in out
    found = city.json("opening", "status")
    assert found["open"]
    assert found["assumed"] == found["services"] > 0

    city.db = city.folder / "lagi.json"
    out = city.ok(
        *("init", "--city", "Cimahi", "--portal", "Pintu"),
        *("--catalogue", bandung),
    )
    assert "OPDs: 2" in out


def test_what_is_left_out_needs_a_catalogue(terminal: Terminal) -> None:
    arguments = ("init", "--city", "Cimahi", "--portal", "Pintu")
    assert "--catalogue" in terminal.misused(
        *arguments, "--without", "kecamatan"
    )
    terminal.ok(
        *arguments,
        *("--catalogue", "bandung", "--without", "kecamatan"),
        *("--without-application", "salaman"),
    )
    kinds = {opd["kind"] for opd in terminal.json("opd", "list")}
    assert "kecamatan" not in kinds
    assert "dinas" in kinds


def test_a_detail_that_no_catalogue_has_is_refused(city: Terminal) -> None:
    assert "volumes, visits" in city.misused(
        "catalogue", "export", "katalog", "--with", "telepon"
    )
