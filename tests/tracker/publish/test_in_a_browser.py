"""The HTML page in a real Chromium: on a phone, a projector and paper."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.tracker.publish.browser import count_sheets, open_browser
from tests.tracker.publish.pages import render_html
from tracker.demo import TODAY, demo_register
from tracker.language import load_language
from tracker.week import Week

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WEEK = Week.of(TODAY)

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the demonstration in Indonesian."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    text = render_html(demo_register(), WEEK, TODAY, load_language("id"))
    path.write_text(text, encoding="utf-8")
    return path


def look(browser: "Browser", path: Path, width: int, **view: Any) -> "Page":
    page = browser.new_page(viewport={"width": width, "height": 900}, **view)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_scrolls_sideways_is_complained_of_or_asked_for(
    browser: "Browser",
    page_file: Path,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(page_file.as_uri())
    for fold in page.locator("summary").all()[:3]:
        fold.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert complaints == []
    assert requests == [page_file.as_uri()]


def test_the_labels_of_charts_stay_readable_and_inside_on_a_phone(
    browser: "Browser", page_file: Path
) -> None:
    page = look(browser, page_file, 390)
    boxes = page.evaluate(
        """[...document.querySelectorAll("svg.chart text")].map(text => {
            const box = text.getBoundingClientRect();
            return [parseFloat(getComputedStyle(text).fontSize), box.left, box.right];
        })"""
    )
    assert len(boxes) > 30
    assert min(size for size, _, _ in boxes) >= 11
    assert min(left for _, left, _ in boxes) >= 0
    assert max(right for _, _, right in boxes) <= 390


def test_no_label_of_the_weeks_covers_another_on_a_phone(
    browser: "Browser", page_file: Path
) -> None:
    page = look(browser, page_file, 390)
    charts = page.evaluate(
        """[...document.querySelectorAll("svg.chart")].map(chart =>
            [...chart.querySelectorAll("text")].map(text => {
                const box = text.getBoundingClientRect();
                return [Math.round(box.bottom), box.left, box.right];
            }))"""
    )
    for boxes in charts:
        lowest = max(bottom for bottom, _, _ in boxes)
        row = sorted(
            (left, right) for bottom, left, right in boxes if bottom == lowest
        )
        assert all(a[1] <= b[0] for a, b in pairwise(row))


def test_the_first_part_prints_on_two_sheets(
    browser: "Browser", page_file: Path, tmp_path: Path
) -> None:
    page = look(browser, page_file, 1280)
    page.evaluate(
        "document.querySelectorAll('.sheet, .sheet ~ section').forEach(e => e.remove())"
    )
    pdf = tmp_path / "first.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    assert count_sheets(pdf) == 2


def test_closed_folds_leave_no_empty_sheet(
    browser: "Browser", page_file: Path, tmp_path: Path
) -> None:
    page, pdf = look(browser, page_file, 1280), tmp_path / "whole.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    closed = count_sheets(pdf)
    page.locator(".folds").evaluate_all(
        "folds => folds.forEach(f => f.remove())"
    )
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    assert count_sheets(pdf) == closed
    assert closed <= 4


def test_a_page_is_read_without_its_pictures(
    browser: "Browser", page_file: Path
) -> None:
    page = look(browser, page_file, 1280)
    tree = page.locator("main").aria_snapshot()
    assert 'img "Layanan menurut tahap' in tree
    assert tree.count("- table") >= 1
