"""Each word that people type means one thing, in whatever language it is."""

from pathlib import Path

import pytest

from tracker.exchange.columns import COLUMNS
from tracker.labels import factor_word, role_word
from tracker.language import LANGUAGES, load_language
from tracker.metrics.values import Pace
from tracker.model import Factor, Kind, Role, Stage
from tracker.vocabulary import (
    comparable_word,
    find_factor,
    find_kind,
    find_month,
    find_role,
    find_stage,
    find_timezone,
    find_weekday,
    find_yes_no,
    kind_of_name,
    load_titles,
    load_vocabulary,
    meanings,
    timezone_word,
)

SECTIONS = sorted(
    {name for code in LANGUAGES for name in load_vocabulary(code)}
)
VALUES = {
    "stages": set(Stage),
    "factors": set(Factor),
    "kinds": set(Kind),
    "kind_of_name": set(Kind),
    "paces": set(Pace),
    "months": {str(number) for number in range(1, 13)},
    "yes_no": {"yes", "no"},
}
"""The names that a section may have; of the others the code says it where it reads them."""


# The palette offers every command that a word may mean: "tambah" adds many things.
SEVERAL_MEANINGS = {"filter_examples", "commands"}


@pytest.mark.parametrize("section", sorted(set(SECTIONS) - SEVERAL_MEANINGS))
def test_a_word_means_one_thing_in_all_languages(section: str) -> None:
    found: dict[str, str] = {}
    for code in LANGUAGES:
        for name, words in load_vocabulary(code).get(section, {}).items():
            for word in words:
                assert found.setdefault(comparable_word(word), name) == name, (
                    word
                )


@pytest.mark.parametrize("section", VALUES)
def test_every_value_has_words_and_no_other_has(section: str) -> None:
    named = {
        name
        for code in LANGUAGES
        for name in load_vocabulary(code).get(section, {})
    }
    assert named == VALUES[section]


def test_a_language_is_a_folder_with_its_words() -> None:
    folder = Path(__file__).parents[2] / "tracker" / "locale"
    assert {
        path.parent.name for path in folder.glob("*/vocabulary.toml")
    } == set(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_that_are_offered_are_understood(code: str) -> None:
    text = load_language(code).text
    for factor in Factor:
        assert find_factor(text(factor_word(factor))) is factor
    for role in Role:
        assert find_role(text(role_word(role))) is role


def test_a_value_is_known_by_its_own_name() -> None:
    assert all(find_stage(stage) is stage for stage in Stage)
    assert all(find_factor(factor) is factor for factor in Factor)
    assert all(find_kind(kind) is kind for kind in Kind)


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("TATAP-MUKA", Stage.CONVENTIONAL),
        ("Loket", Stage.CONVENTIONAL),
        ("Dalam  Jaringan", Stage.ONLINE),
        ("satu_pintu", Stage.INTEGRATED),
        ("Sadayana", Stage.INTEGRATED),
        ("lain", None),
    ],
)
def test_a_stage_is_known_however_it_is_written(
    word: str, stage: Stage | None
) -> None:
    assert find_stage(word, "Sadayana") is stage


def test_a_portal_called_like_a_stage_leaves_that_word_its_meaning() -> None:
    assert find_stage("Daring", "Daring") is Stage.ONLINE


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("BKAD", Kind.BADAN),
        ("BPBD Kota Bandung", Kind.BADAN),
        ("Kesbangpol", Kind.BADAN),
        ("BKPSDM", Kind.BADAN),
        ("RSKGM Kota", Kind.RUMAH_SAKIT),
        ("Rumah Sakit Ibu dan Anak", Kind.RUMAH_SAKIT),
        ("Kec. Cicendo", Kind.KECAMATAN),
        ("UPT Puskesmas Garuda", Kind.LAINNYA),
        ("Setda", Kind.SEKRETARIAT),
        ("Rumah Aman", None),
        ("Kelompok Kerja", None),
        ("", None),
    ],
)
def test_the_kind_of_an_agency_is_told_by_how_its_name_begins(
    name: str, kind: Kind | None
) -> None:
    assert kind_of_name(name) is kind


def test_time_zones_are_known_as_people_call_them() -> None:
    assert find_timezone("WITA") == "Asia/Makassar"
    assert find_timezone(" Asia/Jayapura ") == "Asia/Jayapura"
    assert timezone_word("Asia/Jayapura") == "WIT (Asia/Jayapura)"
    assert timezone_word("Europe/Oslo") == "Europe/Oslo"


def test_months_and_weekdays_are_known_in_every_spelling() -> None:
    assert (
        find_month("Peb")
        == find_month("Pebruari")
        == find_month("February")
        == 2
    )
    assert find_month("Nopember") == 11
    assert (
        find_weekday("Jum'at")
        == find_weekday("JUM’AT")
        == find_weekday("Fri")
        == 4
    )
    assert find_weekday("Minggu") == find_weekday("Ahad") == 6
    assert find_month("Senin") is find_weekday("Mei") is None


def test_yes_and_no_are_known_by_words_and_marks() -> None:
    assert find_yes_no("Ya") is find_yes_no("✓") is find_yes_no("SUDAH") is True
    assert (
        find_yes_no("tidak")
        is find_yes_no("belum")
        is find_yes_no("0")
        is False
    )
    assert find_yes_no("mungkin") is None
    assert set(meanings("yes_no").values()) == {"yes", "no"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "section", ["padding", "contradictions", "hints", "alone"]
)
def test_words_in_titles_are_of_columns_that_there_are(
    language: str, section: str
) -> None:
    names = {column.name for columns in COLUMNS.values() for column in columns}
    assert load_titles(language).get(section, {}).keys() <= names
