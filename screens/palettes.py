"""Open the palette with what can be chosen: commands and places, columns, colours, keys.

The palette and its search are imported when one is first opened: no other screen needs them.
"""

from collections.abc import Callable
from typing import Any

from screens.commands.registry import BY_ID
from screens.host import Host
from screens.navigation import Destination, RunCommand, SortColumn, ThemeChoice
from screens.widgets.table import Table
from tracker.language import N_


def open_palette(host: Host) -> None:
    """Offer every command, OPD and service, and open the chosen one."""
    from screens.commands.palette import Palette
    from screens.commands.search import command_items, place_items

    palette = Palette(
        list(command_items(host.state, host.keymap_of_user)),
        N_("An action, an OPD or a service"),
        find_more=lambda: place_items(host.state),
    )
    host.push_screen(palette, _opener_of(host))


def offer_columns(host: Host, table: Table[Any]) -> None:
    """Offer the columns of a table, and sort it by the chosen one."""
    from screens.commands.palette import Palette
    from screens.commands.search import column_items

    items = column_items(table)
    current = SortColumn(table.sorted_by or "")
    host.push_screen(Palette(items, N_("Sort by"), current), _opener_of(host))


def _opener_of(host: Host) -> Callable[[Destination | None], None]:
    """Return what opens the item chosen in a palette, if any."""

    def open_chosen(chosen: Destination | None) -> None:
        if chosen is not None:
            host.open_destination(chosen)

    return open_chosen


def choose_theme(host: Host) -> None:
    """Offer the themes, each shown while the cursor is on it."""
    from screens.commands.palette import Palette
    from screens.commands.search import theme_items

    current = ThemeChoice(host.theme)
    items = theme_items(host.state, host.available_themes, host.theme)

    def preview(item: Destination) -> None:
        if isinstance(item, ThemeChoice):
            host.preview_theme(item.name)

    def settle(chosen: Destination | None) -> None:
        host.open_destination(chosen or current)

    palette = Palette(items, N_("Choose the colours"), current, preview=preview)
    host.push_screen(palette, settle)


def choose_key(host: Host) -> None:
    """Offer the commands, and then ask for the new key of the chosen one."""
    from screens.commands.key_capture import KeyCapture
    from screens.commands.palette import Palette
    from screens.commands.search import command_items

    def ask_key(chosen: Destination | None) -> None:
        if isinstance(chosen, RunCommand):
            host.push_screen(KeyCapture(BY_ID[chosen.id]))

    items = list(command_items(host.state, host.keymap_of_user))
    title = N_("Choose an action to give it another key")
    host.push_screen(Palette(items, title), ask_key)
