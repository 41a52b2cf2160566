"""The small faults that a line of Python can have, one at a time.

The operators are those of the classic tools (Offutt et al., "An Experimental Determination of
Sufficient Mutant Operators", 1996), in so far as they make sense in Python.
"""

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

SWAPPED: dict[type[ast.AST], ast.AST] = {
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
    ast.Is: ast.IsNot(),
    ast.IsNot: ast.Is(),
    ast.In: ast.NotIn(),
    ast.NotIn: ast.In(),
    ast.And: ast.Or(),
    ast.Or: ast.And(),
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Div(),
    ast.Div: ast.Mult(),
    ast.FloorDiv: ast.Mult(),
}
"""What takes the place of an operator. `|` and `%` are left alone: they join types and texts."""


@dataclass(frozen=True)
class Mutant:
    """One fault: what stands ``before`` at a ``line`` (from 1) and ``column`` (from 0), and what ``after``.

    ``function`` is the first line of the function that it is in, a decorator's if it has one.
    """

    function: int
    line: int
    column: int
    before: str
    after: str

    def apply(self, source: str) -> str:
        """Return the module's source with the fault in it."""
        lines = source.splitlines(keepends=True)
        start = sum(map(len, lines[: self.line - 1])) + self.column
        rest = source[start:].removeprefix(self.before)
        return source[:start] + self.after + rest


def list_mutants(source: str) -> list[Mutant]:
    """Return every fault that can be put into a module, in the order of its lines."""
    found = []
    lines = source.splitlines()
    for function, node in _code_nodes(ast.parse(source)):
        # Python counts columns in bytes.
        left = lines[node.lineno - 1].encode()[: node.col_offset]
        for changed in _changes(node):
            before = ast.get_source_segment(source, node)
            assert before is not None
            after = ast.unparse(changed)
            if isinstance(node, ast.expr) and not isinstance(
                node, ast.Constant
            ):
                after = f"({after})"
            column = len(left.decode())
            found.append(Mutant(function, node.lineno, column, before, after))
    return found


def _code_nodes(tree: ast.AST) -> Iterator[tuple[int, ast.expr | ast.stmt]]:
    """Yield what is run inside functions, each with its function's first line.

    Annotations, defaults and decorators are left out.
    """
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min(
                node.lineno for node in (function, *function.decorator_list)
            )
            for statement in function.body:
                for node in _own_nodes(statement):
                    yield first, node


def _own_nodes(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Yield a node and those below it, but not those of a function inside it."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    if isinstance(node, ast.AnnAssign):
        if node.value is not None:
            yield from _own_nodes(node.value)
        return
    if isinstance(node, ast.expr | ast.stmt):
        yield node
    if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom):
        return
    # It only refuses lists of unlike length, which there are none of in a program that is right.
    if isinstance(node, ast.keyword) and node.arg == "strict":
        return
    for child in ast.iter_child_nodes(node):
        yield from _own_nodes(child)


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the faulty forms of one node."""
    match node:
        case ast.Compare():
            for index, operator in enumerate(node.ops):
                changed = deepcopy(node)
                swapped = SWAPPED[type(operator)]
                assert isinstance(swapped, ast.cmpop)
                changed.ops[index] = swapped
                yield changed
        case ast.BoolOp(op=operator):
            swapped = SWAPPED[type(operator)]
            assert isinstance(swapped, ast.boolop)
            yield ast.BoolOp(swapped, node.values)
        case ast.BinOp(op=operator) if type(operator) in SWAPPED:
            swapped = SWAPPED[type(operator)]
            assert isinstance(swapped, ast.operator)
            yield ast.BinOp(node.left, swapped, node.right)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int() | float() as number):
            yield ast.Constant(number + 1)
        case ast.If() | ast.IfExp():
            yield from _negated(node)
        case ast.Return(value=ast.expr() as value) if not isinstance(
            value, ast.Constant
        ):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Continue():
            yield ast.Pass()
        case ast.Break():
            yield ast.Continue()


def _negated(node: ast.If | ast.IfExp) -> Iterator[ast.AST]:
    """Yield an expression whose condition is turned round; statements are by their comparisons."""
    if isinstance(node, ast.IfExp):
        changed = deepcopy(node)
        changed.test = ast.UnaryOp(ast.Not(), node.test)
        yield changed
