"""What a register edited by hand holds is shown harmlessly wherever text comes out of the program."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.depth import one_in
from tests.hostile.registers import ALL, SOME, by_hand, hostile, kept
from tests.hostile.texts import FORMULAS, ORDERS, PATHS, harm_in
from tests.tracker.builder import Builder
from tests.tracker.cli.conftest import terminal
from tests.tracker.cli.terminal import Terminal
from tracker.cli.show import print_json
from tracker.text import cell, find_harmful, is_harmful, uncell, visible

__all__ = ["terminal"]

COMMANDS = """
opd list --all
opd list --json
service list --all
service list --json
service show layanan-3
service show layanan-3 --json
app list
app list --json
obstacle list
obstacle list --json
target list
target list --json
evaluation list
evaluation list --json
milestone list
milestone list --json
log --last 0
log --last 0 --json
metrics
metrics --json
metrics --csv
metrics --opd opd-2
metrics --app app-2 --csv
config get
config get city
config get portal
snapshot take --week 2026-W46 --stdout
snapshot diff 2026-W40 2026-W46
compare {db}
compare {db} --json
compare {db} --csv
doctor
undo
""".strip().splitlines()


@pytest.fixture
def city(terminal: Terminal) -> Terminal:
    """A terminal on a register that is hostile throughout."""
    kept(terminal.folder, hostile())
    return terminal


@pytest.mark.parametrize("command", one_in(3, COMMANDS))
def test_no_command_prints_what_a_terminal_would_obey(
    city: Terminal, command: str
) -> None:
    said = city(*(word.format(db=city.db) for word in command.split()))
    assert said.code in (0, 1), said
    assert said.out + said.err
    assert not harm_in(said.out + said.err)


def test_json_says_the_same_as_before_it_was_made_harmless(
    city: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [row["name"] for row in city.json("service", "list")]
    assert sorted(names) == sorted(SOME)
    print_json(["\U000e0041\x9b", "\u202e"])
    assert (
        capsys.readouterr().out
        == '[\n "\\udb40\\udc41\\u009b",\n "\\u202e"\n]\n'
    )


def cells(text: str) -> Iterator[str]:
    for row in csv.reader(StringIO(text)):
        yield from row


@pytest.mark.parametrize(
    "command",
    ["metrics --csv", "metrics --opd opd-19 --csv", "compare {other} --csv"],
)
def test_csv_for_spreadsheets_holds_no_formula(
    city: Terminal, command: str
) -> None:
    assert SOME[19].startswith("=")
    other = kept(city.folder / "lain", Builder("=Kota lain").register).path
    said = city.ok(*(word.format(other=other) for word in command.split()))
    found = list(cells(said))
    assert not [
        cell for cell in found if cell.startswith(("=", "+", "@", "\t", "\r"))
    ]
    assert any(cell.startswith("'=") for cell in found)


def test_an_exported_folder_holds_no_formula_and_no_order(
    city: Terminal,
) -> None:
    for path in city.ok("export", "keluar").split():
        text = Path(path).read_text(encoding="utf-8")
        assert not harm_in(
            text.replace("\n", "").replace("\t", "").replace("\r\n", "")
        )
        for said in cells(text):
            assert not said.startswith(("=", "+", "-", "@", "\t", "\r")), said


def books(folder: Path) -> Iterator[Any]:
    from openpyxl import load_workbook

    for path in folder.rglob("*.xlsx"):
        yield load_workbook(path)


@pytest.mark.parametrize(
    "command", ["export keluar/semua.xlsx", "sheets keluar"]
)
def test_a_spreadsheet_holds_no_formula_and_no_order(
    city: Terminal, command: str
) -> None:
    city.ok(*command.split())
    count = 0
    for book in books(city.folder / "keluar"):
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for found in row:
                    assert found.data_type != "f", found.value
                    assert found.hyperlink is None
                    if isinstance(found.value, str):
                        count += 1
                        assert not harm_in(
                            found.value.replace("\n", "").replace("\t", "")
                        )
    assert count > 100


class Elements(HTMLParser):
    """Gathers the elements of a page, and their attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self.found.add(tag)
        self.attributes.update(name for name, _ in attrs)


def test_pages_hold_no_element_that_a_name_has_made(city: Terminal) -> None:
    city.ok(
        "snapshot", "take", "--week", "2026-W46", "--html", "--out", "potret"
    )
    page = (city.folder / "potret/2026-W46.html").read_text(encoding="utf-8")
    markdown = (city.folder / "potret/2026-W46.md").read_text(encoding="utf-8")
    assert not harm_in((page + markdown).replace("\n", ""))
    elements = Elements()
    elements.feed(page)
    forbidden = {
        "script",
        "img",
        "a",
        "iframe",
        "object",
        "form",
        "input",
        "base",
    }
    assert not elements.found & forbidden
    assert not [name for name in elements.attributes if name.startswith("on")]
    assert not elements.attributes & {
        "src",
        "style",
        "action",
        "srcdoc",
        "xlink:href",
    }


