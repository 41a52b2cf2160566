"""Keep the Indonesian catalogue in step with the code: ``update``, translate what is new, ``compile``.

What users read is found by reading the calls in the code, inside f-strings too, where tools that go by
tokens miss it. The head of the catalogue, its glossary included, is never touched.
"""

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[1]
PO = ROOT / "tracker/locale/id/LC_MESSAGES/tracker.po"
FOLDERS = ("tracker", "screens")
CALLS = {"text", "translate", "_translate", "N_", "say"}
"""The names of what is given a msgid first, beside errors; ``plural`` is given two."""


def messages() -> list[tuple[str, ...]]:
    """Return every msgid in the code once, in order; of several numbers the one and the many."""
    files = [
        file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")
    ]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    names = CALLS | find_errors(trees)
    found = {message for tree in trees for message in _in(tree, names)}
    templates = (ROOT / "tracker").rglob("*.j2")
    found |= {message for file in templates for message in _in_template(file)}
    plurals = {message[0] for message in found if len(message) > 1}
    return sorted(
        message
        for message in found
        if len(message) > 1 or message[0] not in plurals
    )


def find_errors(trees: list[ast.Module]) -> set[str]:
    """Return the names of the classes that are made of ``UserError``, itself included."""
    classes = [
        node
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    errors, count = {"UserError"}, 0
    while len(errors) > count:
        count = len(errors)
        for node in classes:
            bases = {getattr(base, "id", "") for base in node.bases}
            if bases & errors:
                errors.add(node.name)
    return errors


def _in(code: ast.Module, names: set[str]) -> Iterator[tuple[str, ...]]:
    for call in (
        node
        for node in ast.walk(code)
        if isinstance(node, ast.Call) and node.args
    ):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in names:
            yield from ((said,) for said in _literals(call.args[0]) if said)
        elif name == "plural":
            yield from zip(*map(_literals, call.args[:2]), strict=True)


def _in_template(file: Path) -> Iterator[tuple[str, ...]]:
    tree = Environment().parse(file.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        match call:
            case nodes.Call(
                node=nodes.Name(name="_"), args=[nodes.Const(value=said)]
            ):
                yield (said,)
            case nodes.Call(
                node=nodes.Name(name="plural"),
                args=[nodes.Const(value=one), nodes.Const(value=many), *_],
            ):
                yield one, many


def _literals(argument: ast.expr) -> list[str]:
    """Return the literal, or both of ``one if … else other``."""
    if isinstance(argument, ast.IfExp):
        return _literals(argument.body) + _literals(argument.orelse)
    return (
        [argument.value]
        if isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
        else []
    )


def written() -> Catalog:
    """Return the catalogue as it is written."""
    with PO.open("rb") as file:
        return read_po(file, locale="id")


def update() -> None:
    """Write the catalogue anew with what the code says now; what is translated stays."""
    old, new = written(), Catalog(locale="id")
    new.mime_headers = old.mime_headers
    left = []
    for message in messages():
        said = _said(old.get(message[0]))
        new.add(
            message if len(message) > 1 else message[0],
            (said,) if len(message) > 1 else said,
        )
        left += [] if said else [message[0]]
    entries = BytesIO()
    write_po(
        entries,
        new,
        width=0,
        omit_header=True,
        no_location=True,
        sort_output=True,
    )
    head = PO.read_text(encoding="utf-8").partition("\n\n")[0]
    PO.write_text(f"{head}\n\n{entries.getvalue().decode()}", encoding="utf-8")
    print(f"{len(left)} to translate", *left, sep="\n  ")


def _said(known: Message | None) -> str:
    said = known.string if known is not None else None
    return said if isinstance(said, str) else (said or ("",))[0] or ""


def compile_catalogue() -> None:
    """Write what the program reads."""
    catalogue = written()
    catalogue.msgid_bugs_address = ""
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


if __name__ == "__main__":
    {"update": update, "compile": compile_catalogue}[sys.argv[1]]()
