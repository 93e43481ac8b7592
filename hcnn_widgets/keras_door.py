"""The one door through which Keras is loaded: quietly, and only when it is needed.

TensorFlow writes start-up lines to the process's standard error before any Python setting can reach its logger. They
would land in the first notebook cell that builds a network, so standard error is held back while Keras loads, and given
back whole when loading fails.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


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


if "keras" not in sys.modules:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with _standard_error_held_back():
        import keras
else:
    import keras

__all__ = ["keras"]
