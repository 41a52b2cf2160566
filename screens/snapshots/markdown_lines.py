"""A page's Markdown as lines of a screen: what it marks is drawn, its signs are left out.

Only what the program's own pages hold is read: headings, lists, quotes, tables, bold
words, drawings and escaped signs.
"""

import re
from collections.abc import Iterator

from screens.widgets.lines import Item
from screens.widgets.paint import Piece, safe_line

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADING = re.compile(r"#{1,6} ")
_LISTED = re.compile(r"(?:- |\d+\. )")
_QUOTED = re.compile(r"> ?")
_RULE = re.compile(r"\|[-: |]+\|")
_BOLD = re.compile(r"\*\*((?:[^*\\]|\\.)+)\*\*")
_LEAST = 20


def page_items(page: str, width: int) -> list[Item]:
    """Return a page as lines of at most ``width`` cells; tables and drawings are left whole."""
    items: list[Item] = []
    drawn = False
    for line in page.splitlines():
        if line.startswith("```"):
            drawn = not drawn
        elif drawn:
            items.append(_item([(line, "")]))
        elif line.startswith("|"):
            items.append(_item([(_table_row(line), "")]))
        else:
            items += _text_items(line, max(_LEAST, width))
    return items


def _table_row(line: str) -> str:
    """Return a row of a table, as wide as it is written; of the rule a line."""
    if _RULE.fullmatch(line):
        return "─" * len(line)
    cells = re.split(r"(?<!\\)\|", line)
    return "│".join(_unescape(cell).ljust(len(cell)) for cell in cells)


def _text_items(line: str, width: int) -> Iterator[Item]:
    """Yield a paragraph, a heading, a quote or an entry of a list, broken into lines."""
    heading = _HEADING.match(line)
    if heading:
        yield from _wrapped(
            [(_unescape(line[heading.end() :]), "title")],
            "",
            width,
        )
        return
    quote = _QUOTED.match(line)
    if quote:
        yield from _wrapped(_pieces(line[quote.end() :]), "  ", width)
        return
    mark = _LISTED.match(line)
    if mark is None:
        yield from _wrapped(_pieces(line), "", width)
        return
    sign = "• " if mark.group() == "- " else mark.group()
    yield from _wrapped(_pieces(line[mark.end() :]), sign, width)


def _pieces(text: str) -> list[Piece]:
    """Return a text in pieces, the bold words apart."""
    pieces: list[Piece] = []
    end = 0
    for bold in _BOLD.finditer(text):
        pieces += [(text[end : bold.start()], ""), (bold.group(1), "strong")]
        end = bold.end()
    pieces.append((text[end:], ""))
    return [(_unescape(part), role) for part, role in pieces if part]


def _wrapped(
    pieces: list[Piece],
    sign: str,
    width: int,
) -> Iterator[Item]:
    """Yield pieces as lines broken between words; further lines stand under the first word."""
    indent = " " * len(sign)
    line: list[Piece] = [(sign, "")] if sign else []
    room = width - len(sign)
    for part, role in pieces:
        for word in re.findall(r"\S+\s*|\s+", part):
            if len(word.rstrip()) > room and room < width - len(sign):
                yield _item(line)
                line, room = [(indent, "")], width - len(sign)
            line.append((word, role))
            room -= len(word)
    yield _item(line)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _item(pieces: list[Piece]) -> Item:
    """Return a line, without the space after its last word."""
    if pieces:
        text, role = pieces[-1]
        pieces = [*pieces[:-1], (text.rstrip(), role)]
    return Item(
        ((" ", ""), *((safe_line(text), role) for text, role in pieces)),
    )
