"""Sizes, channels, sheets and splits of arrays of images."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import map_coordinates

from hcnn_widgets.stimuli.images.contact_sheet import contact_sheet
from hcnn_widgets.stimuli.images.resizing import recoloured, resized
from hcnn_widgets.stimuli.stratified_split import smaller_part

SIZES = st.integers(1, 12)


def noise(height: int, width: int, n_channels: int = 2, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random((3, height, width, n_channels)).astype(np.float32)


@given(st.integers(1, 12), st.integers(1, 12), st.data())
def test_a_smaller_image_holds_averages_over_the_area_of_each_pixel(height, width, data) -> None:
    # Every pixel is first cut into as many parts as the new size has pixels: then all areas are whole.
    images = noise(height, width)
    new_height, new_width = data.draw(st.integers(1, height)), data.draw(st.integers(1, width))
    fine = images.repeat(new_height, axis=1).repeat(new_width, axis=2)
    areas = fine.reshape(3, new_height, height, new_width, width, 2)
    np.testing.assert_allclose(resized(images, new_height, new_width), areas.mean(axis=(2, 4)), atol=1e-5)


@given(st.integers(1, 8), st.integers(1, 8), st.integers(0, 8), st.integers(0, 8))
def test_a_larger_image_is_interpolated_linearly_as_scipy_does(height, width, more_rows, more_columns) -> None:
    images = noise(height, width, 1)
    new_height, new_width = height + more_rows, width + more_columns
    rows = (np.arange(new_height) + 0.5) * height / new_height - 0.5
    columns = (np.arange(new_width) + 0.5) * width / new_width - 0.5
    places = np.meshgrid(rows, columns, indexing="ij")
    expected = [map_coordinates(image[..., 0], places, order=1, mode="nearest") for image in images]
    np.testing.assert_allclose(resized(images, new_height, new_width)[..., 0], expected, atol=1e-5)


@given(SIZES, SIZES, SIZES, SIZES)
def test_any_size_stays_in_range_and_an_even_image_stays_even(height, width, new_height, new_width) -> None:
    images = resized(noise(height, width), new_height, new_width)
    assert images.shape == (3, new_height, new_width, 2)
    assert images.dtype == np.float32
    assert images.min() >= 0
    assert images.max() <= 1
    even = resized(np.full((1, height, width, 1), 0.7, np.float32), new_height, new_width)
    np.testing.assert_allclose(even, 0.7, rtol=1e-5)


@pytest.mark.parametrize(("height", "width"), [(0, 4), (4, -1)])
def test_a_size_without_a_pixel_is_refused(height, width) -> None:
    with pytest.raises(ValueError, match=rf"`height` and `width` must hold a pixel.*received {height} x {width}\."):
        resized(noise(4, 4), height, width)


def test_colour_becomes_luminance_by_the_weights_of_the_standard_and_back_to_three_equal_channels() -> None:
    images = noise(4, 5, 3)
    expected = 0.299 * images[..., 0] + 0.587 * images[..., 1] + 0.114 * images[..., 2]
    grey = recoloured(images, 1)
    np.testing.assert_allclose(grey[..., 0], expected, atol=1e-6)
    np.testing.assert_array_equal(recoloured(grey, 3), np.concatenate([grey] * 3, axis=3))
    assert recoloured(images, 3) is images
    assert recoloured(np.ones((1, 2, 2, 3), np.float32), 1).max() <= 1


@pytest.mark.parametrize(("came", "wanted"), [(3, 2), (2, 1), (1, 4)])
def test_other_numbers_of_channels_are_refused(came, wanted) -> None:
    with pytest.raises(
        ValueError, match=rf"`n_channels` cannot be made.*Accepted is {came}, or .*; received {wanted}\."
    ):
        recoloured(noise(4, 4, came), wanted)


def test_a_contact_sheet_has_the_images_of_each_group_in_its_row() -> None:
    images, groups = noise(3, 4, 1), np.array([5, 2, 5])
    sheet = contact_sheet(images, groups, per_group=2, gap=1)
    assert sheet.dtype == np.uint8
    expected = np.full((7, 9), 255)
    expected[:3, :4] = np.rint(images[1, ..., 0] * 255)
    expected[4:, :4] = np.rint(images[0, ..., 0] * 255)
    expected[4:, 5:] = np.rint(images[2, ..., 0] * 255)
    np.testing.assert_array_equal(sheet, expected)


def test_a_contact_sheet_leaves_out_what_a_row_cannot_hold_and_keeps_colour() -> None:
    images = noise(2, 2, 3)
    sheet = contact_sheet(images, np.zeros(3, int), per_group=2, gap=0)
    np.testing.assert_array_equal(sheet, np.rint(np.concatenate([images[0], images[1]], axis=1) * 255))


def test_a_row_without_an_image_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`per_group` leaves no image in a row. Accepted is 1 or more; received 0\."):
        contact_sheet(noise(2, 2, 1), np.zeros(3, int), per_group=0)


@given(st.lists(st.integers(0, 4), min_size=4, max_size=60), st.floats(0.05, 0.5), st.integers(0, 1000))
def test_the_smaller_part_has_its_share_of_every_group_to_within_one(groups, fraction, seed) -> None:
    groups = np.array(groups)
    if round(fraction * len(groups)) == 0:
        return
    drawn = smaller_part(groups, fraction, seed)
    assert drawn.sum() == round(fraction * len(groups))
    share = drawn.sum() / len(groups)
    for group in np.unique(groups):
        members = groups == group
        assert abs(drawn[members].sum() - share * members.sum()) <= 1
    np.testing.assert_array_equal(drawn, smaller_part(groups, fraction, seed))


def test_every_stimulus_may_be_drawn() -> None:
    groups = np.repeat([0, 1], [8, 4])
    times = np.sum([smaller_part(groups, 0.25, seed) for seed in range(300)], axis=0)
    assert (np.abs(times - 75) < 35).all()


@pytest.mark.parametrize("fraction", [0, -0.1, 0.6, 0.01, np.nan, np.inf])
def test_a_fraction_that_leaves_a_part_empty_or_is_the_larger_one_is_refused(fraction) -> None:
    words = rf"`fraction` leaves one part empty or the wrong one smaller.*10 stimuli, .*; received {fraction}\."
    with pytest.raises(ValueError, match=words):
        smaller_part(np.zeros(10, int), fraction, 0)
