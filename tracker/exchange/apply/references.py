"""Whom a row means: by code, by name or alias, case and spacing aside."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

from tracker.errors import Rejected
from tracker.exchange.apply.similarity import find_nearest
from tracker.text import is_spelled_out, normalize_name, slugify

_WORTH_COMPARING = 5000


class Named(Protocol):
    """A fact with a key, a code and a name."""

    @property
    def id(self) -> str:
        """Its key."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def name(self) -> str:
        """Its name."""


N = TypeVar("N", bound=Named)


class References(Generic[N]):
    """The facts of one table as they now stand, found by what people call them."""

    def __init__(
        self,
        facts: Iterable[N],
        names: Callable[[N], tuple[str, ...]],
        is_open: Callable[[N], bool],
    ) -> None:
        self._names = names
        self._is_open = is_open
        self.by_key: dict[str, N] = {}
        self.by_code: dict[str, N] = {}
        self._by_name: dict[str, dict[str, None]] = defaultdict(dict)
        self._found: dict[str, N] = {}
        self._nearest: dict[str, list[N]] = {}
        for fact in facts:
            self.put(fact)

    def put(self, fact: N) -> None:
        """Take in a fact that is new or has changed."""
        before = self.by_key.get(fact.id)
        if before is not None and before.code != fact.code:
            del self.by_code[before.code]
        self.by_key[fact.id] = fact
        self.by_code[fact.code] = fact
        for name in self._names(fact):
            self._by_name[normalize_name(name)][fact.id] = None
        self._found.clear()
        self._nearest.clear()

    def find_named(
        self,
        name: str,
        is_meant: Callable[[N], bool] = lambda fact: True,
    ) -> list[N]:
        """Return the facts meant that have this name, those in use alone where there are such."""
        wanted = normalize_name(name)
        facts = [self.by_key[key] for key in self._by_name.get(wanted, ())]
        facts = [
            fact
            for fact in facts
            if wanted in map(normalize_name, self._names(fact))
            and is_meant(fact)
        ]
        return [fact for fact in facts if self._is_open(fact)] or facts

    def find(self, said: str) -> N | None:
        """Return whom ``said`` means, None for nobody; ``Rejected`` where it could mean several."""
        if said not in self._found:
            found = self._search(said)
            if found is None:
                return None
            self._found[said] = found
        return self._found[said]

    def _search(self, said: str) -> N | None:
        if said in self.by_code:
            return self.by_code[said]
        named = self.find_named(said)
        if len(named) > 1:
            raise Rejected(
                "“{value}” could be {codes}: write the code.",
                value=said[:80],
                codes=", ".join(sorted(fact.code for fact in named)[:5]),
            )
        if named or not is_spelled_out(said):
            return named[0] if named else None
        return self.by_code.get(slugify(said))

    def find_near(self, said: str) -> list[N]:
        """Return those whose name comes near ``said``, the nearest first."""
        if len(self.by_key) > _WORTH_COMPARING:
            return []
        if said not in self._nearest:
            others = [
                (f.id, name)
                for f in self.by_key.values()
                for name in (*self._names(f), f.code)
            ]
            self._nearest[said] = [
                self.by_key[key] for key in find_nearest(said, others)
            ]
        return self._nearest[said]
