"""The controls by name."""

from typing import Any

import numpy as np

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.controls.control import Control
from hcnn_widgets.mapping.controls.gabor_front_ends import gabor, v1_like
from hcnn_widgets.mapping.controls.hmax_like import hmax_like
from hcnn_widgets.mapping.maps.pixels import pixels
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


def ideal_observer(stimuli: StimulusSet) -> ActivationSet:
    """Return what somebody knows who names every object without error, and nothing else: a unit for each category.

    Source: Yamins et al. 2014, PNAS 111, 8619 (category ideal observer).
    """
    categories = np.array(stimuli.categories)
    known = (np.asarray(stimuli.labels)[:, np.newaxis] == categories).astype(np.float32)
    return ActivationSet({"ideal observer": known}, stimuli.stimulus_ids)


def untrained(stimuli: StimulusSet, model: Any) -> ActivationSet:
    """Return the areas of a model as it was before any training."""
    recorded: ActivationSet = model.untrained().record(stimuli)
    return recorded


CONTROLS: dict[str, Control] = {
    "untrained": Control(untrained, "the same network before training", of_model=True),
    "pixels": Control(pixels, "the image in 16 x 16 grey blocks"),
    "gabor": Control(gabor, "rectified Gabor filters", "Jones & Palmer 1987"),
    "V1-like": Control(v1_like, "normalised Gabor energy", "Pinto et al. 2008"),
    "HMAX-like": Control(
        hmax_like, "nearness to patches of edges, anywhere", "Riesenhuber & Poggio 1999; Serre et al. 2007"
    ),
    "ideal observer": Control(
        ideal_observer, "the categories, known without error", "Yamins et al. 2014", needs_labels=True
    ),
}
"""Name -> control, which is called as (stimuli), or (stimuli, model) where it is made of a network."""
