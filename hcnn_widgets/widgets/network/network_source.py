"""Panels that show images to a network: the source, the images, and the image that is chosen."""

from collections.abc import Callable
from typing import Any, TypeVar

import traitlets

from hcnn_widgets.stimuli.check_stimuli import Stimuli
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.given_source import source_given
from hcnn_widgets.widgets.scene.scene_panel import DrawsScene

from .network_reading import NetworkReading
from .probe_images import Probe, given_stimuli, probe_of

Shown = TypeVar("Shown", bound=Stimuli)
NO_IMAGES = (
    "There are no images to show to this network: its training holds none out, or it has not been trained here. Give "
    "some by stimuli=..."
)
NOT_OF_ITS_KIND = (
    "`stimuli` are not what the network takes. Accepted are {wanted}, as its input {shape} says; received {came}."
)


class NetworkSource(DrawsScene):
    """Base of the panels that show images to a network.

    Parameters
    ----------
    source : Run, GoalDrivenModel or keras.Model, optional
    stimuli : StimulusSet or SequenceSet, optional
        What to show; by default those that the training holds out.
    seed : int
        The same seed draws the same images.
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    image = traitlets.Int(0, min=0)
    """Number of the image that is chosen, those of the strip first: 3"""

    def __init__(
        self, source: Any | None = None, stimuli: Stimuli | None = None, *, seed: int = 0, **traits: Any
    ) -> None:
        self._seed = seed
        self._probe: Probe | None = None
        self._readings: tuple[NetworkReading, ...] = ()
        self._why = ""
        super().__init__(**traits)
        self.follow(source, stimuli)

    def follow(self, source: Any | None, stimuli: Stimuli | None = None) -> None:
        """Show another run or model; the arguments are those of the panel."""
        source = source_given(source)  # a plain Keras model, too
        for reading in self._readings:
            reading.close()
        self._probe, self._readings, self._why = None, (), self.nothing_yet("No network to show yet.")
        self._awaits: tuple[Any, Stimuli | None] | None = None
        self.clear()
        if source is not None:
            self._take(source, stimuli)
        self.start()

    def on_image(self, action: Callable[[int], object]) -> None:
        """Have this called with the number of the image whenever another one is chosen."""
        self.observe(lambda change: action(change["new"]), "image")

    def source_over(self) -> bool:
        """Return whether training is over, or there is nothing that trains."""
        return self._awaits is None and not any(reading.training for reading in self._readings)

    def frame_before_images(self) -> Frame | None:
        """Return a frame that says why nothing is shown; None where there are images, or now come to be."""
        if self._awaits is not None:
            self._look_for_images(*self._awaits)
        return Frame(message=self._why, final=self._awaits is None) if self._probe is None else None

    def close(self) -> None:
        """Take the panel off the page, and hold neither run nor model any more."""
        for reading in getattr(self, "_readings", ()):
            reading.close()
        self._awaits = None
        super().close()

    def new_readings(self, source: Any, probe: Probe) -> tuple[NetworkReading, ...]:
        """Return what is asked of the network."""
        raise NotImplementedError

    def _take(self, source: Any, stimuli: Stimuli | None) -> None:
        model = source.model if hasattr(source, "at_boundary") else source
        if getattr(model, "network", None) is None:
            self._why = f"`{getattr(model, 'name', 'This')}` has no network yet: train it, or build it, first."
            return
        given = given_stimuli(source, stimuli)
        if given is None:
            self._why = NO_IMAGES
            return
        if refusal := kind_refusal(model.network.input_shape, given):
            self._why = refusal
            return
        self._look_for_images(source, stimuli)

    def _look_for_images(self, source: Any, stimuli: Stimuli | None) -> None:
        """Show the images that are there; where they are still being made, look again later."""
        self._probe = probe_of(source, stimuli, self._seed)
        if self._probe is None:
            self._awaits, self._why = (source, stimuli), "Waiting for the first images…"
            return
        self._awaits = None
        self.image = min(self.image, len(self._probe.stimuli) - 1)
        self._readings = self.new_readings(source, self._probe)

    @traitlets.observe("image")  # type: ignore[untyped-decorator]
    def _other_image(self, _change: Any) -> None:
        self.renew()


def kind_refusal(shape: Any, stimuli: Stimuli) -> str:
    """Return why a network of such an input cannot be shown stimuli: sequences to one of images, or the other way."""
    kinds = {4: "images", 5: "sequences"}
    n_axes = 1 + len(stimuli.image_shape)  # known of images that are still being drawn, too
    if not isinstance(shape, tuple) or len(shape) not in kinds or len(shape) == n_axes:
        return ""
    return NOT_OF_ITS_KIND.format(wanted=kinds[len(shape)], shape=shape, came=kinds[n_axes])


def images_for(model: Any, stimuli: Shown) -> Shown:
    """Return stimuli in the size and colours that a model's network takes; where it leaves them open, their own."""
    wanted = model.network.input_shape
    if not isinstance(wanted, tuple) or len(wanted) not in (4, 5):
        raise ValueError(
            "`source` takes no images. Accepted is a network with one input, (n_stimuli, height, width, n_channels), "
            f"or of sequences; received one of {wanted}."
        )
    if refusal := kind_refusal(wanted, stimuli):
        raise ValueError(refusal)
    own = stimuli.images.shape[1:]
    sizes: Any = tuple(size or there for size, there in zip(wanted[1:], own, strict=True))
    adapted: Any = stimuli.adapted_to(sizes)
    found: Shown = adapted
    return found
