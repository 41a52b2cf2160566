"""The page of a week, as it is handed over."""

import re
from datetime import UTC, date, datetime

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.tracker.builder import Builder
from tests.tracker.snapshot.cities import TODAY, W18, large_city, small_city
from tests.tracker.snapshot.keep import KEPT, pages
from tracker.actions import Context, MoveServices, perform
from tracker.language import load_language
from tracker.model import Stage
from tracker.register import Register
from tracker.snapshot import (
    WeekValue,
    diff,
    render,
    render_diff,
    take,
    week_of,
)
from tracker.store.memory import MemoryStore
from tracker.week import Week

EN = load_language("en")
FORGE = MarkdownIt("gfm-like")
HOSTILE = (
    "a|b | c\n| --- |\n\n# Judul <script>alert(1)</script> <b>x</b> [tautan](https://contoh.id) ![g](x.png) "
    "[/x] [@click=app.quit] `kode` ``` *tebal* _miring_ ~~coret~~ @walikota #12 www.contoh.id a@contoh.id "
    "&lt; &#124; \\ \u202egnalab\u200b {portal} {0} $x$ :smile:"
)


def page(register: Register, week: Week = W18, today: date = TODAY) -> str:
    return render(week_of(register, week, today), EN)


@pytest.mark.parametrize(
    "name",
    ["2026-W18.en.md", "2026-W18.id.md", "2026-W08-W18.en.md", "2026-W08-W18.id.md"],
)
def test_a_page_reads_as_it_was_kept(name: str) -> None:
    assert pages()[name] == (KEPT / name).read_text(encoding="utf-8")


def test_the_same_week_of_the_same_facts_gives_the_same_page_whatever_their_order() -> (
    None
):
    register = large_city(opds=9, services=60)
    turned = register.changed({}, register.next_number)
    for table in ("opds", "services", "moves", "targets", "obstacles", "milestones"):
        facts = dict(reversed(list(register.table(table).items())))
        object.__setattr__(turned, table, facts)
    assert page(turned) == page(register)


def test_a_complete_week_reads_the_same_whatever_day_it_is() -> None:
    register = small_city().register
    assert page(register, today=date(2026, 9, 1)) == page(register)


def test_the_first_page_of_a_large_city_fits_the_meeting() -> None:
    register = crowded_city()
    for today in (TODAY, date(2026, 5, 1)):
        text = render(week_of(register, W18, today), EN, first_page=True)
        assert len(text.splitlines()) <= 60
    assert "Provisional" in text
    assert "more OPDs moved" in text
    assert "Lowest index: Dinas opd-1 (33.33)" in text


def test_the_fullest_first_page_there_can_be_fits_the_meeting() -> None:
    text = render(fullest_week(), EN, first_page=True)
    for said in (
        "Illustrative",
        "Revised since",
        "before rounding",
        "But 1 OPD made",
        "more OPDs moved",
    ):
        assert said in text
    for said in (
        "joined",
        "missed their targets",
        "Going backward",
        "Lowest",
        "Not heard",
        "not moved for",
    ):
        assert said in text
    for said in (
        "Milestone: Loket terpadu dibuka",
        "still want a visit",
        "obstacles are open",
        "do not compare",
        "claim not yet verified",
    ):
        assert said in text
    assert len(text.splitlines()) <= 60


def fullest_week() -> WeekValue:
    """A complete week in which there is nothing that the first page does not tell."""
    store = MemoryStore(crowded_city())
    take(
        store, W18, Context(by="uji", now=datetime(2026, 5, 4, tzinfo=UTC), today=TODAY)
    )
    move = MoveServices(("a-2",), Stage.INTEGRATED, W18.sunday)
    perform(
        store,
        move,
        Context(by="uji", now=datetime(2026, 5, 4, 1, tzinfo=UTC), today=TODAY),
    )
    return week_of(store.load(), W18, TODAY)


def crowded_city() -> Register:
    """Seventy OPDs and one that never moves, each of the first page's remarks called for."""
    city = Builder("Kota Contoh", goal="2026-12-31", illustrative=True)
    for number in range(70):
        opd = f"opd-{number}"
        for service in "abc":
            city.service(
                f"{service}-{number}", opd, "2026-01-05", stage="online", visits=1
            )
        city.move(f"b-{number}", "2026-02-10", "integrated")
        if number % 2:
            city.move(f"b-{number}", "2026-04-14", "online")
        if number % 7 == 0:
            city.move(f"a-{number}", "2026-04-28", "integrated")
            city.move(f"b-{number}", "2026-04-29", "conventional")
        city.obstacle(f"c-{number}", "2026-02-01")
        city.target(f"c-{number}", "2026-04-01")
        city.target(f"a-{number}", "2026-05-10")
    for number in range(2):
        city.service(f"diam-{number}", "opd-diam", "2026-01-05", stage="online")
    city.service("baru", "opd-1", "2026-04-28")
    city.closure("a-1", "2026-04-28")
    city.transfer("a-2", "2026-04-28", "opd-3")
    city.milestone("2026-04-06", "Cara hitung berubah", method_break=True)
    city.milestone("2026-04-29", "Loket terpadu dibuka")
    return city.register


