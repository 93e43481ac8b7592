"""What other packages do alone, kept from the tracer that counts lines: it slows all code of Python down."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

OURS = tuple(f"{Path(__file__).parents[1] / folder}/" for folder in ("hcnn_widgets", "tests", "benchmarks"))


def traced_by(tracer: Any, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that is called with this tracer, or without any: lines that are counted are missed in it."""

    @wraps(function)
    def alone(*arguments: Any, **options: Any) -> Any:
        before = sys.gettrace()
        sys.settrace(tracer)
        try:
            return function(*arguments, **options)
        finally:
            sys.settrace(before)

    return alone


@contextmanager
def examples_alone(property_of: Any) -> Iterator[None]:
    """Keep the tracer, where there is one, to the examples of a property: Hypothesis draws them without."""
    handle, tracer = getattr(property_of, "hypothesis", None), sys.gettrace()
    if handle is None or tracer is None:
        yield
        return
    inner = handle.inner_test
    handle.inner_test = traced_by(tracer, inner)
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)
        handle.inner_test = inner


def leave_imports_alone() -> None:
    """Keep the tracer, where there is one, from the modules of other packages while they are imported."""
    execute = SourceFileLoader.exec_module
    elsewhere = traced_by(None, execute)

    def exec_module(loader: SourceFileLoader, module: Any) -> None:
        (execute if loader.path.startswith(OURS) else elsewhere)(loader, module)

    SourceFileLoader.exec_module = exec_module


def leave_alone() -> None:
    """Keep the tracer, where there is one, from what optimizers do with gradients, and from the way to these."""
    if sys.gettrace() is None or "tensorflow" not in sys.modules:
        return
    import keras
    import tensorflow

    keras.optimizers.Optimizer.apply = traced_by(None, keras.optimizers.Optimizer.apply)
    tensorflow.GradientTape.gradient = traced_by(None, tensorflow.GradientTape.gradient)
