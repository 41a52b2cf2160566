import csv
import io
from typing import Any

import pytest

from tests.calls import count_calls
from tests.tracker.cli.terminal import Terminal

SCOPE = {
    "services",
    "conventional",
    "online",
    "integrated",
    "digital_share",
    "single_door_share",
    "index",
    "index_by_volume",
    "volume_coverage",
    "remaining_steps",
    "visit_free_share",
    "visit_coverage",
    "visits_avoided",
    "days_saved",
    "stalled",
    "newly_stalled",
    "steps",
    "index_change",
    "progress",
    "scope_effect",
    "velocity",
    "acceleration",
    "steps_per_week",
    "window_weeks",
    "steps_recent",
    "steps_before",
    "pace",
    "required_velocity",
    "pace_ratio",
    "goal_chance",
    "overdue",
    "due_soon",
    "forecast",
    "stage_times",
    "targets",
    "obstacles",
    "families",
    "families_complete",
    "index_by_family",
    "burden",
    "burden_coverage",
    "burden_half",
    "wanted",
    "filled",
    "completeness",
    "verified_share",
    "flow",
}
HEAD = [
    "week",
    "as_of",
    "complete",
    "rates_week",
    "reporting_share",
    "goal_outcome",
    "on_course",
    "revision",
]


@pytest.fixture
def example(terminal: Terminal) -> Terminal:
    """The worked example of the definitions, entered by commands."""
    terminal.today = "2026-02-25"
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    terminal.ok("opening", "close")
    terminal.ok("opd", "add", "Dinas", "--code", "dinas")
    for code in ("a", "b"):
        terminal.ok(
            "service",
            "add",
            "dinas",
            code.upper(),
            "--code",
            code,
            "--on",
            "2026-01-05",
        )
    terminal.ok("move", "a", "online", "--on", "2026-01-14")
    terminal.ok("move", "a", "integrated", "--on", "2026-01-28")
    terminal.ok("move", "b", "online", "--on", "2026-02-11")
    terminal.ok(
        "service",
        "add",
        "dinas",
        "C",
        "--code",
        "c",
        "--on",
        "2026-02-17",
        "--stage",
        "online",
    )
    return terminal


@pytest.mark.parametrize(
    ("week", "services", "index", "steps", "progress", "scope_effect"),
    [
        ("2026-W02", 2, 0, None, None, None),
        ("2026-W03", 2, 25, 1, 25, 0),
        ("2026-W05", 2, 50, 1, 25, 0),
        ("2026-W08", 3, 200 / 3, 0, 0, 200 / 3 - 75),
    ],
)
def test_the_worked_example_comes_out(
    example: Terminal,
    week: str,
    services: int,
    index: float,
    steps: int | None,
    progress: float | None,
    scope_effect: float | None,
) -> None:
    found = example.json("metrics", "--week", week)
    city = found["city"]
    assert (city["services"], city["steps"], city["progress"]) == (
        services,
        steps,
        progress,
    )
    assert city["index"] == pytest.approx(index)
    assert city["scope_effect"] == (
        None if scope_effect is None else pytest.approx(scope_effect)
    )
    assert found["week"] == found["rates_week"] == week
    assert found["complete"] is True


def test_the_velocity_of_the_worked_example(example: Terminal) -> None:
    assert [
        example.json("metrics", "--week", f"2026-W0{w}")["city"]["velocity"]
        for w in (6, 7, 8)
    ] == [12.5] * 3


def test_the_json_has_the_names_that_were_promised(example: Terminal) -> None:
    found = example.json("metrics")
    assert list(found) == [*HEAD, "city", "opds"]
    assert (
        found["week"],
        found["as_of"],
        found["complete"],
        found["rates_week"],
    ) == (
        "2026-W09",
        "2026-02-25",
        False,
        "2026-W08",
    )
    assert set(found["city"]) == SCOPE | {"track_record"}
    (opd,) = found["opds"]
    assert set(opd) == SCOPE | {"code", "name", "kind", "silent_weeks"}
    assert set(opd["forecast"]) == {"p50", "p85", "p95", "reason", "caution"}
    assert set(opd["flow"]) == {
        "opening",
        "joined",
        "left",
        "forward",
        "backward",
        "closing",
    }
    assert set(opd["obstacles"]) == {
        "infrastructure",
        "people",
        "application",
        "leadership",
    }
    assert set(opd["obstacles"]["people"]) == {
        "open",
        "services",
        "remaining_steps",
        "blocked_days",
    }
    assert set(opd["stage_times"]) == {"conventional", "online"}
    assert set(opd["stage_times"]["online"]) == {
        "median_days",
        "p85_days",
        "count",
        "at_risk",
        "unknown_start",
    }
    assert set(found["city"]["track_record"]) == {"made", "kept"}
    assert found["revision"] == {
        "steps_mean": None,
        "steps_mean_absolute": None,
        "late_share": None,
    }
    assert set(found["on_course"]) == {"likely", "open", "unlikely", "unknown"}


