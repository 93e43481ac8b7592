import numpy as np
import pytest

from hcnn_widgets.classroom import POOLINGS, share_unchanged, shifted
from hcnn_widgets.keras_door import keras


def test_a_shifted_image_keeps_its_first_column_where_it_moves_away() -> None:
    image = np.random.default_rng(0).normal(size=(4, 5, 2))
    moved = shifted(image, 2)
    assert moved.tolist() == np.pad(image, ((0, 0), (2, 0), (0, 0)), mode="edge")[:, :5].tolist()
    assert shifted(image, 0).tolist() == image.tolist()
    assert shifted([[1, 2]], 9).tolist() == [[1, 1]]


@pytest.mark.parametrize("kind", ["max", "mean"])
@pytest.mark.parametrize(("size", "stride", "padding"), [(2, None, "valid"), (3, 2, "same"), (2, 1, "valid")])
def test_the_share_that_stays_is_that_of_keras_layers(kind, size, stride, padding) -> None:
    image = np.random.default_rng(3).integers(0, 4, (9, 8)).astype("float32")
    layer = {"max": keras.layers.MaxPooling2D, "mean": keras.layers.AveragePooling2D}[kind](size, stride, padding)
    both = np.stack([image, np.concatenate([image[:, :1], image[:, :-1]], axis=1)])[..., None]
    before, after = keras.ops.convert_to_numpy(layer(both))
    expected = np.mean(np.abs(before - after) < 1e-5)
    assert 0 < expected < 1
    assert share_unchanged(image, kind, size, stride, padding) == pytest.approx(expected)


def test_without_pooling_it_is_the_share_of_pixels_and_without_a_shift_everything() -> None:
    image = [[1, 1, 2], [3, 4, 4]]
    assert share_unchanged(image, None) == pytest.approx(4 / 6)
    assert [share_unchanged(image, kind, 2, 1, columns=0) for kind in POOLINGS] == [1, 1, 1]


def test_means_of_the_same_numbers_in_another_order_are_the_same() -> None:
    row = [0.1, 0.2, 0.3, 0.1, 0.2, 0.3]
    assert 0.1 + 0.2 + 0.3 != 0.3 + 0.2 + 0.1 == sum(row[2:0:-1]) + 0.1
    # The second window goes from 0.1 0.2 0.3 to 0.3 0.1 0.2; in the first one 0.1 stands where 0.3 was.
    assert share_unchanged([row] * 3, "mean", 3, 3) == 0.5


@pytest.mark.parametrize("columns", [-1, 0.5, "1"])
def test_what_is_no_shift_is_refused(columns) -> None:
    with pytest.raises(ValueError, match=r"`columns` is no shift\. Accepted is a whole number of 0 or more; received"):
        shifted([[1, 2]], columns)
