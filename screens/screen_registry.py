"""The registry of screens: none is imported before it is first opened."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from textual.screen import Screen

from screens.base_screen import TrackerScreen

SCREENS = {
    "overview": "screens.overview.screen:OverviewScreen",
    "opds": "screens.opds.screen:OPDsScreen",
    "opd": "screens.opd.screen:OPDScreen",
    "board": "screens.board.screen:BoardScreen",
    "services": "screens.services.screen:ServicesScreen",
    "service": "screens.service.screen:ServiceScreen",
    "applications": "screens.applications:ApplicationsScreen",
    "application": "screens.application:ApplicationScreen",
    "obstacles": "screens.obstacles.screen:ObstaclesScreen",
    "snapshots": "screens.snapshots.screen:SnapshotsScreen",
    "cities": "screens.cities.screen:CitiesScreen",
    "log": "screens.log.screen:LogScreen",
    "upkeep": "screens.upkeep.screen:UpkeepScreen",
    "decisions": "screens.decisions.screen:DecisionsScreen",
    "reminders": "screens.reminders.screen:RemindersScreen",
    "import": "screens.importing.screen:ImportScreen",
}
"""The module and the class of each screen."""


def create_screen(name: str, *args: str) -> TrackerScreen:
    """Create a screen by its name."""
    module, name = SCREENS[name].split(":")
    screen: TrackerScreen = getattr(import_module(module), name)(*args)
    return screen


def screen_factory(name: str) -> Callable[[], Screen[Any]]:
    """Return what makes a screen once it is wanted."""
    return lambda: create_screen(name)
