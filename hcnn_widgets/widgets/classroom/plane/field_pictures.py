"""The picture of a field, as widgets that bqplot shows."""

import io

import ipywidgets
import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.panel.closing import close_parts


class FieldPictures:
    """Two widgets that take turns in holding a picture: bqplot looks at a picture when its mark takes another widget.

    Parameters
    ----------
    pixels : (n_rows, n_columns, 4) uint8
        What is shown first.
    """

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self._now, self._other = (ipywidgets.Image(value=png_of(pixels), format="png") for _ in range(2))

    def holding(self, pixels: NDArray[np.uint8]) -> ipywidgets.Image:
        """Return the widget that holds these pixels: the same one as before where they are the same."""
        png = png_of(pixels)
        if self._now.value != png:
            self._now, self._other = self._other, self._now
            self._now.value = png
        return self._now

    def close(self) -> None:
        """Close both."""
        for picture in (self._now, self._other):
            close_parts(picture)
            picture.close()


def png_of(pixels: NDArray[np.uint8]) -> bytes:
    """Return red, green, blue and opacity, (n_rows, n_columns, 4) uint8, as a PNG."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=1)
    return file.getvalue()
