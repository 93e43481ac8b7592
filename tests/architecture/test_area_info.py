import numpy as np
import pytest

from hcnn_widgets.architecture import ArchitectureSpec, activate, area, filter, hcnn, normalise, pool
from hcnn_widgets.keras_door import keras

STACKS = {
    "filters": [[filter(4, 5, 2), activate("tanh")], [filter(4, 3), activate("tanh")]],
    "mixed": [
        [normalise(5), filter(4, 4, 2), activate("softplus"), pool("mean", 3, 2)],
        [filter(6, 3, padding="valid")],
    ],
    "pools": [
        [filter(4, 3), pool("lp", 2), normalise(3, over="own")],
        [pool("max", 3, 2), filter(4, 2), activate("sigmoid")],
    ],
}


def _columns_seen(network, tap: str, shape, row: int, column: int) -> tuple[int, int]:
    """Oracle: change one column of pixels at a time; return the first and last that change the unit's response."""
    height, width, n_channels = shape
    rng = np.random.default_rng(0)
    part = keras.Model(network.input, network.get_layer(tap).output)
    grounds = rng.uniform(0, 1, (4, height, width, n_channels))
    images = np.repeat(grounds[:, None], width + 1, axis=1)
    for changed in range(width):
        images[:, changed, :, changed] += rng.choice([-20, 20], (4, height, n_channels))
    maps = keras.ops.convert_to_numpy(part(images.reshape(-1, *shape).astype("float32")))
    responses = maps.reshape(4, width + 1, *maps.shape[1:])[:, :, row, column]
    change = np.abs(responses[:, :-1] - responses[:, -1:]).max(axis=(0, 2))
    seen = np.flatnonzero(change > 0)
    return int(seen[0]), int(seen[-1])


@pytest.mark.parametrize("stack", STACKS)
def test_receptive_field_and_stride_are_those_that_changed_pixels_show(stack: str) -> None:
    areas = tuple(area(f"A{index}", operations) for index, operations in enumerate(STACKS[stack]))
    spec = ArchitectureSpec(areas, (48, 48, 1), degrees=12)
    network = spec.build(seed=3)
    for info in spec.areas:
        middle = info.output_shape[0] // 2
        first, last = _columns_seen(network, info.name, spec.input_shape, middle, middle)
        assert info.receptive_field == last - first + 1
        next_first, _ = _columns_seen(network, info.name, spec.input_shape, middle, middle + 1)
        assert info.stride == next_first - first
        assert info.receptive_field_degrees == pytest.approx(info.receptive_field * 12 / 48)
        assert info.stride_degrees == pytest.approx(info.stride * 12 / 48)


def test_a_map_shrunk_to_nothing_names_area_operation_and_map() -> None:
    says = "area 'V2': its pool of size 5 leaves nothing of the map; .* a size up to 4 .*; the map .* is 4 x 4"
    with pytest.raises(ValueError, match=says):
        hcnn(
            areas=[area("V1", [filter(4, 3, 4)]), area("V2", [pool("max", 5, padding="valid")])],
            input_shape=(16, 16, 1),
        )


def test_a_map_too_large_to_hold_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"area 'V1': its filter makes a map too large to hold.*received 2048 x 2048 x 64"
    ):
        ArchitectureSpec((area("V1", [filter(64, 1)]),), (2048, 2048, 1))


def test_strides_that_multiply_beyond_bounds_are_refused() -> None:
    with pytest.raises(ValueError, match="area 'V1': its pool steps too far"):
        ArchitectureSpec((area("V1", [pool("max", 511)] * 40),))


@pytest.mark.parametrize("operations", [[], ["filter"], [filter(1)] * 65])
def test_an_area_without_operations_is_refused(operations) -> None:
    with pytest.raises(ValueError, match="`operations` of area 'V1' are no operations; 1 to 64 of"):
        area("V1", operations)


@pytest.mark.parametrize("name", ["", "V 1", "V1.filter", "a/b", "image", "contrast", "readout", "x" * 41, 3, "V1\n"])
def test_a_name_that_cannot_name_a_layer_is_refused(name) -> None:
    with pytest.raises(ValueError, match="`name` of area is not usable; accepted are 1 to 40 letters"):
        area(name, [filter(4)])
