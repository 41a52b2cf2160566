"""The tables of a register's file: encoded text as long as nobody asks, documents once one does."""

import math
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any

import msgspec

Documents = dict[str, Any]
"""A table as TinyDB has it: document ids and documents."""

_TOP = msgspec.json.Decoder(dict[str, msgspec.Raw])
_TABLE = msgspec.json.Decoder(dict[str, Any])
_ENCODER = msgspec.json.Encoder()


class Tables(MutableMapping[str, Documents]):
    """All tables of one file, of which only those are decoded and encoded that are worked on."""

    def __init__(self, encoded: Mapping[str, bytes] | None = None) -> None:
        self._encoded: dict[str, bytes] = dict(encoded or {})
        self._decoded: dict[str, Documents] = {}
        self._names = dict.fromkeys(self._encoded)

    @classmethod
    def decode(cls, data: bytes) -> "Tables":
        """Read a file's bytes; raise ``msgspec.MsgspecError`` or RecursionError where they are no JSON."""
        return cls({name: bytes(raw) for name, raw in _TOP.decode(data).items()})

    def encode(self) -> bytes:
        """Return the file's bytes, a table a line; raise ValueError where a number is none (NaN)."""
        lines = [_ENCODER.encode(name) + b":" + self.encoded(name) for name in self._names]
        return b"{" + b",\n".join(lines) + b"}\n"

    def encoded(self, name: str) -> bytes:
        """Return one table as JSON."""
        if name not in self._encoded:
            encoded = _ENCODER.encode(self._decoded[name])
            if b"null" in encoded:
                _refuse_nan(self._decoded[name].values())
            self._encoded[name] = encoded
        return self._encoded[name]

    def __getitem__(self, name: str) -> Documents:
        if name not in self._decoded:
            self._decoded[name] = _TABLE.decode(self._encoded[name])
        return self._decoded[name]

    def __setitem__(self, name: str, documents: Documents) -> None:
        self._decoded[name] = documents
        self._encoded.pop(name, None)
        self._names[name] = None

    def __delitem__(self, name: str) -> None:
        del self._names[name]
        self._decoded.pop(name, None)
        self._encoded.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _refuse_nan(values: Iterable[Any]) -> None:
    """Raise ValueError for what JSON cannot say and the encoder would turn into null."""
    for value in values:
        if isinstance(value, float):
            if not math.isfinite(value):
                raise ValueError(f"{value} is no number that a register can keep")
        elif isinstance(value, dict):
            _refuse_nan(value.values())
        elif isinstance(value, list | tuple):
            _refuse_nan(value)
