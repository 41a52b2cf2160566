"""``kind``: the list of kinds, and the commands that go by it."""

from tests.tracker.cli.terminal import Terminal


def test_a_city_has_kinds_of_its_own(city: Terminal) -> None:
    city.ok("kind", "add", "UPT Daerah")
    city.ok("opd", "edit", "dishub", "--kind", "upt daerah")
    rows = {row["kind"]: row for row in city.json("kind", "list")}
    assert rows["UPT Daerah"] == {"kind": "UPT Daerah", "own": True, "opds": 1}
    assert rows["dinas"]["opds"] == 1
    [opd] = city.json("opd", "list", "--kind", "UPT Daerah")
    assert opd["code"] == "dishub"
    assert city.json("metrics", "--kind", "UPT Daerah")["scope"]["services"]
    assert "UPT Daerah" in city.ok("metrics", "--kind", "UPT Daerah")
    assert "UPT Daerah" in city.ok("snapshot", "take", "--stdout")
    city.ok("kind", "rename", "UPT Daerah", "UPTD")
    assert "UPTD" in city.ok("opd", "list")
    city.misused("opd", "list", "--kind", "Xyz")
    city.ok("opd", "edit", "dishub", "--kind", "dinas")
    city.ok("kind", "remove", "UPTD")
