"""What the tests of the stimuli share: pictures of objects alone, at latent variables that the test chooses."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from hcnn_widgets.stimuli.rendering import object_blocks, rendered_objects
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

sys.path.insert(0, str(Path(__file__).parent))

Draw = Callable[..., StimulusSet]


@pytest.fixture
def draw(monkeypatch) -> Draw:
    """Give a maker of one block of objects on an even background, with some latent variables set by the test."""
    own_draw = object_blocks.draw_latents

    def make(background: float = 0.0, n: int = 64, pixels: int = 64, **latents) -> StimulusSet:
        def draw_latents(variation, n_images, degrees, rng):
            drawn = own_draw(variation, n_images, degrees, rng)
            return drawn | {name: np.zeros(n_images) + values for name, values in latents.items()}

        def even(n_images, size, rng):
            return np.full((n_images, size, size), background, np.float32)

        with monkeypatch.context() as patch:
            patch.setattr(object_blocks, "draw_latents", draw_latents)
            patch.setattr(object_blocks, "pink_noise", even)
            return rendered_objects.objects(n, variation="low", size=pixels)

    return make


@pytest.fixture
def silhouettes(draw) -> Callable[..., np.ndarray]:
    """Give a maker of silhouettes (n, size, size): the share of each pixel that its object covers.

    What is drawn on white and on black differs by the share of the background that shows.
    """

    def make(**latents) -> np.ndarray:
        on_white, on_black = draw(background=1.0, **latents), draw(background=0.0, **latents)
        return 1 - (on_white.images - on_black.images)[..., 0]

    return make
