from itertools import pairwise

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.widgets.classroom.lenet5.drawing import between, inked, levels_of, rows_of, seen


def test_ink_is_counted_in_blocks_and_enlarged_as_the_digits_are():
    digits = hw.stimuli.digits(3)
    for image, whole in zip(digits.images, digits.adapted_to((32, 32, 1)).images, strict=True):
        levels = levels_of(np.kron(image[..., 0], np.ones((2, 2))))
        np.testing.assert_allclose(seen(levels), whole[..., 0], atol=1e-6)


@pytest.mark.parametrize("scale", [1.0, 16, 255])
def test_an_image_of_fractions_or_whole_numbers_is_a_drawing(scale):
    image = np.zeros((32, 32))
    image[8:24, 12:20] = 1
    given = image if scale == 1 else (scale * image).astype(np.uint8 if scale == 255 else int)
    np.testing.assert_array_equal(levels_of(given), 16 * image[::2, ::2])


def test_the_way_between_cells_leaves_no_gap():
    for start, end in [((0, 0), (3, 9)), ((5, 5), (5, 5)), ((9, 2), (1, 3))]:
        way = [start, *between(start, end)]
        assert way[-1] == end
        assert all(max(abs(a - c), abs(b - d)) <= 1 for (a, b), (c, d) in pairwise(way))


def test_rows_of_text_are_read_as_they_are_written():
    levels = np.arange(256).reshape(16, 16) % 17
    np.testing.assert_array_equal(levels_of(rows_of(levels)), levels)
    assert inked(levels, [(0, 0)]).shape == (16, 16)
