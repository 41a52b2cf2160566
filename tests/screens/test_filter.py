import pytest

from screens.filter import EXAMPLES, NO_FILTER, parse
from tracker.language import load_language
from tracker.metrics.values import Pace
from tracker.model import Stage


def test_keywords_of_both_languages_ask_for_the_same() -> None:
    indonesian = parse(
        "tahap:terintegrasi laju:melambat macet terlambat belum-verifikasi"
    )
    english = parse("stage:integrated pace:slowing stalled overdue unverified")
    assert indonesian.stages == english.stages == {Stage.INTEGRATED}
    assert indonesian.paces == english.paces == {Pace.SLOWING}
    assert indonesian.flags == english.flags == {"stalled", "overdue", "unverified"}


def test_closed_services_are_asked_for_by_a_word_or_a_status() -> None:
    for text in (
        "closed",
        "dihentikan",
        "ditutup",
        "status:closed",
        "status:berhenti",
        "STATUS:tutup",
    ):
        assert parse(text).flags == {"closed"}
    assert parse("status:xyz").flags == frozenset()
    assert not parse("berhenti").flags


def test_the_examples_of_help_are_understood_and_ask_for_the_same() -> None:
    indonesian, english = (parse(" ".join(EXAMPLES[code])) for code in ("id", "en"))
    assert indonesian.stages == english.stages != frozenset()
    assert indonesian.paces == english.paces != frozenset()
    assert indonesian.flags == english.flags
    assert (
        len(english.flags)
        == len(EXAMPLES["en"][1].split())
        == len(EXAMPLES["id"][1].split())
    )


def test_words_opds_and_tags_are_told_apart() -> None:
    found = parse("opd:disdukcapil KTP  tag:Wajib elektronik")
    assert found.words == ("ktp", "elektronik")
    assert found.opds == ("disdukcapil",)
    assert found.tags == ("wajib",)


def test_values_of_one_kind_widen() -> None:
    assert parse("tahap:online tahap:konv").stages == {Stage.ONLINE, Stage.CONVENTIONAL}


def test_what_is_quoted_is_a_word_whatever_it_says() -> None:
    found = parse('"macet total" opd:"dinas kesehatan"')
    assert found.words == ("macet total",)
    assert found.flags == frozenset()
    assert found.opds == ("dinas kesehatan",)


@pytest.mark.parametrize(
    "text", ["", "  ", "opd:", "tahap:", "tahap:xyz", '"', ":", "::", 'opd:"']
)
def test_nothing_that_is_typed_fails(text: str) -> None:
    parse(text)


@pytest.mark.parametrize("text", ["", "   ", 'tahap:""'])
def test_what_asks_for_nothing_is_no_filter(text: str) -> None:
    assert not parse(text)


@pytest.mark.parametrize("text", ["tahap:selesai", "laju:xyz", "status:xyz"])
def test_a_value_that_there_is_not_lets_nothing_through_rather_than_all(
    text: str,
) -> None:
    assert parse(text).words == (text,)
    assert parse(text).says(load_language("en")) == f"“{text}”"


def test_an_unknown_key_is_a_word() -> None:
    assert parse("http://x").words == ("http://x",)


def test_the_filter_says_what_it_asks_for() -> None:
    said = parse("opd:dinkes tahap:online macet ktp tag:wajib").says(
        load_language("en")
    )
    assert said == "dinkes · Online · #wajib · stalled · “ktp”"
    assert NO_FILTER.says(load_language("en")) == ""
