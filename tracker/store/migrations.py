"""From each layout of the file to the next, so that every released version's registers open in later ones."""

from collections.abc import Callable, Sequence

from tracker.store.reading import META, Damaged
from tracker.store.tables import Tables

Migration = Callable[[Tables], None]
"""Brings the tables of one version to the next; it touches tables by item assignment alone.

A table that holds nothing may be missing."""


def _to_version_2(tables: Tables) -> None:
    """Fields and tables were added, each with a default: nothing to rewrite.

    The number alone matters: an older program must not read a file of version 2 as damaged.
    """


MIGRATIONS: Sequence[Migration] = (_to_version_2,)
"""The first one leaves version 1.

Version 2 has not been released: what is added now belongs to it, and its kept file under
``tests/tracker/store/kept`` is written anew by ``python -m tests.tracker.store.write_kept``.
"""

SCHEMA = len(MIGRATIONS) + 1
"""The version of the layout that this program writes."""


def migrate(
    tables: Tables,
    schema: int,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> None:
    """Migrate ``tables`` from version ``schema`` to the latest, in memory.

    Raises ``Damaged`` if they are not what that version wrote.
    """
    try:
        for migration in migrations[schema - 1 :]:
            migration(tables)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise Damaged(META, str(error)) from error
