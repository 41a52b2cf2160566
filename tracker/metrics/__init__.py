"""The metrics: every number that users see, derived from the dated history as METRICS.md defines it.

``measure`` gives a week's figures, ``all_series`` the weeks up to it, ``attention`` the lists behind the
counts. Nothing here knows a clock or a disk: the day that it is comes in as ``today``.
"""

from tracker.metrics.forecast import fan_at, forecast, forecast_at, forecast_fan
from tracker.metrics.measure import measure, measure_scope
from tracker.metrics.series import all_series, scope_series
from tracker.metrics.values import (
    CITY,
    CityFigures,
    Figures,
    Flow,
    Forecast,
    OPDFigures,
    Pace,
    Scope,
    Series,
)

__all__ = [
    "CITY",
    "CityFigures",
    "Figures",
    "Flow",
    "Forecast",
    "OPDFigures",
    "Pace",
    "Scope",
    "Series",
    "all_series",
    "fan_at",
    "forecast",
    "forecast_at",
    "forecast_fan",
    "measure",
    "measure_scope",
    "scope_series",
]
