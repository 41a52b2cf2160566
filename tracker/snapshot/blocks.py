"""What a page is made of. Blocks hold plain text; whoever writes them out makes all of it harmless."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A title; level 1 is the page's own."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Led:
    """A text that begins with words that stand out."""

    lead: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together."""

    sentences: tuple[str | Led, ...]


@dataclass(frozen=True)
class Remark:
    """What a reader must know before all else."""

    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Items:
    """A list; a ``numbered`` one has an order."""

    texts: tuple[str | Led, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under a head; the columns numbered in ``right`` hold numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Drawn:
    """Lines in which every character keeps its place."""

    text: str


Block = Heading | Paragraph | Remark | Items | Table | Drawn
