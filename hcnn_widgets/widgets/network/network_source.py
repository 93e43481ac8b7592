"""Panels that show images to a network: the source, the images, and the image that is chosen."""

from collections.abc import Callable
from typing import Any

import traitlets

from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.scene.scene_panel import DrawsScene

from .network_reading import NetworkReading
from .probe_images import Probe, given_images, probe_of

NO_IMAGES = (
    "There are no images to show to this network: its training holds none out, or it has not been trained here. Give "
    "some by stimuli=..."
)
NO_SEQUENCES = (
    "This network takes sequences, and this panel shows images. hw.activations.over_time(model, stimuli) records what "
    "its areas answer frame by frame, and hw.widgets.MemoryTrace shows what they keep over a delay."
)


class NetworkSource(DrawsScene):
    """Base of the panels that show images to a network.

    Parameters
    ----------
    source : Run or GoalDrivenModel, optional
    stimuli : StimulusSet, optional
        Images to show; by default those that the training holds out.
    seed : int
        The same seed draws the same images.
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    image = traitlets.Int(0, min=0)
    """Number of the image that is chosen, those of the strip first: 3"""

    def __init__(
        self, source: Any | None = None, stimuli: StimulusSet | None = None, *, seed: int = 0, **traits: Any
    ) -> None:
        self._seed = seed
        self._probe: Probe | None = None
        self._readings: tuple[NetworkReading, ...] = ()
        self._why = "No network to show yet."
        super().__init__(**traits)
        self.follow(source, stimuli)

    def follow(self, source: Any | None, stimuli: StimulusSet | None = None) -> None:
        """Show another run or model; the arguments are those of the panel."""
        for reading in self._readings:
            reading.close()
        self._probe, self._readings, self._why = None, (), "No network to show yet."
        self._awaits: tuple[Any, StimulusSet | None] | None = None
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

    def nothing_yet(self) -> Frame | None:
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

    def _take(self, source: Any, stimuli: StimulusSet | None) -> None:
        model = source.model if hasattr(source, "at_boundary") else source
        if getattr(model, "network", None) is None:
            self._why = f"`{getattr(model, 'name', 'This')}` has no network yet: train it, or build it, first."
            return
        if isinstance(model.network.input_shape, tuple) and len(model.network.input_shape) == 5:
            self._why = NO_SEQUENCES
            return
        if given_images(source, stimuli) is None:
            self._why = NO_IMAGES
            return
        self._look_for_images(source, stimuli)

    def _look_for_images(self, source: Any, stimuli: StimulusSet | None) -> None:
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


def images_for(model: Any, stimuli: StimulusSet) -> StimulusSet:
    """Return stimuli in the size and colours that a model's network takes; where it leaves them open, their own."""
    wanted = model.network.input_shape
    if not isinstance(wanted, tuple) or len(wanted) != 4:
        raise ValueError(
            "`source` takes no images. Accepted is a network with one input, (n_stimuli, height, width, n_channels); "
            f"received one of {wanted}."
        )
    own = stimuli.images.shape[1:]
    height, width, n_channels = (size or there for size, there in zip(wanted[1:], own, strict=True))
    return stimuli.adapted_to((height, width, n_channels))
