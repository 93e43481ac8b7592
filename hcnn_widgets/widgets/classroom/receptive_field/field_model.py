"""A network whose units are looked at: what each sees of an image, and how much its response changes with it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.pixel_gradients import STRONGEST, UnitGradient, prepared_gradients
from hcnn_widgets.activations.unit_fields import unit_fields
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.public_names import nearest
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.classroom.lab_doors import side_lengths
from hcnn_widgets.widgets.network.network_reading import NetworkReading
from hcnn_widgets.widgets.network.network_source import images_for
from hcnn_widgets.widgets.network.probe_images import given_images, there
from hcnn_widgets.widgets.panel.given_source import source_given
from hcnn_widgets.widgets.panel.run_hold import RunHold

from .field_shown import LayerFields

EVERY_S = 0.5
Asked = tuple[int, int, int]
"""Row, column and number of the map."""


class FieldModel:
    """What a receptive field lab reads of a network.

    Parameters
    ----------
    model : GoalDrivenModel, Run or keras.Model
    image : (height, width) or (height, width, n_channels) or StimulusSet, optional
        By default the first image that its training holds out.

    Attributes
    ----------
    fields : dict of str to LayerFields
        By the path of the layer, from the input on.
    picture : (height, width, 1 or 3) uint8
        The image as the network takes it.

    Raises
    ------
    TypeError, ValueError
        If it is no network, or there is no image.
    """

    def __init__(self, model: Any, image: Any = None) -> None:
        source: Any = source_given(model)
        of = source.model if hasattr(source, "at_boundary") else source
        if getattr(of, "network", None) is None:
            raise no_network(model, of)
        self._image = images_for(of, _stimuli(source, image)).images[0]
        self.picture: NDArray[np.uint8] = np.rint(255 * self._image).astype(np.uint8)
        self._taps, self._network_name = dict(of.taps), str(of.network.name)
        found = unit_fields(of.network, self._image.shape)
        self.fields = {
            path: LayerFields(path, each.shape, each.rows, each.columns, each.windows, each.known)
            for path, each in found.items()
            if each.rows.n_units * each.columns.n_units * each.shape[2] > 0
        }
        self._source, self._model = RunHold(source), RunHold(of)
        self._path, self._reading = "", None  # type: tuple[str, NetworkReading | None]

    @property
    def first(self) -> str:
        """The layer that is opened first: of the last area with more than a place."""
        paths = [path for path in self._taps.values() if path in self.fields]
        with_places = [path for path in paths if self.fields[path].shape[:2] != (1, 1)]
        return (with_places or paths or list(self.fields))[-1]

    def path_of(self, layer: Any) -> str:
        """Return the path of a layer or an area; refuse what is none.

        Raises
        ------
        ValueError
        """
        path = self.first if layer is None else self._taps.get(layer, layer) if isinstance(layer, str) else ""
        if path not in self.fields:
            accepted = list(dict.fromkeys([*self._taps, *self.fields]))
            names = ", ".join(map(repr, accepted[:12]))
            raise ValueError(
                f"`layer` is not in {self._network_name!r}. Accepted are its areas and layers, {names}; received "
                f"{layer!r}{nearest(str(layer), accepted)}."
            )
        return str(path)

    def rows(self, path: str, most: int) -> list[LayerFields]:
        """Return the layers where fields change, the opened one among them; where there are many, those around it."""
        kept: list[LayerFields] = []
        for fields in self.fields.values():
            sizes = fields.rows.size, fields.columns.size, fields.rows.jump
            before = (kept[-1].rows.size, kept[-1].columns.size, kept[-1].rows.jump) if kept else (1, 1, 1)
            if sizes != before or fields.name == path:
                kept.append(fields)
        at = next(n for n, fields in enumerate(kept) if fields.name == path)
        start = max(0, min(at - most // 2, len(kept) - most))
        return kept[start : start + most]

    def look(self, path: str, asked: Asked) -> UnitGradient | None:
        """Return the gradient of a unit, as soon as it is measured."""
        if path != self._path:
            self._begin(path)
        if self._reading is None:
            return None
        read = self._reading.look(asked)
        return read.value if read is not None and read.asked == asked else None

    def step(self) -> int | None:
        """Return the training steps that the network has taken; None where it does not train."""
        return self._reading.step if self._reading is not None and self._reading.trains else None

    def over(self, path: str, asked: Asked) -> bool:
        """Say whether nothing newer comes."""
        if self._model.get() is None:
            return True
        return self._path == path and self._reading is not None and self._reading.settled(asked)

    def waits(self) -> str:
        """Say that the model is gone, where it is."""
        return "The model of this lab is no longer in the kernel." if self._model.get() is None else ""

    def close(self) -> None:
        """Ask nothing any more."""
        if self._reading is not None:
            self._reading.close()
        for hold in (self._source, self._model):
            hold.let_go()

    def _begin(self, path: str) -> None:
        if self._reading is not None:
            self._reading.close()
        self._path, self._reading = path, None
        source = self._source.get()
        if source is None:
            return
        image = self._image

        def make(model: Any) -> Any:
            measure = prepared_gradients(model.network, path, image.shape, model.pixels)
            return lambda asked: measure(image, *asked)

        self._reading = NetworkReading(source, make, interval_s=EVERY_S)


def asked_of(unit: tuple[int, int], number: int | None) -> Asked:
    """Return what is asked of the network: a unit of a map, or of the one that responds most there."""
    return (*unit, STRONGEST if number is None else number)


def no_network(given: Any, model: Any) -> Exception:
    """Return the error about what is no network, or has none yet."""
    accepted = "a trained or built model, its run, or a Keras model"
    if hasattr(model, "build") and hasattr(model, "name"):
        return ValueError(
            f"`model` has no network yet. Accepted is {accepted}; received {model.name!r}: train it, or build "
            "it, first."
        )
    return TypeError(f"`model` is no network. Accepted is {accepted}; received {type(given).__name__}.")


def _stimuli(source: Any, image: Any) -> StimulusSet:
    """Return a set of one image."""
    if image is None:
        found = there(given_images(source, None))
        if found is None:
            raise ValueError(
                "`image` is needed: the model has no training that holds images out. Accepted is (height, width) or "
                "(height, width, n_channels); received none."
            )
        return found.select([0])
    if isinstance(image, StimulusSet):
        return image.select([0])
    side_lengths("image", image)
    array = numbers("image", image)
    if array.ndim not in (2, 3):
        raise ValueError(
            f"`image` is no image. Accepted is (height, width) or (height, width, n_channels); received {array.shape}."
        )
    return StimulusSet.from_arrays((array if array.ndim == 3 else array[..., None])[None])
