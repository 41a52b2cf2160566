"""The runner of the chapters' commands finds what a chapter says wrongly."""

from pathlib import Path

from handbook.blocks import find_blocks, matches, run_chapter, update_outputs

CHAPTER = """\
# Bab

<!-- behind
echo rahasia > berkas
-->
<!-- run 2026-11-20 -->
```sh
cat berkas
echo $OPD_TRACKER_TODAY
```

<!-- prints -->
```text
rahasia
2026-11-20
```

<!-- refused -->
```sh
false
```

```sh
exit 1   # not marked, not run
```
"""


def test_blocks_are_found_by_their_markers() -> None:
    kinds = [block.kind for block in find_blocks(CHAPTER)]
    assert kinds == ["behind", "run", "prints", "refused"]


def test_a_chapter_that_is_true_has_no_fault(tmp_path: Path) -> None:
    assert run_chapter(CHAPTER, "id", tmp_path) == []


def test_an_output_that_differs_is_a_fault_and_can_be_updated(
    tmp_path: Path,
) -> None:
    wrong = CHAPTER.replace("rahasia\n2026", "lain\n2026")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (fault,) = run_chapter(wrong, "id", tmp_path / "a")
    assert "line 14 (prints)" in fault.describe(wrong)
    assert update_outputs(wrong, "id", tmp_path / "b") == CHAPTER


def test_a_command_that_fails_is_the_fault(tmp_path: Path) -> None:
    (fault,) = run_chapter(
        CHAPTER.replace("cat berkas", "cat hilang"), "id", tmp_path
    )
    assert fault.block.kind == "run"
    assert "hilang" in fault.said


def test_a_command_that_should_have_been_refused_is_a_fault(
    tmp_path: Path,
) -> None:
    (fault,) = run_chapter(
        CHAPTER.replace("\nfalse\n", "\ntrue\n"), "id", tmp_path
    )
    assert fault.block.kind == "refused"


def test_an_ellipsis_stands_for_any_lines() -> None:
    assert matches("a\n…\nz\n", "a\nz\n")
    assert matches("a\n…\nz\n", "a\nb\nc\nz\n")
    assert not matches("a\n…\nz\n", "a\nb\n")
