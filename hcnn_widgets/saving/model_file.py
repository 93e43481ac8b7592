"""A model in one file: Keras's own archive of the network, with the description of the model as a member of it."""

import zipfile
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import hcnn_widgets.architecture.operation_layers
import hcnn_widgets.goal.nearest_code  # noqa: F401  (both register our layers with Keras)
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.finite_weights import refuse_not_finite
from hcnn_widgets.learning.network import build_network

from .deferred import give_memory, in_fresh_thread, without_memory
from .description import MOST_BYTES, described, is_description, read_description
from .network_file import open_network
from .preflight.archive import DESCRIPTION, Archive
from .whole_file import written_whole


def save(model: Any, path: "str | PathLike[str]") -> None:
    """Write ``<path>.keras``; see ``GoalDrivenModel.save``."""
    archive, beside = _files(path)
    text = described(model)
    refuse_not_finite(model.name, model.network, "saved")
    old_pair = _is_ours(beside)
    if archive.exists() and not (old_pair or _holds_description(archive)):
        raise FileExistsError(
            f"`path` names a file that is no model of hcnn_widgets, and it will not be overwritten. Accepted is a new "
            f"name, or the name of a model saved before; received {archive}."
        )
    with written_whole(archive) as temporary:
        write_archive(model, temporary, text)
    if old_pair:
        beside.unlink()


def write_archive(model: Any, path: Path, text: str) -> None:
    """Write the network of a model as Keras does, and its description into the same archive."""
    model.network.save(path)
    with zipfile.ZipFile(path, "a") as members:
        members.writestr(DESCRIPTION, text)


def load(kind: Any, path: "str | PathLike[str]") -> Any:
    """Read what ``save`` wrote; see ``GoalDrivenModel.load``."""
    archive, beside = _files(path)
    data = _description(Path(path), archive, beside)
    network = open_network(archive)
    model = kind.from_keras(
        network,
        data["taps"],
        data["goal"],
        data["rule"],
        data["categories"],
        name=data["name"],
        pixels=data["pixels"],
    )
    model.spec, model.seed, model._initial = data["architecture"], data["seed"], None
    if model.spec is not None:
        model._initial = _initial_weights(model, archive)
    return model


def _files(path: "str | PathLike[str]") -> tuple[Path, Path]:
    """Return the archive, and the description that older versions wrote beside it."""
    stem = Path(path)
    stem = stem.with_suffix("") if stem.suffix in {".keras", ".json"} else stem
    return stem.with_name(stem.name + ".keras"), stem.with_name(stem.name + ".json")


def _description(path: Path, archive: Path, beside: Path) -> dict[str, Any]:
    """Return the description in the archive, or beside it; refuse a path without either."""
    inside = Archive(archive).read_or_none(DESCRIPTION) if archive.is_file() else None
    if inside is not None:
        return read_description(inside, archive)
    if beside.is_file():
        with beside.open("rb") as file:
            data = read_description(file.read(MOST_BYTES + 1), beside)
        if archive.is_file():
            return data
    elif archive.is_file() or (path.suffix in {".h5", ".hdf5"} and path.is_file()):
        raise ValueError(
            "`path` is a network of Keras without the description of a model. Accepted is what GoalDrivenModel.save "
            f"wrote; received {archive if archive.is_file() else path}. If you trust the file, load it with "
            "keras.models.load_model(path, compile=False), and let the network in with "
            "GoalDrivenModel.from_keras(network, areas)."
        )
    raise FileNotFoundError(
        f"`path` must name a saved model. Accepted is {archive.name}, or the older pair {archive.name} and "
        f"{beside.name}; there is no {archive}" + ("." if beside.is_file() else f" and no {beside}.")
    )


def _is_ours(beside: Path) -> bool:
    """Return whether a description stands beside the archive, as older versions wrote it."""
    if not beside.is_file():
        return False
    with beside.open("rb") as file:
        return is_description(file.read(MOST_BYTES))


def _holds_description(archive: Path) -> bool:
    try:
        return is_description(Archive(archive).read_or_none(DESCRIPTION) or b"")
    except (ValueError, OSError):
        return False


def _initial_weights(model: Any, archive: Path) -> list[NDArray[Any]]:
    """Return the weights that the architecture starts with; refuse a network that is not of this architecture."""
    policy = keras.config.dtype_policy()

    def build() -> list[NDArray[Any]]:
        keras.config.set_dtype_policy(policy)  # Keras keeps it for each thread
        # The description may come from anywhere, too: no memory before it is known to be the network's.
        fresh = without_memory(lambda: build_network(model.spec, model.goal, model.rule, model.categories, model.seed))
        if _shapes(fresh) != _shapes(model.network):
            raise ValueError(
                "`path` holds a network that is not of the architecture in its description. Accepted is a file in "
                f"which both are of one model; received {archive}. If you trust it, load the network with "
                "keras.models.load_model, and let it in with GoalDrivenModel.from_keras(network, areas)."
            )
        give_memory()
        return [np.array(weights) for weights in fresh.get_weights()]

    return in_fresh_thread(build)


def _shapes(network: Any) -> dict[str, list[tuple[int, ...]]]:
    return {layer.name: [tuple(weights.shape) for weights in layer.weights] for layer in network.layers}
