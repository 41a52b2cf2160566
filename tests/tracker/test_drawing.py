"""Charts in characters: honest, told apart without colour, and never a crash."""

from collections.abc import Sequence

import pytest

from tracker.drawing import (
    Ahead,
    Drawing,
    Fan,
    draw_burn_up,
    draw_columns,
    draw_cumulative_flow,
    draw_sparkline,
    heat_row,
    plain_row,
    plain_text,
    row_width,
    stage_bar,
    weeks_still,
)

SIZES = [(0, 0), (1, 1), (2, 3), (3, 1), (5, 4), (7, 2), (40, 9), (200, 60)]
GAPPED: list[Sequence[float | None]] = [
    [],
    [None],
    [None, None, 3.0],
    [0.0],
    [5.0, None, -2.0, 5.0],
    [1.0] * 90,
]


def number(value: float) -> str:
    return f"{value:.0f}"


def test_a_bar_shares_its_cells_by_the_stages_the_furthest_first() -> None:
    assert plain_row(stage_bar(50, 25, 25, 8)) == "██▓▓░░░░"


def test_a_bar_fills_its_width_whatever_the_counts() -> None:
    for counts in [(1, 1, 1), (1, 0, 0), (999, 1, 1), (3, 7, 11)]:
        for width in range(3, 30):
            assert row_width(stage_bar(*counts, width)) == width


def test_a_bar_hides_no_stage_that_has_a_service() -> None:
    assert plain_row(stage_bar(1, 0, 9999, 10)) == "█████████░"
    assert plain_row(stage_bar(9998, 1, 1, 10)) == "█▓░░░░░░░░"


def test_a_bar_of_nothing_is_empty() -> None:
    assert stage_bar(0, 0, 0, 10) == ()
    assert stage_bar(None, None, None, 10) == ()
    assert stage_bar(1, 2, 3, 0) == ()


def test_a_sparkline_leaves_a_space_for_a_gap() -> None:
    assert draw_sparkline([0, None, 7]) == "▁ █"


def test_a_sparkline_shows_the_last_values() -> None:
    assert draw_sparkline([9, 0, 1], width=2) == "▁█"
    assert draw_sparkline([9, 0, 1], width=0) == ""


def test_a_sparkline_that_stands_still_lies_at_half_height() -> None:
    assert draw_sparkline([3, 3]) == "▄▄"


def test_a_sparkline_keeps_to_a_given_scale() -> None:
    assert draw_sparkline([50, 100, 200], low=0, high=100) == "▅██"


def test_a_sparkline_of_gaps_is_blank() -> None:
    assert draw_sparkline([None, None]) == "  "
    assert draw_sparkline([]) == ""


def test_columns_stand_on_zero() -> None:
    assert plain_text(draw_columns([0, 4, None, 8], 20, 2)) == "   █\n █ █"


def test_a_flow_stacks_the_integrated_below_and_the_conventional_on_top() -> (
    None
):
    drawn = plain_text(
        draw_cumulative_flow([(2, 1, 0), (1, 1, 1), (0, 0, 3)], 3, 3)
    )
    assert drawn == "░░█\n░▓█\n▓██"


def fan_of(rates: Sequence[float], whole: float, weeks: int) -> Fan:
    """Return a fan whose quantiles make so many steps a week each, the luckiest first."""
    return Fan(
        [
            [min(whole, rate * week) for rate in rates]
            for week in range(1, weeks + 1)
        ],
        whole,
    )


def test_a_flow_shows_milestones_goal_and_forecast() -> None:
    weeks = [(10, 0, 0)] * 10 + [(5, 3, 2)] * 10
    ahead = Ahead(goal=5, fan=fan_of((4, 3, 2, 1.5, 1), 20.0, 20))
    drawn = plain_text(
        draw_cumulative_flow(
            weeks,
            60,
            10,
            ahead=ahead,
            marks=[(9, "Pintu tunggal")],
            label=number,
        )
    )
    for sign in "◆┊•:·┴":
        assert sign in drawn
    assert drawn.splitlines()[0].startswith("10 ┤")


