"""docs/faults.md: each fault has a test that is there, and no name in it is dead."""

import ast
import re
from pathlib import Path

import pytest

import hcnn_widgets as hw

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
ROWS = [line.strip("|").split(" | ") for line in TEXT.splitlines() if line.startswith("| ") and "| --- |" not in line]
ROWS = [[cell.strip() for cell in row] for row in ROWS if row[0].strip() != "fault"]
TESTS = [test for row in ROWS for test in re.findall(r"`([^`]+::[^`]+)`", row[-1])]


def test_every_row_has_a_fault_what_happens_and_a_test() -> None:
    assert ROWS
    assert [row for row in ROWS if len(row) != 3 or not all(row) or "::" not in row[2]] == []
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("test", TESTS)
def test_every_test_that_is_named_is_there(test: str) -> None:
    path, name = test.split("::")
    source = (ROOT / path).read_text(encoding="utf-8")
    if path.endswith(".py"):
        assert name in {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    else:
        assert f"'{name}'" in source


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`hw\.([\w.]+)\(?", TEXT)) - {"widget"}))
def test_every_name_of_the_package_is_there(name: str) -> None:
    part = hw
    for step in name.split("."):
        part = getattr(part, step)


def test_the_last_column_holds_tests_and_nothing_else() -> None:
    assert all(re.fullmatch(r"`[^`]+::[^`]+`(, `[^`]+::[^`]+`)*", row[2]) for row in ROWS)
