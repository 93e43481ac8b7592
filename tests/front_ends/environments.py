"""Fresh environments with the wheel of this checkout, in which nothing but Python is on the search path."""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = Path(os.environ.get("HCNN_WIDGETS_FRONT_ENDS", ROOT / ".front_ends"))
"""Environments are kept here from one time to the next, since TensorFlow alone takes a minute to unpack."""
NOW = ("jupyterlab>=4.6", "notebook>=7", "voila>=0.5", "ipykernel>=7")
THEN = ("jupyterlab==4.4.*", "ipykernel>=7")


def built_wheel(folder: Path) -> Path:
    """Build the wheel of this checkout; give its path."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("hcnn_widgets-*.whl")
    return wheel


def environment(name: str, wheel: Path, requirements: tuple[str, ...], whole: bool = True) -> Path:
    """Give the Python of an environment with this wheel and these front ends; make it where it is not there.

    Where it is not to be whole, what the wheel asks for is left out.
    """
    python = KEPT / name / "bin" / "python"
    if not python.exists():
        venv.create(KEPT / name, with_pip=True)
    pip = [str(python), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, *([str(wheel)] if whole else []), *requirements], check=True)
    subprocess.run([*pip, "--force-reinstall", "--no-deps", str(wheel)], check=True)
    return python
