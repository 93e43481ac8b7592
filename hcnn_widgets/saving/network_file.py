"""A network from an archive of Keras that nobody vouches for."""

from pathlib import Path
from typing import Any

import hcnn_widgets.architecture.operation_layers
import hcnn_widgets.goal.nearest_code  # noqa: F401  (both register our layers with Keras)
from hcnn_widgets.keras_door import keras

from .deferred import in_fresh_thread, n_values, without_memory
from .preflight.archive import CONFIG, WEIGHTS, Archive
from .preflight.config import checked_config
from .preflight.refusal import refusal
from .preflight.stored_weights import checked_weights


def open_network(path: Path) -> Any:
    """Return the network of an archive, after a look at its bytes that Keras has no part in.

    Keras's safe mode is no sandbox, as its own documents say, so a preflight comes first: the archive's members and
    what they expand to, every class that the configuration names, against a list of what is accepted, and the stored
    weights, which must be finite and at least as many as the network would have.

    Parameters
    ----------
    path : pathlib.Path
        A local ``.keras`` file.

    Returns
    -------
    keras.Model
        Not compiled.

    Raises
    ------
    ValueError
        If anything in it is not accepted, or it is damaged.
    """
    archive = Archive(path)
    config, own = checked_config(archive.read(CONFIG), path)
    stored = checked_weights(archive.read(WEIGHTS), path)
    needed = in_fresh_thread(lambda: _n_values(config, own, path))
    if needed is not None and needed > stored:
        raise refusal(
            path,
            "describes a network that is larger than the weights that it holds",
            "an archive with all weights of its network",
            f"a network of {needed:,} values and {stored:,} stored",
        )
    return in_fresh_thread(lambda: _loaded(path, own))


def _n_values(config: dict[str, Any], own: dict[str, Any], path: Path) -> int | None:
    """Return the number of values that the network would have; None where a class of the user's own hides it."""
    try:
        network = without_memory(
            lambda: keras.saving.deserialize_keras_object(config, custom_objects=own, safe_mode=True)
        )
    except Exception as error:
        if own and "stateless scope" in str(error):  # a layer of the user's makes variables of arrays
            return None
        raise _not_built(path, error) from error
    if not isinstance(network, keras.Model):
        raise refusal(path, "holds no network", "an archive of a keras.Model", type(network).__name__)
    return n_values(network.weights)  # without the states of random numbers, some of which are not stored


def _loaded(path: Path, own: dict[str, Any]) -> Any:
    try:
        return keras.saving.load_model(path, custom_objects=own, compile=False, safe_mode=True)
    except Exception as error:
        raise _not_built(path, error) from error


def _not_built(path: Path, error: Exception) -> ValueError:
    said = " ".join(str(error).split())
    # Keras's own advice, to switch its safe mode off, is not passed on.
    said = said if "safe_mode" not in said and "unsafe" not in said else "code in place of layers"
    return refusal(
        path,
        "holds a network that Keras cannot build",
        "an archive that Keras wrote whole",
        f"{type(error).__name__}: {said[:300]}",
    )
