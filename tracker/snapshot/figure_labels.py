"""What the figures of ``metrics --json`` are called, for readers who never see their names."""

from tracker.labels import factor_word, stage_word
from tracker.language import N_, Language
from tracker.model import Factor, Stage

_LABELS = {
    "services": N_("Services"),
    "conventional": N_("Conventional"),
    "online": N_("Online"),
    "integrated": N_("Integrated"),
    "digital_share": N_("Online or behind the single door"),
    "single_door_share": N_("Behind the single door"),
    "index": N_("Index"),
    "index_by_volume": N_("Index by requests"),
    "volume_coverage": N_("Services with a known volume"),
    "remaining_steps": N_("Remaining steps"),
    "visit_free_share": N_("Services without an office visit"),
    "visit_coverage": N_("Services with known visits"),
    "visits_avoided": N_("Visits avoided a year"),
    "days_saved": N_("Days saved a year"),
    "stalled": N_("Stalled services"),
    "newly_stalled": N_("Newly stalled services"),
    "steps": N_("Steps"),
    "index_change": N_("Change of the index"),
    "progress": N_("Progress"),
    "scope_effect": N_("Scope effect"),
    "velocity": N_("Velocity"),
    "acceleration": N_("Acceleration"),
    "steps_per_week": N_("Steps a week"),
    "window_weeks": N_("Weeks that are compared"),
    "steps_recent": N_("Steps in these weeks"),
    "steps_before": N_("Steps in the weeks before"),
    "pace": N_("Pace"),
    "required_velocity": N_("Velocity needed for the goal"),
    "pace_ratio": N_("Pace against the goal"),
    "goal_chance": N_("Chance to meet the goal"),
    "goal_outcome": N_("Outcome of the goal"),
    "overdue": N_("Overdue services"),
    "due_soon": N_("Services due soon"),
    "forecast": N_("Forecast"),
    "p50": N_("at least 50 of 100"),
    "p85": N_("at least 85 of 100"),
    "p95": N_("at least 95 of 100"),
    "reason": N_("Reason"),
    "caution": N_("Caution"),
    "track_record": N_("Earlier forecasts"),
    "made": N_("made"),
    "kept": N_("kept"),
    "stage_times": N_("Days in the stage"),
    "median_days": N_("half leave within"),
    "p85_days": N_("85 of 100 leave within"),
    "count": N_("exits"),
    "at_risk": N_("stays"),
    "unknown_start": N_("stays of unknown beginning"),
    "targets": N_("Target"),
    "due_on": N_("Due on"),
    "stage": N_("Stage"),
    "set": N_("set"),
    "met": N_("met"),
    "on_time": N_("met on time"),
    "open": N_("open"),
    "days_left": N_("days left"),
    "pace_4": N_("met in 4 weeks"),
    "pace_13": N_("met in 13 weeks"),
    "expected": N_("expected by then"),
    "obstacles": N_("Obstacles"),
    "blocked_days": N_("days blocked of 91"),
    "families": N_("Families"),
    "families_complete": N_("Complete families"),
    "index_by_family": N_("Index by family"),
    "burden": N_("Visits still asked a year"),
    "burden_coverage": N_("Services with a known burden"),
    "burden_half": N_("Services that carry half of the burden"),
    "wanted": N_("Data wanted"),
    "filled": N_("Data filled in"),
    "completeness": N_("Completeness of the data"),
    "verified_share": N_("Verified"),
    "reporting_share": N_("OPDs heard from"),
    "silent_weeks": N_("Weeks of silence"),
    "on_course": N_("OPDs by their chance"),
    "likely": N_("likely"),
    "unlikely": N_("unlikely"),
    "unknown": N_("unknown"),
    "rates_week": N_("Last complete week"),
    "flow": N_("Reconciliation"),
    "opening": N_("points at the start"),
    "joined": N_("points joined"),
    "left": N_("points left"),
    "forward": N_("steps forward"),
    "backward": N_("steps backward"),
    "closing": N_("points at the end"),
    **{factor.value: factor_word(factor) for factor in Factor},
    **{stage.value: stage_word(stage) for stage in Stage},
}


def is_labelled(name: str) -> bool:
    """Return whether a part of a figure's name has a label."""
    return name in _LABELS


def figure_label(figure: str, language: Language) -> str:
    """Return what a figure is called: the parts of ``forecast.p50`` one after the other."""
    parts = figure.split(".")
    return " · ".join(
        language.text(_LABELS[part]) if part in _LABELS else part
        for part in parts
    )
