"""The commands in the chapters: found by their markers and run in a fresh folder.

Markers are HTML comments, which no reader sees, before a fenced block:

- ``<!-- run -->``: its commands must succeed; ``<!-- run 2026-11-20 -->``
  lets it be that day from here on.
- ``<!-- refused -->``: its command must fail.
- ``<!-- prints -->``: the text that the commands of the block before print.
  A line ``…`` stands for any lines.
- ``<!-- behind … -->``: commands within the comment itself, run unseen.
"""

import os
import re
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
FIRST_DAY = "2026-11-16"
"""The day on which a chapter begins unless its first marker says another: a Monday."""

_MARKED = re.compile(
    r"^<!-- (?P<kind>run|refused|prints)(?: (?P<day>[\d-]+))? -->\n"
    r"```\w*\n(?P<text>.*?)^```$"
    r"|^<!-- behind\n(?P<behind>.*?)^-->$",
    re.DOTALL | re.MULTILINE,
)
_SEPARATOR = "\x1e"


@dataclass(frozen=True)
class Block:
    """A marked block; ``start`` and ``end`` are the place of its text in the chapter."""

    kind: str
    day: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Fault:
    """A block that does not do what the chapter says."""

    block: Block
    said: str

    def describe(self, chapter: str) -> str:
        """Return where the block is and what came instead."""
        line = chapter.count("\n", 0, self.block.start) + 1
        return f"line {line} ({self.block.kind}):\n{self.block.text}--\n{self.said}"


def find_blocks(chapter: str) -> list[Block]:
    """Return the marked blocks of a chapter, in order."""
    blocks = []
    for found in _MARKED.finditer(chapter):
        group = "text" if found["kind"] else "behind"
        blocks.append(
            Block(
                found["kind"] or "behind",
                found["day"] or "",
                found[group],
                *found.span(group),
            )
        )
    return blocks


def run_chapter(chapter: str, language: str, folder: Path) -> list[Fault]:
    """Run the commands of a chapter in ``folder``; return what is not as it says."""
    blocks = find_blocks(chapter)
    commands = [block for block in blocks if block.kind != "prints"]
    outputs = _run_commands(commands, language, folder)
    if len(outputs) <= len(commands):
        return [Fault(commands[len(outputs) - 1], outputs[-1])]
    starts = [block.start for block in commands]
    said = dict(zip(starts, outputs[:-1], strict=True))
    return [
        Fault(block, printed)
        for block, printed in _pair_outputs(blocks, said)
        if not matches(block.text, printed)
    ]


def update_outputs(chapter: str, language: str, folder: Path) -> str:
    """Return a chapter with the outputs that its commands print today."""
    for fault in reversed(run_chapter(chapter, language, folder)):
        block = fault.block
        if block.kind != "prints" or "\n…\n" in f"\n{block.text}":
            raise SystemExit(fault.describe(chapter))
        chapter = chapter[: block.start] + fault.said + chapter[block.end :]
    return chapter


def matches(expected: str, printed: str) -> bool:
    """Tell whether ``printed`` is what was expected; ``…`` on its line stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…" else re.escape(line) + r" *\n"
        for line in expected.splitlines()
    )
    return re.fullmatch(pattern, printed) is not None


def _pair_outputs(
    blocks: list[Block], said: dict[int, str]
) -> list[tuple[Block, str]]:
    """Return each block of output with what the commands before it printed."""
    pairs, last = [], ""
    for block in blocks:
        if block.kind == "prints":
            pairs.append((block, last))
        else:
            last = said[block.start]
    return pairs


def _run_commands(
    blocks: list[Block], language: str, folder: Path
) -> list[str]:
    """Run blocks as one shell script; return what each printed, up to the one that failed.

    An empty text follows what the last of them printed if none failed.
    """
    script = [f"cd '{folder}'"]
    for block in blocks:
        if block.day:
            script.append(f"export OPD_TRACKER_TODAY={block.day}")
        script.append(f"printf '{_SEPARATOR}'")
        if block.kind == "refused":
            script.append(f"if {{\n{block.text}}}; then exit 99; fi")
        else:
            script.append(block.text)
    script.append(f"printf '{_SEPARATOR}'")

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(script)],
        env=_environment(language, folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    outputs = done.stdout.replace(str(folder), "~").split(_SEPARATOR)[1:]
    return [_strip_ends(output) for output in outputs]


def _strip_ends(output: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in output.splitlines())


def _environment(language: str, folder: Path) -> dict[str, str]:
    """Return the environment of a person who has just installed the program."""
    programs = folder / ".programs"
    programs.mkdir()
    program = programs / "opd-tracker"
    started = f'"{sys.executable}" "{ROOT}/tracker.py"'
    program.write_text(f'#!/bin/sh\nexec {started} "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return {
        "PATH": f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "COLUMNS": "80",
        "OPD_TRACKER_LANG": language,
        "OPD_TRACKER_TODAY": FIRST_DAY,
        "OPD_TRACKER_BY": "Sari",
    }
