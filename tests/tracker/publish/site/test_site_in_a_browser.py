"""The pages of a site in a real Chromium."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.tracker.publish.browser import open_browser
from tests.tracker.snapshot.cities import TODAY, large_city
from tracker.actions.draft import Context
from tracker.language import load_language
from tracker.publish.site.site import write_site
from tracker.publish.writing import WeekForms
from tracker.snapshot import take
from tracker.store.memory import MemoryStore
from tracker.week import Week

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage

pytestmark = pytest.mark.thorough

ID = load_language("id")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = MemoryStore(large_city(opds=12, services=80))
    context = Context("Rani", datetime(2026, 5, 4, tzinfo=UTC), TODAY)
    for week in (Week(2026, 17), Week(2026, 18)):
        take(store, week, context, ID)
    folder = tmp_path_factory.mktemp("situs")
    write_site(WeekForms(store.load(), TODAY, ID, store.page), folder)
    return folder


def test_the_site_can_be_walked_without_scrolling_sideways_or_a_request(
    site: Path,
) -> None:
    complaints: list[str] = []

    def hear(message: "ConsoleMessage") -> None:
        complaints.append(message.text)

    with open_browser() as browser:
        for width in (390, 768, 1280):
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.on("console", hear)
            page.goto((site / "index.html").as_uri())
            assert (
                page.evaluate("document.documentElement.scrollWidth") == width
            )
            page.click("a:text('2026-W18')")
            assert (
                page.evaluate("document.documentElement.scrollWidth") == width
            )
            page.click("nav a:text('2026-W17')")
            page.click("nav a:text('Semua OPD')")
            page.locator(".heats a").first.click()
            assert "/opd/" in page.url
            assert (
                page.evaluate("document.documentElement.scrollWidth") == width
            )
            page.click("nav a:text('Semua OPD')")
            assert page.url.endswith("index.html")
    assert complaints == []
