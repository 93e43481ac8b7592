"""Which Keras models are watched: looked up by the model, which is kept by nobody for it; loads no Keras."""

import sys
from typing import Any

KEY = "_hcnn_watched"


def is_keras_model(value: object) -> bool:
    """Return whether a value is a Keras model; it is not where nobody has loaded Keras."""
    kind = getattr(sys.modules.get("keras"), "Model", None)
    return kind is not None and issubclass(type(value), kind)


def note_watched(model: Any, watched: Any) -> None:
    """Note what panels are to take for a Keras model; an earlier wait for its fit is over."""
    earlier = watched_as(model)
    if earlier is not None and earlier is not watched and earlier.run is not None:
        earlier.run.training.abandon()
    # In the model itself, so that both go together.
    vars(model)[KEY] = watched


def watched_as(model: Any) -> Any | None:
    """Return what panels take for a Keras model; None where it is not watched."""
    return vars(model).get(KEY) if is_keras_model(model) else None