def test_the_first_page_alone_is_the_beginning_of_the_whole() -> None:
    value = fullest_week()
    first, whole = render(value, EN, first_page=True), render(value, EN)
    assert whole.startswith(first + "\n## Annex\n")


def lowest_line(indices: str) -> str:
    """What is said of the OPDs with the lowest index, each with a service in the stage of its letter."""
    city = Builder()
    for number, letter in enumerate(indices):
        stage = {"c": "conventional", "o": "online", "i": "integrated"}[letter]
        city.service(f"s-{number}", f"opd-{number}", "2026-01-05", stage=stage)
    return next(
        (line for line in page(city.register).splitlines() if "Lowest index" in line),
        "",
    )


def test_the_lowest_are_named_with_all_that_equal_them() -> None:
    assert lowest_line("ccoiiii") == (
        "- Lowest index: Dinas opd-1 (0.00), Dinas opd-0 (0.00), and Dinas opd-2 (50.00)."
    )
    assert lowest_line("ccccciiiiiii") == (
        "- Lowest index: Dinas opd-4 (0.00), Dinas opd-3 (0.00), Dinas opd-2 (0.00), and 2 more."
    )


def test_nobody_is_named_as_lowest_for_standing_where_most_stand() -> None:
    assert lowest_line("cccccccoi") == ""
    assert lowest_line("coooooooi") == "- Lowest index: Dinas opd-0 (0.00)."
    assert lowest_line("cci") == ""


def test_services_that_all_stand_still_with_one_opd_are_said_to() -> None:
    city = Builder()
    for code in "ab":
        city.service(code, "dinkes", "2026-01-05")
    still = "have not moved for 84 days or more"
    assert f"- 2 services, all of Dinas dinkes, {still}." in page(city.register)
    city.service("c", "dukcapil", "2026-01-05")
    assert f"- 3 services {still}, 2 of them with Dinas dinkes." in page(city.register)


def test_a_milestone_of_the_week_is_told_to_the_meeting() -> None:
    city = small_city()
    city.milestone("2026-04-30", "Dinas Perindustrian digabung ke Dinas Perdagangan")
    city.milestone("2026-04-28", "Wali kota menetapkan target")
    first = render(week_of(city.register, W18, TODAY), EN, first_page=True)
    told = (
        "Wali kota menetapkan target; Dinas Perindustrian digabung ke Dinas Perdagangan"
    )
    assert f"- Milestone: {told}\n" in first
    assert "Milestone:" not in render(week_of(city.register, W18.plus(1), TODAY), EN)


def test_what_is_drawn_fits_a_terminal() -> None:
    for code in ("en", "id"):
        for register in (crowded_city(), large_city(opds=3, services=3200)):
            text = render(
                week_of(register, W18, TODAY), load_language(code), first_page=True
            )
            drawn = text.split("```")[1].splitlines()
            assert len(drawn) == 10
            assert max(map(len, drawn)) <= 80


def test_the_printed_sum_adds_up() -> None:
    city = small_city()
    city.service("cepat", "cibiru", "2026-04-28", stage="integrated")
    city.closure("kk", "2026-04-28")
    line = next(
        line
        for line in page(city.register).splitlines()
        if line.startswith("The sum in points")
    )
    opening, joined, left, forward, backward, closing = map(
        int, re.findall(r"\d+", line)
    )
    assert (opening, joined, left) == (10, 2, 2)
    assert opening + joined - left + forward - backward == closing


def test_a_running_week_is_provisional_and_says_as_of_when() -> None:
    text = page(small_city().register, today=date(2026, 4, 29))
    assert (
        "Provisional: the week is still running, figures as of Wednesday, 29 April 2026."
        in text
    )
    assert "Pace and forecast are those of the last complete week, 2026-W17." in text


def test_an_illustrative_city_says_so_before_its_figures() -> None:
    text = page(small_city(illustrative=True).register)
    assert text.index("Illustrative: this history is made up") < text.index("| Figure")


def test_a_city_without_services_has_a_page_without_figures() -> None:
    text = page(Builder().register)
    assert "No service is registered yet" in text
    assert "| Index (0 to 100)                 |         – |" in text


