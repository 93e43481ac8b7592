"""The pre-activations of a network, at rest or while it trains: read between two steps, as often as the lab looks."""

from typing import Any

import numpy as np

from hcnn_widgets.activations.pre_activations import activation_points, point_of, prepared_sums
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.network.network_reading import NetworkReading, Read
from hcnn_widgets.widgets.network.network_source import NO_IMAGES, images_for
from hcnn_widgets.widgets.network.probe_images import given_images, probe_of
from hcnn_widgets.widgets.panel.given_source import source_given
from hcnn_widgets.widgets.panel.run_hold import RunHold

from .pre_activations import PreActivations

N_IMAGES = 32
EVERY_S = 0.5


class ActivationSource:
    """What an activation lab reads of a network.

    Parameters
    ----------
    model : GoalDrivenModel, Run or keras.Model
    images : StimulusSet or (n_stimuli, height, width, n_channels), optional
        By default those that the training holds out.

    Attributes
    ----------
    paths : tuple of str
        Layers that have an activation function, from the input on.

    Raises
    ------
    TypeError, ValueError
        If it is no network, or there are no images.
    """

    def __init__(self, model: Any, images: Any = None) -> None:
        source: Any = source_given(model)
        of = source.model if hasattr(source, "at_boundary") else source
        if getattr(of, "network", None) is None:
            raise _no_network(model, of)
        stimuli = images if images is None or isinstance(images, StimulusSet) else StimulusSet.from_arrays(images)
        if given_images(source, stimuli) is None:
            raise ValueError(
                f"`images` are needed. {NO_IMAGES.split('. ')[0]}. Accepted is images=..., a StimulusSet or "
                "(n_stimuli, height, width, n_channels); received none."
            )
        self._source, self._stimuli, self._model = RunHold(source), stimuli, RunHold(of)
        self.points = activation_points(of.network)
        self.first = point_of(of.network, of.taps)
        self._taps = dict(of.taps)
        self._path, self._reading, self._images = "", None, None  # type: tuple[str, NetworkReading | None, Any]
        self._told: tuple[Read, PreActivations] | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """Layers that have an activation function, from the input on."""
        return tuple(self.points)

    def path_of(self, area: str | None) -> str:
        """Return the layer that is meant by an area, a layer or None; refuse what is none."""
        of = self._model.get()
        if not isinstance(area, str | None):
            raise TypeError(
                f"`area` is no name. Accepted is an area or a layer with an activation function, "
                f"{', '.join(map(repr, self.points))}; received {type(area).__name__}."
            )
        if area in self.points or of is None:
            return str(area)
        return point_of(of.network, self._taps, area)

    def look(self, path: str) -> PreActivations | None:
        """Return the newest pre-activations of a layer, and have them read anew where the network has trained."""
        if path != self._path:
            self._begin(path)
        if self._reading is None and not self._start():
            return None
        assert self._reading is not None
        read = self._reading.look(path)
        if read is None:
            return None
        if self._told is None or self._told[0] is not read:
            self._told = read, self._given(path, read)
        return self._told[1]

    def over(self, path: str) -> bool:
        """Say whether nothing newer comes."""
        if self._model.get() is None:
            return True
        return self._path == path and self._reading is not None and self._reading.settled(path)

    def waits(self, path: str) -> str:
        """Say what is waited for; empty where nothing is."""
        if self._model.get() is None:
            return "The model of this lab is no longer in the kernel."
        if self._told is not None:
            return ""
        return (
            f"Reading what enters {path}\u2026" if self._reading is not None else "Waiting for the first images\u2026"
        )

    def let_go(self) -> None:
        """Hold neither run nor model any more, but for as long as somebody else does."""
        for hold in (self._source, self._model):
            hold.let_go()
        if self._reading is not None:
            self._reading.let_go()

    def close(self) -> None:
        """Ask nothing any more."""
        if self._reading is not None:
            self._reading.close()
        self.let_go()

    def _begin(self, path: str) -> None:
        """Read another layer from now on; what is shown of the one before goes."""
        if self._reading is not None:
            self._reading.close()
        self._path, self._reading, self._told = path, None, None

    def _start(self) -> bool:
        """Begin to read, where the images are there; say whether they are."""
        source, path = self._source.get(), self._path
        probe = None if source is None else probe_of(source, self._stimuli)
        if probe is None:
            return False
        shown = probe.stimuli[: min(N_IMAGES, len(probe.stimuli))]
        self._images = probe.held_out, len(shown)

        def make(model: Any) -> Any:
            fitting = images_for(model, shown)
            ask = prepared_sums(model.network, path, fitting.images.shape[1:], model.pixels)
            return lambda _asked: ask(fitting.images)

        self._reading = NetworkReading(source, make, interval_s=EVERY_S)
        return True

    def _given(self, path: str, read: Read) -> PreActivations:
        sums, (held_out, n_images) = read.value, self._images
        of_which = f"{n_images} {'held-out ' if held_out else ''}image{'' if n_images == 1 else 's'}"
        point, trains = self.points[path], self._reading is not None and self._reading.trains
        return PreActivations(
            np.asarray(sums.z, np.float64).ravel(),
            f"what enters {path} ({of_which})",
            sums.n_all,
            np.asarray(sums.largest, np.float64),
            point.function,
            read.step if trains else None,
        )


def _no_network(given: Any, model: Any) -> Exception:
    accepted = "a trained or built model, its run, or a Keras model"
    if hasattr(model, "build") and hasattr(model, "name"):
        return ValueError(
            f"`model` has no network yet. Accepted is {accepted}; received {model.name!r}: train it, or build "
            "it, first."
        )
    return TypeError(f"`model` is no network. Accepted is {accepted}; received {type(given).__name__}.")