def test_a_markdown_page_holds_no_element_that_a_name_has_made(
    city: Terminal,
) -> None:
    from markdown_it import MarkdownIt

    page = city.ok("snapshot", "take", "--week", "2026-W46", "--stdout")
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(
        page
    )
    kinds = {
        child.type for token in tokens for child in token.children or ()
    } | {t.type for t in tokens}
    assert not {
        kind
        for kind in kinds
        if kind.startswith(("html", "link", "image", "code_i", "em"))
    }
    bold = [
        after.content
        for token in tokens
        for child, after in pairwise(token.children or ())
        if child.type == "strong_open"
    ]
    assert bold
    assert not [text for text in bold if harm_in(text) or "merah" in text]


SHELL = (
    *ALL,
    "\\$(touch x)",
    "`touch x`",
    "$(touch x)",
    "';touch x;'",
    '"$(touch x)"',
    "\\`x\\`",
    ":::",
    "!!",
)


@pytest.mark.parametrize(
    "shell", one_in(2, ["bash", "zsh", "fish", "powershell"])
)
def test_completion_offers_nothing_that_a_shell_would_carry_out(
    terminal: Terminal, shell: str
) -> None:
    store = kept(terminal.folder, hostile(SHELL))
    by_hand(store.path, '"layanan-0"', json.dumps("layanan-$(touch x)"))
    by_hand(store.path, '"layanan-1"', json.dumps(f"layanan-{ORDERS[0]}"))
    line = "opd-tracker service show layanan-"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.argv[0] = 'opd-tracker'; from tracker.cli import main; main()",
        ],
        cwd=Path(__file__).parents[2],
        env={
            **os.environ,
            **{
                "_OPD_TRACKER_COMPLETE": f"complete_{shell}",
                "OPD_TRACKER_DB": str(store.path),
            },
            **{
                "_TYPER_COMPLETE_ARGS": line,
                "COMP_WORDS": line,
                "COMP_CWORD": "3",
            },
            **{
                "_TYPER_COMPLETE_FISH_ACTION": "get-args",
                "_TYPER_COMPLETE_WORD_TO_COMPLETE": "layanan-",
            },
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert len(re.findall(r"\blayanan-\d+\b", done.stdout)) == len(SHELL) - 2
    offered = (
        done.stdout.removeprefix("_arguments '*: :((")
        .rstrip()
        .removesuffix("))'")
    )
    assert not set("$`\\\x27;&|<>!*(){}[]") & set(offered)
    assert not harm_in(offered.replace("\n", "").replace("\t", ""))


@pytest.mark.parametrize("path", one_in(3, [*PATHS[:5], FORMULAS[0]]))
def test_a_code_that_is_a_path_leads_no_file_out_of_its_folder(
    terminal: Terminal, path: str
) -> None:

    made = Builder()
    made.service("izin", "dinkes", "2026-08-03")
    by_hand(
        kept(terminal.folder, made.register).path, '"dinkes"', json.dumps(path)
    )
    before = {
        found
        for found in terminal.folder.rglob("*")
        if "keluar" not in found.parts
    }
    terminal.ok("sheets", "keluar")
    terminal.ok("export", "keluar")
    terminal.ok("export", "keluar/semua.xlsx")
    terminal.ok(
        "snapshot", "take", "--week", "2026-W46", "--out", "keluar", "--html"
    )
    after = {
        found
        for found in terminal.folder.rglob("*")
        if "keluar" not in found.parts
    }
    ours = {
        "register.json.backups",
        "register.json.pages",
        "register.json.lock",
    }
    new = {found.relative_to(terminal.folder) for found in after - before}
    assert {found.parts[0] for found in new} <= ours
    assert len(list((terminal.folder / "keluar").glob("*.xlsx"))) == 2
    for book in books(terminal.folder / "keluar"):
        assert not [
            c
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for c in row
            if c.data_type == "f"
        ]


@pytest.mark.parametrize("text", one_in(3, [*ORDERS, FORMULAS[0], *PATHS[:3]]))
def test_an_error_repeats_what_was_typed_harmlessly(
    city: Terminal, text: str
) -> None:
    for command in (
        ("service", "show"),
        ("snapshot", "show"),
        ("import",),
        ("restore",),
        (),
        ("compare",),
    ):
        if "\0" not in text:
            said = city(*command, text.encode("utf-8", "replace").decode())
            assert not harm_in(said.err + said.out)
            assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "text", [text for text in FORMULAS if text[0] in "=+-@\t\r\x27"]
)
def test_a_formula_leaves_behind_an_apostrophe_whatever_it_begins_with(
    text: str,
) -> None:
    assert cell(text) == f"'{text}"
    assert uncell(cell(text)) == text


def test_every_character_that_harms_is_known_and_shown_by_its_number() -> None:
    for character in map(chr, [*range(0x3200), *range(0x3200, 0x110000, 31)]):
        if harm_in(character):
            assert is_harmful(character), ascii(character)
            assert find_harmful(f"a{character}", lines=True) == character
        assert not harm_in(visible(character) + visible(character, lines=True))
