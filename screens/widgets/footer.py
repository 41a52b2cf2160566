"""The footer: the most important keys of a screen, never cut; ``?`` shows all."""

from collections.abc import Sequence

from textual import events

from screens.commands.command import Command
from screens.commands.keys import keys_of, shown_key
from screens.commands.registry import footer_commands
from screens.host import Host, host_of
from screens.widgets.paint import Line, Picture, Piece, width_of
from tracker.metrics.opening import is_in_opening

MOST = 7
ALWAYS = ("palette", "help")


class KeyFooter(Picture):
    """One line of keys and what they do; one that can do nothing now is dim."""

    @property
    def host(self) -> Host:
        """The app, as its widgets see it."""
        return host_of(self)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the line."""
        line: list[Piece] = []
        for _, pieces in self._shown_commands(width):
            line += pieces
        return (line,)

    def _shown_commands(self, width: int) -> list[tuple[Command, list[Piece]]]:
        """Return the commands that fit, by rank, each with its pieces."""
        drawn = [
            (command, self._command_pieces(command))
            for command in footer_commands(
                self.host.screen_name,
                in_opening=is_in_opening(self.host.state.register),
            )
        ]
        kept = [one for one in drawn if one[0].id in ALWAYS]
        room = width - sum(width_of(pieces) for _, pieces in kept)
        most = MOST if width < 110 else 2 * MOST
        for command, pieces in drawn:
            size = width_of(pieces)
            if command.id not in ALWAYS and len(kept) < most and size <= room:
                kept.append((command, pieces))
                room -= size

        return sorted(kept, key=lambda one: one[0].rank)

    def _command_pieces(self, command: Command) -> list[Piece]:
        keys = keys_of(command, self.host.keymap_of_user)
        if not keys:
            return []
        label = self.host.state.language.text(command.label)
        role = "quiet" if self.host.disabled_reason(command) else ""
        return [(f" {shown_key(keys[0])} ", role or "key"), (f"{label} ", role)]

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        left = 0
        for command, pieces in self._shown_commands(self.size.width):
            left += width_of(pieces)
            if event.x < left:
                self.host.run_command(command.id)
                return
