"""The goal of telling where the object is."""

from dataclasses import dataclass
from typing import ClassVar

from hcnn_widgets.records.keywords import checks_keywords

from .latent_regression import LatentRegression


@checks_keywords
@dataclass(frozen=True)
class Position(LatentRegression):
    """Tell where the object is, in degrees to the right and up of the middle of the image.

    Parameters
    ----------
    pooling : str
        What the readout sees of the last area's map: "flatten", all of it, or "average" over positions, one a channel.
    dropout : float
        Fraction of the readout's inputs left out at each training step, in [0, 1).

    Source
    ------
    Hong, Yamins, Majaj & DiCarlo (2016), Nature Neuroscience 19, 613.

    Examples
    --------
    >>> Position().score_kinds(())[0].name
    'position R2'
    """

    name: ClassVar[str] = "position"
    latents: ClassVar[tuple[str, ...]] = ("horizontal_position", "vertical_position")
    outputs_in_words: ClassVar[str] = "place of the object, in degrees to the right and up"
    words: ClassVar[str] = "{:+z.3g} deg right, {:+z.3g} deg up"
    brief: ClassVar[str] = "{:z.1f}, {:z.1f}"
    unit_in_brief: ClassVar[str] = "right, up, in deg"