def test_a_fan_follows_its_quantiles_and_ends_each_band_where_it_is_done() -> (
    None
):
    fan = fan_of((4, 3, 2, 1.5, 1), 12.0, 12)
    drawn = plain_text(
        draw_burn_up([0.0] * 12, [12.0] * 12, 24, 14, ahead=Ahead(fan=fan))
    ).splitlines()[:-1]
    ahead = [line[12:].ljust(12) for line in drawn]
    assert ahead[0] == "  ·::•::····"
    weeks = ["".join(column).strip() for column in zip(*ahead, strict=True)]
    assert weeks[1:3] == ["··::•:·", "···:::•::·"]
    assert [fan.arrival(quantile) for quantile in range(5)] == [3, 4, 6, 8, 12]


def test_every_arrival_is_drawn_also_where_a_column_stands_for_many_weeks() -> (
    None
):
    fan = fan_of((1.0, 0.9, 0.7, 0.5, 0.4), 21.0, 53)
    for width in range(24, 70):
        top = plain_text(
            draw_burn_up(
                [0.0] * 53, [21.0] * 53, width, 40, ahead=Ahead(fan=fan)
            )
        ).splitlines()[0]
        ahead = top.replace("─", "").replace(" ", "")
        assert ahead.count("•") >= 1
        assert ahead.endswith("·")


def test_a_fan_that_never_arrives_is_drawn_as_far_as_it_is_known() -> None:
    fan = fan_of((2, 1, 0, 0, 0), 12.0, 12)
    drawn = plain_text(
        draw_burn_up([0.0] * 12, [12.0] * 12, 24, 14, ahead=Ahead(fan=fan))
    ).splitlines()[:-1]
    assert drawn[-1][12:] == "•" * 12
    assert fan.arrival(2) is None


def test_a_fan_of_remaining_steps_begins_in_the_week_after_the_last_one_drawn() -> (
    None
):
    quantiles = [(10,) * 5, (8, 8, 9, 9, 10), (5, 6, 7, 8, 9)]
    assert Fan.of_remaining(quantiles, 12, 0).weeks == [
        [4, 4, 3, 3, 2],
        [7, 6, 5, 4, 3],
    ]
    assert Fan.of_remaining(quantiles, 12, 1).weeks == [[7, 6, 5, 4, 3]]
    assert Fan.of_remaining([], 12, 1).weeks == []


def test_the_steps_of_a_fan_are_half_as_high_among_services() -> None:
    fan = Fan([[6.0] * 5], 12.0)
    flow = plain_text(
        draw_cumulative_flow([(6, 0, 0)], 2, 3, ahead=Ahead(fan=fan))
    )
    burn = plain_text(draw_burn_up([0.0], [12.0], 2, 3, ahead=Ahead(fan=fan)))
    assert flow.splitlines()[1] == "░•"
    assert burn.splitlines()[1] == " •"


def test_the_line_of_the_goal_is_seen_through_the_fan_but_hides_no_median() -> (
    None
):
    fan = fan_of((4, 3, 2, 1, 0.5), 12.0, 12)
    drawn = plain_text(
        draw_burn_up([0.0] * 12, [12.0] * 12, 24, 14, ahead=Ahead(3, fan))
    ).splitlines()[:-1]
    column = "".join(line.ljust(24)[14] for line in drawn)
    assert column == "┊┊┊┊┊┊•┊┊┊┊┊┊"


def test_a_forecast_far_away_never_squeezes_the_past_below_half() -> None:
    ahead = Ahead(fan=fan_of((0.1,) * 5, 40.0, 250))
    drawn = plain_text(
        draw_cumulative_flow([(1, 1, 1)] * 20, 60, 6, ahead=ahead)
    )
    assert all(len(line.rstrip(" •")) >= 30 for line in drawn.splitlines()[:1])
    assert drawn.splitlines()[0].count("░") == 30


def test_a_goal_is_drawn_as_long_as_it_leaves_the_past_a_third() -> None:
    near, far = (
        plain_text(
            draw_cumulative_flow([(1, 1, 1)] * 20, 60, 6, ahead=Ahead(goal))
        )
        for goal in (39, 41)
    )
    assert near.splitlines()[0] == "░" * 20 + " " * 38 + "┊"
    assert far.splitlines()[0] == "░" * 60


def test_a_burn_up_sets_what_is_done_against_the_scope() -> None:
    assert plain_text(draw_burn_up([0, 1, 2], [4, 4, 4], 3, 2)) == "───\n ▄█"


