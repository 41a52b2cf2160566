"""What is under the cursor, told in full under a list that has no room for it."""

from collections.abc import Sequence

from screens.widgets.paint import Line, Picture


class Detail(Picture):
    """Some lines under a list."""

    lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.lines = lines
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the lines."""
        return self.lines
