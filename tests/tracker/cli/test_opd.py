from tests.tracker.cli.terminal import Terminal


def test_an_opd_is_entered_with_a_code_and_a_kind_made_from_its_name(
    city: Terminal,
) -> None:
    assert "kecamatan-coblong" in city.ok("opd", "add", "Kecamatan Coblong")
    found = {opd["code"]: opd for opd in city.json("opd", "list")}
    assert found["kecamatan-coblong"]["kind"] == "kecamatan"
    assert found["dinkes"] == {
        "code": "dinkes",
        "name": "Dinas Kesehatan",
        "kind": "dinas",
        "services": 2,
        "aliases": ["Dinkes Kota"],
        "contact": "",
        "retired_on": None,
    }


def test_a_kind_is_given_and_chosen_by(city: Terminal) -> None:
    city.ok("opd", "add", "RSUD Bandung Kiwari", "--kind", "rumah-sakit")
    assert [
        opd["code"] for opd in city.json("opd", "list", "--kind", "RSUD")
    ] == ["rsud-bandung-kiwari"]


def test_a_code_is_given_out_once(city: Terminal) -> None:
    assert "already taken" in city.refused(
        "opd", "add", "Lain", "--code", "dinkes"
    )


def test_a_former_name_stays_as_an_alias(city: Terminal) -> None:
    city.ok(
        "opd",
        "edit",
        "dishub",
        "--name",
        "Dinas Transportasi",
        "--contact",
        "Budi",
    )
    opd = next(
        opd for opd in city.json("opd", "list") if opd["code"] == "dishub"
    )
    assert (opd["name"], opd["aliases"], opd["contact"]) == (
        "Dinas Transportasi",
        ["Dinas Perhubungan"],
        "Budi",
    )
    city.ok("opd", "edit", "Dinas Perhubungan", "--contact", "")
    assert (
        next(
            opd for opd in city.json("opd", "list") if opd["code"] == "dishub"
        )["contact"]
        == ""
    )


def test_merging_passes_the_services_on_and_retires_the_old_one(
    city: Terminal,
) -> None:
    out = city.ok("opd", "merge", "dishub", "dinkes", "--on", "2026-06-01")
    assert "Transfer kir" in out
    assert [opd["code"] for opd in city.json("opd", "list")] == ["dinkes"]
    assert len(city.json("opd", "list", "--all")) == 2
    assert city.json("service", "show", "kir")["opd"] == "dinkes"


def test_an_opd_with_services_does_not_end(city: Terminal) -> None:
    assert "still offers services" in city.refused(
        "opd", "retire", "dishub", "--on", "2026-06-01"
    )
    city.ok("opd", "add", "Badan Lama")
    city.ok("opd", "retire", "badan-lama", "--on", "2026-06-01")


def test_a_name_that_nobody_has_is_told_with_the_nearest(
    city: Terminal,
) -> None:
    err = city.refused("opd", "edit", "dinkess", "--name", "X")
    assert err == "No OPD is called “dinkess”. → dinkes?\n"


def test_the_list_shows_names_as_they_are(city: Terminal) -> None:
    city.ok("opd", "add", "[red]Dinas[/red] | =1+1", "--code", "aneh")
    assert "[red]Dinas[/red] | =1+1" in city.ok("opd", "list")


def test_no_column_is_cut_where_there_is_no_terminal(city: Terminal) -> None:
    city.ok("opd", "add", "Dinas " + "Panjang " * 30, "--code", "panjang")
    assert ("Panjang " * 30).strip() in city.ok("opd", "list")
