"""Measure the house: how dense its lines, how plain its names, how many its crumbs.

    python .ci/house.py [FOLDER …]     (tracker and screens unless given)

Prints the figures that CONTRIBUTING sets a goal for. ``--helpers`` also lists the helpers of
three lines or fewer that are used once, ``--names`` the one-word function names, and
``--files`` the files by the tokens that they have beyond the goal.
"""

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
GOAL = 6.5
"""Tokens a line."""
SHORT = 3
"""Lines of a body up to which a helper that is used once says nothing of its own."""

_SPACE = {
    tokenize.NEWLINE,
    tokenize.NL,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.COMMENT,
}
FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class House:
    """What was counted."""

    files: int = 0
    lines: int = 0
    tokens: int = 0
    comments: int = 0
    lazy_imports: int = 0
    names: list[str] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    short: list[tuple[str, str]] = field(default_factory=list)
    """The file and the name of functions of a few lines without a decorator."""
    dense: list[tuple[float, str]] = field(default_factory=list)
    """The tokens that a file has beyond the goal, and the file."""
    words: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    """How often each name is called."""

    @property
    def one_word_names(self) -> list[str]:
        """Function names of a single word, such as ``told``."""
        return [name for name in self.names if "_" not in name.strip("_")]

    @property
    def single_use_helpers(self) -> list[tuple[str, str]]:
        """Short functions that are named twice: where they are defined and where called.

        A hook, a sort key or an entry of a table is named without being called: whoever
        calls it needs a function there, however short.
        """
        return [
            helper
            for helper in self.short
            if self.words[helper[1]] == 2 and self.calls[helper[1]] == 1
        ]


def measure(folders: list[str]) -> House:
    """Count everything in the Python files of some folders."""
    house = House()
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            house.files += 1
            house.words.update(re.findall(r"\w+", source))
            tokens, lines = house.tokens, house.lines
            count_tokens(source, house)
            excess = house.tokens - tokens - GOAL * (house.lines - lines)
            house.dense.append((excess, str(path.relative_to(ROOT))))
            tree = ast.parse(source)
            house.calls.update(called_names(tree))
            count_functions(tree, str(path.relative_to(ROOT)), house)
    return house


def count_tokens(source: str, house: House) -> None:
    """Count tokens, the lines that hold any, and comments."""
    rows = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            house.comments += 1
        if token.type not in _SPACE:
            house.tokens += 1
            rows.add(token.start[0])
    house.lines += len(rows)


def called_names(tree: ast.Module) -> Iterator[str]:
    """Yield the name of every function or method that is called."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node.func, ast.Attribute) and not is_super(node.func):
            yield node.func.attr


def is_super(function: ast.Attribute) -> bool:
    """Return whether a method calls the one that it overrides: that is no use of it."""
    owner = function.value
    return (
        isinstance(owner, ast.Call)
        and isinstance(owner.func, ast.Name)
        and owner.func.id == "super"
    )


def functions_of(tree: ast.Module) -> Iterator[FunctionDef]:
    """Yield every function and method but the special ones (``__init__``)."""
    for node in ast.walk(tree):
        if isinstance(node, FunctionDef) and not node.name.startswith("__"):
            yield node


def count_functions(tree: ast.Module, file: str, house: House) -> None:
    """Count names, sizes and imports of a file's functions."""
    for function in functions_of(tree):
        house.names.append(function.name)
        size = body_lines(function)
        house.bodies.append(size)
        if size <= SHORT and not function.decorator_list:
            house.short.append((file, function.name))
        house.lazy_imports += sum(
            isinstance(node, ast.Import | ast.ImportFrom)
            for node in ast.walk(function)
        )


def body_lines(function: FunctionDef) -> int:
    """Return the lines of a function's body, without its docstring."""
    body = [
        statement
        for statement in function.body
        if not (
            isinstance(statement, ast.Expr)
            and isinstance(statement.value, ast.Constant)
        )
    ]
    if not body:
        return 0
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1


def main(arguments: list[str]) -> None:
    """Print the figures, each with its goal."""
    folders = [one for one in arguments if not one.startswith("--")]
    house = measure(folders or ["tracker", "screens"])
    share = 100 * len(house.one_word_names) / len(house.names)
    sizes = sorted(house.bodies)
    print(f"files                      {house.files}")
    print(f"lines of code              {house.lines}")
    print(f"functions                  {len(house.names)}")
    print(
        f"longest function           {sizes[-1]} lines, median {sizes[len(sizes) // 2]}"
    )
    print(
        f"tokens a line              {house.tokens / house.lines:.2f}   goal {GOAL}"
    )
    print(f"one-word function names    {share:.0f} %   goal 33 %")
    print(
        f"single-use helpers         {len(house.single_use_helpers)}   goal 40"
    )
    print(f"imports in functions       {house.lazy_imports}")
    print(f"comments                   {house.comments}")
    if "--helpers" in arguments:
        for file, name in house.single_use_helpers:
            print(f"  {file}: {name}")
    if "--files" in arguments:
        for excess, file in sorted(house.dense, reverse=True):
            print(f"  {file}: {excess:.0f}")
    if "--names" in arguments:
        for name, count in Counter(house.one_word_names).most_common():
            print(f"  {name} {count}")


if __name__ == "__main__":
    main(sys.argv[1:])
