"""The drawing of NetworkView: an image through the areas of a network, live."""

from typing import Any, ClassVar

import numpy as np
import traitlets
from numpy.typing import NDArray

from hcnn_widgets.activations.area_links import AreaLinks
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.scene import Scene

from .answers import Answer, NoAnswer, answers_of
from .network_reading import Ask, NetworkReading
from .network_scene import network_scene, places_of
from .network_source import NetworkSource, images_for
from .network_told import N_DRIVING, Driving, NetworkTold
from .probe_images import Probe
from .shown_maps import AreaMaps

PEAKS = "peaks"
MAPS_EVERY_S, PEAKS_EVERY_S = 0.5, 2.0


class NetworkPanel(NetworkSource):
    """Drawing of NetworkView; the arguments are those of NetworkSource."""

    title = traitlets.Unicode("The network").tag(sync=True)
    knows_height: ClassVar[bool] = True

    area = traitlets.Unicode()
    """The opened area: "V1" """

    number = traitlets.Int(None, allow_none=True)
    """Number of the chosen map of the opened area: 17, or None"""

    def __init__(self, source: Any | None = None, stimuli: Any | None = None, *, seed: int = 0, **traits: Any) -> None:
        check_options(traits, NetworkPanel)
        self.areas: tuple[str, ...] = ()
        self.taps: dict[str, str] = {}
        self.comment = ""
        super().__init__(source, stimuli, seed=seed, **traits)

    def clear(self) -> None:
        """Take what is shown off the page, before something else is shown."""
        self._told: NetworkTold | None = None
        self._known: tuple[object, ...] = ()
        self._maps: dict[str, AreaMaps] = {}
        self._read: Any = None
        self._order: dict[str, NDArray[np.intp]] = {}
        super().clear()

    def new_readings(self, source: Any, probe: Probe) -> tuple[NetworkReading, ...]:
        """Return what is asked of the network: the maps of an image with its answer, and what drives each map."""
        from hcnn_widgets.activations.area_links import area_links

        model = source.model if hasattr(source, "at_boundary") else source
        self._links: AreaLinks = area_links(model.network, model.taps)
        self.areas = tuple(self._links.into)
        self.taps, self.comment = dict(model.taps), model.pixels.comment
        self.number = None
        if self.area not in self.areas:
            self.area = self.areas[0]
        return (
            NetworkReading(source, lambda model: mapping_of(model, probe), interval_s=MAPS_EVERY_S),
            NetworkReading(source, lambda model: peaking(model, probe), interval_s=PEAKS_EVERY_S),
        )

    def make_frame(self) -> Frame:
        """Return a frame of the newest maps, and have what is asked for looked up."""
        if (nothing := self.frame_before_images()) is not None:
            return nothing
        assert self._probe is not None
        maps, peaks = self._readings
        asked, number = self.image, self.number
        read = maps.look(asked)
        driving = None if number is None else peaks.look(PEAKS)
        chosen = (asked, self.area, number)
        if self._told is None or self._known != (id(read), id(driving), *chosen):
            self._told, self._known = self._new_told(read, driving, *chosen), (id(read), id(driving), *chosen)
        final = maps.settled(asked) and (number is None or peaks.settled(PEAKS))
        if final:
            for reading in self._readings:
                reading.let_go()
        lost = "The model of this panel is no longer in the kernel." if maps.gone else ""
        return self.frame_of_scene(self.scene, lost, final, of=self._told)

    def _new_told(self, read: Any, peaks: Any, image: int, area: str, number: int | None) -> NetworkTold:
        """Return what is shown now; what is still awaited of another image is left out."""
        here = read is not None and read.asked == image
        if here and read is not self._read:
            arrived = {name: AreaMaps(maps) for name, maps in read.value[0].items()}
            same = self._read is not None and self._read.asked == image
            self._order = {
                name: maps.in_front(self._order.get(name) if same else None) for name, maps in arrived.items()
            }
            self._read, self._maps = read, arrived
        # Until the maps of another image are there, those before stay: nothing flickers.
        answer = self._read.value[1] if here else None
        return NetworkTold(
            probe=self._probe,  # type: ignore[arg-type]
            links=self._links,
            image=image,
            area=area,
            areas=self._maps,
            number=number if area in self._maps and number is not None and number < self._maps[area].n_maps else None,
            answer=answer if isinstance(answer, Answer) else None,
            note=answer if isinstance(answer, str) else "",
            step=None if read is None or not self._readings[0].trains else read.step,
            order=self._order,
            driving=None if peaks is None or number is None else driving_of(peaks, area, number),
        )

    def scene(self, width: int, height: int = 0) -> Scene:
        """Describe the network for a width, and for at most a height where it is not 0, in pixels."""
        assert self._told is not None
        return network_scene(self._told, width, height)

    def pressed(self, place: int, key: str) -> None:
        """Send an image through, open an area, or choose a map."""
        assert self._told is not None
        kind, number = places_of(self._told)[place]
        if kind == "image":
            self.image = number
        elif kind == "area":
            self.area = self.areas[number]
        elif kind == "map":
            self.number = None if number == self.number else number
        elif kind == "driving" and self._told.driving is not None:
            self.image = int(self._told.driving.images[number])

    @traitlets.validate("area")  # type: ignore[untyped-decorator]
    def _known_area(self, proposal: Any) -> str:
        area = str(proposal["value"])
        if self.areas and area not in self.areas:
            raise ValueError(
                f"`area` is not in this network. Accepted are its areas, {', '.join(self.areas)}; received {area!r}."
            )
        return area

    @traitlets.observe("area")  # type: ignore[untyped-decorator]
    def _other_area(self, _change: Any) -> None:
        self.number = None
        self.renew()

    @traitlets.observe("number")  # type: ignore[untyped-decorator]
    def _other_map(self, _change: Any) -> None:
        self.renew()

    def sentence(self) -> str:
        """Return a sentence on the image, the areas and the answer."""
        return self.message or "The network." if self._told is None else self._told.sentence


def driving_of(peaks: Any, area: str, number: int) -> Driving | None:
    """Return the images that drive a map most; those to which it responds least are left out, even if all others do."""
    responses = peaks.value[area]
    if number >= responses.shape[1]:
        return None
    own = responses[:, number]
    images = np.argsort(-own, kind="stable")[:N_DRIVING]
    images = images[own[images] > own.min()]
    return Driving(area, number, images, own[images], is_silent=not len(images))


def mapping_of(model: Any, probe: Probe) -> Ask:
    """Return what gives the maps of an image by its number, with the network's answer or why there is none."""
    from hcnn_widgets.activations.feature_maps import FeatureMaps

    goal, categories = model.goal, tuple(model.categories)
    shown = images_for(model, probe.stimuli)
    network = FeatureMaps(model.network, model.taps, shown.images.shape[1:], pixels=model.pixels)
    network.prepare("maps", "outputs")

    def ask(image: Any) -> tuple[dict[str, NDArray[np.float32]], Answer | str]:
        answer: Answer | str
        one = shown[image]
        try:
            (answer,) = answers_of(goal, categories, network.outputs(one.images), one)
        except NoAnswer as why:
            answer = str(why)
        return network.maps(one.images[0]), answer

    return ask


def peaking(model: Any, probe: Probe) -> Ask:
    """Return what gives the largest response of each map of each area to all images."""
    from hcnn_widgets.activations.feature_maps import FeatureMaps

    shown = images_for(model, probe.stimuli)
    network = FeatureMaps(model.network, model.taps, shown.images.shape[1:], pixels=model.pixels).prepare("peaks")
    return lambda _asked: network.peaks(shown.images)
