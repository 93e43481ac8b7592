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
BROUGHT_BY_IPYWIDGETS = {"IPython", "traitlets", "comm"}


def imported_packages() -> dict[str, str]:
    """Map the name of every package that a source file imports, at any depth, to one such file."""
    found = {}
    for path in (ROOT / "hcnn_widgets").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            else:
                continue
            found |= {name.split(".")[0]: path.name for name in names}
    return {name: path for name, path in found.items() if name not in (*sys.stdlib_module_names, "hcnn_widgets")}


def test_the_page_and_the_kernel_have_one_version() -> None:
    assert hw.__version__ == json.loads((ROOT / "package.json").read_text())["version"]


@pytest.mark.parametrize("package", sorted(imported_packages()))
def test_every_package_that_is_imported_is_asked_for(package: str) -> None:
    asked_for = {requirement.split(">")[0].strip() for requirement in PROJECT["dependencies"]}
    assert package in BROUGHT_BY_IPYWIDGETS or DISTRIBUTION_OF.get(package, package) in asked_for


def test_no_package_is_asked_for_in_vain() -> None:
    used = {DISTRIBUTION_OF.get(package, package) for package in imported_packages()}
    assert {requirement.split(">")[0].strip() for requirement in PROJECT["dependencies"]} <= used
