import numpy as np
import pytest
from scipy.signal import correlate2d

import hcnn_widgets as hw
from hcnn_widgets.classroom import C3_TABLE, bitmap, lenet5_layers, lenet5_maps, lenet5_weights
from hcnn_widgets.classroom.lenet5 import VARIANTS, spread

IMAGE = np.random.default_rng(0).random((32, 32))
WRITTEN = {"published": (60_000, 340_908), "modern": (61_706, 429_342)}


def counted_by_loops(variant):
    """Oracle: every weight and connection of every unit, one by one."""
    published = variant == "published"
    seen = C3_TABLE if published else [range(6)] * 16
    n_weights, n_connections = [], []
    for side, fans in ((28, [25] * 6), (10, [25 * len(maps) for maps in seen]), (1, [400] * 120), (1, [120] * 84)):
        n_weights.append(sum(fan + 1 for fan in fans))
        n_connections.append(sum(fan + 1 for fan in fans for _ in range(side * side)))
    for place, (n_maps, side) in ((1, (6, 14)), (3, (16, 5))):
        n_weights.insert(place, 2 * n_maps if published else 0)
        n_connections.insert(place, sum(4 + published for _ in range(n_maps * side * side)))
    readout = 840 if published else 850
    return [*n_weights, 0 if published else 850], [*n_connections, readout]


@pytest.mark.parametrize("variant", VARIANTS)
def test_weights_and_connections_add_up_to_the_published_numbers(variant):
    layers = lenet5_layers(variant)
    n_weights, n_connections = counted_by_loops(variant)
    assert [layer.n_weights for layer in layers] == n_weights
    assert [layer.n_connections for layer in layers] == n_connections
    assert (sum(n_weights), sum(n_connections)) == WRITTEN[variant]


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_is_written_out_is_what_is_counted(variant):
    for layer in lenet5_layers(variant):
        for words, number in ((layer.weights, layer.n_weights), (layer.connections, layer.n_connections)):
            plain = words.replace(", fixed", "").replace(",", "").replace("x", "*").split()
            total, factor, inner = 0, 1, ""
            # A sum of products, with at most one bracket: no eval of words.
            if "(" in words:
                outer, inner = " ".join(plain).split("(")
                factor = np.prod([int(part) for part in outer.split("*") if part.strip()])
                plain = inner.rstrip(")").split()
            for product in " ".join(plain).split("+"):
                total += int(np.prod([int(part) for part in product.split("*")]))
            assert factor * total == number, (layer.name, words)


def test_a_c3_map_sees_three_four_or_six_maps_and_every_s2_map_is_seen_by_ten():
    assert sorted(map(len, C3_TABLE)) == [3] * 6 + [4] * 9 + [6]
    assert np.bincount(np.concatenate(C3_TABLE)).tolist() == [10] * 6
    assert len(set(C3_TABLE)) == 16


@pytest.mark.parametrize("variant", VARIANTS)
def test_receptive_fields_and_shapes_are_those_of_the_architecture(variant):
    infos = hw.architecture.lenet5(variant).areas
    for layer, info in zip(lenet5_layers(variant), infos, strict=False):
        assert (layer.name, layer.n_weights) == (info.name, info.n_parameters)
        assert (layer.side, layer.side, layer.n_maps) == info.output_shape
        assert layer.receptive_field == info.receptive_field


def test_published_maps_are_those_of_slow_loops_over_maps():
    weights = [w + np.float32(0.01) * n for n, w in enumerate(lenet5_weights(seed=3))]
    squash = lambda z: 1.7159 * np.tanh(2 * z / 3)  # noqa: E731
    c1 = [squash(correlate2d(IMAGE - 0.1, weights[0][:, :, 0, k], "valid") + weights[1][k]) for k in range(6)]
    summed = lambda m: m[::2, ::2] + m[1::2, ::2] + m[::2, 1::2] + m[1::2, 1::2]  # noqa: E731
    s2 = [squash(weights[2][k] * summed(c1[k]) + weights[3][k]) for k in range(6)]
    c3, link = [], 0
    for k, seen in enumerate(C3_TABLE):
        total = np.full((10, 10), float(weights[5][k]))
        for channel in seen:
            total += correlate2d(s2[channel], weights[4][:, :, link], "valid")
            link += 1
        c3.append(squash(total))
    s4 = [squash(weights[6][k] * summed(c3[k]) + weights[7][k]) for k in range(16)]
    c5 = squash(
        np.array([sum((s4[c] * weights[8][:, :, c, k]).sum() for c in range(16)) for k in range(120)]) + weights[9]
    )
    f6 = squash(c5 @ weights[10][0, 0] + weights[11])
    distances = [sum((unit - bit) ** 2 for unit, bit in zip(f6, bitmap(d).ravel(), strict=True)) for d in range(10)]
    maps = lenet5_maps(IMAGE, weights)
    for name, expected in (("C1", c1), ("S2", s2), ("C3", c3), ("S4", s4)):
        np.testing.assert_allclose(maps[name], np.stack(expected, axis=-1), rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(maps["C5"].ravel(), c5, rtol=1e-6)
    np.testing.assert_allclose(maps["F6"].ravel(), f6, rtol=1e-6)
    np.testing.assert_allclose(maps["output"], distances, rtol=1e-6)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"image": np.zeros((28, 28))},
            r"`image` is not what LeNet-5 sees. Accepted .*\(32, 32\); received \(28, 28\)",
        ),
        ({"image": np.full((32, 32), np.nan)}, "`image` is not what LeNet-5 sees"),
        ({"weights": lenet5_weights("modern")}, "`weights` are not those of published LeNet-5. Accepted are"),
        ({"variant": "usual"}, "`variant` is not known. Accepted are published, modern; received 'usual'"),
    ],
)
def test_what_lenet5_cannot_see_is_refused(change, words):
    with pytest.raises(ValueError, match=words):
        lenet5_maps(**({"image": IMAGE, "weights": lenet5_weights()} | change))


def test_an_image_of_bytes_or_whole_numbers_is_as_good():
    black = np.zeros((32, 32))
    for kind in (np.uint8, int):
        maps = lenet5_maps(black.astype(kind), lenet5_weights())
        np.testing.assert_array_equal(maps["F6"], lenet5_maps(black, lenet5_weights())["F6"])


def test_the_bitmaps_are_ten_different_pictures_of_plus_and_minus_one():
    drawn = [bitmap(digit) for digit in range(10)]
    assert all(one.shape == (12, 7) and set(np.unique(one)) == {-1, 1} for one in drawn)
    apart = [np.sum(a != b) for n, a in enumerate(drawn) for b in drawn[:n]]
    assert min(apart) >= 8
    with pytest.raises(ValueError, match=r"`digit` is none. Accepted are 0 to 9; received 10"):
        bitmap(10)


def test_weights_of_connections_lie_where_the_table_says():
    kernel = spread(np.ones((5, 5, 60)))
    assert [tuple(np.flatnonzero(kernel[0, 0, :, k])) for k in range(16)] == list(C3_TABLE)
