"""The message for a chat: short, plain, and bold only where the program means it."""

import re
from functools import cache

import pytest

from tests.demonstration import invented_city
from tests.tracker.builder import Builder
from tests.tracker.snapshot.cities import TODAY, W18, large_city, small_city
from tests.tracker.snapshot.test_page import HOSTILE, fullest_week, hostile_city
from tracker.demo import TODAY as DEMO_TODAY
from tracker.language import LANGUAGES, load_language
from tracker.snapshot import WeekValue, chat, read_week, render_chat
from tracker.snapshot.chat import LONGEST
from tracker.text import MAX_NAME
from tracker.week import Week

EN = load_language("en")


@cache
def weeks() -> list[WeekValue]:
    registers = (small_city().register, large_city(), hostile_city(HOSTILE))
    demonstration = read_week(invented_city(), Week(2026, 47), DEMO_TODAY)
    return [
        *(read_week(register, W18, TODAY) for register in registers),
        fullest_week(),
        demonstration,
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_message_has_at_most_900_characters_and_no_table(code: str) -> None:
    for value in weeks():
        text = render_chat(value, load_language(code))
        assert len(text) <= 900
        assert text.endswith("\n")
        assert not re.search(r"[│┤─╭╰█▓░_~`]|^\|", text, re.MULTILINE)


def test_bold_is_opened_and_closed_on_each_line_whatever_the_register_says() -> (
    None
):
    for value in weeks():
        for line in render_chat(value, EN).splitlines():
            assert line.count("*") % 2 == 0
            assert not re.search(
                r"\*\s[^*]*\s\*", re.sub(r"\*[^*\s][^*]*\*", "", line)
            )


def test_the_demonstration_tells_what_is_wrong_and_what_is_asked() -> None:
    value = read_week(invented_city(), Week(2026, 47), DEMO_TODAY)
    text = render_chat(value, EN)
    for words in (
        "provisional, 19 Nov",
        "*The target of 11 December 2026 is at risk.* 105 of 203 met, 22 days left",
        "*The target of 1 July 2026 is missed.* 49 of 93 late",
        "Behind the single door *36.2%* (+1.9)",
        "*Asked:*",
        "*Must move:* Bapenda",
    ):
        assert words in text


def test_the_least_urgent_lines_give_way_first() -> None:
    text = render_chat(fullest_week(), EN)
    assert "is missed" in text
    assert "is at risk" in text


def test_the_title_of_the_longest_name_fits_alone() -> None:
    city = small_city(name="Kota " * (MAX_NAME // 5), illustrative=True)
    text = render_chat(read_week(city.register, W18, TODAY), EN)
    assert MAX_NAME < len(text.splitlines()[0]) < LONGEST / 2


def test_a_line_gives_way_only_where_it_does_not_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    value = fullest_week()
    monkeypatch.setattr(chat, "LONGEST", 10_000)
    whole = render_chat(value, EN)
    monkeypatch.setattr(chat, "LONGEST", len(whole))
    assert render_chat(value, EN) == whole
    monkeypatch.setattr(chat, "LONGEST", len(whole) - 1)
    left = render_chat(value, EN).splitlines()
    assert len(left) == len(whole.splitlines()) - 1


def test_the_lines_give_way_in_the_order_of_what_the_reader_can_do_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    value = fullest_week()
    gone = []
    monkeypatch.setattr(chat, "LONGEST", 10_000)
    before = render_chat(value, EN)
    while before.count("\n") > 3:
        monkeypatch.setattr(chat, "LONGEST", len(before) - 1)
        after = render_chat(value, EN)
        [line] = set(before.splitlines()) - set(after.splitlines())
        gone.append(line.replace("*", "").replace("• ", ""))
        before = after
    assert [" ".join(line.split()[:4]) for line in gone] == [
        "Forecast: done by 29",
        "The city is going",
        "Must move: Dinas opd-10",
        "The goal of 31",
        "Asked: Sekda: Baru 0",
        "The target of 1",
        "Behind the single door",
    ]


@pytest.mark.parametrize(
    ("code", "said"),
    [("en", "silent for 16 weeks"), ("id", "tanpa kabar 16 minggu")],
)
def test_an_opd_that_owes_nothing_but_a_report_is_named_for_its_silence(
    code: str, said: str
) -> None:
    city = Builder()
    city.service("a", "dinkes", "2026-01-05")
    city.service("b", "dishub", "2026-01-05")
    city.target("b", "2026-05-02", "online")
    text = render_chat(
        read_week(city.register, W18, TODAY), load_language(code)
    )
    assert f"Dinas dinkes ({said})" in text
    assert "Dinas dishub (" in text
    assert " 1, " in text
