"""The chapters of the documentation: listed at the end of help, each on a page that scrolls."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Markdown

from screens.host import host_of
from screens.navigation import Destination
from screens.widgets.lines import Item, text_item
from tracker.handbook import (
    CHAPTERS,
    find_chapter,
    find_linked,
    read_chapter,
    read_title,
)
from tracker.language import Language


class ChapterLine(Destination, frozen=True):
    """A chapter, by its name in the language of the screens."""

    name: str


def list_chapters(language: Language) -> Iterator[Item]:
    """Yield help's lines of the chapters; each opens its page."""
    for chapter in CHAPTERS:
        title = read_title(chapter, language.code)
        line = ChapterLine(chapter.name(language.code))
        yield text_item(f"  {title}", "", line)


class ChapterScreen(ModalScreen[None]):
    """One chapter; its links lead to others, Escape leads back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", show=False),
    ]
    DEFAULT_CSS = """
    ChapterScreen { align: center middle; }
    ChapterScreen VerticalScroll {
        width: 100%; max-width: 90; height: 100%;
        border: round $primary; background: $surface;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, topic: str) -> None:
        super().__init__()
        self._topic = topic

    def compose(self) -> ComposeResult:
        """Compose the page."""
        with VerticalScroll():
            yield Markdown(self._read(), open_links=False)

    def on_mount(self) -> None:
        """Focus the text, so that the arrow keys scroll."""
        self.query_one(VerticalScroll).focus()

    async def on_markdown_link_clicked(
        self,
        event: Markdown.LinkClicked,
    ) -> None:
        """Show the chapter that a link leads to; nothing is opened outside the program."""
        event.stop()
        chapter = find_linked(event.href.partition("#")[0])
        if chapter is None:
            return

        code = host_of(self).state.language.code
        await self.query_one(Markdown).update(read_chapter(chapter, code))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _read(self) -> str:
        code = host_of(self).state.language.code
        return read_chapter(find_chapter(self._topic, code), code)
