"""A page as a browser's parser reads it."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

Shape = tuple[str, tuple[tuple[str, str], ...]]


def parse(page: str) -> Element:
    """Parse a page by the rules of HTML; raises where it breaks one of them."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(page)
    return root


def shape_of(page: str) -> list[Shape]:
    """Return every element with its attributes, in order: what texts must never change."""
    return [
        (tag(element), attributes(element)) for element in parse(page).iter()
    ]


def attributes(element: Element) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(element.attrib.items()))


def tag(element: Element) -> str:
    name: Any = element.tag
    return str(name).rpartition("}")[2] if isinstance(name, str) else "comment"


def elements(page: str, name: str) -> Iterator[Element]:
    return (element for element in parse(page).iter() if tag(element) == name)


def text_of(page: str) -> str:
    """Return all text that a reader sees or hears."""
    body = next(
        element for element in parse(page).iter() if tag(element) == "body"
    )
    return " ".join("".join(body.itertext()).split())
