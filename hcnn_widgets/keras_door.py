"""The one door through which Keras is loaded: quietly, and only when it is needed.

TensorFlow writes start-up lines to the process's standard error before any Python setting can reach its logger. They
would land in the first notebook cell that builds a network, so standard error is held back while Keras loads, and given
back whole when loading fails. Where Keras runs on another backend it may load TensorFlow later, for the sake of its
data types: that is quiet, too.

Most of a second of that loading is the dynamic linker's, which Python has do its work while no other thread may run:
panels would stand still. So the linker is asked first, in a way that lets others run, and is quick the second time.
"""

import ctypes
import importlib.util
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
"""By the words of KERAS_BACKEND, which are those of their modules, what Keras can train on."""
LARGE = ("libtensorflow_cc.so.*", "libtensorflow_cc.*.dylib")
"""Files of TensorFlow that take long to link, on Linux and on a Mac."""


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


def linked_ahead(folder: Path) -> int:
    """Link TensorFlow's large library into the process while other threads run; return how many files that were.

    A function that is called through ``ctypes.CDLL`` is called without the interpreter's lock; loading a library, by
    ``import`` or by ``ctypes.CDLL`` itself, keeps it. What fails here fails again, in words, where it is imported.

    Parameters
    ----------
    folder : Path
        Of the package.
    """
    libraries = [each for name in LARGE for each in folder.glob(name)] if os.name == "posix" else []
    try:
        link = ctypes.CDLL(None).dlopen
    except (OSError, AttributeError):  # a system without a dynamic linker to be asked
        return 0
    link.argtypes, link.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    return sum(link(os.fsencode(each), os.RTLD_NOW | os.RTLD_LOCAL) is not None for each in libraries)


class _QuietTensorFlow(MetaPathFinder):
    """Holds standard error back while TensorFlow loads, whoever asks for it, and links its library first."""

    _asks_others = False

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != "tensorflow" or self._asks_others:
            return None
        self._asks_others = True
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self._asks_others = False
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
            for folder in getattr(module, "__path__", ()):
                linked_ahead(Path(folder))
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


if "tensorflow" not in sys.modules:
    sys.meta_path.insert(0, _QuietTensorFlow())

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

__all__ = ["keras"]
