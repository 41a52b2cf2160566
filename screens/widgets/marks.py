"""Marked lines: single ones, and ranges from a first line to the cursor."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Marks(Generic[K]):
    """The marked keys, including those of an open range."""

    def __init__(self) -> None:
        self._kept: set[K] = set()
        self._from: K | None = None
        self._range: frozenset[K] = frozenset()

    def __contains__(self, key: K) -> bool:
        return key in self._kept or key in self._range

    def __bool__(self) -> bool:
        return bool(self._kept or self._range)

    def __len__(self) -> int:
        return len(self._kept | self._range)

    @property
    def in_range(self) -> bool:
        """Whether a range is open."""
        return self._from is not None

    def select(self, keys: Iterable[K]) -> list[K]:
        """Return those of ``keys`` that are marked, in their order."""
        return [key for key in keys if key in self]

    def toggle(self, key: K) -> None:
        """Mark one, or unmark it."""
        self._kept ^= {key}

    def toggle_all(self, keys: Sequence[K]) -> None:
        """Mark all, or none where all are marked."""
        everything = all(key in self._kept for key in keys)
        self.clear()
        if not everything:
            self._kept = set(keys)

    def begin(self, key: K, keys: Sequence[K]) -> None:
        """Begin a range at ``key``, or keep the one that is being made."""
        if self._from is None:
            self._from = key
            self.extend_to(key, keys)
        else:
            self._kept |= self._range
            self._from, self._range = None, frozenset()

    def extend_to(self, key: K, keys: Sequence[K]) -> None:
        """End the open range, if any, at ``key``."""
        if self._from is None or self._from not in keys or key not in keys:
            return
        first, last = sorted((keys.index(self._from), keys.index(key)))
        self._range = frozenset(keys[first : last + 1])

    def keep_only(self, keys: Iterable[K]) -> None:
        """Forget marks on lines that are no longer there."""
        there = set(keys)
        self._kept &= there
        self._range = frozenset(self._range & there)
        if self._from not in there:
            self._from = None

    def clear(self) -> None:
        """Unmark everything."""
        self._kept, self._from, self._range = set(), None, frozenset()
