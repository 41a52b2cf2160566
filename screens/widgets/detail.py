"""Some lines that are only read: what is under the cursor in full, or the figures over a list."""

from collections.abc import Callable, Sequence

from screens.widgets.paint import Line, Picture


class Detail(Picture):
    """Some lines under a list, which has no room for them."""

    lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.lines = lines
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the lines."""
        return self.lines


class Fitted(Picture):
    """Some lines that are made for the width there is."""

    lines: Callable[[int], Sequence[Line]] = staticmethod(lambda width: ())

    def show(self, lines: Callable[[int], Sequence[Line]]) -> None:
        """Show other lines; ``lines`` makes them for a width."""
        self.lines = lines
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the lines."""
        return self.lines(width)
