"""Counted things in words, to stand in a sentence: ``1 day``, ``2 days``."""

from tracker.language import Language


def count_days(days: int, language: Language) -> str:
    """Return how many days."""
    return language.plural("{n} day", "{n} days", days)


def count_opds(opds: int, language: Language) -> str:
    """Return how many OPDs."""
    return language.plural("{n} OPD", "{n} OPDs", opds)


def count_services(services: int, language: Language) -> str:
    """Return how many services."""
    return language.plural("{n} service", "{n} services", services)


def count_targets(targets: int, language: Language) -> str:
    """Return how many targets."""
    return language.plural("{n} target", "{n} targets", targets)