def test_a_city_without_a_goal_says_so() -> None:
    city = Builder()
    city.service("a", "dinkes", "2026-01-05")
    assert "No goal date is set." in page(city.register)


def test_a_goal_that_has_passed_is_said_to_be_missed() -> None:
    city = Builder(goal="2026-04-30")
    city.service("a", "dinkes", "2026-01-05", stage="online")
    assert "The goal of 30 April 2026 is missed: 1 step remains." in page(city.register)


def test_a_city_that_is_done_says_so() -> None:
    city = Builder(goal="2026-12-31")
    city.service("a", "dinkes", "2026-01-05", stage="integrated")
    text = page(city.register)
    assert "Every service is behind the single door." in text
    assert "The goal of 31 December 2026 is met." in text


def test_the_first_week_has_no_week_before() -> None:
    city = Builder()
    city.service("a", "dinkes", "2026-04-28", stage="online")
    text = page(city.register)
    assert re.search(r"\| Index \(0 to 100\) +\| +50.00 \| +– \| +– \|", text)
    assert "too short to judge the pace" in text
    assert (
        "six complete weeks in which moves are counted, and so far there are 0." in text
    )


def new_city(goal: str = "2029-12-31", stage: str = "conventional") -> Builder:
    """A city that was registered on the Tuesday of the running week."""
    city = Builder(goal=goal)
    for code in ("a", "b"):
        city.service(code, "dinkes", "2026-04-28", stage=stage)
    return city


def test_nothing_is_concluded_about_the_goal_of_a_new_city() -> None:
    text = page(new_city().register, today=date(2026, 4, 29))
    assert (
        "There is no forecast yet: at the end of the last complete week there was no service."
        in text
    )
    assert (
        "Whether the goal of 31 December 2029 will be met cannot be told yet." in text
    )
    assert "missed" not in text


def test_a_city_that_stands_still_is_given_no_date_and_no_verdict() -> None:
    city = Builder(goal="2029-12-31")
    city.service("a", "dinkes", "2026-01-05")
    text = page(city.register)
    assert "None of the last 12 complete weeks brought the work forward" in text
    assert (
        "Whether the goal of 31 December 2029 will be met cannot be told yet." in text
    )


def verified_line(city: Builder) -> str:
    line = next(
        line for line in page(city.register).splitlines() if "past the counter" in line
    )
    return line.split(" heard from this week. ")[1]


def test_what_was_so_when_registered_is_not_said_to_have_been_checked() -> None:
    assert verified_line(new_city(stage="online")) == (
        "No service past the counter has moved since it was registered; "
        "how a service stood when registered counts as verified."
    )


def test_claims_are_counted_apart_from_what_was_so_when_registered() -> None:
    city = new_city(stage="online")
    city.service("c", "dinkes", "2026-01-05")
    city.move("c", "2026-04-28", "online")
    assert verified_line(city) == (
        "Of the services past the counter 66.7% count as verified; 1 stands there by a claim not yet "
        "verified. 2 have not moved since they were registered, which counts as verified."
    )
    city.move("a", "2026-04-29", "integrated", verified="2026-04-29")
    city.move("b", "2026-04-29", "integrated", verified="2026-04-29")
    assert verified_line(city).endswith("; 1 stands there by a claim not yet verified.")
    assert re.search(
        r"Past the counter by a claim not yet verified:\n\n.*\n.*\n\| Layanan c .* 28 Apr 2026 \|\n\n",
        page(city.register),
    )


def test_where_no_claim_is_left_to_verify_all_is_said_to_be_verified() -> None:
    city = new_city()
    city.move("a", "2026-04-29", "online", verified="2026-04-29")
    assert verified_line(city) == "Every service past the counter counts as verified."


def rounding(index_from: int, index_to: int, services: int) -> str:
    """The page of a city whose points rose from one count to another within the week."""
    city = Builder()
    for number in range(services):
        stage = "online" if number < index_from else "conventional"
        city.service(f"s-{number}", "dinkes", "2026-01-05", stage=stage)
    for number in range(index_from, index_to):
        city.move(f"s-{number}", "2026-04-28", "online")
    return page(city.register)


def test_changes_that_look_wrong_beside_rounded_figures_are_explained_under_the_table() -> (
    None
):
    text = rounding(1, 2, 3)
    assert re.search(r"Index .* 33.33 \| +16.67 \| +\+16.67 ", text)
    table, note = (
        text.index("| Steps still"),
        text.index("Changes are computed before rounding"),
    )
    assert text[table:note].count("\n") == 2


