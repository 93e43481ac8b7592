"""Images that are made when a test says so."""

from typing import Any

from hcnn_widgets.stimuli.rendering.growing_images import GrowingImages
from hcnn_widgets.stimuli.rendering.object_blocks import BLOCK


class Making:
    """Makes images (n_stimuli, size, size, 1) block by block, when it is told to."""

    def __init__(self, images: Any) -> None:
        self._images = images
        self.growing = GrowingImages(len(images), images.shape[1])

    def make(self, *blocks: int) -> None:
        for block in blocks:
            self.growing.room(block)[:] = self._images[block * BLOCK :][: self.growing.count(block)]
            self.growing.is_there(block, 1)
