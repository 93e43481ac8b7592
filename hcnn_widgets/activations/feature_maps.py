"""What a network makes of an image: the maps of its areas, its output, and what drives each map."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.keywords import checks_keywords

from .compiled_part import Call, compiled_part
from .expected_pixels import expected_pixels
from .network_graph import NetworkGraph, Tap
from .tapped_part import TappedPart
from .taps import output_taps, tapped_tensors, taps_of

Maps = NDArray[np.float32]
MOST_AT_ONCE = 64
"""Images of a batch in which every map is pooled."""


@checks_keywords
class FeatureMaps:
    """Show images to a network, with the weights of the moment; each question is compiled at its first use.

    While a run goes on, call it through ``run.at_boundary`` alone.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built.
    areas : Mapping[str, str] or iterable of str
        Area -> layer name, from the input up; or names that are both. See `taps_of`.
    image_shape : (height, width, n_channels)
        Of the images that it is shown.
    pixels : Pixels, pair of numbers or str, optional
        Range of the pixels that the network expects, as in `expected_pixels`.

    Examples
    --------
    >>> from hcnn_widgets.architecture import hcnn
    >>> network = hcnn(areas=("V1", "IT"), input_shape=(16, 16, 1)).build(seed=0)
    >>> shown = FeatureMaps(network, ("V1", "IT"), (16, 16, 1))
    >>> {area: maps.shape for area, maps in shown.maps(np.zeros((16, 16, 1))).items()}
    {'V1': (4, 4, 32), 'IT': (2, 2, 48)}
    """

    def __init__(
        self, network: Any, areas: Mapping[str, str] | Iterable[str], image_shape: tuple[int, ...], pixels: Any = None
    ) -> None:
        self.taps = taps_of(network, areas)
        self.pixels = expected_pixels(network, pixels)
        self.image_shape = tuple(image_shape)
        self._graph = NetworkGraph(network)
        self._tensors = list(tapped_tensors(self._graph, self.taps).values())
        self._ends, self._output = output_taps(self._graph, network), _form_of_output(network)

    @property
    def areas(self) -> tuple[str, ...]:
        """Names of the areas, from the input up."""
        return tuple(self.taps)

    def prepare(self, *questions: str) -> "FeatureMaps":
        """Compile questions, "maps", "outputs" or "peaks", here and now, where no training waits; return itself."""
        for question in questions:
            getattr(self, f"_{question}")
        return self

    def maps(self, image: Any) -> dict[str, Maps]:
        """Return the maps of each area for an image.

        Parameters
        ----------
        image : (height, width, n_channels)
            In [0, 1].

        Returns
        -------
        dict of str to ndarray
            Area -> (height, width, n_maps) float32; units without a place are maps of 1 x 1.
        """
        found = self._maps(self._shown(np.asarray(image)[np.newaxis]))
        return dict(zip(self.taps, (maps[0] for maps in found), strict=True))

    def outputs(self, images: Any) -> Any:
        """Return what the network gives for images: an array (n_stimuli, ...) float32, or a dict or list of them."""
        return keras.tree.pack_sequence_as(self._output, self._outputs(self._shown(images)))

    def peaks(self, images: Any) -> dict[str, Maps]:
        """Return the largest response of every map of each area to each image.

        Returns
        -------
        dict of str to ndarray
            Area -> (n_stimuli, n_maps) float32.
        """
        batches = [
            self._peaks(self._shown(images[start : start + MOST_AT_ONCE]))
            for start in range(0, len(images), MOST_AT_ONCE)
        ]
        return {area: np.concatenate(parts) for area, parts in zip(self.taps, zip(*batches, strict=True), strict=True)}

    @cached_property
    def _maps(self) -> Call:
        return self._compiled(self._tensors, lambda maps: [_with_places(tensor) for tensor in maps])

    @cached_property
    def _outputs(self) -> Call:
        return self._compiled(self._ends, lambda outputs: [keras.ops.cast(each, "float32") for each in outputs])

    @cached_property
    def _peaks(self) -> Call:
        return self._compiled(
            self._tensors, lambda maps: [keras.ops.max(_with_places(tensor), axis=(1, 2)) for tensor in maps]
        )

    def _compiled(self, taps: list[Tap], made_of: Any) -> Call:
        return compiled_part(TappedPart(self._graph, taps), self.image_shape, made_of)

    def _shown(self, images: Any) -> Any:
        return self.pixels.applied(np.asarray(images, np.float32))


def _with_places(tensor: Any) -> Any:
    """Return maps, (n_stimuli, height, width, n_maps) float32; units without a place as maps of 1 x 1."""
    ops = keras.ops
    shape = tuple(tensor.shape)
    flat = len(shape) != 4
    return ops.cast(ops.reshape(tensor, (-1, 1, 1, int(np.prod(shape[1:])))) if flat else tensor, "float32")


def _form_of_output(network: Any) -> Any:
    """Return the symbol that the network gives out, or the dict or list of them."""
    return network.outputs[0] if isinstance(network, keras.Sequential) else network.output
