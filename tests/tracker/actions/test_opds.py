from tests.tracker.actions.world import TODAY, City, day
from tests.tracker.builder import Builder
from tracker.actions.members import SetMember
from tracker.actions.opds import (
    AddOPD,
    EditOPD,
    MergeOPD,
    ReportOPDs,
    RetireOPD,
    kind_of,
)
from tracker.actions.services import (
    ReopenServices,
    RetireServices,
    TransferServices,
)
from tracker.actions.undo import Undo
from tracker.history import opd_at
from tracker.lookup import find_opd
from tracker.model import Kind, Role
from tracker.permissions import find_member
from tracker.rules import check_register
from tracker.week import Week


def test_lines_stay_lines_where_several_may_be_typed_and_only_there() -> None:
    city = City()
    fields = {"contact": " Bu  Umi \n 0812 34 ", "aliases": ("Kes\n kota",)}
    city.do(AddOPD("Dinas\nPangan", fields=fields))
    (opd,) = [one for one in city.register.opds.values() if one.contact]
    assert opd.contact == "Bu  Umi \n 0812 34"
    assert opd.aliases == ("Kes kota",)
    city.do(EditOPD(opd.code, {"name": "Dinas\n Pangan Kota"}))
    assert city.register.opds[opd.id].name == "Dinas Pangan Kota"


def test_a_code_and_a_kind_are_made_from_the_name() -> None:
    city = City()
    city.do(
        AddOPD(
            "  Kecamatan   Coblong ",
            fields={
                "aliases": ("Kec. Coblong", " ", "Kec. Coblong"),
                "contact": "Umi",
            },
        )
    )
    opd = city.register.opd_codes["kecamatan-coblong"]
    assert (opd.name, opd.kind, opd.aliases, opd.contact) == (
        "Kecamatan Coblong",
        Kind.KECAMATAN,
        ("Kec. Coblong",),
        "Umi",
    )
    assert (opd.by, city.register.log[max(city.register.log)].action) == (
        "rani",
        "opd add",
    )


def test_kinds_are_read_from_names() -> None:
    assert (
        kind_of("RSUD Kota")
        is kind_of("Rumah Sakit Ibu dan Anak")
        is Kind.RUMAH_SAKIT
    )
    assert kind_of("Satuan Polisi Pamong Praja") is Kind.LAINNYA


def test_what_an_opd_cannot_be() -> None:
    city = City()
    assert "already taken" in city.refused(AddOPD("Lain", code="dinkes"))
    said = "“Dinas Kesehatan” is there already, with the code dinkes"
    assert said in city.refused(AddOPD("dinas  kesehatan"))
    assert said in city.refused(AddOPD("Dinkes Kota"))
    assert said in city.refused(AddOPD("Dinkes"))
    city.do(RetireOPD("arsip", day("2026-11-19")))
    assert "keeps the code arsip: give the new one another" in city.refused(
        AddOPD("Dinas Arsip")
    )
    city.do(AddOPD("Dinas Arsip", code="arsip-baru"))
    assert "is not one" in city.refused(AddOPD("Lain", code="Dinas Lain"))
    assert "A name is needed" in city.refused(AddOPD("  ", code="lain"))
    assert "would mean two OPDs, dinkes and lain" in city.refused(
        AddOPD("DINAS KESEHATAN", code="lain")
    )
    assert "would mean two OPDs" in city.refused(
        AddOPD("Lain", code="lain", fields={"aliases": ("dinkes kota",)})
    )
    assert "too long" in city.refused(AddOPD("D" * 301, code="lain"))
    assert "hidden character U+200B" in city.refused(
        AddOPD("Di\u200bnas", code="lain")
    )


def test_a_former_name_stays_as_an_alias() -> None:
    city = City()
    city.do(
        EditOPD(
            "dinkes", {"name": "Dinas Kesehatan dan Gizi", "contact": "Budi"}
        )
    )
    opd = city.register.opd_codes["dinkes"]
    assert opd.aliases == ("Dinkes Kota", "Dinas Kesehatan")
    assert find_opd(city.register, "dinas kesehatan").id == opd.id
    city.do(EditOPD("dinkes", {"name": "Dinas Sehat", "aliases": None}))
    assert city.register.opd_codes["dinkes"].aliases == (
        "Dinas Kesehatan dan Gizi",
    )
    city.do(Undo())
    city.do(
        EditOPD("dinkes", {"name": "DINAS KESEHATAN DAN GIZI", "contact": None})
    )
    opd = city.register.opd_codes["dinkes"]
    assert (opd.aliases, opd.contact) == (
        ("Dinkes Kota", "Dinas Kesehatan"),
        "",
    )


