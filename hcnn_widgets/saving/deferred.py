"""Networks that are built without memory for their weights, to see how large they would be."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from math import prod
from typing import Any, TypeVar

from hcnn_widgets.keras_door import keras

T = TypeVar("T")


def in_fresh_thread(job: Callable[[], T]) -> T:
    """Return what a job returns, done in a thread of its own that ends with it.

    What Keras keeps for each thread is new there: no permission to run code of a file that somebody has given in this
    one (``enable_unsafe_deserialization``), and no variable left over that waits for its memory.
    """
    with ThreadPoolExecutor(1, "hcnn-model-file") as threads:
        return threads.submit(job).result()


def without_memory(build: Callable[[], Any]) -> Any:
    """Return the network that a function builds, its variables having a shape and no values as yet.

    To be called in `in_fresh_thread`: the variables stay listed in Keras's state of the thread.
    """
    with keras.StatelessScope(initialize_variables=False):
        return build()


def give_memory() -> None:
    """Give values to all variables of this thread that have none, as their initialisers say."""
    with keras.StatelessScope():
        pass


def n_values(variables: Iterable[Any]) -> int:
    """Return the number of values of variables, of which only the shapes are looked at."""
    return sum(prod(variable.shape) for variable in variables)
