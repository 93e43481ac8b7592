"""What NetworkView shows at one moment, and its words."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.area_links import AreaLinks
from hcnn_widgets.widgets.panel.words import plural
from hcnn_widgets.widgets.scene.word_room import value_text

from .answers import Answer
from .probe_images import Probe
from .shown_maps import AreaMaps
from .strip_scene import percent

MOST_TILES = 128
"""Maps of the opened area that are drawn."""
N_DRIVING = 8
"""Images that drive a map most."""


class Driving(NamedTuple):
    """The images that drive a map most.

    Attributes
    ----------
    area : str
    number : int
        Of the map.
    images : (n_images,) intp
        Numbers of the images, the strongest first.
    values : (n_images,) float
        The map's largest response to each.
    is_silent : bool
        Whether the map responds to all images alike, as where it responds to none.
    """

    area: str
    number: int
    images: NDArray[np.intp]
    values: NDArray[np.floating]
    is_silent: bool


@dataclass(frozen=True, eq=False)
class NetworkTold:
    """What is shown: an image, the maps of each area, and the answer.

    Attributes
    ----------
    probe : Probe
    links : AreaLinks
    image : int
        Number of the image that is sent through; of what is not here yet, ``areas`` is empty.
    areas : dict of str to AreaMaps
    area : str
        The opened area.
    number : int or None
        The chosen map of it.
    answer : Answer or None
    note : str
        Why there is no answer.
    step : int or None
        None of a model that does not train.
    order : dict of str to (n_maps,) intp
        Of each area, the maps from the front to the back.
    driving : Driving or None
    """

    probe: Probe
    links: AreaLinks
    image: int
    area: str
    areas: dict[str, AreaMaps] = field(default_factory=dict)
    number: int | None = None
    answer: Answer | None = None
    note: str = ""
    step: int | None = None
    order: dict[str, NDArray[np.intp]] = field(default_factory=dict)
    driving: Driving | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the areas, from the input up."""
        return tuple(self.links.into)

    @property
    def opened(self) -> AreaMaps | None:
        """The maps of the opened area."""
        return self.areas.get(self.area)

    @property
    def n_tiles(self) -> int:
        """How many maps of the opened area are drawn."""
        return 0 if self.opened is None else min(self.opened.n_maps, MOST_TILES)

    @property
    def title(self) -> str:
        """The panel's title."""
        at = "" if self.step is None else f" at step {self.step:,}"
        axes = f" ({self.probe.kind}: {self.probe.axes})" if self.probe.axes else ""
        return f"The network{at}{axes}"

    @property
    def sentence(self) -> str:
        """All of it in a sentence."""
        at = "" if self.step is None else f" at step {self.step:,}"
        if not self.areas:
            return f"The {self.probe.kind} {self.probe.name(self.image)} is on its way through the network."
        through = ", ".join(f"{name} ({self.size_of(name)})" for name in self.names)
        axes = f" ({self.probe.axes})" if self.probe.axes else ""
        return (
            f"The {self.probe.kind} {self.probe.name(self.image)}{axes} goes{at} through {through}. {self.answer_words}"
        )

    @property
    def answer_words(self) -> str:
        """The answer in a sentence."""
        if self.answer is None:
            return self.note or "No answer yet."
        sure = "" if self.answer.sure is None else f", {percent(self.answer.sure)} sure"
        verdict = f"; {self.answer.verdict}" if self.answer.verdict else ""
        return f"The network answers {self.answer.words}{sure}{verdict}."

    def size_of(self, area: str) -> str:
        """Return how many maps an area has, and how large: "32 maps of 16 × 16"."""
        if area not in self.areas:
            return ""
        maps = self.areas[area]
        if not maps.has_places:
            return plural(maps.n_maps, "unit")
        return f"{plural(maps.n_maps, 'map')} of {maps.maps.shape[0]} × {maps.maps.shape[1]}"

    def map_name(self, number: int, area: str = "") -> str:
        """Return what a map is called: "V4, map 17 of 64"."""
        maps = self.areas[area or self.area]
        return f"{area or self.area}, {'map' if maps.has_places else 'unit'} {number + 1} of {maps.n_maps}"

    def map_words(self, number: int) -> str:
        """Return a sentence on a map of the opened area."""
        maps = self.opened
        assert maps is not None
        if not maps.has_places:
            return f"{self.map_name(number)}: responds {value_text(float(maps.peaks[number]))}."
        row, column = maps.peak_places[number]
        return (
            f"{self.map_name(number)}: largest response {value_text(float(maps.peaks[number]))} in row {row + 1}, "
            f"column {column + 1}; mean {value_text(float(maps.means[number]))}."
        )

    @property
    def scale_words(self) -> str:
        """What the shades of the opened area mean."""
        maps = self.opened
        if maps is None:
            return ""
        top = value_text(maps.top)
        return f"brown −{top}, white 0, teal {top}" if maps.signed else f"black 0, white {top} or more"

    @property
    def driving_words(self) -> str:
        """What the images below the maps are."""
        if self.number is None or self.opened is None:
            return f"Click a map, or press Enter on it: the {self.probe.kind}s that drive it most."
        unit = "map" if self.opened.has_places else "unit"
        name = f"{self.area}, {unit} {self.number + 1}"
        if self.driving is None:
            return f"{name}: looking for the {self.probe.kind}s that drive it most…"
        if self.driving.is_silent:
            return f"{name} has the same response to all {self.probe.words}: nothing drives it."
        return f"{name} is driven most, of {self.probe.words}, by"
