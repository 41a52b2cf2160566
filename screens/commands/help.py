"""The keys that work on the screen below, group by group, and what each does."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from screens.commands.chapters import (
    ChapterLine,
    ChapterScreen,
    list_chapters,
)
from screens.commands.command import GROUPS, Command
from screens.commands.key_capture import KeyCapture
from screens.commands.keys import keys_of, shown_key
from screens.commands.registry import BY_ID, commands_on
from screens.filter import examples
from screens.host import host_of
from screens.navigation import RunCommand
from screens.signs import sign_legend
from screens.widgets.lines import (
    EMPTY_LINE,
    Item,
    LineList,
    LineView,
    text_item,
)
from screens.widgets.paint import wrap_text
from screens.widgets.readline_input import ReadlineInput
from tracker.language import N_
from tracker.metrics.labels import PACE_MARKS, pace_word
from tracker.text import normalize_name

_KEYS = 14
ABOUT = {
    "overview": N_(
        "Where the city stands, how it moves, and what wants attention. Every line opens.",
    ),
    "opds": N_(
        "The OPDs side by side: sort by any column, open one, or look at the heat map.",
    ),
    "opd": N_(
        "One OPD: its figures, its services, its obstacles and what happened, week by week.",
    ),
    "board": N_("The services by stage. Mark some and move them together."),
    "services": N_(
        "All services, the one that asks most of citizens first. The same service of many OPDs "
        "is one row, which Enter opens. “closed” in the filter shows those closed.",
    ),
    "service": N_(
        "One service: what happened when, with evidence, and what it asks of a citizen.",
    ),
    "applications": N_(
        "The applications. Integrate one and its online services follow.",
    ),
    "obstacles": N_("What holds services back, by the four factors."),
    "upkeep": N_(
        "What is wrong with the register, and its backups. Enter goes back to one.",
    ),
    "reminders": N_(
        "What each OPD owes, in lines for a chat or a letter. "
        "Mark some: y copies them, s also records that they were sent.",
    ),
    "log": N_(
        "What was done, by whom and when. Enter opens what it was about.",
    ),
    "snapshots": N_(
        "The weeks as they were published. Take one, compare two, write a page to a file.",
    ),
}
"""What each screen is for, as help says it (msgids)."""


class HelpScreen(ModalScreen[None]):
    """Help for the screen called ``screen_name``; what is typed leaves only the lines that have it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "leave", show=False),
        Binding("question_mark", "leave", show=False, priority=True),
        Binding("f2", "change_key", show=False),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("end", "jump(-1)", show=False, priority=True),
        Binding("home", "jump(0)", show=False, priority=True),
    ]

    def __init__(self, screen_name: str) -> None:
        super().__init__()
        self.screen_name = screen_name

    def compose(self) -> ComposeResult:
        """Compose the line to type in and the list of keys."""
        said = host_of(self).state.language.text(
            "Type to find a key. Enter does it, F2 changes its key.",
        )
        with Vertical():
            yield ReadlineInput(placeholder=said, compact=True)
            yield LineList()

    def on_mount(self) -> None:
        """Show the keys; a line that can be done opens its command."""
        self._list.can_focus = False
        self.show_lines()

    @property
    def _list(self) -> LineList:
        return self.query_one(LineList)

    def show_lines(self) -> None:
        """Show the lines that have all the words typed, every line where nothing is typed."""
        typed = self.query_one(ReadlineInput).value
        words = normalize_name(typed).split()
        self._list.show(list(self._matching_items(words)))

    def _matching_items(self, words: Sequence[str]) -> Iterator[Item]:
        if not words:
            yield from self._about_items()
        for title, entries in self._build_groups():
            found = [
                entry
                for entry in entries
                if not words or self._has_all(entry, words)
            ]
            if found:
                yield EMPTY_LINE
                yield text_item(f" {title}", "title")
                yield from chain(*found)

    def _about_items(self) -> Iterator[Item]:
        if self.screen_name in ABOUT:
            about = host_of(self).state.language.text(ABOUT[self.screen_name])
            for part in wrap_text(about, self._width - 1):
                yield text_item(f" {part}")

    def _build_groups(self) -> Iterator[tuple[str, list[list[Item]]]]:
        """Yield title and entries of each group of keys, of the signs and of what a filter can ask."""
        host = host_of(self)
        language = host.state.language
        for group in GROUPS:
            commands = [
                self._command_items(command)
                for command in commands_on(self.screen_name)
                if command.group == group
                and keys_of(command, host.keymap_of_user)
            ]
            yield language.text(group), commands

        paces = [
            (mark, language.text(pace_word(pace)))
            for pace, mark in PACE_MARKS.items()
        ]
        signs = (*sign_legend(language), *paces)
        yield (
            language.text("Signs"),
            [
                [Item(((f"  {sign:<{_KEYS}}", "warn"), (word, "")))]
                for sign, word in signs
            ],
        )
        yield (
            language.text("Filter"),
            [
                [
                    text_item(f"  {part}")
                    for part in wrap_text(example, self._width - 2)
                ]
                for example in examples(language)
            ],
        )
        chapters = [[line] for line in list_chapters(language)]
        yield language.text("Chapters"), chapters

    def _has_all(self, entry: Sequence[Item], words: Sequence[str]) -> bool:
        """Return whether an entry's lines, or the name of what they do, have all words."""
        texts = [piece for item in entry for piece, _ in item.pieces]
        if isinstance(command := entry[0].opens, RunCommand):
            label = BY_ID[command.id].label
            texts.append(host_of(self).state.language.text(label))
        text = normalize_name(" ".join(texts))
        return all(word in text for word in words)

    @property
    def _width(self) -> int:
        """The room for a line, beside the border and the bar."""
        return min(78, self.app.size.width) - 3

    def _command_items(self, command: Command) -> list[Item]:
        """Return what a command does, and by which keys; its first line does it."""
        host = host_of(self)
        keys = "  ".join(map(shown_key, keys_of(command, host.keymap_of_user)))
        why = host.disabled_reason(command)
        role = "quiet" if why else ""
        first, *others = wrap_text(
            host.state.language.text(command.tooltip),
            self._width - _KEYS - 2,
        )
        head = Item(
            ((f"  {keys:<{_KEYS}}", role or "key"), (first, role)),
            RunCommand(command.id),
        )
        return [
            head,
            *(text_item(" " * (_KEYS + 2) + other, role) for other in others),
        ]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Leave only the lines that have what is typed."""
        self.show_lines()
        self._list.move_to(0)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do what is under the cursor."""
        event.stop()
        if self._list.key is not None:
            self._list.post_message(LineView.Opened(self._list, self._list.key))

    def on_line_view_opened(self, event: LineView.Opened) -> None:
        """Do what was chosen, on the screen below; once, also where Enter was struck twice."""
        event.stop()
        host = host_of(self)
        if isinstance(event.key, ChapterLine):
            self.app.push_screen(ChapterScreen(event.key.name))
        elif self.is_current:
            self.dismiss()
            self.app.call_later(host.open_destination, event.key)

    def action_change_key(self) -> None:
        """Ask for another key of the command under the cursor."""
        if isinstance(self._list.key, RunCommand):
            command = BY_ID[self._list.key.id]
            self.app.push_screen(
                KeyCapture(command),
                lambda changed: self.show_lines(),
            )

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        self._list.action_move(step)

    def action_page(self, direction: int) -> None:
        """Move the cursor a page."""
        self._list.action_page(direction)

    def action_jump(self, index: int) -> None:
        """Go to the first or the last line."""
        self._list.action_jump(index)

    def action_leave(self) -> None:
        """Close help."""
        self.dismiss()
