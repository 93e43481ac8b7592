"""Build the course as a site that runs in the browser alone: JupyterLite, our wheel, and the course's notebooks.

``python lite_site.py WHEEL FOLDER`` in an environment with JupyterLite, ipywidgets, bqplot and this package. Whoever
opens FOLDER/site has Python and the labs in the browser; the browser fetches Pyodide and NumPy from their own servers.
"""

import subprocess
import sys
from pathlib import Path

import nbformat

COURSE = Path(__file__).parents[2] / "notebooks" / "course"
INSTALL = "%pip install -q hcnn-widgets"
"""The wheel lies in the site, beside the notebooks; what it asks for comes from the index of packages."""


def with_install(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Give a notebook a first cell that installs the package in the browser."""
    cell = nbformat.v4.new_code_cell(INSTALL, id="install", metadata={"slideshow": {"slide_type": "skip"}})
    notebook.cells.insert(0, cell)
    notebook.metadata["kernelspec"] = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    return notebook


def make_contents(folder: Path) -> None:
    """Write the notebooks of the course into a folder, as the site has them."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(COURSE.glob("*.ipynb")):
        nbformat.write(with_install(nbformat.read(path, as_version=4)), folder / path.name)


def make_site(wheel: Path, folder: Path, python: str = sys.executable) -> Path:
    """Build the site into ``folder / "site"``, and give that."""
    make_contents(folder / "contents")
    options = {"lite-dir": folder, "contents": folder / "contents", "output-dir": folder / "site"}
    given = [f"--{name}={value}" for name, value in options.items()]
    command = [python, "-m", "jupyterlite_core", "build", *given, f"--piplite-wheels={wheel}"]
    subprocess.run(command, check=True, cwd=folder)
    return folder / "site"


if __name__ == "__main__":
    print(make_site(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