@pytest.mark.parametrize(
    ("scope", "services"),
    [
        (("--opd", "dinas"), 3),
        (("--kind", "dinas"), 3),
        (("--kind", "kecamatan"), 0),
        (("--tag", "wajib"), 1),
        (("--app", "salaman"), 1),
    ],
)
def test_one_scope_alone(
    example: Terminal, scope: tuple[str, str], services: int
) -> None:
    example.ok("app", "add", "Salaman")
    example.ok("service", "edit", "a", "--tag", "wajib", "--app", "salaman")
    found = example.json("metrics", *scope)
    assert list(found) == [*HEAD, "scope"]
    silent = {"silent_weeks"} if scope[0] == "--opd" else set()
    assert set(found["scope"]) == SCOPE | silent | {"track_record"}
    assert found["reporting_share"] == (0 if services else None)
    assert found["scope"]["services"] == services


def test_scopes_and_weeks_that_are_not(example: Terminal) -> None:
    assert "No service has the tag" in example.refused(
        "metrics", "--tag", "wajib"
    )
    assert "is not a kind of OPD" in example.misused(
        "metrics", "--kind", "planet"
    )
    assert "--opd, --tag" in example.misused(
        "metrics", "--opd", "dinas", "--tag", "wajib"
    )
    assert "has not begun" in example.refused("metrics", "--week", "2026-W10")
    assert "is not a week" in example.misused("metrics", "--week", "2026-W54")


def table(text: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_spreadsheet_gets_plain_numbers(example: Terminal) -> None:
    city, opd = table(example.ok("metrics", "--csv", "--week", "2026-W08"))
    assert (city["scope"], opd["scope"], opd["code"]) == (
        "city",
        "opd",
        "dinas",
    )
    assert float(city["index"]) == pytest.approx(200 / 3)
    assert city["flow_joined"] == "1"
    assert [
        city[name] for name in ("week", "as_of", "complete", "rates_week")
    ] == [
        "2026-W08",
        "2026-02-22",
        "True",
        "2026-W08",
    ]
    assert (city["silent_weeks"], opd["silent_weeks"]) == ("", "1")
    assert (city["reporting_share"], opd["reporting_share"]) == ("0.0", "0.0")
    assert city["required_velocity"] == ""
    (one,) = table(example.ok("metrics", "--csv", "--opd", "dinas"))
    assert one["name"] == "Dinas"


def test_a_name_in_a_spreadsheet_is_no_formula(example: Terminal) -> None:
    example.ok("opd", "edit", "dinas", "--name", "=HYPERLINK(1)")
    assert table(example.ok("metrics", "--csv"))[1]["name"] == "'=HYPERLINK(1)"


def test_people_get_headlines_and_a_table(example: Terminal) -> None:
    out = example.ok("metrics")
    assert out.startswith(
        "Bandung · 2026-W09 · running week, provisional · as of 25 Feb 2026\n"
    )
    assert "\nIndex: 66.7 (0.00)\n" in out
    assert "\nVelocity: +12.50\n" in out
    assert "dinas" in out
    assert "Dinas\nServices: 3\n" in example.ok("metrics", "--opd", "dinas")
    assert example.ok("metrics", "--kind", "dinas").startswith(
        "Department (dinas)\n"
    )


def test_the_whole_history_is_looked_through_once_for_who_was_heard_from(
    example: Terminal,
) -> None:
    assert count_calls(lambda: example.ok("metrics"))["heard_weeks"] == 1


def test_a_register_in_its_first_week_is_not_said_to_have_no_service(
    terminal: Terminal,
) -> None:
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    terminal.ok("opening", "close")
    terminal.ok("opd", "add", "Dinas", "--code", "dinas")
    assert "\nForecast: no service\n" in terminal.ok("metrics")
    terminal.ok("service", "add", "dinas", "A", "--code", "a")
    assert (
        "\nForecast: not yet (no service at the end of the last complete week)\n"
        in terminal.ok("metrics")
    )
    assert (
        terminal.json("metrics")["city"]["forecast"]["reason"] == "no_service"
    )


def silence(terminal: Terminal, opd: str) -> str:
    """Return what stands under "Silent weeks" in an OPD's line."""
    header, *lines = (
        line for line in terminal.ok("metrics").splitlines() if "  " in line
    )
    line = next(line for line in lines if line.startswith(opd))
    end = header.index("Silent weeks") + len("Silent weeks")
    return line[:end].split("  ")[-1].strip()


def test_the_weeks_of_silence_are_those_of_opds_not_heard_from(
    example: Terminal,
) -> None:
    assert silence(example, "dinas") == "1"
    example.ok("report", "dinas", "--week", "2026-W08")
    assert silence(example, "dinas") == "this week only"
    example.ok("report", "dinas")
    assert silence(example, "dinas") == "–"
    assert (
        "Silent weeks: complete weeks up to 2026-W08; – for OPDs that were heard from in 2026-W09."
        in (example.ok("metrics"))
    )


def test_without_a_command_and_a_terminal_the_city_is_printed(
    example: Terminal,
) -> None:
    assert example.ok() == example.ok("metrics")


def test_an_empty_city_has_figures_that_do_not_exist(
    terminal: Terminal,
) -> None:
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    terminal.ok("opening", "close")
    found = terminal.json("metrics")
    assert found["opds"] == []
    assert found["city"]["index"] is None
    assert "Index: – (–)" in terminal.ok("metrics")
