"""The one door through which Keras is loaded: quietly, and only when it is needed.

TensorFlow writes start-up lines to the process's standard error before any Python setting can reach its logger. They
would land in the first notebook cell that builds a network, so standard error is held back while Keras loads, and given
back whole when loading fails. Where Keras runs on another backend it may load TensorFlow later, for the sake of its
data types: that is quiet, too.
"""

import importlib.util
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
"""By the words of KERAS_BACKEND, which are those of their modules, what Keras can train on."""


@contextmanager
def _standard_error_held_back() -> Iterator[None]:
    """Send file descriptor 2 to a temporary file; on an exception, write out what was held back."""
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        except BaseException:
            held.seek(0)
            os.write(kept, held.read())
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)


class _QuietTensorFlow(MetaPathFinder):
    """Holds standard error back while TensorFlow loads, whoever asks for it, the first time."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != "tensorflow":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _QuietLoader(spec.loader)
        return spec


class _QuietLoader(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        with _standard_error_held_back():
            self._loader.exec_module(module)


def _is_there(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):  # kept out of this process
        return False


def _no_backend(error: ModuleNotFoundError) -> ModuleNotFoundError:
    """Return the error that says what to install where Keras or what it runs on is missing."""
    there = [words for name, words in BACKENDS.items() if _is_there(name)]
    also = f"; {' and '.join(there)} can be had here, by KERAS_BACKEND" if there else ""
    return ModuleNotFoundError(
        "Networks need Keras and a backend that it runs on. Accepted is TensorFlow (`pip install keras tensorflow`), "
        'or JAX (`pip install keras jax`, and os.environ["KERAS_BACKEND"] = "jax" before anything is imported); '
        f"received KERAS_BACKEND={os.environ.get('KERAS_BACKEND', 'tensorflow')} and no module named "
        f"{error.name!r}{also}.",
        name=error.name,
    )


if "keras" not in sys.modules:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        with _standard_error_held_back():
            import keras
    except ModuleNotFoundError as error:
        if error.name not in ("keras", *BACKENDS):
            raise
        raise _no_backend(error) from error
else:
    import keras

if "tensorflow" not in sys.modules:
    sys.meta_path.insert(0, _QuietTensorFlow())

__all__ = ["keras"]
