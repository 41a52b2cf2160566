from time import process_time

import pytest
from textual.app import ComposeResult

from screens.navigation import Destination
from screens.sanitizing_app import SanitizingApp
from screens.widgets.lines import LineView
from screens.widgets.paint import safe_line
from screens.widgets.table import Column, Table, shared_widths
from tests.screens.harness import HOSTILE, shown

Pair = tuple[str, int | None]
COLUMNS: tuple[Column[Pair], ...] = (
    Column(
        "name",
        "Name",
        lambda row, _: [(safe_line(row[0]), "")],
        10,
        grow=1,
        order=lambda row: row[0],
    ),
    Column(
        "count",
        "Count",
        lambda row, _: [(str(row[1]), "")],
        6,
        align="right",
        drop=1,
        order=lambda row: row[1],
        down=True,
    ),
)
WIDER = (
    *COLUMNS,
    Column[Pair](
        "rest",
        "Rest",
        lambda row, _: [("x", "")],
        6,
        drop=2,
        order=lambda row: row[1],
    ),
)


class Row(Destination, frozen=True):
    """A row, by its name."""

    name: str


class OneTable(SanitizingApp[None]):
    """A table by itself, and what it said."""

    def __init__(self, rows: list[Pair]) -> None:
        super().__init__()
        self.rows = rows
        self.opened: list[Destination] = []

    def compose(self) -> ComposeResult:
        yield Table[Pair](lambda row: Row(row[0]))

    def on_mount(self) -> None:
        self.table.show(self.rows, COLUMNS)
        self.table.focus()

    @property
    def table(self) -> Table[Pair]:
        return self.query_one(Table)

    def on_line_view_opened(self, event: LineView.Opened) -> None:
        self.opened.append(event.key)


ROWS: list[Pair] = [("b", 2), ("a", 3), ("c", None), ("d", 1)]


def order(app: OneTable) -> str:
    return "".join(row[0] for row in app.table.rows)


async def test_sorting_puts_what_is_unknown_last_either_way() -> None:
    app = OneTable(ROWS)
    async with app.run_test():
        assert order(app) == "bacd"
        app.table.sort_by("count")
        assert order(app) == "abdc"
        app.table.sort_reverse()
        assert order(app) == "dbac"
        app.table.sort_beside(1)
        assert order(app) == "abcd"


async def test_the_cursor_stays_on_its_row_when_rows_are_sorted_or_shown_anew() -> (
    None
):
    app = OneTable(ROWS)
    async with app.run_test() as pilot:
        await pilot.press("down", "down")
        assert app.table.key == Row("c")
        app.table.sort_by("name")
        assert app.table.key == Row("c")
        app.table.show([("x", 1), *ROWS])
        assert app.table.key == Row("c")
        app.table.show([("x", 1)])
        assert app.table.key == Row("x")
        app.table.show([])
        assert app.table.key is None


async def test_enter_is_for_the_screen_and_a_second_click_opens() -> None:
    app = OneTable(ROWS)
    async with app.run_test() as pilot:
        await pilot.click(Table, offset=(3, 2))
        assert app.table.key == Row("a")
        assert app.opened == []
        await pilot.click(Table, offset=(3, 2), times=2)
        assert app.opened == [Row("a")]


async def test_a_click_on_the_head_sorts() -> None:
    app = OneTable(ROWS)
    async with app.run_test() as pilot:
        await pilot.click(Table, offset=(3, 0))
        assert order(app) == "abcd"
        assert "Name▲" in shown(pilot)


async def test_marks_are_seen_without_colour_and_are_what_is_chosen() -> None:
    app = OneTable(ROWS)
    async with app.run_test() as pilot:
        assert app.table.chosen_keys() == list(map(Row, ["b"]))
        app.table.mark()
        app.table.mark()
        await pilot.pause()
        assert app.table.chosen_keys() == list(map(Row, ["b", "a"]))
        assert shown(pilot).count("◉") == 2
        assert app.table.unmark()
        assert not app.table.unmark()