def test_fields_that_cannot_be_changed_or_emptied() -> None:
    city = City()
    assert "cannot be changed here" in city.refused(
        EditOPD("dinkes", {"id": "x"})
    )
    assert "cannot be empty" in city.refused(EditOPD("dinkes", {"name": ""}))
    assert "is not a kind of OPD: `kind add` adds one" in city.refused(
        EditOPD("dinkes", {"kind": "planet"})
    )


def test_a_merged_opd_passes_on_its_services_and_names() -> None:
    city = City()
    city.do(MergeOPD("dinkes", "dishub", day("2026-06-01")))
    register = city.register
    assert register.opd_codes["dinkes"].retired_on == day("2026-06-01")
    assert register.opd_codes["dishub"].aliases == (
        "Dinas Kesehatan",
        "Dinkes Kota",
    )
    dishub = register.opd_codes["dishub"].id
    assert {
        opd_at(register, s, day("2026-06-01"))
        for s in register.services.values()
    } == {dishub}
    assert (
        opd_at(register, register.service_codes["izin"], day("2026-05-31"))
        != dishub
    )
    assert find_opd(register, "Dinkes Kota").code == "dishub"


def test_a_merged_opd_passes_on_its_members_until_undone() -> None:
    city = City()
    city.do(SetMember("Budi", Role.OPD, "dinkes"))
    before = dict(city.register.members)
    city.do(MergeOPD("dinkes", "dishub", day("2026-06-01")))
    budi = find_member(city.register, "Budi")
    assert budi is not None
    assert budi.opd == city.register.opd_codes["dishub"].id
    city.do(Undo())
    assert dict(city.register.members) == before


def test_what_cannot_be_merged() -> None:
    city = City()
    assert "with itself" in city.refused(
        MergeOPD("dinkes", "Dinkes Kota", day("2026-06-01"))
    )
    city.do(RetireOPD("arsip", day("2026-03-02")))
    assert "was retired on" in city.refused(
        MergeOPD("dinkes", "arsip", day("2026-06-01"))
    )
    city.do(TransferServices(("kir",), "dinkes", day("2026-07-01")))
    assert "Services came to dinkes after" in city.refused(
        MergeOPD("dinkes", "dishub", day("2026-06-01"))
    )


def test_an_opd_ends_without_services_alone() -> None:
    city = City()
    assert "still offers services" in city.refused(
        RetireOPD("dinkes", day("2026-06-01"))
    )
    assert "Services came to dinkes after" in city.refused(
        RetireOPD("dinkes", day("2025-06-02"))
    )
    assert "still offers services" in city.refused(
        EditOPD("dinkes", {"retired_on": "2026-06-01"})
    )
    city.do(RetireServices(("kir",), day("2026-03-02")))
    city.do(ReopenServices(("kir",), day("2026-05-04")))
    assert "Services came to dishub after" in city.refused(
        RetireOPD("dishub", day("2026-04-06"))
    )
    assert "Services came to dishub after" in city.refused(
        MergeOPD("dishub", "dinkes", day("2026-04-06"))
    )
    city.do(RetireOPD("arsip", day("2026-06-01")))
    assert city.register.opd_codes["arsip"].retired_on == day("2026-06-01")


def test_a_report_stands_once_for_an_opd_and_a_week() -> None:
    city = City()
    week = Week.parse("2026-W46")
    city.do(ReportOPDs(("dinkes", "Dinkes Kota", "dishub"), week))
    assert len(city.register.reports) == 2
    assert city.do(ReportOPDs(("dinkes",), week)).entry is None
    city.do(ReportOPDs(("dinkes",), week, "tidak ada perubahan"))
    assert sorted(r.note for r in city.register.reports.values()) == [
        "",
        "tidak ada perubahan",
    ]
    assert "has not begun" in city.refused(
        ReportOPDs(("dinkes",), Week.parse("2026-W48"))
    )
    assert "No OPD is called" in city.refused(
        ReportOPDs(("dinkes", "planet"), week)
    )


def test_a_week_that_is_none_is_for_others_to_tell() -> None:
    builder = Builder()
    builder.opd("dinkes")
    builder.report("dinkes", "2026-W99")
    assert check_register(builder.register, TODAY) == []


def test_what_was_merged_away_reports_no_more() -> None:
    city = City()
    city.do(MergeOPD("dinkes", "dishub", day("2026-11-03")))
    city.do(ReportOPDs(("dinkes",), Week(2026, 45)))
    assert "was retired on" in city.refused(
        ReportOPDs(("dinkes",), Week(2026, 46))
    )
    city.do(ReportOPDs(("Dinas Kesehatan",), Week(2026, 46)))
    last = city.register.reports[max(city.register.reports)]
    assert city.register.opds[last.opd].code == "dishub"
