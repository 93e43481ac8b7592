"""One version for both halves, and every package that is imported is asked for."""

import ast
import json
import sys
import tomllib
from pathlib import Path

import pytest

import hcnn_widgets as hw

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DISTRIBUTION_OF = {"PIL": "pillow", "sklearn": "scikit-learn", "lazy_loader": "lazy-loader"}
ASKED_FOR = {requirement.split(">")[0].strip() for requirement in PROJECT["dependencies"]}
BROUGHT_BY_IPYWIDGETS = {"IPython", "traitlets", "comm"}


def imported_packages() -> set[str]:
    """Return the name of every package that a source file imports, at any depth."""
    found = set()
    for path in (ROOT / "hcnn_widgets").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                found.add((node.module or "").split(".")[0])
    return found - {*sys.stdlib_module_names, "hcnn_widgets"}


def test_the_page_and_the_kernel_have_one_version() -> None:
    assert hw.__version__ == json.loads((ROOT / "package.json").read_text())["version"]


@pytest.fixture(scope="module")
def imported() -> set[str]:
    return {DISTRIBUTION_OF.get(package, package) for package in imported_packages() - BROUGHT_BY_IPYWIDGETS}


def test_every_package_that_is_imported_is_asked_for(imported: set[str]) -> None:
    assert imported <= ASKED_FOR


def test_no_package_is_asked_for_in_vain(imported: set[str]) -> None:
    assert imported >= ASKED_FOR
