"""The one dialog: it draws a form, reads it while one types, says what is wrong, shows what would come."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Button, Input, Static, TextArea

from screens.dialogs.checking import (
    WRONG,
    Check,
    Checker,
    Typed,
    is_much_typed,
    rejection_lines,
)
from screens.dialogs.choice import Choice
from screens.dialogs.entries import Row
from screens.dialogs.form import FieldType, Form
from screens.dialogs.formatting import explain_value
from screens.dialogs.pick import Pick
from tracker.errors import Conflict, UserError
from tracker.language import Language
from tracker.text import visible

T = TypeVar("T")
_CARE = "! "
WAIT = 0.15
"""Seconds after the last key before what was typed is checked."""


class FormDialog(ModalScreen[T | None], Generic[T]):
    """A form to fill in; its result is what the form makes of it, None where it was left.

    ``checker`` tells what would come of it. With ``keep`` the dialog carries the result out itself and
    stays open, with all that was typed, where that raises ``UserError``. Much that was typed is thrown away
    only where leaving is asked for twice.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f2,ctrl+enter", "confirm", show=False),
        Binding("f4", "editor", show=False),
        Binding("enter", "next", show=False),
    ]

    def __init__(
        self,
        form: Form[T],
        language: Language,
        today: date,
        checker: Checker[T] | None = None,
    ) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal")]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-usual")]
        self.form = form
        self.language = language
        self.checked = Check(form, language, today, checker)
        self.submit: Callable[[T], object] | None = None
        self.result: T | None = None
        self._timer: Timer | None = None
        self._pressed = False
        self._in_conflict = False
        self._initial_values: list[Typed] = []
        self._warned = False

    def compose(self) -> ComposeResult:
        """Compose title, fields, what would come of them, and the buttons."""
        text = self.language.text
        with Vertical(id="dialog") as frame:
            frame.border_title = Content(text(self.form.title))
            yield Static(Content(visible(self.form.about)), id="about")
            with VerticalScroll(id="fields", can_focus=False):
                for field in self.form.fields:
                    yield Row(
                        field,
                        self.language,
                        self.form.asides.get(field.name, ""),
                    )
            yield Static(id="says")
            with Horizontal(id="buttons"):
                yield Button(
                    Content(f"{text(self.form.confirm)} F2"),
                    id="confirm",
                    compact=True,
                )
                yield Button(
                    Content(f"{text('Cancel')} Esc"), id="leave", compact=True
                )
                yield Static(id="keys")

    def on_mount(self) -> None:
        """Begin where typing is most likely, and say at once what the defaults would do."""
        self.query_one("#about").display = bool(self.form.about)
        wanted = self.form.first
        row = next(
            (row for row in self.rows if row.field.name == wanted),
            next(iter(self.rows), None),
        )
        if row is not None:
            row.target.focus()
        self._initial_values = [row.filled for row in self.rows]
        self.check()

    def on_resize(self, event: events.Resize) -> None:
        """Let the fields scroll where the terminal is low."""
        self.query_one("#fields").styles.max_height = max(
            3, event.size.height - 10
        )
        self.call_after_refresh(self._draw_rows)

    def _draw_rows(self) -> None:
        for row in self.rows:
            row.redraw()

    @property
    def rows(self) -> list[Row]:
        """The fields as they stand on the screen."""
        return list(self.query(Row))

    @property
    def row(self) -> Row | None:
        """The field that has the focus."""
        return next((row for row in self.rows if row.has_focus_within), None)

    def check(self) -> None:
        """Read all fields and say of each what is wrong, and of all what would come of them."""
        self._stop_waiting()
        filled = {row.field.name: row.filled for row in self.rows}
        outcome = self.checked.evaluate(filled, pressed=self._pressed)
        self._in_conflict = outcome.in_conflict
        self.result = outcome.result
        for row in self.rows:
            name = row.field.name
            row.show_note(
                outcome.wrong.get(name, ""),
                explain_value(
                    row.field, outcome.values.get(name), self.language
                ),
            )
        self.show_outcome(outcome.says, good=self.result is not None)

    def show_outcome(self, lines: Sequence[str], *, good: bool = False) -> None:
        """Say what would come, or what is in the way."""
        self._warned = False
        says = self.query_one("#says", Static)
        says.update(Content("\n".join(map(visible, lines))))
        says.set_class(not good, "-open")
        says.set_class(
            any(line.startswith((WRONG, _CARE)) for line in lines), "-wrong"
        )

    def _check_later(self) -> None:
        self._stop_waiting()
        self._warned = False
        self._timer = self.set_timer(WAIT, self.check)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check what was typed."""
        self._mark_touched(event.input)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Check what was typed."""
        self._mark_touched(event.text_area)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Check what was chosen."""
        self._check_later()

    def _mark_touched(self, widget: Input | TextArea) -> None:
        if widget.has_focus:
            widget.query_ancestor(Row).touched = True
        self._check_later()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Name the keys that do something here."""
        text = self.language.text
        row = self.row
        if row is not None and row.field.ask is FieldType.LONG:
            keys = text("F4 editor")
        elif row is not None and row.field.ask in {
            FieldType.CHOICE,
            FieldType.SWITCH,
        }:
            keys = text("← → choose")
        elif row is not None and row.field.ask is FieldType.PICK:
            keys = text("↓ list")
        else:
            keys = ""
        self.query_one("#keys", Static).update(
            Content("  ".join(filter(None, (text("Tab next"), keys))))
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field, from the last one save."""
        event.stop()
        self._go_on(event.input.query_ancestor(Row))

    def action_next(self) -> None:
        """Go on from a choice to the next field."""
        if self.row is not None:
            self._go_on(self.row)

    def _go_on(self, row: Row) -> None:
        rows = self.rows
        if row is rows[-1]:
            self.action_confirm()
        else:
            rows[rows.index(row) + 1].target.focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Save or leave."""
        if event.button.id == "confirm":
            self.action_confirm()
        else:
            self.action_leave()

    def action_confirm(self) -> None:
        """Save, or go to what is wrong."""
        self._pressed = True
        for pick in self.query(Pick):
            pick.leave()
        self.check()
        if self.result is None:
            self._go_to_wrong()
            if self._in_conflict:
                self._accept_changes()
        else:
            self.finish(self.result)

    def finish(self, result: T) -> None:
        """Carry the result out, and close unless that is refused; never twice for a key struck twice."""
        if not self.is_current:
            return
        try:
            if self.submit is not None:
                self.submit(result)
        except UserError as error:
            self.show_outcome(rejection_lines(error, self.language))
            if isinstance(error, Conflict):
                self._accept_changes()
        else:
            self.dismiss(result)

    def _accept_changes(self) -> None:
        """The person has been told what others changed: saving once more means it."""
        if self.checked.checker is not None:
            self.checked.checker.accept_changes()

    def _go_to_wrong(self) -> None:
        wrong = [row for row in self.rows if row.wrong]
        if wrong:
            wrong[0].target.focus()

    def action_leave(self) -> None:
        """Close what is offered, else leave."""
        opened = [pick for pick in self.query(Pick) if pick.is_open]
        for pick in opened:
            pick.close()
        if not opened:
            self._leave_or_warn()

    def _leave_or_warn(self) -> None:
        """Leave; where much was typed, say first that it would be lost."""
        if self._warned or not is_much_typed(
            self._initial_values, [row.filled for row in self.rows]
        ):
            self.dismiss(None)
            return
        self._stop_waiting()
        self.show_outcome(
            [
                _CARE
                + self.language.text(
                    "Esc once more throws away what you entered. F2 saves it."
                )
            ]
        )
        self._warned = True

    def action_editor(self) -> None:
        """Write the long text in the person's own editor."""
        from screens.dialogs.editor import edit_text, find_editor

        row = self.row
        if row is None or not isinstance(row.entry, TextArea):
            return
        command = find_editor()
        if not command:
            self.show_outcome(
                [self.language.text("No editor was found: set EDITOR to one.")]
            )
            return
        try:
            with self.app.suspend():
                text = edit_text(row.entry.text, command)
        except UserError as error:
            self.show_outcome(rejection_lines(error, self.language))
        else:
            row.entry.text = text.removesuffix("\n")
