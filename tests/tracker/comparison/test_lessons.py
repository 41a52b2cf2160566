"""What two cities share, who is ahead, and what one can learn from the other."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.tracker.builder import Builder
from tracker.comparison.cities import ComparedCity, align_ages
from tracker.comparison.kinds import compare_kinds
from tracker.comparison.lessons import count_standing, find_lessons
from tracker.comparison.memory import Memory, load_memory, save_memory
from tracker.comparison.pairing import (
    Decisions,
    Offer,
    Pairing,
    pair_services,
)
from tracker.comparison.report import Comparison, render_markdown
from tracker.errors import Rejected
from tracker.language import load_language
from tracker.week import Week

TODAY = date(2026, 11, 19)


def compared(builder: Builder, file: str = "x.json") -> ComparedCity:
    return ComparedCity.of(file, builder.register, TODAY)


def our_city() -> Builder:
    city = Builder("Kota Bandung", portal="Sadayana")
    city.opd("dukcapil")
    city.opd("andir", kind="kecamatan")
    city.opd("regol", kind="kecamatan")
    city.service("pindah", "dukcapil", "2026-01-05", name="Pindah Kota Bandung")
    city.service("akta", "dukcapil", "2026-01-05", name="Akta kelahiran")
    city.service("sktm-a", "andir", "2026-01-05", name="SKTM")
    city.service("sktm-r", "regol", "2026-01-05", name="SKTM")
    city.move("sktm-a", "2026-03-02", "integrated")
    city.move("akta", "2026-03-02", "integrated")
    return city


def their_city() -> Builder:
    city = Builder("Cimahi", portal="Simpel")
    city.opd("capil")
    city.opd("utara", kind="kecamatan")
    city.application("sip", "capil", name="SIP")
    city.service(
        "1", "capil", "2026-02-02", name="Pindah Kota Cimahi", application="sip"
    )
    city.service("2", "capil", "2026-02-02", name="Pencatatan akta kelahiran")
    city.service("sktm-u", "utara", "2026-02-02", name="sktm")
    city.move("1", "2026-02-12", "online")
    city.move("1", "2026-03-04", "integrated")
    return city


def pairing(decided: Decisions | None = None) -> Pairing:
    ours, theirs = compared(our_city()), compared(their_city())
    return pair_services(ours, theirs, decided or Decisions({}))


def names(found: Pairing) -> list[tuple[str, str]]:
    return [(pair.own.name, pair.other.name) for pair in found.shared]


def test_services_are_the_same_by_name_without_the_city_s_own() -> None:
    assert names(pairing()) == [
        ("Pindah Kota Bandung", "Pindah Kota Cimahi"),
        ("SKTM", "sktm"),
    ]


def test_what_many_opds_offer_alike_is_one_shared_service() -> None:
    [_, sktm] = pairing().shared
    assert (len(sktm.own.services), sktm.own.integrated) == (2, 1)
    assert (sktm.own.index, sktm.other.index) == (50, 0)


def test_a_code_says_more_than_a_name() -> None:
    theirs = their_city()
    theirs.service("akta", "capil", "2026-02-02", name="Surat lahir")
    found = pair_services(compared(our_city()), compared(theirs))
    assert ("Akta kelahiran", "Surat lahir") in names(found)


@pytest.mark.parametrize("code", ["1", "01-02", "a-1", "ab12"])
def test_a_place_in_a_list_says_nothing_in_another_city(code: str) -> None:
    own = offering("Bandung", [(code, "KTP"), ("akta", "Akta")])
    other = offering("Cimahi", [(code, "Izin usaha"), ("akta", "Surat lahir")])
    assert names(pair_services(own, other)) == [("Akta", "Surat lahir")]
    assert names(pair_services(own, own)) == [("KTP", "KTP"), ("Akta", "Akta")]


NAMES = ["Akta lahir", "Akta lahir {kota}", "SKTM", "Pindah {kota}", "KTP"]
CODES = ["akta", "pindah", "sktm", "ktp", "1", "a-2"]
OFFERED = st.lists(
    st.tuples(st.sampled_from(CODES), st.sampled_from(NAMES)),
    unique_by=lambda offered: offered[0],
    max_size=5,
)


def offering(name: str, offered: list[tuple[str, str]]) -> ComparedCity:
    city = Builder(name, portal="Pintu")
    city.opd("dinas")
    for code, service in offered:
        title = service.replace("{kota}", name)
        city.service(code, "dinas", "2026-01-05", name=title)
    return compared(city)


def codes(offer: Offer) -> tuple[str, ...]:
    return tuple(one.code for one in offer.services)


@settings(max_examples=examples(60, 1000))
@given(OFFERED, OFFERED, st.sampled_from([{}, {"akta": "ktp"}, {"1": "1"}]))
def test_the_other_city_finds_the_same_pairs(
    ours: list[tuple[str, str]],
    theirs: list[tuple[str, str]],
    same: dict[str, str],
) -> None:
    own, other = offering("Bandung", ours), offering("Cimahi", theirs)
    back = {there: here for here, there in same.items()}
    found = {
        (codes(pair.own), codes(pair.other))
        for pair in pair_services(own, other, Decisions(same)).shared
    }
    assert found == {
        (codes(pair.other), codes(pair.own))
        for pair in pair_services(other, own, Decisions(back)).shared
    }


def test_a_name_takes_nothing_from_what_is_another_s_by_code_or_decision() -> (
    None
):
    own = offering("Bandung", [("a", "KTP"), ("sktm", "SKTM"), ("c", "Akta")])
    other = offering("Cimahi", [("sktm", "KTP"), ("x", "Akta"), ("y", "Surat")])
    found = pair_services(own, other)
    assert names(found) == [("SKTM", "KTP"), ("Akta", "Akta")]
    decided = pair_services(own, other, Decisions({"sktm": "x"}))
    assert names(decided) == [("KTP", "KTP"), ("SKTM", "Akta")]


def test_near_names_are_left_to_a_person_and_asked_no_more() -> None:
    theirs = their_city()
    theirs.service("7", "capil", "2026-02-02", name="Akta kelahiran anak")

    def pair(decided: Decisions) -> Pairing:
        return pair_services(compared(our_city()), compared(theirs), decided)

    [near] = pair(Decisions({})).near
    assert (near.own.code, near.other.code) == ("akta", "7")
    same = pair(Decisions({"akta": "7"}))
    assert ("Akta kelahiran", "Akta kelahiran anak") in names(same)
    assert same.near == ()
    different = pair(Decisions({}, frozenset({("akta", "7")})))
    assert different.near == ()
    assert "Akta kelahiran" not in dict(names(different))


def test_a_name_that_is_another_s_makes_way_for_the_next_nearest() -> None:
    theirs = their_city()
    theirs.service("7", "capil", "2026-02-02", name="Akta kelahiran anak")
    theirs.service("8", "capil", "2026-02-02", name="Akta kelahiran anak2")
    decided = Decisions({}, frozenset({("akta", "7")}))
    [near] = pair_services(compared(our_city()), compared(theirs), decided).near
    assert (near.own.code, near.other.code) == ("akta", "8")


def test_a_lesson_names_the_application_and_how_long_it_took() -> None:
    shared = pairing().shared
    [lesson] = find_lessons(shared)
    assert lesson.learner.name == "Pindah Kota Bandung"
    assert lesson.applications == ("SIP",)
    assert lesson.days == 30
    [taught] = find_lessons(shared, for_other=True)
    assert (taught.learner.name, taught.teacher.name) == ("sktm", "SKTM")
    standing = count_standing(shared)
    assert (standing.ahead, standing.level, standing.behind) == (1, 0, 1)


def test_what_was_integrated_from_the_start_took_no_known_time() -> None:
    theirs = Builder("Cimahi")
    theirs.service("akta", "capil", "2026-02-02", "integrated")
    ours = Builder("Kota Bandung")
    ours.service("akta", "capil", "2026-02-02")
    found = pair_services(compared(ours), compared(theirs))
    assert [one.days for one in find_lessons(found.shared)] == [None]


def test_a_kind_of_opd_has_a_leader_where_two_cities_have_it() -> None:
    kinds = {
        kind.kind: kind
        for kind in compare_kinds(
            [compared(our_city()), compared(their_city())]
        )
    }
    assert kinds["kecamatan"].leader == 0
    ours, theirs = kinds["dinas"].figures
    assert ours is not None
    assert theirs is not None
    assert (ours.services, theirs.services) == (2, 2)
    assert kinds["dinas"].leader is None
    assert ours.index == theirs.index == 50


def test_cities_are_aligned_on_the_same_week_since_each_began() -> None:
    ours, theirs = align_ages([compared(our_city()), compared(their_city())])
    assert ours.weeks_since_start == theirs.weeks_since_start
    assert theirs.week == Week.parse("2026-W46")
    assert ours.week == Week.parse("2026-W42")
    with pytest.raises(Rejected):
        align_ages([ours, compared(Builder("Sumedang"))])


def test_decisions_are_remembered_for_each_city(tmp_path: Path) -> None:
    path = tmp_path / "x" / "comparisons.json"
    memory = load_memory(path, "Bandung")
    memory.decide("Cimahi", "akta", "7", same=True)
    memory.decide("Cimahi", "pindah", "1", same=False)
    memory.remember_files([tmp_path / "cimahi.json"])
    save_memory(path, "Bandung", memory)
    save_memory(path, "Sumedang", Memory())
    again = load_memory(path, "bandung")
    assert again.files == [str(tmp_path / "cimahi.json")]
    decided = again.decisions("CIMAHI")
    assert decided.same == {"akta": "7"}
    assert decided.different == {("pindah", "1")}
    again.decide("Cimahi", "akta", "7", same=False)
    assert again.decisions("Cimahi").same == {}
    path.write_text("{")
    assert load_memory(path, "Bandung") == Memory()


@pytest.mark.parametrize("code", ["id", "en"])
def test_markdown_holds_every_part_and_no_live_markup(code: str) -> None:
    theirs = their_city()
    theirs.application("bad", "capil", name="a|b <b>")
    theirs.service("akta", "capil", "2026-02-02", name="x", application="bad")
    cities = [compared(our_city()), compared(theirs)]
    text = render_markdown(Comparison(cities), load_language(code))
    assert text.count("\n## ") == 5
    for line in text.splitlines():
        if line.startswith("| "):
            assert "<b>" not in line
    assert "SIP" in text


def test_a_memory_that_cannot_be_read_is_kept_beside(tmp_path: Path) -> None:
    path = tmp_path / "comparisons.json"
    path.write_text('{"bandung": ', encoding="utf-8")
    save_memory(path, "Cimahi", Memory())
    assert load_memory(path, "Cimahi") == Memory()
    beside = path.with_suffix(".damaged")
    assert beside.read_text(encoding="utf-8") == '{"bandung": '
