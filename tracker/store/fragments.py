"""What can still be found in the bytes of a damaged file: version, keys, documents."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

_SCHEMA = re.compile(rb'"meta".{0,200}?"schema"\s*:\s*(\d{1,9})', re.DOTALL)
_NEXT = re.compile(rb'"meta".{0,200}?"next_number"\s*:\s*(\d{1,12})', re.DOTALL)
_KEY = re.compile(rb'"([a-z0-9]{1,20})-\d{7,12}"')
_TABLE = re.compile(r'"(\w+)"\s*:\s*\{(?=\s*(?:"\d+"\s*:\s*\{|\}))')
_DOCUMENT = re.compile(r'"(\d{1,12})"\s*:\s*(?=\{)')
_DECODER = json.JSONDecoder()
Found = tuple[str, str, Any]
"""A document with the name of its table and its number there; None for one that is broken."""


def schema_in(data: bytes) -> int | None:
    """Return the layout version that a file names."""
    found = _SCHEMA.search(data)
    return int(found[1]) if found else None


def prefix_in(data: bytes) -> str:
    """Return what most keys in a file start with."""
    found = Counter(_KEY.findall(data)).most_common(1)
    return found[0][0].decode() if found else ""


def next_number_in(data: bytes, prefix: str) -> int:
    """Return a number above every key in a file, and no less than the one it names as next."""
    keys = re.findall(
        rb'"' + re.escape(prefix).encode() + rb'-(\d{7,12})"',
        data,
    )
    said = _NEXT.search(data)
    return max(max(map(int, keys), default=0) + 1, int(said[1]) if said else 0)


def is_whole(text: str) -> bool:
    """Return whether a file's text begins with complete JSON."""
    with suppress(ValueError, RecursionError):
        _DECODER.raw_decode(text.lstrip())
        return True
    return False


def documents_in(text: str) -> Iterator[Found]:
    """Yield the documents of each table, skipping everything else."""
    tables = list(_TABLE.finditer(text))
    for table, after in zip(tables, [*tables[1:], None], strict=False):
        at, end = table.end(), after.start() if after else len(text)
        while (found := _DOCUMENT.search(text, at, end)) is not None:
            document, at = None, found.end()
            with suppress(ValueError, RecursionError):
                document, at = _DECODER.raw_decode(text, found.end())
            yield table[1], found[1], document
