"""How the tests are run: quick ones by default, all the others with ``pytest -m thorough``."""

import gc
import os


def pytest_xdist_auto_num_workers() -> int:
    """Return five workers for two cores: tests of screens wait longer than they work."""
    return 5 * (os.cpu_count() or 1) // 2


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass by what stays until the end: every module and every test."""
    gc.collect()
    gc.freeze()
