"""The tables of a register's file, decoded only when they are used."""

import json
import math
from collections.abc import Iterator, Mapping, MutableMapping, Set
from contextlib import suppress
from typing import Any

import msgspec

Documents = dict[str, Any]
"""A table as TinyDB has it: document ids and documents."""

_TOP = msgspec.json.Decoder(dict[str, msgspec.Raw])
_TABLE = msgspec.json.Decoder(dict[str, Any])
_RAW_TABLE = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ENCODER = msgspec.json.Encoder()


class Tables(MutableMapping[str, Documents]):
    """All tables of one file; only those in use are decoded and encoded."""

    def __init__(self, encoded: Mapping[str, bytes] | None = None) -> None:
        self._encoded: dict[str, bytes] = dict(encoded or {})
        self._appended: dict[str, bytes] = {}
        """What an encoded table has got since: to join the two would take half as long as to write them."""
        self._decoded: dict[str, Documents] = {}
        self._names = dict.fromkeys(self._encoded)

    @classmethod
    def decode(cls, data: bytes) -> "Tables":
        """Read a file's bytes; raise ValueError or RecursionError if they are not JSON tables."""
        tables = cls(
            {name: bytes(raw) for name, raw in _TOP.decode(data).items()},
        )
        if not tables._is_written_as(data):
            refuse_doubled(data)
        return tables

    def encode(self) -> bytes:
        """Return the file's bytes, a table a line."""
        return b"".join(self.encode_in_pieces())

    def encode_in_pieces(self) -> Iterator[bytes | memoryview]:
        """Yield the file's bytes; to join those of a large register would take as long as to write them."""
        before = b"{"
        for name in self._names:
            yield before + _ENCODER.encode(name) + b":"
            yield from self._encode_table_in_pieces(name)
            before = b",\n"
        yield b"}\n" if self._names else b"{}\n"

    def _is_written_as(self, data: bytes) -> bool:
        """Return whether ``encode`` would return ``data``, without making it."""
        place = 0
        for piece in self.encode_in_pieces():
            if not data.startswith(bytes(piece), place):
                return False
            place += len(piece)
        return place == len(data)

    def encode_table(self, name: str) -> bytes:
        """Return one table as JSON."""
        if name not in self._encoded:
            self._encoded[name] = _ENCODER.encode(self._decoded[name])
        if name in self._appended:
            self._encoded[name] = b"".join(self._encode_table_in_pieces(name))
            del self._appended[name]
        return self._encoded[name]

    def _encode_table_in_pieces(
        self,
        name: str,
    ) -> Iterator[bytes | memoryview]:
        if name in self._appended:
            yield memoryview(self._encoded[name])[:-1]
            yield self._appended[name]
            yield b"}"
        else:
            yield self.encode_table(name)

    def put_encoded(self, name: str, encoded: bytes) -> None:
        """Put a whole table that is encoded already."""
        self._decoded.pop(name, None)
        self._appended.pop(name, None)
        self._encoded[name] = encoded
        self._names[name] = None

    def append_documents(
        self,
        name: str,
        documents: Mapping[str, bytes],
    ) -> None:
        """Put encoded documents with new ids at the end of a table, the others untouched."""
        if name not in self._appended:
            encoded = self.encode_table(name) if name in self else b"{}"
            if not encoded.endswith(b"}}"):  # no document, or with spaces
                self.edit_documents(name, documents)
                return
            self.put_encoded(name, encoded)

        pieces = [b',"%b":%b' % (n.encode(), d) for n, d in documents.items()]
        before = self._appended.get(name, b"")
        self._appended[name] = before + b"".join(pieces)

    def edit_documents(
        self,
        name: str,
        documents: Mapping[str, bytes | None],
    ) -> None:
        """Put encoded documents in the place of those with their ids; None removes one.

        The others are neither decoded nor encoded; those after the first that changes are
        split off and joined again.
        """
        encoded = self.encode_table(name) if name in self else b"{}"
        before, after = _split_before(documents.keys(), encoded)
        for number, document in documents.items():
            if document is None:
                after.pop(number, None)
            else:
                after[number] = msgspec.Raw(document)
        tail = _ENCODER.encode(after)
        if before:
            tail = b"," + tail[1:] if after else b"}"
        self.put_encoded(name, before + tail)

    def check_numbers(self) -> None:
        """Raise ValueError if a table that is to be encoded holds NaN or an infinity."""
        for name, documents in self._decoded.items():
            if name not in self._encoded:
                refuse_nan(documents)

    def __getitem__(self, name: str) -> Documents:
        if name not in self._decoded:
            self._decoded[name] = _TABLE.decode(self.encode_table(name))
        return self._decoded[name]

    def __setitem__(self, name: str, documents: Documents) -> None:
        self._decoded[name] = documents
        self._encoded.pop(name, None)
        self._appended.pop(name, None)
        self._names[name] = None

    def __delitem__(self, name: str) -> None:
        del self._names[name]
        self._decoded.pop(name, None)
        self._encoded.pop(name, None)
        self._appended.pop(name, None)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _split_before(
    numbers: Set[str],
    encoded: bytes,
) -> tuple[bytes, dict[str, msgspec.Raw]]:
    """Return what stands before the lowest of some documents in a table, and all from there on.

    The whole table stands in the second where one of them comes earlier, or is not there.
    """
    lowest = min(numbers, key=int, default="")
    place = encoded.rfind(b',"%b":' % lowest.encode())
    if place > 0:
        # The same name within a document: what follows it has an end too many.
        with suppress(msgspec.DecodeError):
            after = _RAW_TABLE.decode(b"{" + encoded[place + 1 :])
            if numbers <= after.keys():
                return encoded[:place], after
    return b"", _RAW_TABLE.decode(encoded)


def refuse_doubled(data: bytes) -> None:
    """Raise ValueError if an object has a key twice: a plain reading would drop one.

    Slow, and only needed if the text differs from what this program would write.
    """
    json.loads(data, object_pairs_hook=_reject_doubled_keys)


def _reject_doubled_keys(pairs: list[tuple[str, Any]]) -> None:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(
            f"doubled: {next(name for name in found if names.count(name) > 1)[:80]}",
        )


def refuse_nan(value: Any) -> None:
    """Raise ValueError for NaN and infinities, which JSON lacks and the encoder would turn into null."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} is no number that a register can keep")
    elif isinstance(value, dict):
        for item in value.values():
            refuse_nan(item)
    elif isinstance(value, list | tuple):
        for item in value:
            refuse_nan(item)
