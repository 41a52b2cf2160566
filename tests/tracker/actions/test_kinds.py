"""Kinds of OPD are a list of the register's own that begins with those of every city."""

from pathlib import Path

import pytest

from tests.tracker.actions.world import TODAY, City
from tests.tracker.builder import Builder
from tests.tracker.exchange.importing import file, imported
from tracker.actions.kinds import AddKind, RemoveKind, RenameKind
from tracker.actions.opds import AddOPD, EditOPD
from tracker.actions.undo import Undo
from tracker.exchange.exporting import export
from tracker.labels import kind_word
from tracker.metrics import measure_scope
from tracker.metrics.values import Scope
from tracker.rules import check_register
from tracker.snapshot.week import read_week
from tracker.week import Week

WEEK = Week.of(TODAY)


def kind_of(city: City, code: str) -> str:
    return city.register.opd_codes[code].kind


def test_a_kind_is_added_and_used() -> None:
    city = City()
    city.do(AddKind("UPT Daerah"))
    city.do(AddOPD("UPT Daerah Air Bersih", "air"))
    assert kind_of(city, "air") == "UPT Daerah"
    city.do(EditOPD("dinkes", {"kind": "UPT Daerah"}))
    figures = measure_scope(
        city.register, Scope("kind", "UPT Daerah"), WEEK, TODAY
    )
    assert figures.services == 2
    kinds = [one.kind for one in read_week(city.register, WEEK, TODAY).kinds]
    assert "UPT Daerah" in kinds
    assert "there already" in city.refused(AddKind("UPT Daerah"))


def test_a_renamed_kind_takes_its_opds_along() -> None:
    city = City()
    before = kind_of(city, "dinkes")
    city.do(RenameKind("dinas", "Kantor"))
    assert kind_of(city, "dinkes") == "Kantor"
    city.do(RenameKind("kantor", "Kantor Dinas"))
    assert kind_of(city, "dinkes") == "Kantor Dinas"
    assert city.register.only_city.kinds == ("Kantor Dinas",)
    assert check_register(city.register, TODAY) == []
    city.do(RenameKind("Kantor Dinas", "dinas"))
    assert not city.register.only_city.kinds
    city.do(Undo())
    city.do(Undo())
    city.do(Undo())
    assert kind_of(city, "dinkes") == before


def test_a_kind_that_opds_have_stays() -> None:
    city = City()
    city.do(AddKind("BLUD"))
    city.do(EditOPD("dinkes", {"kind": "BLUD"}))
    assert "give them another" in city.refused(RemoveKind("BLUD"))
    city.do(EditOPD("dinkes", {"kind": "dinas"}))
    city.do(RemoveKind("blud"))
    assert city.register.only_city.kinds == ()
    assert "Every register" in city.refused(RemoveKind("dinas"))
    assert "not a kind" in city.refused(RemoveKind("BLUD"))


@pytest.mark.parametrize(
    "name", ["", "-", "=1+1", "<b>x", "a|b", "a*b*", "x" * 41, "a_b"]
)
def test_a_kind_is_named_by_plain_words(name: str) -> None:
    City().refused(AddKind(name))


def test_an_opd_is_of_no_kind_that_nobody_has() -> None:
    assert "kind add" in City().refused(EditOPD("dinkes", {"kind": "BLUD"}))


def test_a_file_is_read_by_the_city_s_own_kinds(tmp_path: Path) -> None:
    own = Builder(kinds=("UPT Daerah",))
    path = file(
        tmp_path,
        "opd.csv",
        "kode,nama,jenis",
        "air,Air Bersih,upt daerah",
        "dk,Dinas K,Dinas",
    )
    codes = imported(own.register, path).opd_codes
    assert codes["air"].kind == "UPT Daerah"
    assert codes["dk"].kind == "dinas"
    without = imported(Builder().register, path).opd_codes
    assert without["air"].kind == "lainnya"


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_an_export_brings_its_kinds_along(form: str, tmp_path: Path) -> None:
    own = Builder(kinds=("BLUD", "UPT Daerah", "Badan Kota"))
    own.opd("rs", kind="BLUD")
    own.opd("air", kind="UPT Daerah")
    own.opd("bkad", kind="Badan Kota")
    export(own.register, tmp_path / f"kota.{form}", form)
    back = imported(Builder().register, tmp_path / f"kota.{form}")
    kinds = {opd.code: opd.kind for opd in back.opds.values()}
    assert kinds == {"rs": "BLUD", "air": "UPT Daerah", "bkad": "Badan Kota"}
    assert set(back.only_city.kinds) == {"BLUD", "UPT Daerah", "Badan Kota"}
    assert kind_word("BLUD") == "BLUD"


def test_a_kind_is_the_same_in_whatever_case() -> None:
    city = City()
    city.do(AddKind("UPT Daerah"))
    for title in ("upt  daerah", "Kelurahan", "DINAS"):
        assert "is there already" in city.refused(AddKind(title))
    city.do(AddKind("BLUD"))
    city.do(RenameKind("BLUD", "upt daerah"))
    assert city.register.only_city.kinds == ("UPT Daerah",)
    city.do(RenameKind("UPT Daerah", "Upt daerah"))
    assert city.register.only_city.kinds == ("Upt daerah",)
