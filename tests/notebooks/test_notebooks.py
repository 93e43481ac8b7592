"""Every notebook runs from top to bottom and prints nothing that is not its own."""

import os
import re
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_S = 400


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.skipif("HCNN_WIDGETS_DATA" not in os.environ, reason="HCNN_WIDGETS_DATA names no folder of recordings")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_prints_nothing_on_standard_error(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    started = time.monotonic()
    client = NotebookClient(
        notebook, timeout=MOST_S, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute()
    print(f"{path.name}: {time.monotonic() - started:.0f} s")
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"] == []
    assert any(output.output_type == "display_data" for output in outputs)
    results = ROOT / "test-results"
    results.mkdir(exist_ok=True)
    nbformat.write(notebook, results / path.name)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_words_of_a_notebook_name_no_colour_that_another_theme_turns_around(path: Path) -> None:
    words = " ".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown")
    assert re.findall(r"\b(?:black|white)\b", words, re.IGNORECASE) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_before_a_cell_that_waits_for_training_stands_what_interrupting_it_does(path: Path) -> None:
    said, waiting = "", 0
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            said += " ".join(cell.source.split())
        elif "run.wait()" in cell.source:
            assert re.search(r"[Ii]nterrupting .*ends the training", said), cell.source
            said, waiting = "", waiting + 1
    assert waiting
