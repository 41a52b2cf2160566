"""What the fuzzers have found, and what they begin with: every kept seed ends in words or is kept soundly."""

from pathlib import Path

import pytest

from fuzz.targets import import_once, open_once
from tests.depth import one_in

SEEDS = Path(__file__).parents[2] / "fuzz/seeds"


@pytest.mark.parametrize(
    "seed",
    one_in(4, sorted((SEEDS / "import").iterdir())),
    ids=lambda seed: seed.name,
)
def test_a_seed_of_imports_is_refused_in_words_or_kept(
    seed: Path, tmp_path: Path
) -> None:
    import_once(seed.read_bytes(), tmp_path)


@pytest.mark.parametrize(
    "seed",
    one_in(4, sorted((SEEDS / "open").iterdir())),
    ids=lambda seed: seed.name,
)
def test_a_seed_of_registers_is_opened_salvaged_or_refused(
    seed: Path, tmp_path: Path
) -> None:
    open_once(seed.read_bytes(), tmp_path)


def test_the_seeds_are_few_and_small() -> None:
    every = [seed for seed in SEEDS.rglob("*") if seed.is_file()]
    assert 20 < len(every) < 100
    assert sum(seed.stat().st_size for seed in every) < 300_000
