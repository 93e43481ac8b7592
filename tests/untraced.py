"""What Keras and TensorFlow do alone, kept from the tracer that counts lines: it slows all code of Python down."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any


def untraced(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that is called without a tracer: lines that are counted are missed in it."""

    @wraps(function)
    def alone(*arguments: Any, **options: Any) -> Any:
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            return function(*arguments, **options)
        finally:
            sys.settrace(tracer)

    return alone


def leave_alone() -> None:
    """Keep the tracer, where there is one, from what optimizers do with gradients, and from the way to these."""
    if sys.gettrace() is None or "tensorflow" not in sys.modules:
        return
    import keras
    import tensorflow

    keras.optimizers.Optimizer.apply = untraced(keras.optimizers.Optimizer.apply)
    tensorflow.GradientTape.gradient = untraced(tensorflow.GradientTape.gradient)
