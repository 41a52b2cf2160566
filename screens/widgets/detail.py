"""Lines that are only read: the line under the cursor in full, or figures over a list."""

from collections.abc import Callable, Sequence

from screens.widgets.paint import Line, Picture


class Detail(Picture):
    """Lines under a list."""

    lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.lines = lines
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the lines."""
        return self.lines


class Fitted(Picture):
    """Lines that are made for the width of the widget."""

    lines: Callable[[int], Sequence[Line]] = staticmethod(lambda width: ())

    def show(self, lines: Callable[[int], Sequence[Line]]) -> None:
        """Show other lines; ``lines`` makes them for a width."""
        self.lines = lines
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the lines."""
        return self.lines(width)
