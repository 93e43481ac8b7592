"""What is installed here, in plain text: the first thing that a report of a fault needs."""

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from hcnn_widgets import __version__  # type: ignore[attr-defined]

PACKAGES = (
    "keras",
    "tensorflow",
    "tensorflow-cpu",
    "jax",
    "torch",
    "numpy",
    "scipy",
    "scikit-learn",
    "h5py",
    "matplotlib",
    "ipywidgets",
    "bqplot",
    "ipykernel",
    "jupyterlab",
    "notebook",
    "voila",
)


def show_versions() -> None:
    """Print what is installed here: Python, packages, the backend and its devices, and where images are kept.

    Nothing is asked of a network, and nothing that is missing is an error.

    Examples
    --------
    >>> import hcnn_widgets as hw
    >>> hw.show_versions()  # doctest: +SKIP
    hcnn-widgets  0.1.0
    Python        3.12.3 on Linux x86_64, 8 processors
    backend       tensorflow
    devices       cpu:0
    ...
    """
    lines = dict(_lines())
    width = max(map(len, lines)) + 2
    print("\n".join(f"{name:<{width}}{words}" for name, words in lines.items()))


def _lines() -> Iterator[tuple[str, str]]:
    found = {name: _version(name) for name in PACKAGES}
    yield "hcnn-widgets", __version__
    system = f"{platform.system()} {platform.machine()}"
    yield "Python", f"{platform.python_version()} on {system}, {os.cpu_count()} processors"
    yield from _backend()
    yield "cache folder", _cache_folder()
    yield from ((name, number) for name, number in found.items() if number)
    yield "not here", ", ".join(name for name, number in found.items() if not number) or "nothing"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _backend() -> Iterator[tuple[str, str]]:
    try:
        from hcnn_widgets.keras_door import keras
    except ImportError as error:
        yield "backend", f"none: {error}"
        return
    backend = str(keras.backend.backend())
    # See learning/compiled_steps.py.
    yield "backend", backend if backend == "tensorflow" else f"{backend}: one training step a call, so slower"
    try:
        from hcnn_widgets.machine import devices

        yield "devices", ", ".join(devices().keras_devices)
    except Exception as error:  # not every backend tells, and a report must not fail for it
        yield "devices", f"not told: {type(error).__name__}"


def _cache_folder() -> str:
    from hcnn_widgets.stimuli.rendering.kept_images import FOLDER_VARIABLE, cache_folder

    folder = cache_folder()
    return f"none: {FOLDER_VARIABLE} is off" if folder is None else str(folder)
