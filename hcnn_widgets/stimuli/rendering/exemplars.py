"""The eight categories of eight exemplars each, and each category's canonical view."""

from collections.abc import Callable, Mapping
from functools import cache

from hcnn_widgets.stimuli.rendering.object_model import ObjectModel, pack
from hcnn_widgets.stimuli.rendering.shapes_animals import ANIMALS
from hcnn_widgets.stimuli.rendering.shapes_boats import BOATS
from hcnn_widgets.stimuli.rendering.shapes_cars import CARS
from hcnn_widgets.stimuli.rendering.shapes_faces import FACES
from hcnn_widgets.stimuli.rendering.shapes_fruits import FRUITS
from hcnn_widgets.stimuli.rendering.shapes_furniture import CHAIRS, TABLES
from hcnn_widgets.stimuli.rendering.shapes_planes import PLANES
from hcnn_widgets.stimuli.rendering.solids import Array, Solid, rotation

CATEGORIES: Mapping[str, Mapping[str, Callable[[], list[Solid]]]] = {
    "animals": ANIMALS,
    "boats": BOATS,
    "cars": CARS,
    "chairs": CHAIRS,
    "faces": FACES,
    "fruits": FRUITS,
    "planes": PLANES,
    "tables": TABLES,
}
"""Category -> exemplar -> the function that builds its solids; the categories of Majaj et al. 2015."""

CANONICAL_VIEWS: Mapping[str, Array] = {
    "animals": rotation(x=8, y=-28),
    "boats": rotation(x=10, y=-25),
    "cars": rotation(x=14, y=-35),
    "chairs": rotation(x=16, y=30),
    "faces": rotation(x=0, y=12),
    "fruits": rotation(x=8, y=0),
    "planes": rotation(x=28, y=-40),
    "tables": rotation(x=20, y=-25),
}
"""Rotation from an object's own axes to its category's canonical view."""


@cache
def model_of(category: str, exemplar: str) -> ObjectModel:
    """Return the model of an exemplar, built at the first call."""
    return pack(CATEGORIES[category][exemplar]())