def test_the_stages_end_at_an_eighth_of_a_cell() -> None:
    drawn = plain_text(
        draw_cumulative_flow([(8, 0, 0), (7, 0, 1), (2, 5, 1)], 3, 1)
    )
    assert drawn == "░▁▁"
    weeks = [(14, 2, 0), (12, 3, 1), (4, 0, 12), (0, 0, 8)]
    assert plain_text(draw_cumulative_flow(weeks, 4, 2)) == "░░▄\n▂▁██"


def test_the_way_to_the_goal_leads_from_the_steps_that_are_made() -> None:
    ahead = Ahead(12, made=0.0, every=12.0)
    drawn = plain_text(
        draw_burn_up([0.0] * 12, [12.0] * 12, 24, 14, ahead=ahead)
    )
    columns = zip(
        *(line.ljust(24) for line in drawn.splitlines()[:-1]), strict=True
    )
    heights = ["".join(column)[::-1].find("╌") for column in columns]
    way = [height for height in heights if height >= 0]
    assert heights[:12] == [-1] * 12
    assert way == sorted(way)
    assert len(way) == 10
    assert way[-1] >= 11
    assert not Ahead(12, made=12.0, every=12.0).leads


def test_a_goal_far_away_is_led_to_in_a_fifth_of_the_chart() -> None:
    ahead = Ahead(160, made=8.0, every=16.0, most=26)
    drawn = plain_text(
        draw_cumulative_flow([(4, 0, 4)] * 52, 65, 8, ahead=ahead)
    )
    assert drawn.splitlines()[0] == "░" * 52
    assert drawn.count("╌") == 13


def test_milestones_are_named_and_months_written_where_there_is_room() -> None:
    drawn = plain_text(
        draw_cumulative_flow(
            [(1, 0, 0)] * 40,
            40,
            7,
            marks=[(2, "Uji coba di dua kecamatan"), (20, "Pintu tunggal")],
            ticks=[(21, "2027"), (19, "Des"), (4, "Agu"), (38, "Feb")],
        )
    ).splitlines()
    assert drawn[-2] == "  ◆ Uji coba di du… ◆ Pintu tunggal"
    assert drawn[-1] == "    Agu              2027"


def test_a_heat_map_tells_forward_backward_still_and_unknown_apart() -> None:
    assert plain_row(heat_row([None, 0, 1, 2, 4, -1])) == " ·▒▓█▼"


def test_a_scope_that_stands_is_seen_by_the_line_since_its_last_step() -> None:
    assert plain_row(heat_row([0, 1, 0, 0, 0, 0])) == "·▒····"
    assert plain_row(heat_row([0, 1, 0, 0, 0, 0, 0])) == "·▒─────"
    assert plain_row(heat_row([0, 1, 0, 0, 0, 0, 0], done=True)) == "·▒·····"
    assert plain_row(heat_row([None, 0, 0, 0, 0, 0])) == " ─────"


def test_weeks_without_a_step_are_counted_from_the_last_one_or_the_beginning() -> (
    None
):
    assert weeks_still([1, 0, -1, 0, 0]) == 2
    assert weeks_still([0, 0, 2]) == 0
    assert weeks_still([None, None, 0]) == 1
    assert weeks_still([None]) is None
    assert weeks_still([]) is None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("values", GAPPED)
def test_charts_of_any_size_keep_within_it(
    size: tuple[int, int], values: Sequence[float | None]
) -> None:
    width, height = size
    whole = [None if value is None else value + 9 for value in values]
    counts = [(int(abs(value or 0)), 1, 0) for value in values]
    far = Ahead(goal=-3, fan=fan_of((9, 4, 1, 0.5, -1), 7.0, 999))
    drawings: list[Drawing] = [
        draw_columns(values, width, height, label=number),
        draw_burn_up(
            values,
            whole,
            width,
            height,
            ahead=far,
            marks=[(0, "日本"), (7, "x" * 99), (-1, "y")],
            ticks=[(2, "Jan"), (99, "2027")],
            label=number,
        ),
        draw_cumulative_flow(
            counts,
            width,
            height,
            ahead=far,
            marks=[(0, "日本"), (7, "x" * 99), (-1, "y")],
            ticks=[(2, "Jan"), (99, "2027")],
            label=number,
        ),
    ]
    for drawing in drawings:
        assert len(drawing) == height
        assert all(row_width(row) <= width for row in drawing)
