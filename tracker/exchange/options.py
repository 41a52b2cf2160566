"""What an import is told besides its files."""

from dataclasses import dataclass, field
from datetime import date

from tracker.exchange.parsing.mapping import Mapping


@dataclass(frozen=True)
class ImportOptions:
    """How files are to be taken: INTERFACE's options of ``import``.

    ``as_of`` makes services and applications files inventories of that day; ``create_opds`` enters
    OPDs that a file names and the register does not have.
    """

    kind: str | None = None
    sheet: str | None = None
    as_of: date | None = None
    retire_missing: bool = False
    mapping: Mapping = field(default_factory=Mapping)
    create_opds: bool = False

    @property
    def creates_opds(self) -> bool:
        """Whether unknown OPDs are entered, by the option or by the mapping."""
        return self.create_opds or self.mapping.create_opds
