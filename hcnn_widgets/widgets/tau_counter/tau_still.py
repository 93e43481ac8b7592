"""The still picture of TauCounter as a scene: both RDMs as the page has them, and how the count stands."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.scene.captions import caption_marks
from hcnn_widgets.widgets.scene.colours import ink_on, sequential
from hcnn_widgets.widgets.scene.marks import Group, Mark, Pixels, Rect, Text
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines, font_size, shortened, value_text

from .tau_frame import read_tau, running_words

GAP = 40
LARGEST = 60
"""Pixels: between the matrices, and of a cell at most."""
Images = list[tuple[str, NDArray[np.uint8] | None]]
"""Name and pixels of each image, (height, width, n_channels); None where there are names alone."""


def tau_still(header: dict[str, Any], values: bytes, position: int, images: Images, width: float) -> Scene:
    """Draw both RDMs, with images along the diagonal, and the count after ``position`` steps."""
    *both, verdicts = read_tau(header, values)
    font, n, half = font_size(width), header["n"], (width - GAP) / 2
    cell = float(min(LARGEST, half // n))
    inset, top = max(0.0, (half - cell * n) / 2), 2.0 * font
    foot = top + n * cell + 2 * font
    count = running_words(verdicts, position)
    source = caption_lines(header["source"], width, font - 1, 1)
    names = (header["name_a"], header["name_b"])
    rdms = zip(names, both, (inset, half + GAP + inset), strict=True)
    marks = [Group(name, tuple(_rdm(name, rdm, images, (left, top), cell, font))) for name, rdm, left in rdms]
    return Scene(
        name="tau",
        title="Counting Kendall's tau_A",
        label=count,
        width=width,
        height=foot + 3.2 * font,
        marks=(
            *marks,
            Text("count", 4, foot, count, font + 1, fill="ink"),
            caption_marks(source, foot + 2 * font, font),
        ),
    )


def _rdm(
    name: str, rdm: NDArray[np.float32], images: Images, corner: tuple[float, float], cell: float, font: int
) -> list[Mark]:
    n, (left, top) = len(images), corner
    title = shortened(name, n * cell, font + 1, bold=True)
    marks: list[Mark] = [Text("title", left, top - 0.7 * font, title, font + 1, bold=True, fill="ink")]
    for i, (label, pixels) in enumerate(images):
        marks.append(_image(f"image-{i}", label, pixels, (left + i * cell, top + i * cell), cell, font))
    # Colours follow the ranks; equal dissimilarities have the same.
    levels = np.unique(rdm)
    size = min(font, cell // 3.4)
    for row, column, value in zip(*np.triu_indices(n, 1), rdm, strict=True):
        share = np.searchsorted(levels, value) / (len(levels) - 1) if len(levels) > 1 else 0.5
        x, y, colour = left + column * cell, top + row * cell, sequential(float(share))
        marks.append(Rect(f"cell-{row}-{column}", x + 1, y + 1, cell - 2, cell - 2, fill=colour))
        at = (x + cell / 2, y + cell / 2 + 0.36 * size)
        marks.append(Text(f"value-{row}-{column}", *at, value_text(float(value)), size, "middle", fill=ink_on(colour)))
    return marks


def _image(
    key: str, label: str, pixels: NDArray[np.uint8] | None, corner: tuple[float, float], cell: float, font: int
) -> Mark:
    """Return an image in a cell of the diagonal, or its name."""
    (x, y), size = corner, font - 2.0
    if pixels is None:
        return Text(
            key, x + cell / 2, y + cell / 2 + 0.3 * font, shortened(label, cell - 4, size), size, "middle", fill="ink"
        )
    scale = (cell - 4) / max(pixels.shape[:2])
    high, wide = pixels.shape[0] * scale, pixels.shape[1] * scale
    return Pixels(key, x + (cell - wide) / 2, y + (cell - high) / 2, wide, high, pixels)
