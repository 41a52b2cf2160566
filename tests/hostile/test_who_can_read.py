"""Who can read what: the table in docs/safety.md holds of every form that leaves the house."""

from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from tests.tracker.builder import Builder
from tests.tracker.cli.conftest import terminal
from tests.tracker.cli.terminal import Terminal
from tracker.store.file import FileStore

__all__ = ["terminal"]

SAFETY = Path(__file__).parents[2] / "docs/safety.md"
MARKS = {
    "owners": "pemilik-rahasia",
    "contacts of OPDs": "kontak-rahasia",
    "obstacles": "hambatan-rahasia",
    "evidence, notes": "bukti-rahasia",
    "decisions": "keputusan-rahasia",
    "who entered it": "pencatat-rahasia",
}
"""What stands in the register under each heading of the table."""


def made(city: Terminal, *words: str) -> str:
    """Return all that a command prints and writes into ``out``."""
    out = city.folder / "out"
    printed = city(*(word.format(out=out) for word in words))
    assert printed.code == 0, printed
    files = [path for path in sorted(out.rglob("*")) if path.is_file()]
    return "\n".join([printed.out, *map(text_of_file, files)])


def text_of_file(path: Path) -> str:
    """Return the text of a file, or of every part of a workbook."""
    if not is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with ZipFile(path) as workbook:
        parts = [workbook.read(name) for name in workbook.namelist()]
    return "\n".join(part.decode(errors="replace") for part in parts)


def site_pages(city: Terminal, *, weeks: bool) -> str:
    """Return the site's pages of weeks, or all the others."""
    made(city, "site", "{out}")
    pages = sorted((city.folder / "out").rglob("*.html"))
    chosen = [path for path in pages if path.name.startswith("2026-") is weeks]
    assert chosen
    return "\n".join(path.read_text(encoding="utf-8") for path in chosen)


SHOW = ("snapshot", "show", "2026-W47")
FORMS: Mapping[str, Callable[[Terminal], str]] = {
    "page as Markdown": lambda city: made(city, *SHOW),
    "its first page": lambda city: made(city, *SHOW, "--first-page"),
    "page as HTML": lambda city: made(city, *SHOW, "--html"),
    "chat text": lambda city: made(city, *SHOW, "--chat"),
    "annex (XLSX)": lambda city: made(city, *SHOW, "--annex", "--out", "{out}"),
    "site: index and OPDs' pages": lambda city: site_pages(city, weeks=False),
    "site: pages of weeks": lambda city: site_pages(city, weeks=True),
    "reminders (`remind`)": lambda city: made(city, "remind", "--stdout"),
    "sheets for OPDs (`sheets`)": lambda city: made(city, "sheets", "{out}"),
    "figures (`metrics --json`, `--csv`)": lambda city: (
        made(city, "metrics", "--json") + made(city, "metrics", "--csv")
    ),
    "catalogue (`catalogue export`)": lambda city: made(
        city, "catalogue", "export", "{out}"
    ),
    "open data (`export --current`)": lambda city: made(
        city, "export", "{out}/layanan.csv", "--current"
    ),
    "full export": lambda city: made(city, "export", "{out}/semua.xlsx"),
    "register, backups": lambda city: city.db.read_text(encoding="utf-8"),
}


def table_of_safety() -> dict[str, dict[str, str]]:
    """Return the table's cells by form and heading."""
    text = SAFETY.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    head, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines[[line[:7] for line in lines].index("| form ") :]
    ]
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


TABLE = table_of_safety()


@pytest.fixture
def city(terminal: Terminal) -> Terminal:
    """A published week of a city in which everything of the table stands."""
    made = Builder(goal="2027-12-31")
    made.opd(
        "dinkes",
        name="Dinas Kesehatan",
        contact=MARKS["contacts of OPDs"],
        by=MARKS["who entered it"],
    )
    for number in range(6):
        made.service(
            f"izin-{number}",
            "dinkes",
            "2026-01-05",
            name=f"Izin {number}",
            owner=MARKS["owners"],
            by=MARKS["who entered it"],
        )
        made.target(f"izin-{number}", "2026-10-01", "online")
        made.obstacle(
            f"izin-{number}", "2026-09-01", description=MARKS["obstacles"]
        )
    made.move(
        "izin-0",
        "2026-11-17",
        "online",
        evidence=MARKS["evidence, notes"],
        note=MARKS["evidence, notes"],
        by=MARKS["who entered it"],
    )
    made.report("dinkes", "2026-W46", note=MARKS["evidence, notes"])
    made.decision(MARKS["decisions"], "2026-11-02", "2026-11-30", "Sekda")
    FileStore.create(terminal.db, made.register)
    assert terminal("snapshot", "take", "--week", "2026-W47").code == 0
    return terminal


def test_the_table_names_every_form() -> None:
    assert TABLE.keys() == FORMS.keys()
    assert all(row.keys() == MARKS.keys() for row in TABLE.values())


@pytest.mark.parametrize("form", FORMS)
def test_a_form_holds_what_the_table_says_and_nothing_else(
    city: Terminal, form: str
) -> None:
    text = FORMS[form](city)
    held = {heading for heading, mark in MARKS.items() if mark in text}
    said = {heading for heading, cell in TABLE[form].items() if cell != "no"}
    assert held == said
