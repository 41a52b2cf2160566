"""The metrics: every number that users see, derived from the dated history.

METRICS.md defines them. ``measure`` gives a week's figures, ``WeekReading`` what a week
is read from, ``read_all_series`` the weeks up to it, ``attention`` the lists behind the
counts. Nothing here knows a clock or a disk: ``today`` is passed in.
"""

from tracker.metrics.forecast import fan_at, forecast_at, history_at, outlook_at
from tracker.metrics.measure import (
    measure,
    measure_reading,
    measure_scope,
    measure_week,
)
from tracker.metrics.reading import WeekReading, read_scope
from tracker.metrics.series import read_all_series, read_scope_series
from tracker.metrics.values import (
    CITY,
    CityFigures,
    Deadline,
    Figures,
    Flow,
    Forecast,
    OnCourse,
    OPDFigures,
    Pace,
    Scope,
    Series,
    TrackRecord,
)

__all__ = [
    "CITY",
    "CityFigures",
    "Deadline",
    "Figures",
    "Flow",
    "Forecast",
    "OPDFigures",
    "OnCourse",
    "Pace",
    "Scope",
    "Series",
    "TrackRecord",
    "WeekReading",
    "fan_at",
    "forecast_at",
    "history_at",
    "measure",
    "measure_reading",
    "measure_scope",
    "measure_week",
    "outlook_at",
    "read_all_series",
    "read_scope",
    "read_scope_series",
]