def test_changes_that_add_up_as_shown_are_left_alone() -> None:
    assert "| +25.00 |" in rounding(1, 2, 2)
    assert "Changes are computed" not in rounding(1, 2, 2)


def silent_list(city: Builder, today: date) -> str:
    return page(city.register, Week.of(today), today).split("### F.")[1].split("###")[0]


def test_the_silence_of_the_running_week_is_told_from_that_of_complete_ones() -> None:
    city = Builder()
    for code, start in (
        ("spoke", "2026-04-06"),
        ("silent", "2026-04-06"),
        ("joined", "2026-05-05"),
    ):
        city.opd(code, name=code)
        city.service(f"s-{code}", code, start)
    city.report("spoke", "2026-W18")
    listed = silent_list(city, date(2026, 5, 6))
    assert "Complete weeks are counted up to 2026-W18." in listed
    assert re.search(r"\| silent +\| +1 \| +3 \|", listed)
    assert re.search(r"\| spoke +\| +1 \| +this week only \|", listed)
    assert re.search(r"\| joined +\| +1 \| +first week \|", listed)
    first = render(
        week_of(city.register, Week(2026, 19), date(2026, 5, 6)), EN, first_page=True
    )
    assert (
        "Not heard from this week: silent (for 3 complete weeks), joined, and spoke (this week only)."
        in first
    )


def test_of_a_complete_week_the_list_of_silent_opds_needs_no_note() -> None:
    city = Builder()
    city.service("a", "dinkes", "2026-04-06")
    assert "Complete weeks are counted" not in page(city.register)


def test_an_index_that_rose_without_progress_is_seen_for_what_it_is() -> None:
    city = Builder()
    city.service("a", "dinkes", "2026-01-05")
    city.service("b", "dinkes", "2026-04-28", stage="integrated")
    text = page(city.register)
    assert (
        "The index rose by 50.00: 0.00 by steps, +50.00 because services joined or left."
        in text
    )


def test_every_service_that_the_first_page_counts_stands_in_the_annex() -> None:
    value = week_of(large_city(), W18, TODAY)
    annex = render(value, EN).split("## Annex", 1)[1]
    for at in (
        *value.overdue,
        *value.due_soon,
        *value.stalled,
        *value.hybrid,
        *value.hindered,
    ):
        assert f"| {at.service.name} " in annex


def hostile_city(name: str) -> Register:
    city = Builder(name, portal=name, goal="2026-12-31", illustrative=True)
    for code in ("x", "y"):
        city.opd(code, name=f"{name} {code}")
    city.service("a", "x", "2026-01-05", name=f"{name} a", stage="online", visits=1)
    city.service("b", "y", "2026-01-05", name=f"{name} b")
    city.service("c", "y", "2026-04-28", name=f"{name} c")
    city.move("a", "2026-04-28", "integrated", evidence=name, note=name)
    city.move("b", "2026-04-29", "online", evidence=name)
    city.move(
        "b", "2026-02-03", "conventional", recorded_at=datetime(2026, 4, 30, tzinfo=UTC)
    )
    city.closure("c", "2026-04-30")
    city.transfer("a", "2026-05-01", "y")
    city.target("b", "2026-03-01")
    city.obstacle("b", "2026-03-01", description=name)
    city.milestone("2026-04-28", name, method_break=True)
    city.evaluation(name, 2025, score=3.0, source=name)
    return city.register


def shape(tokens: list[Token]) -> list[str]:
    """Return what a forge makes of a page, its texts left out."""
    return [token.type for token in tokens]


def inline(tokens: list[Token]) -> set[str]:
    return {child.type for token in tokens for child in token.children or ()}


def test_hostile_text_changes_nothing_in_the_structure_of_a_page() -> None:
    harmless, hostile = hostile_city("Nama"), hostile_city(HOSTILE)
    plain, tried = FORGE.parse(page(harmless)), FORGE.parse(page(hostile))
    assert shape(tried) == shape(plain)
    assert inline(tried) <= {"text", "text_special", "softbreak"}
    assert "\u202e" not in page(hostile)


def test_hostile_text_changes_nothing_in_the_structure_of_a_comparison() -> None:
    def compared(name: str) -> list[Token]:
        return FORGE.parse(
            render_diff(diff(hostile_city(name), Week(2026, 10), W18, TODAY), EN)
        )

    assert shape(compared(HOSTILE)) == shape(compared("Nama"))
    assert inline(compared(HOSTILE)) <= {"text", "text_special", "softbreak"}


def test_the_rows_of_a_table_are_aligned_in_plain_text() -> None:
    text = page(small_city().register)
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(line) for line in table.splitlines()}) == 1
