"""Write blocks as one HTML file that needs nothing beside itself: no script, no network."""

from collections.abc import Iterable, Sequence
from html import escape

from tracker.snapshot.blocks import (
    Block,
    Drawn,
    Heading,
    Items,
    Paragraph,
    Remark,
    Table,
)
from tracker.text import collapse_whitespace, visible

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 2rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border-bottom: 1px solid #8886; padding: .2rem .6rem; text-align: left; vertical-align: top; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
pre { font: 14px/1.2 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; overflow-x: auto; }
blockquote { border-left: 4px solid #c60; margin: 1rem 0; padding: .2rem 1rem; }
@media print { body { margin: 0; max-width: none; } tr, li { break-inside: avoid; } }
""".strip()


def to_html(blocks: Iterable[Block], lang: str) -> str:
    """Return blocks as an HTML page in the language ``lang``, every text in it escaped."""
    page = list(blocks)
    title = next((block.text for block in page if isinstance(block, Heading)), "")
    head = [
        "<!doctype html>",
        f'<html lang="{escape(lang)}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{_shown(title)}</title>",
        f"<style>{_STYLE}</style></head>",
        "<body>",
    ]
    return "\n".join([*head, *map(_written, page), "</body>", "</html>"]) + "\n"


def _written(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level}>{_shown(text)}</h{level}>"
        case Paragraph(sentences):
            return f"<p>{'<br>'.join(map(_shown, sentences))}</p>"
        case Remark(sentences):
            return f"<blockquote>{'<br>'.join(map(_shown, sentences))}</blockquote>"
        case Items(texts):
            return (
                "<ul>"
                + "\n".join(f"<li>{_shown(text)}</li>" for text in texts)
                + "</ul>"
            )
        case Table():
            return _table(block)
        case Drawn(text):
            lines = map(visible, text.split("\n"))
            return "<pre>" + escape("\n".join(lines)) + "</pre>"


def _table(table: Table) -> str:
    rows = "\n".join(_row(row, "td", table.right) for row in table.rows)
    return f"<table><thead>{_row(table.head, 'th', table.right)}</thead><tbody>\n{rows}\n</tbody></table>"


def _row(texts: Sequence[str], cell: str, right: frozenset[int]) -> str:
    return (
        "<tr>"
        + "".join(_cell(text, cell, place in right) for place, text in enumerate(texts))
        + "</tr>"
    )


def _cell(text: str, cell: str, right: bool) -> str:
    number = ' class="n"' if right else ""
    return f"<{cell}{number}>{_shown(text)}</{cell}>"


def _shown(text: str) -> str:
    return escape(collapse_whitespace(visible(text)))
