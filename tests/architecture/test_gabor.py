"""Fixed Gabors: what they prefer, what they do not mind, and that nothing changes them."""

import numpy as np
import pytest
from scipy.signal import correlate2d

import hcnn_widgets as hw
from hcnn_widgets.architecture import ArchitectureSpec, area, gabor, gabor_front_end
from hcnn_widgets.architecture.gabor import gabor_kernels
from hcnn_widgets.keras_door import keras

SIDE = 33


def grating(degrees: float, wavelength: float, phase: float = 0.0) -> np.ndarray:
    place = np.arange(SIDE) - SIDE // 2
    along = place[None, :] * np.cos(np.deg2rad(degrees)) + place[:, None] * np.sin(np.deg2rad(degrees))
    return (0.5 + 0.5 * np.cos(2 * np.pi * along / wavelength + np.deg2rad(phase)))[..., None].astype(np.float32)


def middle_of(operation: gabor, images: list[np.ndarray]) -> np.ndarray:
    """Return what the cells in the middle of the map answer to images, (n_images, n_cells)."""
    network = ArchitectureSpec((area("V1", [operation]),), (SIDE, SIDE, 1)).build()
    return keras.ops.convert_to_numpy(network(np.stack(images)))[:, SIDE // 2, SIDE // 2]


def test_a_simple_cell_is_the_rectified_sum_of_kernel_and_image() -> None:
    operation = gabor(3, 1, 4.0, 9, cells="simple")
    image = np.random.default_rng(0).uniform(0, 1, (SIDE, SIDE, 1)).astype(np.float32)
    network = ArchitectureSpec((area("V1", [operation]),), (SIDE, SIDE, 1)).build()
    seen = keras.ops.convert_to_numpy(network(image[None]))[0]
    kernels = gabor_kernels(operation, 1)[:, :, 0]
    linear = [correlate2d(image[..., 0], kernels[..., n], mode="same") for n in range(6)]
    expected = np.stack([sign * each for sign in (1, -1) for each in linear], axis=-1).clip(0)
    np.testing.assert_allclose(seen, expected, atol=1e-5)


def test_each_complex_cell_prefers_its_own_orientation_and_wavelength() -> None:
    operation = gabor(4, 2, 4.0, 15, cells="complex")
    shown = [grating(angle, wavelength) for wavelength in (4, 8) for angle in (0, 45, 90, 135)]
    answers = middle_of(operation, shown)
    assert answers.argmax(axis=0).tolist() == list(range(8))


def test_a_complex_cell_does_not_mind_the_phase_and_a_simple_cell_does() -> None:
    phases = [grating(0, 4, phase) for phase in range(0, 360, 30)]
    complex_cell = middle_of(gabor(4, 1, 4.0, 15, cells="complex"), phases)[:, 0]
    simple_cell = middle_of(gabor(4, 1, 4.0, 15, cells="simple"), phases)[:, 0]
    assert np.ptp(complex_cell) < 0.05 * complex_cell.mean()
    assert simple_cell.min() == 0
    assert simple_cell.max() > 0.9 * complex_cell.mean()


def test_even_grey_is_nothing_to_it_and_colours_are_seen_by_their_mean() -> None:
    kernels = gabor_kernels(gabor(4, 2), 3)
    np.testing.assert_allclose(kernels.sum(axis=(0, 1)), 0, atol=1e-5)
    np.testing.assert_array_equal(kernels[:, :, 0], kernels[:, :, 2])
    np.testing.assert_allclose(np.linalg.norm(kernels.sum(axis=2), axis=(0, 1)), 1, rtol=1e-5)


@pytest.mark.parametrize(("cells", "per_pair"), [("simple", 4), ("complex", 1), ("both", 5)])
def test_the_map_has_the_cells_that_were_asked_for(cells: str, per_pair: int) -> None:
    spec = ArchitectureSpec((area("V1", [gabor(3, 2, cells=cells, stride=2)]),), (16, 20, 3))
    network = spec.build()
    assert network.output_shape[1:] == spec.areas[0].output_shape == (8, 10, 6 * per_pair)
    assert network.count_params() == spec.n_parameters
    assert ArchitectureSpec.from_json(spec.to_json()) == spec


@pytest.mark.no_cover
def test_no_training_moves_a_fixed_v1_and_its_kernels_can_be_looked_at() -> None:
    digits = hw.StimulusSet.from_arrays(
        np.random.default_rng(0).uniform(0, 1, (40, 16, 16)).astype(np.float32), labels=["a", "b"] * 20
    )
    model = hw.GoalDrivenModel(gabor_front_end(n_kernels=(4, 4, 4), input_shape=(16, 16, 1)))
    model.build(("a", "b"))
    before = model.network.get_layer("V2.filter").get_weights()
    assert model.train(digits, epochs=2).join(60)
    assert model.run.state == "finished", model.run.state_message
    v1 = [layer for layer in model.network.layers if layer.name.startswith("V1.")]
    assert not any(layer.trainable_weights for layer in v1)
    bank = gabor_front_end().stack[0].operations[0]
    np.testing.assert_array_equal(model.kernels("V1"), gabor_kernels(bank, 1).transpose(3, 0, 1, 2))
    after = model.network.get_layer("V2.filter").get_weights()
    assert any((was != now).any() for was, now in zip(before, after, strict=True))


def test_a_network_with_gabors_comes_back_from_a_file(tmp_path) -> None:
    model = hw.GoalDrivenModel(gabor_front_end(n_kernels=(4, 4, 4), input_shape=(16, 16, 1)))
    model.build(("a", "b"))
    model.save(tmp_path / "kept")
    again = hw.GoalDrivenModel.load(tmp_path / "kept")
    images = np.random.default_rng(0).uniform(0, 1, (2, 16, 16, 1)).astype(np.float32)
    np.testing.assert_array_equal(again.network(images), model.network(images))
    np.testing.assert_array_equal(again.untrained().kernels("V1"), model.kernels("V1"))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: gabor(0), "`n_orientations` of gabor is out of range"),
        (lambda: gabor(wavelength=1.5), "`wavelength` of gabor is out of range; a number from 2 to 512 is accepted"),
        (lambda: gabor(cells="hyper"), "`cells` of gabor is not known; accepted are simple, complex, both; rec"),
        (lambda: gabor_front_end(n_kernels=(1, 2)), "`n_kernels` of gabor_front_end must be of V2, V4 and IT; "),
        (lambda: gabor_front_end(n_kernels=(1, 2, 0)), "`n_kernels` is no count"),
    ],
)
def test_a_value_out_of_bounds_is_refused(make, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()
