"""The goal of telling how the object is turned."""

from dataclasses import dataclass
from typing import ClassVar

from hcnn_widgets.records.keywords import checks_keywords

from .latent_regression import LatentRegression


@checks_keywords
@dataclass(frozen=True)
class Pose(LatentRegression):
    """Tell how the object is turned about the vertical, about the horizontal and in the image's plane.

    The outputs count in steps of 30 degrees from the canonical view.

    Parameters
    ----------
    pooling : str
        What the readout sees of the last area's map: "flatten", all of it, or "average" over positions, one a channel.
    dropout : float
        Fraction of the readout's inputs left out at each training step, in [0, 1).

    Source
    ------
    Hong, Yamins, Majaj & DiCarlo (2016), Nature Neuroscience 19, 613.
    """

    name: ClassVar[str] = "pose"
    latents: ClassVar[tuple[str, ...]] = (
        "rotation_about_vertical",
        "rotation_about_horizontal",
        "rotation_in_plane",
    )
    scale: ClassVar[float] = 30.0
    outputs_in_words: ClassVar[str] = "turns of the object about three axes, in steps of 30 degrees"
    words: ClassVar[str] = "turned by {:+z.3g}, {:+z.3g}, {:+z.3g} deg"
    brief: ClassVar[str] = "{:z.0f} {:z.0f} {:z.0f}"
    unit_in_brief: ClassVar[str] = "turned by deg"
