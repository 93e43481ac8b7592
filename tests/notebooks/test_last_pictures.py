"""A notebook that nobody looks at keeps the last picture of a panel, although its kernel ends with its last cell."""

from base64 import b64decode
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from hcnn_widgets.widgets.panel.still_picture import DRAWN

PANEL = """\
import hcnn_widgets as hw

images = hw.stimuli.objects(n=300, size=32)
spec = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(8, 8), kernel_size=3, input_shape=(32, 32, 1))
run = hw.GoalDrivenModel(spec).train(images, epochs=20)
cortex = hw.mapping.simulated_cortex(hw.stimuli.objects(n=48, seed=1, size=32), n_sites=12)
hw.widgets.RdmExplorer(run, cortex)
"""


def test_the_picture_after_the_last_step_is_there_when_the_last_cell_waits_for_the_training(tmp_path: Path) -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in (PANEL, "await run.wait()")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    stills = [output.data for output in notebook.cells[0].outputs if "image/png" in output.get("data", {})]
    assert len(stills) == 1
    assert DRAWN in b64decode(stills[0]["image/png"])
    assert "step 100" in stills[0]["text/plain"]
