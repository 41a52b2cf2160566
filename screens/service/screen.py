"""One service: what it is, what it asks of a citizen, and what happened, the latest first."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from screens.base_screen import bindings_for
from screens.navigation import TimelineEntry
from screens.selection import Selection, select_destinations
from screens.service.lines import about_items
from screens.service.timeline import timeline_items
from screens.stepping import SteppingScreen
from screens.widgets.lines import EMPTY_LINE, LineList, text_item

_WIDE = 140


class ServiceScreen(SteppingScreen):
    """The page of the service with ``key``; on a wide terminal its timeline is beside it."""

    screen_name = "service"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("service")
    AUTO_FOCUS = "#timeline"

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self._has_begun = False

    @property
    def page_title(self) -> str:
        """The service's name."""
        service = self.state.register.services.get(self.key)
        return service.name if service else ""

    def compose_body(self) -> Iterable[Widget]:
        """Return what the service is, beside or above what happened."""
        yield Horizontal(
            LineList(id="about-service"),
            LineList(id="timeline"),
            id="service",
        )

    def show_state(self) -> None:
        """Show the service as it stands."""
        about, timeline = (
            self.query_one("#about-service", LineList),
            self.query_one("#timeline", LineList),
        )
        service = self.state.register.services.get(self.key)
        wide = self.size.width >= _WIDE
        about.display = wide and service is not None
        if service is None:
            gone = self.translate("This service is no longer in the register.")
            timeline.show([EMPTY_LINE, text_item(" " + gone, "warn")])
            return
        width = self.size.width // 2 if wide else self.size.width
        described = about_items(self.state, service, width - 3)
        about.show(described)
        happened = timeline_items(self.state, service, width - 3)
        timeline.show(happened if wide else [*described, *happened])
        if not self._has_begun:
            self._has_begun = True
            self._begin_at_newest(timeline)

    def _begin_at_newest(self, timeline: LineList) -> None:
        """Put the cursor on the newest entry: that is what is corrected most often."""
        keys = timeline.keys()
        for key in keys:
            standing = {"target", "held"}
            if isinstance(key, TimelineEntry) and key.line not in standing:
                timeline.move_to_key(key)
                return

    def current_selection(self) -> Selection:
        """Return this service, and the entry under the cursor."""
        if self.key not in self.state.register.services:
            return Selection()
        chosen = self.active_list.chosen_keys() if self.active_list else []
        return replace(select_destinations(chosen), services=(self.key,))

    def on_resize(self) -> None:
        """Wrap the lines for the new width."""
        if self.is_current:
            self.call_after_refresh(self.show_state)
