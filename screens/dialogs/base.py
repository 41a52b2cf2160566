"""The dialog: it shows a form, checks it as the user types, and previews the result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.actions import SkipAction
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
    fit_problems,
    is_much_typed,
    rejection_lines,
)
from screens.dialogs.choice import Choice
from screens.dialogs.entries import Row
from screens.dialogs.form import FieldType, Form
from screens.dialogs.formatting import explain_value
from screens.dialogs.line_input import LineInput
from screens.dialogs.pick import Pick
from tracker.errors import Conflict, UserError
from tracker.language import Language
from tracker.text import visible

T = TypeVar("T")
_CARE = "! "
_ROWS, _ROWS_LOW, _WIDTH = 6, 3, 72
"""The room of the outcome: its most rows, those on a low terminal, and its width before it is laid out."""
_CARRIED = {FieldType.PICK, FieldType.CHOICE, FieldType.DATE}
"""Fields whose values stay for the next of a series."""
WAIT = 0.15
"""Seconds after the last key before what was typed is checked."""


class FormDialog(ModalScreen[T | None], Generic[T]):
    """A form to fill in; its result is what the form makes, None if it was left.

    ``checker`` previews the result. If ``submit`` is set, the dialog hands the result
    to it, and stays open with all that was typed if that raises ``UserError``. When
    much was typed, leaving must be asked for twice.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f2,ctrl+enter", "confirm", show=False),
        Binding("f3", "confirm_and_go_on", show=False),
        Binding("f4", "editor", show=False),
        Binding("enter", "next", show=False),
        # At once, before the letters that follow them are given to the field that
        # is left: over a slow line keys arrive in bursts.
        Binding("tab", "app.focus_next", priority=True, show=False),
        Binding("shift+tab", "app.focus_previous", priority=True, show=False),
        Binding("enter", "leave_line", priority=True, show=False),
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
        self.values: Mapping[str, Any] = {}
        self.can_go_on = False
        """Whether it can be saved and opened again for the next."""
        self.goes_on = False
        """Whether the next is wanted once this is saved."""
        self._timer: Timer | None = None
        self._pressed = False
        self._in_conflict = False
        self._initial_values: list[Typed] = []
        self._last_checked: dict[str, Typed] = {}
        """What the outcome on view was worked out from; empty if from nothing typed."""
        self._warned = False

    def carry_over(self, values: Mapping[str, Any]) -> None:
        """Begin with the choices of the dialog before, such as OPD and date; texts begin empty."""
        fields = [
            replace(one, value=values[one.name])
            if one.ask in _CARRIED and values.get(one.name) is not None
            else one
            for one in self.form.fields
        ]
        self.form = replace(self.form, fields=fields)
        self.checked = replace(self.checked, form=self.form)

    def compose(self) -> ComposeResult:
        """Compose the title, the fields, the outcome and the buttons."""
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
                    Content(f"{text('Cancel')} Esc"),
                    id="leave",
                    compact=True,
                )
                yield Static(id="keys")

    def on_mount(self) -> None:
        """Focus the form's first field, and check the default values."""
        self.query_one("#about").display = bool(self.form.about)
        rows = self.rows
        wanted = [row for row in rows if row.field.name == self.form.first]
        for row in (wanted or rows)[:1]:
            # At once: what is typed meanwhile would choose in another field.
            self.set_focus(row.target)

        self._initial_values = [row.filled for row in rows]
        self.check()

    def on_resize(self, event: events.Resize) -> None:
        """Limit the fields' height, so that they scroll on a low terminal."""
        frame = 10  # lines of the border, the outcome and the buttons
        room = max(3, event.size.height - frame)
        self.query_one("#fields").styles.max_height = room

        def redraw_rows() -> None:
            for row in self.rows:
                row.redraw()

        self.call_after_refresh(redraw_rows)

    @property
    def rows(self) -> list[Row]:
        """The fields on the screen."""
        return list(self.query(Row))

    @property
    def row(self) -> Row | None:
        """The field that has the focus."""
        return next((row for row in self.rows if row.has_focus_within), None)

    def check(self) -> None:
        """Read all fields; show each field's error, and the outcome of the form."""
        self._stop_waiting()
        filled = self._read_rows()
        outcome = self.checked.evaluate(filled, pressed=self._pressed)
        self._in_conflict = outcome.in_conflict
        self.result, self.values = outcome.result, outcome.values

        for row in self.rows:
            name = row.field.name
            value = outcome.values.get(name)
            meaning = explain_value(row.field, value, self.language)
            row.show_note(outcome.wrong.get(name, ""), meaning)

        self.show_outcome(outcome.says, good=self.result is not None)
        self._last_checked = filled

    def show_outcome(self, lines: Sequence[str], *, good: bool = False) -> None:
        """Show what the form would do, or what prevents it."""
        self._warned = False
        self._last_checked = {}
        wrong = any(line.startswith((WRONG, _CARE)) for line in lines)
        says = self.query_one("#says", Static)
        room = _ROWS_LOW if self.has_class("-low") else _ROWS
        width = says.content_size.width or _WIDTH
        fitting = fit_problems(lines, width, room, self.language)
        says.update(Content("\n".join(map(visible, fitting))))
        says.set_class(not good, "-open")
        says.set_class(wrong, "-wrong")

    def _read_rows(self) -> dict[str, Typed]:
        return {row.field.name: row.filled for row in self.rows}

    def _check_later(self) -> None:
        """Check what has changed, once nothing more is typed.

        Entries also tell that they hold their first values, which were checked.
        """
        self._stop_waiting()
        self._warned = False
        if self._read_rows() != self._last_checked:
            self._timer = self.set_timer(WAIT, self._check_if_due)

    def _check_if_due(self) -> None:
        """Check, unless that was called off: a stopped timer's call may be on its way."""
        if self._timer is not None:
            self.check()

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
        """Name the keys of the field that has the focus."""
        text = self.language.text
        keys = [text("Tab next")]
        match self.row and self.row.field.ask:
            case FieldType.LONG:
                keys.append(text("F4 editor"))
            case FieldType.CHOICE | FieldType.SWITCH:
                keys.append(text("← → choose"))
            case FieldType.PICK:
                keys.append(text("↓ list"))
        if self.can_go_on:
            keys.append(text("F3 save, next"))

        self.query_one("#keys", Static).update(Content("  ".join(keys)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field, from the last one save."""
        event.stop()
        self._focus_next(event.input.query_ancestor(Row))

    def action_leave_line(self) -> None:
        """Go on from a line to the next field; the last one, and others, take Enter themselves."""
        row = self.row
        if (
            not isinstance(self.focused, LineInput)
            or row is None
            or row is self.rows[-1]
        ):
            raise SkipAction
        self._focus_next(row)

    def action_next(self) -> None:
        """Go on from a choice to the next field."""
        if self.row is not None:
            self._focus_next(self.row)

    def _focus_next(self, row: Row) -> None:
        rows = self.rows
        if row is rows[-1]:
            self.action_confirm()
        else:
            self.set_focus(rows[rows.index(row) + 1].target)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Save or leave."""
        if event.button.id == "confirm":
            self.action_confirm()
        else:
            self.action_leave()

    def action_confirm_and_go_on(self) -> None:
        """Save, then ask for the next; or go to what is wrong."""
        self.goes_on = self.can_go_on
        self.action_confirm()
        if self.is_current:
            self.goes_on = False

    def action_confirm(self) -> None:
        """Save, or go to what is wrong."""
        self._pressed = True
        for pick in self.query(Pick):
            pick.leave()
        self.check()
        if self.result is not None:
            self.finish(self.result)
            return

        for row in self.rows:
            if row.wrong:
                row.target.focus()
                break
        if self._in_conflict:
            self._accept_changes()

    def finish(self, result: T) -> None:
        """Submit the result, and close unless that raises ``UserError``."""
        # A key that was struck twice arrives again after the dialog has closed.
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
        """Let the next save overrule what others changed: the user has seen it."""
        if self.checked.checker is not None:
            self.checked.checker.accept_changes()

    def action_leave(self) -> None:
        """Close an open list of offers, else leave."""
        opened = [pick for pick in self.query(Pick) if pick.is_open]
        for pick in opened:
            pick.close()
        if not opened:
            self._leave_or_warn()

    def _leave_or_warn(self) -> None:
        """Leave; if much was typed, warn first that it would be lost."""
        filled = [row.filled for row in self.rows]
        if self._warned or not is_much_typed(self._initial_values, filled):
            self.dismiss(None)
            return

        self._stop_waiting()
        warning = self.language.text(
            "Esc once more throws away what you entered. F2 saves it.",
        )
        self.show_outcome([_CARE + warning])
        self._warned = True

    def action_editor(self) -> None:
        """Edit the long text in the user's own editor."""
        from screens.dialogs.editor import edit_text, find_editor

        row = self.row
        if row is None or not isinstance(row.entry, TextArea):
            return

        try:
            command = find_editor()
            with self.app.suspend():
                text = edit_text(row.entry.text, command)
        except UserError as error:
            self.show_outcome(rejection_lines(error, self.language))
        else:
            row.entry.text = text.removesuffix("\n")
