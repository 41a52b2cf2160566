"""The site of all published weeks."""

from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlparse

import pytest

from tests.hostile.registers import hostile
from tests.hostile.texts import harm_in
from tests.tracker.publish.trees import elements, parse, tag
from tests.tracker.snapshot.cities import TODAY, small_city
from tracker.actions.draft import Context
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.errors import Rejected
from tracker.language import load_language
from tracker.model import Stage
from tracker.publish.site.site import write_site
from tracker.publish.writing import WeekForms
from tracker.register import Register
from tracker.snapshot import take
from tracker.store.memory import MemoryStore
from tracker.week import Week

EN = load_language("en")
CONTEXT = Context("Rani", datetime(2026, 5, 4, 9, tzinfo=UTC), TODAY)


def published(
    register: Register, *weeks: Week, context: Context = CONTEXT
) -> MemoryStore:
    store = MemoryStore(register)
    for week in weeks:
        take(store, week, context, EN)
    return store


def forms_of(store: MemoryStore, today: date = TODAY) -> WeekForms:
    return WeekForms(store.load(), today, EN, store.page)


@pytest.fixture
def store() -> MemoryStore:
    return published(small_city().register, Week(2026, 16), Week(2026, 18))


def links(page: Path) -> list[str]:
    found = elements(page.read_text(encoding="utf-8"), "a")
    return [element.get("href") or "" for element in found]


def test_every_week_and_every_opd_has_a_page_and_the_index_leads_to_all(
    store: MemoryStore, tmp_path: Path
) -> None:
    files = write_site(forms_of(store), tmp_path)
    names = {file.path.relative_to(tmp_path).as_posix() for file in files}
    assert names == {
        *("index.html", "2026-W16.html", "2026-W18.html"),
        *("opd/dukcapil.html", "opd/dinkes.html", "opd/cibiru.html"),
    }
    assert names - {"index.html"} <= set(links(tmp_path / "index.html"))


def test_each_page_brings_the_work_as_far_on(
    store: MemoryStore, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    files = write_site(
        forms_of(store),
        tmp_path,
        progress=lambda done, total: told.append((done, total)),
    )
    shares = [round(1000 * page / 6) for page in range(1, 7)]
    assert len(files) == 6
    assert told == [(share, 1000) for share in shares]


def test_every_link_is_relative_and_leads_to_a_page_of_the_site(
    store: MemoryStore, tmp_path: Path
) -> None:
    for file in write_site(forms_of(store), tmp_path):
        for link in links(file.path):
            parts = urlparse(link)
            assert (parts.scheme, parts.netloc, link[:1] == "/") == (
                "",
                "",
                False,
            )
            assert (file.path.parent / link).resolve().is_file()


def test_nothing_is_written_anew_that_has_not_changed(
    store: MemoryStore, tmp_path: Path
) -> None:
    assert all(file.changed for file in write_site(forms_of(store), tmp_path))
    assert not any(
        file.changed for file in write_site(forms_of(store), tmp_path)
    )
    perform(
        store, MoveServices(("kk",), Stage.ONLINE, date(2026, 5, 2)), CONTEXT
    )
    changed = {
        f.path.name for f in write_site(forms_of(store), tmp_path) if f.changed
    }
    assert "dukcapil.html" in changed
    assert "cibiru.html" not in changed
    assert not changed & {"2026-W16.html", "2026-W18.html"}


def test_a_final_week_takes_the_place_of_the_provisional_one(
    tmp_path: Path,
) -> None:
    running = Context("Rani", CONTEXT.now, date(2026, 5, 1))
    store = published(small_city().register, Week(2026, 18), context=running)
    write_site(forms_of(store, running.today), tmp_path)
    provisional = tmp_path / "2026-W18-provisional.html"
    assert provisional.is_file()
    take(store, Week(2026, 18), CONTEXT, EN)
    write_site(forms_of(store), tmp_path)
    assert (tmp_path / "2026-W18.html").is_file()
    assert not provisional.exists()


def test_a_provisional_page_that_somebody_edited_stays(tmp_path: Path) -> None:
    running = Context("Rani", CONTEXT.now, date(2026, 5, 1))
    store = published(small_city().register, Week(2026, 18), context=running)
    write_site(forms_of(store, running.today), tmp_path)
    provisional = tmp_path / "2026-W18-provisional.html"
    provisional.write_text("disunting", encoding="utf-8")
    take(store, Week(2026, 18), CONTEXT, EN)
    write_site(forms_of(store), tmp_path)
    assert provisional.read_text(encoding="utf-8") == "disunting"


def test_a_week_is_shown_as_it_was_published(
    store: MemoryStore, tmp_path: Path
) -> None:
    snapshot = max(store.load().snapshots.values(), key=lambda one: one.week)
    kept = store.page(snapshot.pages["html"])
    assert kept is not None
    write_site(forms_of(store), tmp_path)
    page = (tmp_path / "2026-W18.html").read_text(encoding="utf-8")
    head, _, rest = kept.partition("<body>\n")
    assert page.startswith(head)
    assert page.endswith(rest)


def test_a_city_that_has_published_nothing_is_told_what_to_do(
    tmp_path: Path,
) -> None:
    with pytest.raises(Rejected, match="snapshot take"):
        write_site(forms_of(MemoryStore(small_city().register)), tmp_path)


def test_pages_keep_the_rules_of_html_whatever_the_register_holds(
    tmp_path: Path,
) -> None:
    today = date(2026, 11, 19)
    context = Context("Rani", datetime(2026, 11, 19, tzinfo=UTC), today)
    store = published(hostile(), Week(2026, 46), context=context)
    for file in write_site(forms_of(store, today), tmp_path):
        page = file.path.read_text(encoding="utf-8")
        assert not {tag(element) for element in parse(page).iter()} & {
            "script",
            "img",
        }
        assert not harm_in(page.replace("\n", ""))


def test_no_one_who_entered_anything_and_no_evidence_is_on_the_site(
    tmp_path: Path,
) -> None:
    city = small_city()
    city.move(
        "kk", "2026-04-20", "online", evidence="surat rahasia", by="Rahmat"
    )
    for file in write_site(
        forms_of(published(city.register, Week(2026, 18))), tmp_path
    ):
        page = file.path.read_text(encoding="utf-8")
        assert "Rahmat" not in page
        if file.path.parent.name == "opd":
            assert "surat rahasia" not in page
