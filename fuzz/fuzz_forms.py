"""A week of random registers with hostile texts in all its forms. See README.md."""

import sys
from pathlib import Path
from typing import Any

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))
with atheris.instrument_imports(include=["tracker", "jinja2", "xlsxwriter"]):
    from tests.hostile import test_forms


def main() -> None:
    """Try what libFuzzer thinks of, until a text becomes a part of a form."""
    tried: Any = test_forms.test_no_text_changes_what_a_form_consists_of
    atheris.Setup(sys.argv, tried.hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
