"""The course: every notebook runs without a network, is a lecture of slides, and ends with questions on its subject."""

import os
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import SlidesExporter

import hcnn_widgets as hw

COURSE = sorted((Path(__file__).parents[2] / "notebooks" / "course").glob("*.ipynb"))
MOST_CELLS = 14
every_notebook = pytest.mark.parametrize("path", COURSE, ids=lambda path: path.stem)


def cells_of(path: Path, kind: str) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def code_of(path: Path) -> str:
    return "\n".join(cell.source for cell in cells_of(path, "code"))


def test_the_course_uses_every_lab() -> None:
    used = set(re.findall(r"hw\.widgets\.(\w+)", "\n".join(map(code_of, COURSE))))
    guide = Path(__file__).parents[2] / "docs" / "labs.md"
    assert used == set(re.findall(r"^\| `hw\.widgets\.(\w+)\(", guide.read_text(), re.MULTILINE))
    assert used <= set(hw.widgets.__all__)


@every_notebook
def test_a_notebook_of_the_course_runs_and_prints_nothing_on_standard_error(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    shown = {**os.environ, "HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    NotebookClient(notebook, timeout=200, kernel_name="python3").execute(env=shown)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output.text for output in outputs if output.output_type == "stream"] == []
    n_panels = code_of(path).count("hw.widgets.")
    pictures = [output for output in outputs if "application/vnd.jupyter.widget-view+json" in output.get("data", {})]
    assert len(pictures) == n_panels


@every_notebook
def test_a_notebook_of_the_course_is_short_kept_without_outputs_and_opens_with_a_question(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert len(notebook.cells) <= MOST_CELLS
    assert all(not cell.outputs and cell.execution_count is None for cell in cells_of(path, "code"))
    assert re.search(r"\*\*[^*]+\?\*\*", notebook.cells[0].source)


@every_notebook
def test_it_ends_with_questions_and_leads_on(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert "hw.widgets.Quiz(" in cells_of(path, "code")[-1].source
    links = re.findall(r"\]\(([^):]+)\)", " ".join(cell.source for cell in notebook.cells))
    assert links
    assert all((path.parent / link).exists() for link in links)


@every_notebook
def test_it_is_a_lecture_of_slides(path: Path) -> None:
    html, _ = SlidesExporter(exclude_input_prompt=True).from_filename(str(path))
    kinds = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in nbformat.read(path, as_version=4).cells]
    assert kinds[0] == "slide"
    assert html.count("<section>") >= kinds.count("slide") >= 3
