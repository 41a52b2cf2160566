from dataclasses import replace
from datetime import UTC, datetime

import pytest

from screens.filter import (
    FLAG_WORDS,
    NO_FILTER,
    Filter,
    examples,
    parse_filter,
    write_filter,
)
from screens.rows import FilterContext, matches_opd
from tracker.exchange.parsing.values import Reader
from tracker.language import LANGUAGES, load_language
from tracker.metrics.labels import pace_word
from tracker.metrics.values import Pace
from tracker.model import OPD, Stage
from tracker.vocabulary import meanings


def test_keywords_of_both_languages_ask_for_the_same() -> None:
    indonesian = parse_filter(
        "tahap:terintegrasi laju:melambat macet terlambat belum-verifikasi"
    )
    english = parse_filter(
        "stage:integrated pace:slowing stalled overdue unverified"
    )
    assert indonesian.stages == english.stages == {Stage.INTEGRATED}
    assert indonesian.paces == english.paces == {Pace.SLOWING}
    assert (
        indonesian.flags
        == english.flags
        == {"stalled", "overdue", "unverified"}
    )


def test_closed_services_are_asked_for_by_a_word_or_a_status() -> None:
    for text in (
        "closed",
        "dihentikan",
        "ditutup",
        "status:closed",
        "status:berhenti",
        "STATUS:tutup",
    ):
        assert parse_filter(text).flags == {"closed"}
    assert parse_filter("status:xyz").flags == frozenset()
    assert not parse_filter("berhenti").flags


def test_the_examples_of_help_are_understood_and_ask_for_the_same() -> None:
    shown = {code: examples(load_language(code)) for code in LANGUAGES}
    indonesian, english = (
        parse_filter(" ".join(shown[code])) for code in ("id", "en")
    )
    assert indonesian.stages == english.stages != frozenset()
    assert indonesian.paces == english.paces != frozenset()
    assert indonesian.flags == english.flags
    assert (
        len(english.flags)
        == len(shown["en"][1].split())
        == len(shown["id"][1].split())
    )


def test_words_opds_and_tags_are_told_apart() -> None:
    found = parse_filter("opd:disdukcapil KTP  tag:Wajib elektronik")
    assert found.words == ("ktp", "elektronik")
    assert found.opds == ("disdukcapil",)
    assert found.tags == ("wajib",)


def test_values_of_one_kind_widen() -> None:
    assert parse_filter("tahap:online tahap:konv").stages == {
        Stage.ONLINE,
        Stage.CONVENTIONAL,
    }


@pytest.mark.parametrize(("word", "stage"), meanings("stages").items())
def test_every_word_that_a_move_accepts_for_a_stage_is_one_of_the_filter(
    word: str, stage: str
) -> None:
    assert parse_filter(f'tahap:"{word}"').stages == {Stage(stage)}
    assert parse_filter(f"stage:{word.replace(' ', '-')}").stages == {
        Stage(stage)
    }
    assert Reader().stage(word) == stage


def test_the_portals_name_asks_for_what_is_integrated() -> None:
    assert parse_filter("tahap:sadayana", "Sadayana").stages == {
        Stage.INTEGRATED
    }
    assert parse_filter('tahap:"satu bandung"', "Satu Bandung").stages == {
        Stage.INTEGRATED
    }
    assert parse_filter("tahap:daring", "Daring").stages == {Stage.ONLINE}


def test_what_is_quoted_is_a_word_whatever_it_says() -> None:
    found = parse_filter('"macet total" opd:"dinas kesehatan"')
    assert found.words == ("macet total",)
    assert found.flags == frozenset()
    assert found.opds == ("dinas kesehatan",)


@pytest.mark.parametrize(
    "text", ["", "  ", "opd:", "tahap:", "tahap:xyz", '"', ":", "::", 'opd:"']
)
def test_nothing_that_is_typed_fails(text: str) -> None:
    parse_filter(text)


@pytest.mark.parametrize("text", ["", "   ", 'tahap:""'])
def test_what_asks_for_nothing_is_no_filter(text: str) -> None:
    assert not parse_filter(text)


@pytest.mark.parametrize("text", ["tahap:selesai", "laju:xyz", "status:xyz"])
def test_a_value_that_there_is_not_lets_nothing_through_rather_than_all(
    text: str,
) -> None:
    assert parse_filter(text).words == (text,)
    assert parse_filter(text).describe(load_language("en")) == f"“{text}”"


def test_an_unknown_key_is_a_word() -> None:
    assert parse_filter("http://x").words == ("http://x",)


def test_the_filter_says_what_it_asks_for() -> None:
    said = parse_filter("opd:dinkes tahap:online macet ktp tag:wajib").describe(
        load_language("en")
    )
    assert said == "dinkes · Online · #wajib · stalled · “ktp”"
    assert NO_FILTER.describe(load_language("en")) == ""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "wanted",
    [
        *(Filter(flags=frozenset({flag})) for flag in FLAG_WORDS),
        *(Filter(paces=frozenset({pace})) for pace in Pace),
        *(Filter(stages=frozenset({stage})) for stage in Stage),
        Filter(words=("ktp", "macet total"), opds=("dinkes",), tags=("wajib",)),
    ],
)
def test_a_written_filter_is_read_back(code: str, wanted: Filter) -> None:
    written = write_filter(wanted, load_language(code))
    assert replace(parse_filter(written), text="") == wanted


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("flag", FLAG_WORDS)
def test_the_label_of_a_flag_can_be_typed_as_it_is_shown(
    code: str, flag: str
) -> None:
    label = load_language(code).text(FLAG_WORDS[flag])
    assert parse_filter(f"ktp {label} surat") == Filter(
        f"ktp {label} surat",
        words=("ktp", "surat"),
        flags=frozenset({flag}),
    )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("pace", Pace)
def test_the_label_of_a_pace_can_be_typed_as_it_is_shown(
    code: str, pace: Pace
) -> None:
    label = load_language(code).text(pace_word(pace))
    assert parse_filter(f'laju:"{label}"').paces == {pace}


def test_the_longest_flag_is_meant_and_a_quoted_one_is_text() -> None:
    assert parse_filter("bergerak minggu lalu").flags == {"moved_before"}
    assert parse_filter('tanpa "kabar"').words == ("tanpa", "kabar")
    assert parse_filter("minggu bergerak").words == ("minggu",)


def test_the_kind_of_opd_is_asked_for_in_both_languages_and_widens() -> None:
    assert parse_filter("jenis:kecamatan").kinds == {"kecamatan"}
    assert parse_filter("kind:district jenis:rs").kinds == {
        "kecamatan",
        "rumah-sakit",
    }
    assert parse_filter('jenis:"Unit Khusus"').kinds == {"unit khusus"}
    assert parse_filter("jenis:kec").describe(load_language("id")) == (
        "Kecamatan"
    )


def test_a_kind_of_the_citys_own_is_found_by_its_beginning() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)

    def has(kind: str, text: str) -> bool:
        opd = OPD(
            id="x-1",
            code="uk",
            name="UK",
            kind=kind,
            recorded_at=now,
            by="uji",
        )
        context = FilterContext(frozenset(), frozenset())
        return matches_opd(opd, parse_filter(text), context)

    assert has("Unit Khusus", "jenis:unit")
    assert has("dinas", "jenis:dinas")
    assert not has("dinas", "jenis:din-x")
    assert not has("kelurahan", "jenis:kecamatan")
