from screens.filter import parse
from screens.state import Facts, State
from tests.screens.harness import TODAY
from tests.tracker.builder import Builder
from tracker.language import language
from tracker.register import Register


def state_of(register: Register, wanted: str = "") -> State:
    facts = Facts(register, TODAY).work_out()
    return State(facts, language("en"), "Sari", parse(wanted), measured=facts)


def services(city: Builder, wanted: str) -> list[str]:
    return [row.service.code for row in state_of(city.register, wanted).services()]


def opds(city: Builder, wanted: str) -> list[str]:
    return [opd.code for opd in state_of(city.register, wanted).opds()]


def test_without_a_filter_every_active_service_is_there_by_name(city: Builder) -> None:
    city.closure("rujuk", "2026-10-01")
    assert services(city, "") == ["akta", "izin", "kk", "ktp"]


def test_words_are_looked_for_in_names_codes_tags_and_the_opds_names(city: Builder) -> None:
    assert services(city, "elektronik") == ["ktp"]
    assert services(city, "wajib") == ["ktp"]
    assert services(city, "disdukcapil kartu") == ["kk"]
    assert services(city, "kesehatan") == ["izin", "rujuk"]
    assert services(city, "kesehatan kartu") == []


def test_stage_flag_and_opd_narrow_together(city: Builder) -> None:
    assert services(city, "tahap:online") == ["izin", "kk", "rujuk"]
    assert services(city, "tahap:online opd:dinkes") == ["izin", "rujuk"]
    assert services(city, "terlambat") == ["akta"]
    assert services(city, "belum-verifikasi") == ["izin", "kk", "ktp"]
    assert services(city, "hibrida") == ["kk"]
    assert services(city, "macet") == ["akta", "rujuk"]
    assert services(city, "bergerak") == ["izin"]
    assert services(city, "bergerak-minggu-lalu") == ["ktp"]


def test_an_opd_shows_where_it_or_one_of_its_services_matches(city: Builder) -> None:
    assert opds(city, "") == ["dinkes", "dukcapil"]
    assert opds(city, "kesehatan") == ["dinkes"]
    assert opds(city, "kartu") == ["dukcapil"]
    assert opds(city, "terlambat") == ["dukcapil"]
    assert opds(city, "opd:dinkes terlambat") == []


def test_an_opd_without_services_now_is_found_by_its_name(city: Builder) -> None:
    for code in ("izin", "rujuk"):
        city.closure(code, "2026-11-18")
    assert opds(city, "opd:dinkes") == ["dinkes"]
    assert opds(city, "opd:dinkes tahap:online") == []


def test_the_silent_are_those_not_heard_from_in_the_running_week(city: Builder) -> None:
    assert opds(city, "sunyi") == ["dukcapil"]
    assert services(city, "sunyi") == ["akta", "kk", "ktp"]


def test_a_pace_narrows_opds_and_their_services(city: Builder) -> None:
    pace = next(opd.figures.pace for opd in state_of(city.register).opds() if opd.code == "dukcapil")
    assert pace is not None
    assert "dukcapil" in opds(city, f"laju:{pace.value}")
    assert "ktp" in services(city, f"pace:{pace.value}")