async def test_a_range_marks_what_lies_between() -> None:
    app = OneTable(ROWS)
    async with app.run_test() as pilot:
        app.table.mark_range()
        await pilot.press("down", "down")
        app.table.mark_range()
        await pilot.press("down")
        assert app.table.chosen_keys() == list(map(Row, ["b", "a", "c"]))


async def test_hostile_text_is_shown_and_not_obeyed() -> None:
    app = OneTable([(text, 1) for text in HOSTILE])
    async with app.run_test() as pilot:
        said = shown(pilot)
        for text in (
            "[/x]",
            "[@click=app.quit]x[/]",
            "[bold red]merah[/bold red]",
            "Layanan [baru]",
        ):
            assert text in said
        assert "<U+202E>gnusrev" in said
        assert "<U+001B>[31mmerah" in said
        assert "\x1b" not in said


async def test_ten_thousand_rows_open_at_once_and_scroll_to_the_end() -> None:
    rows: list[Pair] = [
        (f"row {number:05}", number) for number in range(10_000)
    ]
    app = OneTable([])
    async with app.run_test() as pilot:
        start = process_time()
        app.table.show(rows)
        await pilot.pause()
        assert process_time() - start < 0.5
        await pilot.press("end")
        assert "row 09999" in shown(pilot)
        await pilot.press("home")
        assert "row 00000" in shown(pilot)


def test_the_column_that_is_sorted_by_is_never_left_out_for_room() -> None:
    assert [column.id for column, _ in shared_widths(WIDER, 19)] == [
        "name",
        "count",
    ]
    assert [column.id for column, _ in shared_widths(WIDER, 19, "rest")] == [
        "name",
        "rest",
    ]
    assert [column.id for column, _ in shared_widths(WIDER, 12, "rest")] == [
        "name",
        "rest",
    ]


async def test_sorting_goes_on_to_columns_there_was_no_room_for_and_shows_them() -> (
    None
):
    app = OneTable(ROWS)
    async with app.run_test(size=(20, 10)) as pilot:
        app.table.show(ROWS, WIDER)
        app.table.sort_by("count")
        await pilot.pause()
        assert "Rest" not in shown(pilot)
        app.table.sort_beside(1)
        await pilot.pause()
        assert app.table.sorted_by == "rest"
        assert "Rest▲" in shown(pilot)
        assert "Count" not in shown(pilot)


@pytest.mark.parametrize("width", [1, 8, 20, 60])
def test_columns_make_room_for_each_other(width: int) -> None:
    shares = shared_widths(COLUMNS, width)
    assert shares[0][0].id == "name"
    assert len(shares) == (2 if width >= 19 else 1)
    assert sum(size + 1 for _, size in shares) + 1 == max(width, 12)


async def test_who_has_not_moved_the_cursor_sees_the_first_row_of_a_new_order() -> (
    None
):
    app = OneTable(ROWS)
    async with app.run_test():
        assert app.table.key == Row("b")
        app.table.sort_by("name")
        assert app.table.key == Row("a")
        app.table.sort_reverse()
        assert app.table.key == Row("d")


def test_columns_that_are_dropped_early_give_way_to_one_that_likes_more_room() -> (
    None
):
    name = Column[str]("name", "Name", lambda row, _: [(row, "")], 10, wish=20)
    early, late = (
        Column[str](id, id, lambda row, _: [(row, "")], 10, drop=drop)
        for id, drop in (("early", 5), ("late", 4))
    )
    columns = [name, early, late]

    def shown(width: int) -> list[str]:
        return [column.id for column, _ in shared_widths(columns, width)]

    assert shown(44) == ["name", "early", "late"]
    assert shown(43) == ["name", "late"]
    assert shown(23) == ["name", "late"]
    assert shown(22) == ["name"]
