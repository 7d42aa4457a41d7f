"""How large things may be, from the codebases this one is measured against (design notes, "Sizes")."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(path for folder in ("bot", "knowledge") for path in (ROOT / folder).rglob("*.py"))
EXCEPTIONS: dict[str, str] = {"bot/storage/tables.py": "all tables on one page, so that a reader sees what is stored"}
"""`file` or `file:function` → why it may be larger than the rest."""


def lengths_of_functions() -> dict[str, int]:
    return {name: length for path in MODULES for name, length in _functions(path)}


def lengths_of_modules() -> dict[str, int]:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    return {name: length for name, length in lengths.items() if length}


def test_no_function_is_longer_than_fifty_lines() -> None:
    assert _longer_than(50, lengths_of_functions()) == {}


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    assert _longer_than(300, lengths_of_modules()) == {}


@pytest.mark.parametrize(("what", "middle", "nine_in_ten"), [("functions", 10, 25), ("modules", 90, 200)])
def test_most_functions_and_modules_are_short(what: str, middle: int, nine_in_ten: int) -> None:
    lengths = sorted((lengths_of_functions() if what == "functions" else lengths_of_modules()).values())
    assert median(lengths) <= middle
    assert quantiles(lengths, n=10)[-1] <= nine_in_ten


def test_every_exception_is_still_needed() -> None:
    too_long = _longer_than(50, lengths_of_functions(), {}) | _longer_than(300, lengths_of_modules(), {})
    assert set(EXCEPTIONS) <= set(too_long)


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{_name(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def _longer_than(limit: int, lengths: dict[str, int], exceptions: dict[str, str] | None = None) -> dict[str, int]:
    allowed = EXCEPTIONS if exceptions is None else exceptions
    return {name: length for name, length in lengths.items() if length > limit and name not in allowed}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
