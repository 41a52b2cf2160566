"""Look at past weeks: a week back, a week forward, or back to today."""

from screens.host import Host
from tracker.language import N_
from tracker.week import Week


def show_week_before(host: Host) -> None:
    """Show the week before, as of its end; not before the first service."""
    facts = host.state.facts
    week = facts.week.plus(-1)
    services = facts.register.services.values()
    days = [service.registered_on for service in services]

    if days and week >= Week.of(min(days)):
        host.update_view(facts.of_week(week, host.ask_today()))
    else:
        message = host.state.language.text(N_("There is no earlier week."))
        host.show_message(message, severity="warning")


def show_week_after(host: Host) -> None:
    """Show the week after a past week, up to today."""
    facts = host.state.facts
    if facts.is_past:
        week = facts.week.plus(1)
        host.update_view(facts.of_week(week, host.ask_today()))


def show_today(host: Host) -> None:
    """Go back from a past week to today."""
    facts = host.state.facts
    if facts.is_past:
        today = host.ask_today()
        host.update_view(facts.of_week(Week.of(today), today))
