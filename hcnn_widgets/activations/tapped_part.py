"""The part of a network up to its taps, to be run as one model."""

from collections.abc import Callable, Sequence
from typing import Any

from hcnn_widgets.keras_door import keras

from .network_graph import Application, NetworkGraph, Tap


class TappedPart(keras.Model):
    """The layers of a network up to some of its tensors, models inside it opened up; the weights are the network's.

    Calling it leaves no trace in the network's graph, and no layer runs that no tap needs.

    Parameters
    ----------
    graph : NetworkGraph
        The network.
    taps : sequence of Tap
        The tensors that a call returns, in this order.
    """

    def __init__(self, graph: NetworkGraph, taps: Sequence[Tap]) -> None:
        # The layers keep their own precision: nothing is cast on the way in but what the network's input casts.
        super().__init__(name="recorded_part", dtype="float32", autocast=False)
        self._run = lambda fed, apply: graph.run(fed, taps, apply)
        needed = set().union(*(tap.application.upstream() for tap in taps))
        # Held as layers of this model, so that backends without variables of their own find the weights.
        layers = (leaf.layer for leaf in graph.leaves if leaf in needed and hasattr(leaf.layer, "weights"))
        self._needed = list(dict.fromkeys(layers))
        self.built = True

    def call(self, images: Any, training: bool = False) -> list[Any]:
        """Return the tapped tensors, each (n_stimuli, ...)."""
        return self.applying(images, lambda application: training)

    def applying(self, images: Any, training: Callable[[Application], bool]) -> list[Any]:
        """Return the tapped tensors where each application by itself is told whether this is training."""

        def apply(application: Application, args: Any, kwargs: Any) -> list[Any]:
            return applied(application, args, kwargs, training(application))

        return list(self._run(images, apply))

    def compute_output_spec(self, images: Any, training: bool = False) -> list[Any]:
        """Return the tapped tensors' shapes and types for images of this shape, without running anything."""

        def specified(application: Application, args: Any, kwargs: Any) -> list[Any]:
            if application.is_input:
                dtype = application.symbols[0].dtype
                return [keras.KerasTensor(given.shape, dtype=dtype) for given in args]
            return list(keras.tree.flatten(application.layer.compute_output_spec(*args, **kwargs)))

        return list(self._run(images, specified))


def applied(application: Application, args: Any, kwargs: Any, training: bool) -> list[Any]:
    """Return the outputs of an application; where images come in, the images."""
    if application.is_input:
        dtype = application.symbols[0].dtype
        return [keras.ops.convert_to_tensor(given, dtype=dtype) for given in args]
    # As a functional model does: said for the whole, it holds for every layer, whatever its own call said.
    if application.takes_training:
        kwargs = {**kwargs, "training": training}
    return list(keras.tree.flatten(application.layer(*args, **kwargs)))
