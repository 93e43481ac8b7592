"""Files beside the code say what the code says: dependencies, versions, targets, what pages there are."""

import re
import tomllib
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from fenced_blocks import PAGES, ROOT, named
from markdown_it import MarkdownIt
from packaging.requirements import Requirement

import hcnn_widgets as hw

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED_FOR = {requirement.name: requirement.specifier for requirement in map(Requirement, PROJECT["dependencies"])}
IN_YAML = [
    path
    for pattern in (".github/**/*.yml", ".conda/*.yaml", ".binder/*.yml", ".pre-commit-config.yaml", "CITATION.cff")
    for path in sorted(ROOT.glob(pattern))
]
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
"""A link or a picture of Markdown: its target, and the place in it."""
CALLS_MAKE = re.compile(r"(?:`|run: |entry: |^ *)make ([a-z-]+)\b", re.MULTILINE)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def parsed(name: str) -> Any:
    return yaml.safe_load(text_of(ROOT / name))


def targets() -> set[str]:
    return set(re.findall(r"^([\w-]+):(?!=)", text_of(ROOT / "Makefile"), re.MULTILINE))


@pytest.mark.parametrize("path", IN_YAML, ids=named)
def test_every_file_of_yaml_is_one(path: Path) -> None:
    assert isinstance(yaml.safe_load(text_of(path)), dict)


def test_every_target_of_make_that_is_called_is_there() -> None:
    files = [*IN_YAML, ROOT / "CONTRIBUTING.md", ROOT / "README.md", ROOT / "docs" / "start.md"]
    called = {name for path in files for name in CALLS_MAKE.findall(text_of(path))}
    assert {"lab", "test", "docs", "lint-python", "lint-page"} <= called
    assert called <= targets()


def test_the_table_of_dependencies_has_a_reason_for_each_and_no_other() -> None:
    rows = re.findall(r"^\| ([\w-]+) \| (.+?) \| (.+?) \|$", text_of(ROOT / "docs" / "dependencies.md"), re.MULTILINE)
    assert sorted(name for name, _, _ in rows if name not in ("package", "---")) == sorted(ASKED_FOR)


def test_the_recipe_asks_for_what_the_package_asks_for() -> None:
    recipe = parsed(".conda/recipe.yaml")
    run = [Requirement(line) for line in recipe["requirements"]["run"]]
    assert {each.name: each.specifier for each in run if each.name != "python"} == ASKED_FOR
    assert f">={PROJECT['requires-python'].removeprefix('>=')}" == str(
        next(r for r in run if r.name == "python").specifier
    )
    build = tomllib.loads(text_of(ROOT / "pyproject.toml"))["build-system"]["requires"]
    host = {Requirement(line).name for line in recipe["requirements"]["host"] if "*" not in line}
    assert {Requirement(line).name for line in build} <= host


def test_there_is_one_version() -> None:
    assert parsed("CITATION.cff")["version"] == hw.__version__
    assert parsed(".conda/recipe.yaml")["context"]["version"] == hw.__version__


def test_workflows_may_read_and_what_publishes_names_what_more_it_may() -> None:
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        workflow = yaml.safe_load(text_of(path))
        assert workflow["permissions"] == {"contents": "read"}
        for job in workflow["jobs"].values():
            assert job["timeout-minutes"]
            assert not re.search(
                r"\$\{\{ *github\.(event|ref_name|head_ref)", " ".join(s.get("run", "") for s in job["steps"])
            )
    jobs = parsed(".github/workflows/release.yml")["jobs"]
    assert jobs["publish"]["needs"] == "build"
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    assert "secrets." not in text_of(ROOT / ".github" / "workflows" / "release.yml")


def test_every_system_is_tested() -> None:
    matrix = parsed(".github/workflows/tests.yml")["jobs"]["python"]["strategy"]["matrix"]
    assert {system.split("-")[0] for system in matrix["os"]} == {"ubuntu", "macos", "windows"}
    assert matrix["python"][0] == PROJECT["requires-python"].removeprefix(">=")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the pages that `make docs` writes of the package itself."""
    folder = tmp_path_factory.mktemp("docs") / "reference"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))
        import_module("reference_pages").write(folder)
    return folder


def headings(text: str) -> set[str]:
    """Return the names of a page's headings in links, as GitHub and MyST make them."""
    tokens = MarkdownIt().parse(text)
    titles = [inline.content for token, inline in pairwise(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_of_a_page_leads_to_a_file_that_is_there_and_to_one_of_its_headings(
    page: Path, reference: Path
) -> None:
    written = ROOT / "docs" / "reference"
    astray = []
    for target, heading in LINK.findall(text_of(page)):
        if ":" in target:
            continue
        path = (page.parent / target).resolve() if target else page
        path = reference / path.name if path.parent == written else path
        if not path.exists() or (heading and heading not in headings(text_of(path))):
            astray.append((target, heading))
    assert astray == []


def test_a_link_astray_is_found() -> None:
    assert headings("# One page\n\n## What `it` is (a, b)\n") == {"one-page", "what-it-is-a-b"}
    found = LINK.findall("[a](b.md#c) ![d](e.png) [f](#g)")
    assert found == [("b.md", "c"), ("e.png", ""), ("", "g")]


def test_every_public_name_is_in_the_reference(reference: Path) -> None:
    text = "".join(map(text_of, sorted(reference.glob("*.md"))))
    told = re.findall(r"^\.\. currentmodule:: (\S+)\n\n\.\. auto(?:class|function):: (\w+)$", text, re.MULTILINE)
    assert len(told) == len(set(told))
    described = {getattr(import_module(package), name) for package, name in told}
    assert described == {part for package in (hw, *packages()) for _, part in public(package) if callable(part)}


def packages() -> list[ModuleType]:
    return [getattr(hw, name) for name in hw.__all__ if isinstance(getattr(hw, name), ModuleType)]


def public(package: ModuleType) -> list[tuple[str, Any]]:
    return [(name, getattr(package, name)) for name in package.__all__]


def test_readme_fits_a_screen_and_links() -> None:
    assert len(text_of(ROOT / "README.md").splitlines()) <= 80
