"""What may be loaded when: the Slack side must be up before the heavy libraries are."""

import subprocess
import sys
from pathlib import Path
from pkgutil import walk_packages

import pytest

import bot

ROOT = Path(__file__).parents[2]
HEAVY = {"langchain", "langchain_core", "langchain_chroma", "chromadb", "numpy", "onnxruntime", "dateparser"}
RUNS_ON_IMPORT = {"bot.storage.migrations.env"}
"""Alembic runs this one as a script."""
MODULES = [found.name for found in walk_packages(bot.__path__, "bot.") if found.name not in RUNS_ON_IMPORT]


def test_no_module_of_the_bot_loads_a_heavy_library_when_it_is_imported() -> None:
    assert loaded_after(f"import {', '.join(MODULES)}") & HEAVY == set()


def test_cards_are_searched_without_what_only_models_need() -> None:
    loaded = loaded_after("import bot.answering, knowledge.library, chromadb")
    assert loaded & {"langchain", "langchain_core", "langchain_chroma", "langsmith"} == set()


@pytest.mark.parametrize("library", ["aiohttp", "sqlalchemy", "slack_sdk", "pydantic", "structlog", "yaml"])
def test_the_command_line_shows_its_help_without_what_only_commands_need(library: str) -> None:
    assert library not in loaded_after("import bot.__main__, bot.cli.last_word")


def test_the_import_contracts_are_kept() -> None:
    checked = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def loaded_after(code: str) -> set[str]:
    """The top-level packages a fresh Python has loaded after this code."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stdout.split())
