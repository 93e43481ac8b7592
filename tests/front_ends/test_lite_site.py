"""The site of the course holds our wheel, our views and the notebooks; Python itself comes from Pyodide's servers."""

import json
from pathlib import Path

from environments import environment
from lite_site import INSTALL, make_site

LITE = ("jupyterlite-core[contents]>=0.6", "jupyterlite-pyodide-kernel>=0.6", "ipywidgets>=8.1.9", "bqplot>=0.13.1")
COURSE = Path(__file__).parents[2] / "notebooks" / "course"


def test_the_site_has_all_that_is_ours(wheel: Path, tmp_path: Path) -> None:
    site = make_site(wheel, tmp_path, str(environment("lite", wheel, LITE, whole=False)))
    extensions = json.loads((site / "jupyter-lite.json").read_text())["jupyter-config-data"]["federated_extensions"]
    assert {"hcnn-widgets", "bqplot", "@jupyter-widgets/jupyterlab-manager"} <= {each["name"] for each in extensions}
    wheels = json.loads((site / "pypi" / "all.json").read_text())
    assert "hcnn-widgets" in wheels
    kept = {path.name: json.loads(path.read_text()) for path in (site / "files").glob("*.ipynb")}
    assert sorted(kept) == sorted(path.name for path in COURSE.glob("*.ipynb"))
    assert all("".join(notebook["cells"][0]["source"]) == INSTALL for notebook in kept.values())
