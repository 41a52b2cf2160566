import pytest

from screens.commands.registry import BY_ID
from screens.commands.search import (
    PaletteItem,
    command_items,
    find_items,
    place_items,
    theme_items,
)
from screens.navigation import RunCommand, ThemeChoice
from tests.screens.harness import HOSTILE
from tests.screens.test_state import state_of
from tests.tracker.builder import Builder
from tracker.language import LANGUAGES
from tracker.vocabulary import load_vocabulary


def everything(city: Builder) -> list[PaletteItem]:
    state = state_of(city.register)
    return [*command_items(state, {}), *place_items(state)]


def opens(city: Builder, typed: str) -> list[str]:
    return [entry.text for entry in find_items(everything(city), typed)]


def test_before_anything_is_typed_the_actions_are_offered(
    city: Builder,
) -> None:
    offered = find_items(everything(city), "")
    assert offered
    assert {type(entry.opens) for entry in offered} == {RunCommand}


def test_a_few_letters_find_services_opds_and_actions(city: Builder) -> None:
    assert opens(city, "ktp")[0] == "KTP elektronik"
    assert opens(city, "disduk")[0] == "Dinas Kependudukan dan Pencatatan Sipil"
    assert "Undo: Take back your last action" in opens(city, "undo")
    assert "Kartu keluarga" in opens(city, "kkel")


def test_word_starts_come_before_letters_in_order(city: Builder) -> None:
    assert opens(city, "k e")[0] == "KTP elektronik"


def test_nothing_is_found_for_nonsense_and_nothing_fails_on_signs(
    city: Builder,
) -> None:
    assert opens(city, "qqqqzzzz") == []
    for text in (*HOSTILE, "(", "[", "\\", "*"):
        opens(city, text)


def test_themes_are_offered_by_name(city: Builder) -> None:
    offered = theme_items(state_of(city.register), ["b", "a"], "b")
    assert [entry.opens for entry in find_items(offered, "")] == [
        ThemeChoice("a"),
        ThemeChoice("b"),
    ]
    assert [entry.detail for entry in offered] == ["", "now"]


def test_whole_words_in_any_order_come_before_parts_of_words(
    city: Builder,
) -> None:
    city.opd("kec-andir", kind="kecamatan", name="Kecamatan Andir")
    city.opd("kec-antapani", kind="kecamatan", name="Kecamatan Antapani")
    for opd in ("kec-andir", "kec-antapani"):
        city.service(
            f"{opd}-waris",
            opd,
            "2026-08-03",
            name="Legalisasi ahli waris penduduk tani",
        )
    listed = find_items(everything(city), "legalisasi antapani")
    assert listed[0].detail == "Kecamatan Antapani"
    assert opens(city, "elektronik ktp")[0] == "KTP elektronik"


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("riwayat", "log"),
        ("excel", "import"),
        ("cetak", "sheets"),
        ("simpan", "export"),
        ("gelap", "theme"),
        ("tambah", "add_service"),
        ("whatsapp", "remind"),
        ("dark", "theme"),
        ("print", "write"),
        ("add", "add_service"),
        ("save", "export"),
        ("history", "log"),
        ("tombol", "keys"),
        ("urutkan", "sort"),
    ],
)
def test_a_command_is_found_by_the_words_of_other_programs(
    city: Builder, typed: str, command: str
) -> None:
    offered = find_items(everything(city), typed)
    assert RunCommand(command) in [entry.opens for entry in offered]


def test_beginnings_of_words_count_only_where_no_word_does(
    city: Builder,
) -> None:
    assert all("log" in one.casefold() for one in opens(city, "log"))
    assert "Kartu keluarga" in opens(city, "kkel")


def test_scattered_letters_find_nothing(city: Builder) -> None:
    assert opens(city, "kuar") == []


def test_every_command_with_other_words_exists() -> None:
    for code in LANGUAGES:
        assert set(load_vocabulary(code)["commands"]) <= set(BY_ID)
