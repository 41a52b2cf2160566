"""Which services differ between two registers, so that only they are read again."""

from tracker.fields import SERVICE_TABLES
from tracker.register import Register, find_changed_keys


def find_touched_services(before: Register, after: Register) -> set[str]:
    """Return the keys of the services that differ, by themselves or by a fact about them.

    A fact counts as another one unless it is the very same object, which the facts
    that an action leaves alone are.
    """
    touched = find_changed_keys(before.services, after.services)
    for name in SERVICE_TABLES:
        then, now = before.table(name), after.table(name)
        for key in find_changed_keys(then, now):
            touched |= {
                table[key].service for table in (then, now) if key in table
            }
    return touched
