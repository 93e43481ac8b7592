"""The network that a model has: whether it will do, and what it is in words."""

from typing import Any

from hcnn_widgets.architecture.precision import precision_words
from hcnn_widgets.keras_door import keras

from .taps import areas_in_words


def check_network(network: Any) -> None:
    """Refuse what is no Keras model, or has no weights yet.

    Raises
    ------
    TypeError
    """
    if not isinstance(network, keras.Model):
        raise TypeError(
            "`network` is no network. Accepted is a keras.Model that was built; received "
            f"{type(network).__name__}. What another framework's network did comes in as "
            "ActivationSet({area: array}, stimulus_ids)."
        )
    if not network.built:
        raise TypeError(
            "`network` is no network. Accepted is a keras.Model that was built; received one without weights. "
            "keras.Input((height, width, n_channels)) as its first layer, or network.build((None, height, width, "
            "n_channels)), makes them."
        )


def built_network(model: Any) -> Any:
    """Return a model's network.

    Raises
    ------
    ValueError
        If there is none yet.
    """
    if model.network is None:
        raise ValueError(
            f"`{model.name}` has no network yet; a built model is accepted; call model.build(categories) or "
            "model.train(stimuli) first."
        )
    return model.network


def model_words(model: Any) -> str:
    """Return a model's areas, and what its network is."""
    network = model.network
    state = "not built yet" if network is None else f"{network.count_params():,} parameters"
    areas = model.areas if network is None else areas_in_words(network, model.taps)
    state += "" if model.spec is not None else f"; {model.pixels.words}"
    return f"{', '.join(areas)}; {state}{precision_words(network)}"
