"""Texts and values as hostile or careless hands write them, and what may never come out of the program."""

import re

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

ORDERS = (
    "\x1b[31mmerah",
    "\x1b]8;;https://contoh.id\x07tautan\x1b]8;;\x07",
    "\x1b]52;c;cm0gLXJm\x07",
    "\x1bP+q544e\x1b\\",
    "\x9b2J\x9d0;judul\x9c",
    "\x08\x08\x7f\x00",
    "baris\rtimpa",
    "\u202egnusrev\u2069",
    "nol\u200blebar\u2060\ufeff",
    "sandi\U000e0068\U000e0061\U000e0069",
    "\u3164\u115f",
    "\u2028\u2029\x85\x0b\x0c",
    "\ud800sendiri\udfff",
    "\ue000\U0010ffff",
)
"""What commands a terminal, hides or turns what a text says, or is no text at all: never to be stored."""

MARKUP = (
    "[/x]",
    "[@click=app.quit]x[/]",
    "[bold red]merah[/bold red]",
    "[link=https://contoh.id]x[/link]",
    "Layanan [baru]",
    "\\[x]",
    "$name {name} {0.__class__} %s %(x)s",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- hilang",
    "&lt;b&gt;&#x1b;",
    "# judul",
    "| sel | lain |",
    "![x](https://contoh.id/x.png)",
    "[x](javascript:alert(1))",
    "```\n~~~",
    "- butir",
)
"""What some page would obey; it may be stored, and is shown as it is written."""

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "'=1+1",
    '=HYPERLINK("https://contoh.id")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
)

PATHS = (
    "../../x",
    "..\\..\\x",
    "/tmp/x",
    "C:\\x",
    "CON",
    "NUL.csv",
    "a/b",
    ".",
    "..",
    "~",
    "a\x00b",
    "%2e%2e%2f",
)

STRANGE = (
    "x" * 300,
    "~tiada-orang/x",
    "x/" * 3_000,
    "/dev/null/x",
    "a\nb\x1b]0;x\x07",
    "\udcff\x1b[31m",
)
"""Paths that no disk has, or whose names are orders."""

WIDE = (
    "日本語サービス",
    "🙂👍🏽",
    "ก็็็็็็็",
    "e" + "\u0301" * 200,
    "ﷺ" * 20,
    "א" * 5 + "abc",
)

LONG = ("x" * 10_001, "\u0301" * 50_000)

TEXTS = (*ORDERS, *MARKUP, *FORMULAS, *PATHS, *WIDE)

texts: SearchStrategy[str] = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(LONG),
    st.text(st.characters(), max_size=12),
    st.tuples(st.sampled_from(TEXTS), st.sampled_from(TEXTS)).map("".join),
)
"""Any text, the hostile ones often."""

_ALLOWED = "\n\t"
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
    "\U000f0000-\U0010ffff]"
)


def harm_in(text: str) -> str:
    """Return what of a text could command a terminal or hide what is said, told apart by hand."""
    return "".join(_HARMFUL.findall(text))
