"""Doubling a map's height and width, against repeats in NumPy."""

import numpy as np
import pytest

from hcnn_widgets.architecture import ArchitectureSpec, area, enlarge, filter, hcnn, pool
from hcnn_widgets.keras_door import keras


def test_each_position_becomes_four_that_are_alike() -> None:
    spec = ArchitectureSpec((area("V1", [pool("max", 2)]), area("V2", [enlarge()])), (6, 8, 1))
    images = np.random.default_rng(0).uniform(0, 1, (3, 6, 8, 1)).astype(np.float32)
    pooled = images.reshape(3, 3, 2, 4, 2, 1).max(axis=(2, 4))
    seen = keras.ops.convert_to_numpy(spec.build()(images))
    np.testing.assert_array_equal(seen, pooled.repeat(2, axis=1).repeat(2, axis=2))
    assert spec.areas[1].output_shape == (6, 8, 1)


def test_neighbours_are_half_as_far_apart() -> None:
    spec = ArchitectureSpec((area("V1", [pool("max", 4)]), area("V2", [enlarge(), filter(2, 3)])), (16, 16, 1))
    assert [info.stride for info in spec.areas] == [4, 2]
    assert [info.receptive_field for info in spec.areas] == [4, 8]


def test_there_is_nothing_between_pixels() -> None:
    with pytest.raises(
        ValueError, match=r"makes more positions than the input has pixels; .* received one of stride 1"
    ):
        _ = ArchitectureSpec((area("V1", [enlarge()]),), (8, 8, 1)).areas


def test_it_comes_back_from_json() -> None:
    spec = ArchitectureSpec((area("V1", [pool("max", 2), enlarge()]),), (8, 8, 1))
    assert ArchitectureSpec.from_json(spec.to_json()) == spec


def test_hcnn_knows_no_place_for_it() -> None:
    with pytest.raises(ValueError, match="`order` of hcnn is no order of operations; accepted are filter, activate, "):
        hcnn(order=("filter", "enlarge"))
