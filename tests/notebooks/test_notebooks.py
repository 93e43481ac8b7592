"""Every notebook runs from top to bottom, with fewer images than it asks for, and prints nothing but its own."""

import ast
import os
import re
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import hcnn_widgets as hw

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_S, MOST_CELLS = 400, 14
FEWER = {
    "n=12000": "n=400",
    "n=8000": "n=400",
    "n=6000": "n=720",
    "n=3000": "n=240",
    "n=1600": "n=160",
    "n=320": "n=64",
    "n=640": "n=160",
    "seeds=(0, 1), n_steps=150": "seeds=(0,), n_steps=2",
    "neurons = hw.mapping.cowley2023_v4()": (
        "v4 = hw.mapping.cowley2023_v4()\nneurons = v4.select(v4.stimulus_ids[::4])"
    ),
    "n_splits=10": "n_splits=2",
    "(images, v4, architectures": "(images, v4.select(v4.stimulus_ids[::8]), architectures",
    "v4, n=24": "v4.select(v4.stimulus_ids[::8]), n=4, epochs=1",
}
"""What a notebook asks for -> how it is run here: every line is the same with fewer images drawn or shown."""
RUN_IN_A_BROWSER = "02_does_a_network_see_like_a_brain"
"""A notebook that is run whole, and asked the same, by its journey in a JupyterLab (tests/ui/test_second_notebook.py)."""
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells_of(path: Path, kind: str) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def with_fewer_images(source: str) -> str:
    for asked, drawn in FEWER.items():
        source = source.replace(asked, drawn)
    return source


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.skipif("HCNN_WIDGETS_DATA" not in os.environ, reason="HCNN_WIDGETS_DATA names no folder of recordings")
@pytest.mark.parametrize(
    "path", [path for path in NOTEBOOKS if path.stem != RUN_IN_A_BROWSER], ids=lambda path: path.stem
)
def test_a_notebook_runs_and_prints_nothing_on_standard_error(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in code:
        cell.source = with_fewer_images(cell.source)
    # A count that is not known here would train for minutes.
    assert [found for cell in code for found in re.findall(r"\bn=\d{4,}", cell.source)] == []
    started = time.monotonic()
    client = NotebookClient(
        notebook, timeout=MOST_S, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute()
    print(f"{path.name}: {time.monotonic() - started:.0f} s")
    outputs = [output for cell in code for output in cell.outputs]
    assert [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"] == []
    assert any(output.output_type == "display_data" for output in outputs)
    results = ROOT / "test-results"
    results.mkdir(exist_ok=True)
    nbformat.write(notebook, results / path.name)


@every_notebook
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    assert all(not cell.outputs and cell.execution_count is None for cell in cells_of(path, "code"))
    assert set(nbformat.read(path, as_version=4).metadata) <= {"kernelspec", "language_info"}


@every_notebook
def test_a_notebook_is_short_and_trains_once(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert len(notebook.cells) <= MOST_CELLS
    code = " ".join(cell.source for cell in cells_of(path, "code"))
    assert sum(code.count(begins) for begins in (".train(", "hw.sweep(", "GoalDrivenDesigner(")) == 1


@every_notebook
def test_the_words_of_a_notebook_name_no_colour_that_another_theme_turns_around(path: Path) -> None:
    words = " ".join(cell.source for cell in cells_of(path, "markdown"))
    assert re.findall(r"\b(?:black|white)\b", words, re.IGNORECASE) == []


@every_notebook
def test_a_notebook_leads_to_notebooks_that_there_are(path: Path) -> None:
    words = " ".join(cell.source for cell in cells_of(path, "markdown"))
    assert set(re.findall(r"\]\(([^):]+)\)", words)) <= {other.name for other in NOTEBOOKS}


@every_notebook
def test_before_a_cell_that_waits_for_training_stands_what_interrupting_it_does(path: Path) -> None:
    said, waiting = "", 0
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            said += " ".join(cell.source.split())
        elif found := re.search(r"await (run|sweep|designer)\.(?:wait|build)\(", cell.source):
            words = {"run": "ends the training", "sweep": r"`sweep\.stop\(\)` ends it", "designer": "ends the run"}
            assert re.search(rf"[Ii]nterrupting .*{words[found[1]]}", said), cell.source
            said, waiting = "", waiting + 1
    assert waiting


def photo_cells(path: Path) -> list[str]:
    """Give the cells about a network that an extra brings, without the wait for the notebook's own."""
    found = [cell.source for cell in cells_of(path, "code") if re.search(r"\bphotos\b", cell.source)]
    return [source.replace("await run.wait()\n", "") for source in found]


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if photo_cells(path)], ids=lambda path: path.stem)
def test_without_the_photo_network_its_cells_run_and_say_what_to_install(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("hcnn_widgets.pretrained.efficientnet.PACKAGE", "a_package_that_is_not_here")
    names: dict[str, Any] = {"hw": hw}
    for source in photo_cells(path):
        exec(compile(ast.parse(source), path.name, "exec"), names)
    assert names["photos"] is None
    assert 'pip install "hcnn-widgets[imagenet]"' in capsys.readouterr().out
