"""The HTML page of a week: whole in itself, and nothing in it but what was meant."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.hostile.registers import hostile
from tests.hostile.texts import FORMULAS, MARKUP, harm_in
from tests.tracker.builder import Builder
from tests.tracker.publish.pages import render_html
from tests.tracker.publish.trees import elements, parse, shape_of, tag, text_of
from tests.tracker.snapshot.cities import (
    TODAY,
    W18,
    large_city,
    small_city,
    turned,
)
from tracker.language import load_language
from tracker.snapshot import read_week
from tracker.snapshot.blocks import Items, Led, Paragraph, Remark, Table
from tracker.snapshot.first_page import first_page_blocks
from tracker.week import Week

EN, ID = load_language("en"), load_language("id")
PAGE_TAGS = {
    *(
        "html",
        "head",
        "meta",
        "link",
        "title",
        "style",
        "body",
        "main",
        "header",
    ),
    *(
        "section",
        "h1",
        "h2",
        "h3",
        "p",
        "span",
        "b",
        "small",
        "ul",
        "ol",
        "li",
        "div",
    ),
    *(
        "i",
        "strong",
        "blockquote",
        "figure",
        "figcaption",
        "details",
        "summary",
    ),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("svg", "desc", "path", "rect", "text"),
}


@pytest.fixture(scope="module")
def page() -> str:
    return render_html(small_city().register, W18, TODAY, EN)


def hostile_page(text: str) -> str:
    return render_html(hostile((text,)), Week(2026, 46), date(2026, 11, 19), EN)


def test_a_page_keeps_every_rule_of_html(page: str) -> None:
    assert {tag(element) for element in parse(page).iter()} <= PAGE_TAGS


def test_a_page_asks_for_nothing_and_runs_nothing(page: str) -> None:
    for element in parse(page).iter():
        assert tag(element) != "script"
        for name in ("src", "href", "action", "data"):
            assert element.get(name) in {None, "data:,"}
        assert "style" not in element.attrib
    [style] = elements(page, "style")
    assert "url(" not in (style.text or "")
    assert "@import" not in (style.text or "")


def test_a_page_is_in_its_language() -> None:
    register = small_city().register
    for language in (EN, ID):
        root = parse(render_html(register, W18, TODAY, language))
        assert root.get("lang") == language.code


def test_a_screen_reader_is_told_what_each_chart_and_column_is(
    page: str,
) -> None:
    charts = [svg for svg in elements(page, "svg") if svg.get("role") == "img"]
    assert len(charts) == 3
    for chart in charts:
        texts = {child.get("id"): child.text for child in chart.iter()}
        keys = (chart.get("aria-labelledby") or "").split()
        assert len(keys) == 2
        assert all(texts.get(key) for key in keys)
    silent = [svg for svg in elements(page, "svg") if svg.get("role") != "img"]
    assert {svg.get("aria-hidden") for svg in silent} <= {"true", None}
    for cell in elements(page, "th"):
        assert cell.get("scope") in {"col", "row"}
    names = [key for e in parse(page).iter() if (key := e.get("id"))]
    assert len(names) == len(set(names))


def test_every_opd_has_its_services_in_a_fold_of_its_own() -> None:
    register = large_city(opds=9, services=60)
    page = render_html(register, W18, TODAY, EN)
    value = read_week(register, W18, TODAY)
    folds = [
        "".join(fold.itertext())
        for fold in elements(page, "details")
        if "services, index" in "".join(fold.itertext())
    ]
    assert len(folds) == sum(
        opd.figures.services > 0 for opd in value.figures.opds
    )
    for at in value.services:
        name = value.opds[at.opd].name
        [fold] = [
            text for text in folds if text.lstrip().startswith(f"{name} ·")
        ]
        assert at.service.name in fold


def test_the_first_page_alone_has_neither_folds_nor_annex() -> None:
    register = small_city().register
    first = render_html(register, W18, TODAY, EN, first_page=True)
    assert not list(elements(first, "details"))
    assert len(first) < len(render_html(register, W18, TODAY, EN))


def test_a_page_says_in_words_what_the_markdown_says() -> None:
    register = small_city().register
    value = read_week(register, W18, TODAY)
    said = text_of(render_html(register, W18, TODAY, EN))
    blocks = list(first_page_blocks(value, EN))
    sentences = [
        sentence
        for block in blocks
        if isinstance(block, Paragraph | Remark)
        for sentence in block.sentences
    ]
    items = [text for b in blocks if isinstance(b, Items) for text in b.texts]
    tables = [b for b in blocks if isinstance(b, Table)]
    cells = [cell for table in tables for row in table.rows for cell in row]
    assert sentences
    texts = [*sentences, *items, *cells]
    plain = [f"{t.lead} {t.text}" if isinstance(t, Led) else t for t in texts]
    for text in plain:
        assert " ".join(text.split()) in said


def test_a_city_without_services_has_a_page() -> None:
    page = render_html(Builder().register, W18, TODAY, EN)
    assert not list(elements(page, "figure"))


def test_a_city_in_its_first_weeks_has_a_page() -> None:
    city = Builder()
    city.service("a", "dinkes", "2026-05-04", "integrated")
    for today in (TODAY, date(2026, 5, 12), date(2026, 8, 3)):
        page = render_html(city.register, Week.of(today), today, EN)
        assert len(list(elements(page, "figure"))) >= 2


def test_the_same_facts_give_the_same_bytes_whatever_their_order() -> None:
    register = large_city(opds=9, services=60)
    pages = {
        render_html(one, W18, TODAY, EN) for one in (register, turned(register))
    }
    assert len(pages) == 1


@given(st.sampled_from([*MARKUP, *FORMULAS]) | st.text(max_size=30))
@settings(max_examples=examples(3, 40))
def test_no_text_becomes_an_element_or_an_attribute(text: str) -> None:
    page = hostile_page(text)
    assert shape_of(page) == shape_of(hostile_page("Nama"))
    assert not harm_in(page.replace("\n", ""))
