"""The goal of telling how large the object is."""

from dataclasses import dataclass
from typing import ClassVar

from hcnn_widgets.records.keywords import checks_keywords

from .latent_regression import LatentRegression


@checks_keywords
@dataclass(frozen=True)
class Size(LatentRegression):
    """Tell how large the object is: its mean width, of which 0.6 of the image's is usual.

    The output counts in tenths of the image's width, from 0.6 on: 0.72 of the width is 1.2.

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

    name: ClassVar[str] = "size"
    latents: ClassVar[tuple[str, ...]] = ("size",)
    centre: ClassVar[float] = 0.6
    scale: ClassVar[float] = 0.1
    outputs_in_words: ClassVar[str] = "size of the object, (width - 0.6) / 0.1 of the image's width"
    words: ClassVar[str] = "{:.2f} of the image's width"
    brief: ClassVar[str] = "{:.2f}"
    unit_in_brief: ClassVar[str] = "share of the width"
