import numpy as np

from hcnn_widgets.widgets.network.shown_maps import MOST_PIXELS, AreaMaps, averaged, mosaic


def maps_of(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).normal(0, 1, shape).astype(np.float32)


def test_without_negative_responses_black_is_zero_and_white_the_top_of_the_area() -> None:
    maps = AreaMaps(np.maximum(maps_of(6, 5, 7), 0))
    assert not maps.signed
    assert maps.shades.shape == (6, 5, 7)
    assert (maps.shades[maps.maps == 0] == 0).all()
    assert (maps.shades[maps.maps >= maps.top] == 255).all()
    np.testing.assert_allclose(maps.shades, np.rint(255 * (maps.maps / maps.top).clip(0, 1)), atol=1)


def test_with_negative_responses_zero_is_nearly_white_and_signs_have_their_own_colours() -> None:
    maps = AreaMaps(np.array([[[-2.0, 0.0, 2.0]]], np.float32))
    brown, white, teal = maps.shades[0, 0]
    assert maps.signed
    assert white.min() > 240
    assert brown[0] > brown[2]
    assert teal[2] > teal[0]


def test_maps_without_any_response_are_black_and_no_numbers_are_too() -> None:
    assert AreaMaps(np.zeros((2, 2, 3), np.float32)).shades.max() == 0
    assert AreaMaps(np.full((2, 2, 3), np.nan, np.float32)).shades.max() == 0


def test_peaks_means_and_places_are_those_of_a_slow_loop() -> None:
    maps = AreaMaps(maps_of(4, 7, 9))
    for number in range(9):
        one = maps.maps[:, :, number]
        assert maps.peaks[number] == one.max()
        assert one[maps.peak_places[number]] == one.max()
        assert abs(maps.means[number] - one.astype(float).mean()) < 1e-6
        assert maps.active[number] == np.count_nonzero(one > 0) / one.size


def test_large_maps_are_averaged_over_squares() -> None:
    maps = maps_of(2 * MOST_PIXELS, 2 * MOST_PIXELS, 2)
    small = averaged(maps)
    assert small.shape == (MOST_PIXELS, MOST_PIXELS, 2)
    np.testing.assert_allclose(small[3, 5], maps[6:8, 10:12].mean(axis=(0, 1)), rtol=1e-5)
    assert averaged(maps_of(225, 113, 1)).shape[0] <= MOST_PIXELS


def test_the_order_of_the_sheets_stays_as_long_as_the_first_one_is_strong() -> None:
    weak, strong, stronger = (np.full((2, 2), value) for value in (0.1, 1.0, 1.2))
    before = AreaMaps(np.dstack([weak, strong])).in_front(None)
    assert before.tolist() == [1, 0]
    assert AreaMaps(np.dstack([stronger, strong])).in_front(before) is before
    assert AreaMaps(np.dstack([strong, weak])).in_front(before).tolist() == [0, 1]
    assert AreaMaps(np.dstack([weak, strong, weak])).in_front(before).tolist() == [1, 0, 2]


def test_a_mosaic_lays_coloured_maps_row_by_row() -> None:
    shades = np.random.default_rng(0).integers(0, 255, (3, 2, 5, 3)).astype(np.uint8)
    laid = mosaic(shades, n_columns=2, n_shown=5)
    assert laid.shape == (9, 4, 3)
    np.testing.assert_array_equal(laid[3:6, 2:4], shades[:, :, 3])
    np.testing.assert_array_equal(laid[6:9, 2:4], 0)
