"""Contact sheets: many images side by side in a single image."""

import numpy as np
from numpy.typing import NDArray


def contact_sheet(
    images: NDArray[np.float32], groups: NDArray[np.int64], per_group: int = 8, gap: int = 2
) -> NDArray[np.uint8]:
    """Lay the first images of each group in a row, one row per group.

    Parameters
    ----------
    images : (n_stimuli, height, width, n_channels) float32
        From 0 to 1.
    groups : (n_stimuli,) int
        The row of each image.
    per_group : int
        Images in a row.
    gap : int
        White pixels between images.

    Returns
    -------
    (height, width) or (height, width, 3) uint8
        White where a group has fewer images.

    Raises
    ------
    ValueError
        If `per_group` is below 1.

    Examples
    --------
    >>> contact_sheet(np.zeros((4, 8, 8, 1), np.float32), np.array([0, 0, 1, 1]), per_group=3).shape
    (18, 28)
    """
    if per_group < 1:
        raise ValueError(f"`per_group` leaves no image in a row. Accepted is 1 or more; received {per_group}.")
    rows = np.unique(groups)
    height, width, n_channels = images.shape[1:]
    sheet = np.full((len(rows) * (height + gap) - gap, per_group * (width + gap) - gap, n_channels), 255, np.uint8)
    for row, group in enumerate(rows):
        for column, index in enumerate(np.flatnonzero(groups == group)[:per_group]):
            top, left = row * (height + gap), column * (width + gap)
            sheet[top : top + height, left : left + width] = np.rint(images[index] * 255)
    return sheet[..., 0] if n_channels == 1 else sheet


def as_png(sheet: NDArray[np.uint8], factor: int = 1, words: str = "") -> bytes:
    """Write a sheet as a PNG file, each pixel a square of `factor` pixels.

    Parameters
    ----------
    sheet : (height, width) or (height, width, 3) uint8
    factor : int
    words : str
        Text beneath the sheet, in black on white; without text no line is added.
    """
    from io import BytesIO

    from PIL import Image, ImageDraw, ImageFont

    picture = Image.fromarray(sheet.repeat(factor, axis=0).repeat(factor, axis=1))
    if words:
        line = max(24, picture.width // 40)  # a notebook shows a wide picture smaller
        page = Image.new(picture.mode, (picture.width, picture.height + line), "white")
        page.paste(picture)
        font = ImageFont.load_default(0.6 * line)
        ImageDraw.Draw(page).text((2, picture.height + 0.15 * line), words, "black", font)
        picture = page
    file = BytesIO()
    picture.save(file, "png")
    return file.getvalue()
