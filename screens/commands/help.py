"""The keys that work on the screen below, group by group, and what each does."""

from collections.abc import Iterator
from itertools import chain
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from screens.commands.chapters import (
    ChapterLine,
    ChapterScreen,
    list_chapters,
)
from screens.commands.command import GROUPS, Command
from screens.commands.keys import keys_of, shown_key
from screens.commands.registry import commands_on
from screens.filter import examples
from screens.host import host_of
from screens.navigation import RunCommand
from screens.signs import sign_legend
from screens.widgets.lines import Item, LineList, LineView
from screens.widgets.paint import wrap_text
from tracker.labels import PACE_MARKS, pace_word
from tracker.language import N_, Language

_KEYS = 14
ABOUT = {
    "overview": N_(
        "Where the city stands, how it moves, and what wants attention. Every line opens."
    ),
    "opds": N_(
        "The OPDs side by side: sort by any column, open one, or look at the heat map."
    ),
    "opd": N_(
        "One OPD: its figures, its services, its obstacles and what happened, week by week."
    ),
    "board": N_("The services by stage. Mark some and move them together."),
    "services": N_(
        "All services, with “closed” in the filter those closed. Open one to see its timeline."
    ),
    "service": N_(
        "One service: what happened when, with evidence, and what it asks of a citizen."
    ),
    "applications": N_(
        "The applications. Integrate one and its online services follow."
    ),
    "obstacles": N_("What holds services back, by the four factors."),
    "upkeep": N_(
        "What is wrong with the register, and its backups. Enter goes back to one."
    ),
    "reminders": N_(
        "What each OPD owes, in lines for a chat or a letter. "
        "Mark some: y copies them, s also records that they were sent."
    ),
    "log": N_(
        "What was done, by whom and when. Enter opens what it was about."
    ),
    "snapshots": N_(
        "The weeks as they were published. Take one, compare two, write a page to a file."
    ),
}
"""What each screen is for, as help says it (msgids)."""


def _pace_signs(language: Language) -> Iterator[tuple[str, str]]:
    for pace, mark in PACE_MARKS.items():
        yield mark, language.text(pace_word(pace))


class HelpScreen(ModalScreen[None]):
    """Help for the screen called ``place``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "leave", show=False),
        Binding("enter", "open", show=False),
    ]

    def __init__(self, screen_name: str) -> None:
        super().__init__()
        self.screen_name = screen_name

    def compose(self) -> ComposeResult:
        """Compose the list of keys."""
        with Vertical():
            yield LineList()

    def on_mount(self) -> None:
        """Show the keys; a line that can be done opens its command."""
        view = self.query_one(LineList)
        view.show(list(self._build_items()))
        view.focus()

    def _build_items(self) -> Iterator[Item]:
        host = host_of(self)
        text = host.state.language.text
        if self.screen_name in ABOUT:
            for part in wrap_text(
                text(ABOUT[self.screen_name]), self._width - 1
            ):
                yield Item(((f" {part}", ""),))
        for group in GROUPS:
            commands = [
                c for c in commands_on(self.screen_name) if c.group == group
            ]
            lines = [
                self._command_items(c)
                for c in commands
                if keys_of(c, host.keymap_of_user)
            ]
            if lines:
                yield Item((("", ""),))
                yield Item(((" " + text(group), "title"),))
                yield from chain(*lines)
        yield Item((("", ""),))
        yield Item(((" " + text("Signs"), "title"),))
        for sign, word in (
            *sign_legend(host.state.language),
            *_pace_signs(host.state.language),
        ):
            yield Item(((f"  {sign:<{_KEYS}}", "warn"), (word, "")))
        yield Item((("", ""),))
        yield Item(((" " + text("Filter"), "title"),))
        for words in examples(host.state.language):
            for part in wrap_text(words, self._width - 2):
                yield Item(((f"  {part}", ""),))
        yield from list_chapters(host.state.language)

    @property
    def _width(self) -> int:
        """The room for a line, beside the border and the bar."""
        return min(78, self.app.size.width) - 3

    def _command_items(self, command: Command) -> Iterator[Item]:
        """Return what a command does, and by which keys; its first line does it."""
        host = host_of(self)
        keys = "  ".join(map(shown_key, keys_of(command, host.keymap_of_user)))
        why = host.disabled_reason(command)
        role = "quiet" if why else ""
        first, *others = wrap_text(
            host.state.language.text(command.tooltip), self._width - _KEYS - 2
        )
        yield Item(
            ((f"  {keys:<{_KEYS}}", role or "key"), (first, role)),
            RunCommand(command.id),
        )
        for other in others:
            yield Item(((" " * (_KEYS + 2) + other, role),))

    def on_line_view_opened(self, event: LineView.Opened) -> None:
        """Do what was chosen, on the screen below; once, also where Enter was struck twice."""
        event.stop()
        host = host_of(self)
        if isinstance(event.key, ChapterLine):
            self.app.push_screen(ChapterScreen(event.key.name))
        elif self.is_current:
            self.dismiss()
            self.app.call_later(host.open_destination, event.key)

    def action_open(self) -> None:
        """Do what is under the cursor."""
        view = self.query_one(LineList)
        if view.key is not None:
            view.post_message(LineView.Opened(view, view.key))

    def action_leave(self) -> None:
        """Close help."""
        self.dismiss()
