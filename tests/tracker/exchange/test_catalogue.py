"""A register begins from a catalogue or from what another city exports, without its history."""

from datetime import date
from pathlib import Path

import pytest

from tests.tracker.builder import Builder
from tests.tracker.exchange.importing import NOW, empty, file
from tracker.actions.perform import plan
from tracker.errors import Rejected
from tracker.exchange.catalogue import catalogues, load_catalogue
from tracker.exchange.exporting import export
from tracker.exchange.loading import load_export
from tracker.model import Stage
from tracker.register import Register


def begun(source: str | Path) -> Register:
    register = empty()
    return register.changed(
        plan(register, load_catalogue(str(source), NOW), NOW).changes
    )


def other_city() -> Register:
    city = Builder("Cimahi", portal="Simpel", goal="2030-01-01")
    city.opd("dinkes", contact="022-1", aliases=("Dinkes",))
    city.opd("bubar", retired_on=date(2026, 3, 1))
    city.application("simpus", "dinkes", integrated_on="2026-02-01")
    city.service(
        "imun",
        "bubar",
        "2026-01-05",
        "online",
        volume=9,
        visits=2.0,
        owner="Ani",
        application="simpus",
    )
    city.transfer("imun", "2026-02-01", "dinkes")
    city.move("imun", "2026-02-02", "integrated", visits=0.0)
    city.service("tutup", "dinkes", "2026-01-05")
    city.closure("tutup", "2026-02-02")
    return city.register


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_another_city_s_export_gives_its_services_without_their_history(
    form: str, tmp_path: Path
) -> None:
    export(other_city(), tmp_path / f"cimahi.{form}", form)
    register = begun(tmp_path / f"cimahi.{form}")
    [service] = register.services.values()
    assert (service.code, service.stage, service.registered_on) == (
        "imun",
        Stage.CONVENTIONAL,
        NOW.today,
    )
    assert (service.volume, service.visits, service.owner) == (None, 2.0, "")
    assert [(o.code, o.contact, o.aliases) for o in register.opds.values()] == [
        ("dinkes", "", ("Dinkes",))
    ]
    assert [a.integrated_on for a in register.applications.values()] == [None]
    assert not register.moves
    assert register.only_city.name == "Bandung"


def test_the_catalogue_that_ships_goes_in() -> None:
    assert "bandung" in catalogues()
    register = begun("Bandung")
    kecamatan = [
        opd for opd in register.opds.values() if opd.kind == "kecamatan"
    ]
    assert len(kecamatan) == 30
    assert {s.stage for s in register.services.values()} == {Stage.CONVENTIONAL}
    owners = {service.opd for service in register.services.values()}
    assert {opd.id for opd in kecamatan} <= owners


def test_one_file_of_services_is_a_catalogue_too(tmp_path: Path) -> None:
    register = begun(
        file(tmp_path, "x.csv", "opd,nama layanan,tahap", "Dinas A,KTP,daring")
    )
    assert [(s.code, s.stage) for s in register.services.values()] == [
        ("dinas-a-ktp", Stage.ONLINE)
    ]


def test_what_opds_of_a_kind_offer_alike_is_theirs_each(tmp_path: Path) -> None:
    file(
        tmp_path,
        "opds.csv",
        "kode,nama",
        "andir,Kecamatan Andir",
        "regol,Kecamatan Regol",
        "dk,Dinas K",
    )
    file(
        tmp_path,
        "common.csv",
        "kind,name,service,tags",
        "kecamatan,Ahli waris,ahli-waris,a;b",
    )
    assert set(begun(tmp_path).service_codes) == {
        "andir-ahli-waris",
        "regol-ahli-waris",
    }


def test_an_unknown_catalogue_is_refused_with_those_there_are() -> None:
    with pytest.raises(Rejected) as error:
        load_catalogue("atlantis", NOW)
    assert "bandung" in error.value.values["names"]


def test_an_export_is_read_as_a_register(tmp_path: Path) -> None:
    export(other_city(), tmp_path / "x.json")
    register = load_export(tmp_path / "x.json", NOW)
    assert register.only_city.name == "Cimahi"
    assert len(register.moves) == 1
    export(other_city(), tmp_path / "sumedang")
    assert load_export(tmp_path / "sumedang", NOW).only_city.name == "sumedang"


def test_what_is_wrong_in_an_export_is_told(tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        load_export(
            file(tmp_path, "x.csv", "layanan,tanggal,tahap", "x,y,z"), NOW
        )


def test_a_stage_that_a_catalogue_tells_is_read_and_the_rest_is_assumed(
    tmp_path: Path,
) -> None:
    (tmp_path / "opds.csv").write_text("kode,nama\ndinkes,Dinas Kesehatan\n")
    rows = "kode layanan,opd,nama layanan,tahap\nizin,dinkes,Izin,daring\n"
    (tmp_path / "services.csv").write_text(rows + "akta,dinkes,Akta,\n")
    services = begun(tmp_path).service_codes
    assert (services["izin"].stage, services["izin"].assumed) == (
        Stage.ONLINE,
        False,
    )
    assert services["akta"].assumed
