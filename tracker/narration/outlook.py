"""What a forecast says of a scope as it stands: it was made at the end of the last complete week.

A scope may have got done since, or had all done then and work again by now.
"""

from tracker.metrics.values import Figures, Forecast


def is_done(figures: Figures) -> bool:
    """Return whether a scope has services, and nothing remains of them."""
    return figures.services > 0 and not figures.remaining_steps


def was_done(figures: Figures) -> bool:
    """Return whether all was done at the end of the last complete week, and no longer is."""
    return figures.forecast.reason == "done" and figures.remaining_steps > 0


def told_forecast(figures: Figures) -> Forecast:
    """Return the forecast of a scope; of one that is done by now, that it is."""
    return Forecast(reason="done") if is_done(figures) else figures.forecast


def told_chance(figures: Figures) -> float | None:
    """Return the chance of the goal; None if it is not that of the steps that remain now.

    Nor is there one once the day of the goal has come: no velocity is required any more.
    """
    has_come = figures.required_velocity is None
    if has_come or is_done(figures) or was_done(figures):
        return None
    return figures.goal_chance
