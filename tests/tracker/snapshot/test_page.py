"""The page of a week, as it is handed over."""

import re
from datetime import UTC, date, datetime
from string import ascii_uppercase

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.demonstration import invented_city
from tests.tracker.builder import Builder
from tests.tracker.snapshot.cities import (
    TODAY,
    W18,
    large_city,
    small_city,
    turned,
)
from tests.tracker.snapshot.keep import KEPT, pages
from tracker.actions.draft import Context
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.demo import TODAY as DEMO_TODAY
from tracker.language import LANGUAGES, load_language
from tracker.model import Stage
from tracker.register import Register
from tracker.snapshot import (
    WeekValue,
    compare_weeks,
    read_week,
    render,
    render_diff,
    take,
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
    return render(read_week(register, week, today), EN)


@pytest.mark.parametrize(
    "name",
    [
        "2026-W18.en.md",
        "2026-W18.id.md",
        "2026-W08-W18.en.md",
        "2026-W08-W18.id.md",
    ],
)
def test_a_page_reads_as_it_was_kept(name: str) -> None:
    assert pages()[name] == (KEPT / name).read_text(encoding="utf-8")


def test_the_same_week_of_the_same_facts_gives_the_same_page_whatever_their_order() -> (
    None
):
    register = large_city(opds=9, services=60)
    assert page(turned(register)) == page(register)


def test_a_complete_week_reads_the_same_whatever_day_it_is() -> None:
    register = small_city().register
    assert page(register, today=date(2026, 9, 1)) == page(register)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_fullest_first_page_there_can_be_has_at_most_fifty_lines(
    code: str,
) -> None:
    text = render(fullest_week(), load_language(code), first_page=True)
    assert len(text.splitlines()) <= 50


def test_the_fullest_first_page_leaves_out_nothing_in_the_order_of_urgency() -> (
    None
):
    text = render(fullest_week(), EN, first_page=True)
    said = (
        "FINAL",
        "REVISED",
        "Illustrative",
        "To: Sekretaris Daerah",
        "Not carried out",
        "2 more decisions",
        "is at risk",
        "is missed",
        "Behind the single door",
        "From 6 April 2026 on it is counted otherwise",
        "Nobody is named who answers",
        "## Decisions asked",
        "2 more: see the annex",
        "## Who must move",
        "not recorded",
        "This week:",
        "service joined",
        "service left",
        "service passed",
        "Milestone: Loket terpadu dibuka",
        "Heard from:",
        "The sum in steps:",
        "Forecast:",
    )
    places = [text.find(words) for words in said]
    assert -1 not in places
    assert places == sorted(places)


def test_the_rows_of_decisions_and_those_that_are_only_counted_are_all() -> (
    None
):
    value = fullest_week()
    text = render(value, EN, first_page=True)
    asked = text.partition("## Decisions asked")[2].partition("\n## ")[0]
    _, _, *rows, rest = re.findall(r"^\|.*", asked, re.MULTILINE)
    assert len(rows) == 3
    assert "2 more" in rest


def fullest_week() -> WeekValue:
    """A complete week in which there is nothing that the first page does not tell."""
    store = MemoryStore(crowded_city())
    early = Context(
        by="uji", now=datetime(2026, 4, 27, tzinfo=UTC), today=date(2026, 4, 27)
    )
    now = Context(by="uji", now=datetime(2026, 5, 4, tzinfo=UTC), today=TODAY)
    take(store, W18.plus(-1), early)
    take(store, W18, now)
    move = MoveServices(("a-2",), Stage.INTEGRATED, W18.sunday)
    perform(store, move, now)
    return read_week(store.load(), W18, TODAY)


def crowded_city() -> Register:
    """Seventy OPDs and one that never moves, each of the first page's remarks called for."""
    city = Builder(
        "Kota Contoh",
        goal="2026-12-31",
        illustrative=True,
        addressee="Sekretaris Daerah",
        sender="Kepala Diskominfo",
        subject="Layanan digital",
    )
    for number in range(70):
        opd = f"opd-{number}"
        for service in "abc":
            city.service(
                f"{service}-{number}",
                opd,
                "2026-01-05",
                stage="online",
                visits=1,
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
    for number in range(4):
        city.decision(f"Lama {number}", "2026-04-20", "2026-04-25")
    for number in range(5):
        city.decision(f"Baru {number}", "2026-04-29", "2026-05-10")
    return city.register


def test_the_first_page_alone_is_the_beginning_of_the_whole() -> None:
    value = fullest_week()
    first, whole = render(value, EN, first_page=True), render(value, EN)
    assert whole.startswith(first + "\n## Annex\n")


def first(city: Builder, week: Week = W18, today: date = TODAY) -> str:
    return render(read_week(city.register, week, today), EN, first_page=True)


def test_a_running_week_is_provisional_and_says_as_of_when() -> None:
    text = page(small_city().register, today=date(2026, 4, 29))
    assert (
        "**PROVISIONAL** as of Wednesday, 29 April 2026; pace and forecast as of week 17."
        in text
    )


@pytest.mark.parametrize(
    ("fields", "letterhead"),
    [
        (("addressee", "sender"), "To: Sekda · From: Diskominfo"),
        (("sender", "subject"), "From: Diskominfo · Subject: Layanan"),
        ((), "## In short"),
    ],
)
def test_a_page_says_to_whom_from_whom_and_what_about_where_it_is_set(
    fields: tuple[str, ...], letterhead: str
) -> None:
    said = {"addressee": "Sekda", "sender": "Diskominfo", "subject": "Layanan"}
    city = Builder(**{name: said[name] for name in fields})
    assert f"as of Sunday, 3 May 2026.\n\n{letterhead}\n" in first(city)


def test_no_decision_is_counted_alone_where_it_could_be_told() -> None:
    """Three decisions of the last page and four of this one are told one by one."""
    city = small_city()
    city.snapshot("2026-W17", "2026-04-26")
    for number in range(3):
        city.decision(f"Lama {number}", "2026-04-20", "2026-04-25")
    for number in range(4):
        city.decision(f"Baru {number}", "2026-04-29", "2026-05-10")
    text = first(city)
    assert all(f"Lama {number} (Sekda)" in text for number in range(3))
    assert all(f"| Baru {number} " in text for number in range(4))
    assert " more" not in text


def test_a_city_without_services_has_a_page_without_figures() -> None:
    text = page(Builder().register)
    assert "No service is registered: there is nothing to judge." in text
    assert re.search(r"\| Index \(0 to 100\) +\| +– \| +– \|", text)
    assert "Heard from" not in text


@pytest.mark.parametrize(
    ("stage", "told"), [("conventional", False), ("online", True)]
)
def test_what_is_verified_is_told_of_what_is_past_the_counter(
    stage: str, told: bool
) -> None:
    city = Builder()
    city.service("ktp", "dukcapil", "2026-01-05")
    city.move("ktp", "2026-02-02", stage)
    text = "0.0% of those past the counter are verified, 1 is a claim."
    assert (text in first(city)) is told
    assert ("past the counter" in first(city)) is told


def test_the_printed_sum_adds_up() -> None:
    city = small_city()
    city.service("cepat", "cibiru", "2026-04-28", stage="integrated")
    city.closure("kk", "2026-04-28")
    line = next(
        line for line in first(city).splitlines() if "sum in steps" in line
    )
    opening, joined, left, forward, backward, closing = map(
        int, re.findall(r"\d+", line)
    )
    assert (opening, joined, left) == (10, 2, 2)
    assert opening + joined - left + forward - backward == closing


@pytest.mark.parametrize(
    ("stage", "by_steps"), [("conventional", "0.0"), ("online", "+25.0")]
)
def test_an_index_that_rose_by_what_joined_is_seen_for_what_it_is(
    stage: str, by_steps: str
) -> None:
    city = Builder()
    city.service("a", "dinkes", "2026-01-05")
    city.move("a", "2026-04-28", stage)
    city.service("b", "dinkes", "2026-04-28", stage="integrated")
    assert (
        f"Of the change of the index in the week {by_steps} came by steps, +50.0 because "
        "services joined or left (index points)." in first(city)
    )


def test_a_change_across_a_method_break_is_marked_and_explained() -> None:
    city = small_city()
    row = next(
        line for line in first(city).splitlines() if "Online or better" in line
    )
    changes = [cell.strip() for cell in row.split("|")[3:7]]
    assert [change.endswith("†") for change in changes] == [
        False,
        True,
        True,
        False,
    ]
    assert "† From 6 April 2026 on it is counted otherwise" in first(city)


def test_a_page_tells_what_became_of_the_decisions_of_the_last_one() -> None:
    city = small_city()
    for text, fields in (
        ("Jadwal", {"done_on": date(2026, 4, 30), "outcome": "terbit"}),
        ("Syarat", {"dropped_on": date(2026, 4, 30)}),
        ("Surat", {}),
    ):
        city.decision(text, "2026-04-20", "2026-04-29", **fields)
    city.snapshot("2026-W17", "2026-04-26")
    text = first(city)
    assert "- **Carried out on 30 Apr:** Jadwal (Sekda). terbit\n" in text
    assert "- **Dropped on 30 Apr:** Syarat (Sekda)\n" in text
    assert "- **Not carried out, 4 days late:** Surat (Sekda)\n" in text
    assert "Decisions asked" not in text


def test_a_decision_that_was_taken_is_told_apart_from_one_that_is_awaited() -> (
    None
):
    city = small_city()
    city.decision("Loket", "2026-04-20", "2026-05-10", decided_on="2026-04-28")
    city.decision("Surat", "2026-04-20", "2026-05-11")
    city.snapshot("2026-W17", "2026-04-26")
    text = first(city)
    assert "- **Decided, to be carried out by 10 May:** Loket (Sekda)\n" in text
    assert "- **Expected by 11 May:** Surat (Sekda)\n" in text


def test_without_a_decision_chosen_the_page_suggests_some() -> None:
    text = first(small_city())
    assert "## Decisions suggested, none chosen yet" in text
    assert "No decision is asked this week." in first(Builder())


def test_the_opds_with_most_late_and_due_services_must_move_first() -> None:
    city = Builder()
    for number, code in enumerate("abcdefg"):
        city.opd(code, contact="Sari, 0812" if code == "a" else "")
        for service in range(number):
            city.service(f"{code}-{service}", code, "2026-01-05")
            city.target(f"{code}-{service}", "2026-04-01")
    table = first(city).split("## Who must move")[1]
    assert re.findall(r"\| Dinas (\w)", table) == ["g", "f", "e", "d", "c"]
    assert "not recorded" in table


def test_the_longest_silent_are_named_with_their_complete_weeks() -> None:
    city = Builder()
    for code, start in (("spoke", "2026-04-06"), ("silent", "2026-04-06")):
        city.opd(code, name=code)
        city.service(f"s-{code}", code, start)
    city.report("spoke", "2026-W18")
    text = first(city, Week(2026, 19), date(2026, 5, 6))
    assert (
        "0 of 2 OPDs so far (week 18: 1). Complete weeks of silence: silent 3."
        in text
    )
    listed = page(city.register, Week(2026, 19), date(2026, 5, 6))
    assert re.search(r"\| silent +\| +1 \| +3 \| not recorded", listed)
    assert re.search(
        r"\| spoke +\| +1 \| +this week only \| not recorded", listed
    )


@pytest.mark.parametrize("registered", ["2026-01-05", "2026-04-28"])
def test_nobody_does_well_who_made_no_step(registered: str) -> None:
    city = Builder()
    city.service("a", "dinkes", registered)
    assert "Going well" not in first(city)
    value = read_week(city.register, W18, TODAY)
    assert value.doing_well == ()


def test_the_annex_of_the_demonstration_is_short_and_lettered_without_a_gap() -> (
    None
):
    value = read_week(invented_city(), Week(2026, 47), DEMO_TODAY)
    for code in LANGUAGES:
        text = render(value, load_language(code))
        assert len(text.splitlines()) <= 400
        letters = re.findall(r"^### (\w)\. ", text, re.MULTILINE)
        assert letters == list(ascii_uppercase[: len(letters)])


def test_a_page_turns_into_a_word_file_that_reads_well() -> None:
    """No lines that pandoc would join, no table too wide for a sheet of paper."""
    text = page(large_city())
    assert "softbreak" not in inline(FORGE.parse(text))
    assert (
        max(line.count(" | ") for line in text.splitlines() if line[:1] == "|")
        < 7
    )


def hostile_city(name: str) -> Register:
    city = Builder(
        name,
        portal=name,
        goal="2026-12-31",
        illustrative=True,
        addressee=name,
        sender=name,
        subject=name,
    )
    for code in ("x", "y"):
        city.opd(code, name=f"{name} {code}", contact=name)
    city.service(
        "a", "x", "2026-01-05", name=f"{name} a", stage="online", visits=1
    )
    city.service("b", "y", "2026-01-05", name=f"{name} b")
    city.service("c", "y", "2026-04-28", name=f"{name} c")
    city.move("a", "2026-04-28", "integrated", evidence=name, note=name)
    city.move("b", "2026-04-29", "online", evidence=name)
    city.move(
        "b",
        "2026-02-03",
        "conventional",
        recorded_at=datetime(2026, 4, 30, tzinfo=UTC),
    )
    city.closure("c", "2026-04-30")
    city.transfer("a", "2026-05-01", "y")
    city.target("b", "2026-03-01")
    city.obstacle("b", "2026-03-01", description=name)
    city.milestone("2026-04-28", name, method_break=True)
    city.evaluation(name, 2025, score=3.0, source=name)
    city.decision(name, "2026-04-20", "2026-04-29", name, outcome=name)
    city.decision(name, "2026-04-29", "2026-05-09", name)
    city.snapshot("2026-W17", "2026-04-26")
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
    assert inline(tried) <= {
        "text",
        "text_special",
        "strong_open",
        "strong_close",
    }
    assert "\u202e" not in page(hostile)


def test_hostile_text_changes_nothing_in_the_structure_of_a_comparison() -> (
    None
):
    def compared(name: str) -> list[Token]:
        return FORGE.parse(
            render_diff(
                compare_weeks(hostile_city(name), Week(2026, 10), W18, TODAY),
                EN,
            )
        )

    assert shape(compared(HOSTILE)) == shape(compared("Nama"))
    assert inline(compared(HOSTILE)) <= {
        "text",
        "text_special",
        "strong_open",
        "strong_close",
    }


def test_the_rows_of_a_table_are_aligned_in_plain_text() -> None:
    text = page(small_city().register)
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        rows = [
            row
            for row in table.splitlines()
            if max(map(len, row.split("|"))) < 75
        ]
        assert len({len(row) for row in rows}) == 1


def test_the_steps_of_the_first_eight_weeks_are_not_told_of_no_weeks() -> None:
    register = small_city().register
    first = min(one.registered_on for one in register.services.values())
    pages = [
        page(register, Week.of(first).plus(weeks), TODAY) for weeks in range(9)
    ]
    for text in pages[:8]:
        assert "Net steps |" in text
        assert "Net steps, " not in text
    assert "Net steps, 4 weeks |" in pages[8]
    assert "Net steps |" not in pages[8]
