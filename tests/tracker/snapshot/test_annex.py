"""The annex's tables and lists: what stands in them, and what is left to the workbook."""

import re

from tests.tracker.builder import Builder
from tests.tracker.snapshot.cities import TODAY, W18
from tracker.language import load_language
from tracker.snapshot.annex_moves import move_blocks
from tracker.snapshot.annex_obstacles import obstacle_blocks
from tracker.snapshot.annex_targets import target_blocks
from tracker.snapshot.blocks import Heading, Items, Table
from tracker.snapshot.page import render
from tracker.snapshot.week import read_week

EN = load_language("en")


def test_a_city_of_which_nothing_is_known_has_no_figure_and_no_list() -> None:
    page = render(read_week(Builder().register, W18, TODAY), EN)
    figures = re.findall(r"^\| [A-Z].*", page, re.MULTILINE)
    assert len(figures) == 5
    assert not any(re.search(r"\d", row.split("|", 2)[2]) for row in figures)
    *lists, _definitions = page.split("\n### ")[1:]
    assert [text.splitlines()[1:] for text in lists] == [["- None."]] * 14


def test_of_each_factor_the_three_obstacles_that_are_open_for_longest_are_told() -> (
    None
):
    city = Builder()
    city.service("ktp", "dukcapil", "2026-01-05")
    city.service("kk", "dukcapil", "2026-01-05")
    for service, month in (("ktp", 4), ("ktp", 2), ("kk", 3), ("kk", 1)):
        city.obstacle(service, f"2026-0{month}-07", description=f"Lama {month}")
    city.obstacle("ktp", "2026-04-08", "infrastructure", description="Baru")
    _, told = obstacle_blocks(read_week(city.register, W18, TODAY), EN)
    assert isinstance(told, Items)
    assert re.findall(r": (.+?) \(", "\n".join(map(str, told.texts))) == [
        "Baru",
        "Lama 1",
        "Lama 2",
        "Lama 3",
    ]


def test_an_opd_is_late_since_the_first_day_that_it_missed_and_due_on_the_next() -> (
    None
):
    city = Builder()
    days = ("2026-04-01", "2026-03-01", "2026-05-20", "2026-05-10")
    for number, due_on in enumerate(days):
        city.service(f"a-{number}", "dukcapil", "2026-01-05")
        city.target(f"a-{number}", due_on, "online")
    _, owing = target_blocks(read_week(city.register, W18, TODAY), EN)
    assert isinstance(owing, Table)
    assert [row[1:5] for row in owing.rows] == [
        ("2", "1 Mar 2026", "2", "10 May 2026"),
    ]


def test_a_move_to_the_stage_in_which_a_service_was_is_told_as_no_step() -> (
    None
):
    city = Builder()
    city.service("ktp", "dukcapil", "2026-01-05", "online")
    city.move("ktp", W18.monday, "online")
    title, _ = move_blocks(read_week(city.register, W18, TODAY), EN)
    assert title == Heading("Dinas dukcapil: no step", level=4)
