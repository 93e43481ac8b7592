import numpy as np
import pytest
from keras_networks import CASES, SHAPE, stimuli

from hcnn_widgets.activations import FeatureMaps, compiled_part, feature_maps
from hcnn_widgets.keras_door import keras

layers = keras.layers


@pytest.fixture(params=["compiled", "batch by batch"])
def either_way(request, monkeypatch) -> None:
    if request.param == "batch by batch":
        monkeypatch.setattr(compiled_part, "_tensorflow_call", compiled_part._plain_call)


@pytest.mark.no_cover
@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("name", CASES)
def test_the_maps_of_an_image_are_those_of_the_layers_called_one_by_one(name: str) -> None:
    case, image = CASES[name](), stimuli().images[3]
    shown = FeatureMaps(case.network, case.areas, SHAPE)
    expected = case.maps(keras.ops.convert_to_tensor(image[np.newaxis]))
    maps = shown.maps(image)
    assert list(maps) == list(case.areas)
    for area in case.areas:
        np.testing.assert_allclose(maps[area], np.asarray(expected[area])[0], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(shown.outputs(image[np.newaxis]), case.network(image[np.newaxis]), rtol=1e-4, atol=1e-5)


@pytest.mark.usefixtures("either_way")
def test_the_peaks_are_the_largest_responses_of_each_map_batch_by_batch(monkeypatch) -> None:
    monkeypatch.setattr(feature_maps, "MOST_AT_ONCE", 5)
    case, images = CASES["two branches"](), stimuli().images[:12]
    shown = FeatureMaps(case.network, case.areas, SHAPE)
    peaks = shown.peaks(images)
    for area, maps in case.maps(keras.ops.convert_to_tensor(images)).items():
        np.testing.assert_allclose(peaks[area], np.asarray(maps).max(axis=(1, 2)), rtol=1e-4, atol=1e-5)


def test_the_weights_are_those_of_the_moment() -> None:
    case, image = CASES["sequential"](), stimuli().images[0]
    shown = FeatureMaps(case.network, case.areas, SHAPE)
    before = shown.maps(image)["V1"]
    case.filters["V1"].kernel.assign(2 * case.filters["V1"].kernel)
    np.testing.assert_allclose(shown.maps(image)["V1"], 2 * before, rtol=1e-4, atol=1e-6)


def test_units_without_a_place_are_maps_of_a_single_pixel() -> None:
    network = keras.Sequential([keras.Input(SHAPE), layers.Flatten(), layers.Dense(7, name="hidden"), layers.Dense(2)])
    image = stimuli().images[0]
    shown = FeatureMaps(network, ["hidden"], SHAPE)
    expected = keras.Sequential(network.layers[:2])(image[np.newaxis])
    assert shown.maps(image)["hidden"].shape == (1, 1, 7)
    np.testing.assert_allclose(shown.maps(image)["hidden"][0, 0], np.asarray(expected)[0], rtol=1e-5)
    np.testing.assert_allclose(shown.peaks(image[np.newaxis])["hidden"], np.asarray(expected), rtol=1e-5)


def test_images_are_brought_to_the_pixels_that_the_network_expects() -> None:
    case, image = CASES["sequential"](), stimuli().images[0]
    shown = FeatureMaps(case.network, case.areas, SHAPE, pixels=(0, 255))
    expected = case.maps(keras.ops.convert_to_tensor(255 * image[np.newaxis]))["V1"]
    np.testing.assert_allclose(shown.maps(image)["V1"], np.asarray(expected)[0], rtol=1e-4, atol=1e-3)


def test_outputs_have_the_form_that_the_network_gives_them() -> None:
    image = keras.Input(SHAPE)
    flat = layers.Flatten()(layers.Conv2D(2, 3, name="early")(image))
    network = keras.Model(image, {"what": layers.Dense(2)(flat), "where": layers.Dense(3)(flat)})
    outputs, expected = (
        give(stimuli().images[:4]) for give in (FeatureMaps(network, ["early"], SHAPE).outputs, network)
    )
    assert set(outputs) == {"what", "where"}
    for name in outputs:
        np.testing.assert_allclose(outputs[name], np.asarray(expected[name]), rtol=1e-4, atol=1e-5)


def test_an_area_that_is_not_in_the_network_is_refused() -> None:
    with pytest.raises(ValueError, match="not in the network"):
        FeatureMaps(CASES["sequential"]().network, ["V3"], SHAPE)
