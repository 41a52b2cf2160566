"""A register begins from a catalogue or from what another city exports, without its history."""

from datetime import date
from pathlib import Path

import pytest

from tests.tracker.builder import Builder
from tests.tracker.exchange.importing import NOW, empty, file
from tracker.actions.perform import plan
from tracker.errors import Rejected, UsageError
from tracker.exchange.catalogue.loading import load_catalogue
from tracker.exchange.catalogue.placeholders import (
    fill_placeholders,
    put_placeholders,
)
from tracker.exchange.catalogue.selection import Selection
from tracker.exchange.catalogue.shipped import list_catalogues
from tracker.exchange.catalogue.writing import export_catalogue
from tracker.exchange.exporting import export
from tracker.exchange.loading import load_export
from tracker.model import Stage
from tracker.register import Register
from tracker.store.backups import BESIDE
from tracker.store.opening import create_store


def begun(
    source: str | Path,
    selection: Selection | None = None,
    register: Register | None = None,
) -> Register:
    register = register or empty()
    return register.changed(
        plan(
            register,
            load_catalogue(
                str(source),
                register.only_city,
                NOW,
                selection=selection,
            ),
            NOW,
        ).changes
    )


def other_city() -> Register:
    city = Builder(
        "Cimahi",
        portal="Simpel",
        goal="2030-01-01",
        kinds=("UPT Daerah",),
    )
    city.opd("dinkes", kind="UPT Daerah", contact="022-1", aliases=("Dinkes",))
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
    assert (service.volume, service.visits, service.owner) == (None, None, "")
    assert [(o.code, o.contact, o.aliases) for o in register.opds.values()] == [
        ("dinkes", "", ("Dinkes",))
    ]
    assert [a.integrated_on for a in register.applications.values()] == [None]
    assert not register.moves
    assert register.only_city.name == "Bandung"


def test_the_catalogue_that_ships_goes_in() -> None:
    assert "bandung" in list_catalogues()
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
        load_catalogue("atlantis", empty().only_city, NOW)
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


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_a_catalogue_travels_without_history_and_what_is_the_city_s_own(
    form: str, tmp_path: Path
) -> None:
    path = tmp_path / f"katalog.{form}"
    export_catalogue(other_city(), path, Selection(), NOW.today, form)
    if form == "json":
        written = path.read_text(encoding="utf-8")
        assert "Ani" not in written
        assert "022-1" not in written
        assert "recorded_at" not in written
    register = begun(path)
    assert register.opd_codes["dinkes"].kind == "UPT Daerah"
    assert register.only_city.kinds == ("UPT Daerah",)
    [service] = register.services.values()
    assert (service.volume, service.visits, service.owner) == (None, None, "")
    assert service.assumed
    assert service.application is not None


def test_a_catalogue_keeps_the_details_that_are_asked_for(
    tmp_path: Path,
) -> None:
    details = frozenset({"volumes", "visits", "owners"})
    selection = Selection(details=details)
    path = tmp_path / "katalog.json"
    export_catalogue(other_city(), path, selection, NOW.today)
    for source in (begun(path), begun_from_export(tmp_path, selection)):
        [service] = source.services.values()
        assert (service.volume, service.visits, service.owner) == (
            9,
            2.0,
            "Ani",
        )
    with pytest.raises(UsageError):
        Selection(details=frozenset({"phones"}))


def begun_from_export(folder: Path, selection: Selection) -> Register:
    export(other_city(), folder / "ekspor.json")
    return begun(folder / "ekspor.json", selection)


def test_a_register_begins_from_another_city_s_register(
    tmp_path: Path,
) -> None:
    path = tmp_path / "cimahi.db.json"
    create_store(path, other_city(), mode=0o600, plan=BESIDE)
    register = begun(path)
    assert list(register.service_codes) == ["imun"]
    assert not register.moves
    assert register.only_city.name == "Bandung"


def test_kinds_and_applications_that_a_city_lacks_are_left_out() -> None:
    selection = Selection(
        frozenset({"kecamatan"}), ("Salaman (Selesai dalam Genggaman)",)
    )
    register = begun("bandung", selection)
    assert not {o for o in register.opds.values() if o.kind == "kecamatan"}
    assert "salaman" not in register.application_codes
    assert (
        register.service_codes["disdukcapil-pindah-keluar"].application is None
    )
    without = Selection(without_applications=("*",))
    assert not begun("bandung", without).applications
    with pytest.raises(Rejected):
        begun("bandung", Selection(without_applications=("Apa itu",)))


def test_a_catalogue_s_names_are_filled_in_for_the_city() -> None:
    regency = Builder("Kabupaten Sumedang", portal="Tahu").register
    begins = begun("bandung", register=regency)
    services = begins.service_codes
    names = [services[code].name for code in services]
    assert services["dp3a-forum-anak"].name.endswith("Kabupaten Sumedang")
    assert services["dishub-tmb"].name == "Layanan Trans Metro Sumedang"
    assert not [name for name in names if "{" in name or "Kota Bandung" in name]
    urls = {a.url for a in begins.applications.values()}
    assert not [url for url in urls if "bandung" in url]
    assert "https://oss.go.id" in urls


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        ("Museum Kota Cimahi", "Museum Kota {kota}"),
        (
            "Cimahi Creative Hub lewat Simpel",
            "{kota} Creative Hub lewat {portal}",
        ),
        ("Cimahian", "Cimahian"),
        ("Satu Simpel", "Satu Simpel"),
    ],
)
def test_a_city_s_own_names_become_placeholders_and_back(
    name: str, shared: str
) -> None:
    assert put_placeholders(name, "Kota Cimahi", "Simpel") == shared
    assert fill_placeholders(shared, "Kota Cimahi", "Simpel") == name


def test_a_short_name_alone_is_no_sign_of_the_city() -> None:
    assert (
        put_placeholders("Uji Batu, Kota Batu", "Batu", "X")
        == "Uji Batu, Kota {kota}"
    )
