import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.activations import Recorder, record, recorder
from hcnn_widgets.keras_door import keras
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

AREAS = ("V1", "V2", "IT")


def _whole_maps(network, images) -> dict[str, np.ndarray]:
    """Oracle: every unit of every area, by one call of the Keras model."""
    part = keras.Model(network.input, [network.get_layer(area).output for area in AREAS])
    return {
        area: keras.ops.convert_to_numpy(one).reshape(len(images), -1)
        for area, one in zip(AREAS, part(images), strict=True)
    }


@pytest.fixture(params=["compiled", "batch by batch"])
def either_way(request, monkeypatch) -> None:
    if request.param == "batch by batch":
        monkeypatch.setattr(recorder, "_tensorflow_draw", recorder._plain_draw)


@pytest.mark.no_cover
@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("batch_size", [1, 3, 7, 100])
def test_recorded_units_are_those_of_the_whole_maps(network, stimuli, batch_size: int) -> None:
    recording = Recorder(network, AREAS, stimuli, units=9, seed=5, batch_size=batch_size)
    activations, maps = recording(), _whole_maps(network, stimuli.images)
    assert activations.areas == AREAS
    assert activations.stimulus_ids.tolist() == stimuli.stimulus_ids.tolist()
    for area in AREAS:
        drawn = recording.units[area]
        assert len(set(drawn.tolist())) == min(9, maps[area].shape[1]) == activations[area].shape[1]
        np.testing.assert_allclose(activations[area], maps[area][:, drawn], rtol=1e-5, atol=1e-6)


def test_without_a_number_all_units_are_recorded_in_order(network, stimuli) -> None:
    activations, maps = record(network, AREAS, stimuli), _whole_maps(network, stimuli.images)
    for area in AREAS:
        np.testing.assert_allclose(activations[area], maps[area], rtol=1e-5, atol=1e-6)


@pytest.mark.usefixtures("either_way")
def test_each_call_records_the_same_units_with_the_weights_of_the_moment(network, stimuli) -> None:
    recording = Recorder(network, {"late": "V2"}, stimuli, units=20)
    before = recording()
    np.testing.assert_array_equal(recording()["late"], before["late"])
    network.get_layer("V1.filter").kernel.assign(network.get_layer("V1.filter").kernel * -2)
    after = recording()
    assert not np.allclose(after["late"], before["late"])
    maps = _whole_maps(network, stimuli.images)["V2"]
    np.testing.assert_allclose(after["late"], maps[:, recording.units["late"]], rtol=1e-5, atol=1e-6)


def test_the_draw_hangs_on_seed_and_area_and_not_on_the_other_areas(network, stimuli) -> None:
    alone, together, reseeded = (
        Recorder(network, areas, stimuli, units=20, seed=seed).units["V1"].tolist()
        for areas, seed in ((["V1"], 0), (AREAS, 0), (["V1"], 1))
    )
    assert alone == together != reseeded
    assert alone == sorted(alone)


def test_units_are_drawn_from_the_whole_map_evenly() -> None:
    counts = np.zeros(40)
    for seed in range(300):
        counts[recorder.drawn_units("V1", 40, 10, seed)] += 1
    # Each unit is drawn 75 times of 300 on average, with a standard deviation of 7.5.
    assert counts.sum() == 3000
    assert abs(counts - 75).max() < 35


def test_stimuli_of_another_size_and_colour_are_adapted(network) -> None:
    colour = StimulusSet(np.random.default_rng(1).uniform(0, 1, (2, 32, 24, 3)).astype("float32"), ["a", "b"])
    activations = record(network, ["IT"], colour)
    maps = _whole_maps(network, colour.adapted_to((16, 12, 1)).images)
    np.testing.assert_allclose(activations["IT"], maps["IT"], rtol=1e-5, atol=1e-6)


def test_a_network_of_any_image_size_takes_the_stimuli_as_they_are(stimuli) -> None:
    image = keras.Input((None, None, 1))
    network = keras.Model(image, keras.layers.Conv2D(2, 3, padding="same", name="conv")(image))
    assert record(network, ["conv"], stimuli)["conv"].shape == (7, 16 * 12 * 2)


def test_a_layer_of_units_is_recorded_too(network, stimuli) -> None:
    logits = record(network, ["readout"], stimuli, batch_size=2)["readout"]
    np.testing.assert_allclose(logits, keras.ops.convert_to_numpy(network(stimuli.images)), rtol=1e-5, atol=1e-6)


@pytest.mark.usefixtures("either_way")
def test_a_recording_is_handed_over_and_the_stimuli_are_shown_without_copies_of_the_whole(
    network, stimuli, monkeypatch
) -> None:
    shown, made, empty = [], [], np.empty
    monkeypatch.setattr(np, "empty", lambda *args, **options: made.append(empty(*args, **options)) or made[-1])
    recording = Recorder(network, AREAS, stimuli, units=9, batch_size=3)
    draw = recording._draw

    def watched(images):
        shown.append(images)
        rows = draw(images)
        assert [one.shape for one in rows] == [(len(images), len(of)) for of in recording.units.values()]
        return rows

    recording._draw = watched
    activations = recording()
    assert [len(images) for images in shown] == [3, 3, 1]
    assert all(np.shares_memory(images, stimuli.images) for images in shown)
    for area in AREAS:
        assert not activations[area].flags.writeable
        assert any(one is activations[area] for one in made)


def test_large_maps_come_in_smaller_batches_and_a_given_number_counts() -> None:
    assert [recorder._fitting_batch(n_units) for n_units in (10, 45_000, 125_000, 4_000_000, 10_000_000)] == [
        128,
        128,
        60,
        1,
        1,
    ]


@given(st.integers(1, 10_000), st.integers(1, 500))
def test_batches_are_as_few_as_can_be_and_nearly_equal(n_stimuli: int, most: int) -> None:
    batch = recorder._even_batch(n_stimuli, most)
    assert 1 <= batch <= most
    n_batches = -(-n_stimuli // batch)
    assert n_batches == -(-n_stimuli // most)
    assert n_batches * batch - n_stimuli < n_batches


def test_recording_leaves_nothing_hanging_on_the_network(network, stimuli) -> None:
    nodes = [len(layer._outbound_nodes) for layer in network.layers]
    Recorder(network, AREAS, stimuli, units=3)()
    assert [len(layer._outbound_nodes) for layer in network.layers] == nodes


def test_dropout_is_off_and_weights_that_are_not_finite_are_refused(stimuli) -> None:
    image = keras.Input((16, 12, 1))
    dropped = keras.layers.Dropout(0.9, name="dropped")(keras.layers.Conv2D(2, 3, name="conv")(image))
    network = keras.Model(image, dropped)
    recording = Recorder(network, ["dropped"], stimuli)
    np.testing.assert_array_equal(recording()["dropped"], recording()["dropped"])
    network.get_layer("conv").bias.assign([np.nan, 0])
    with pytest.raises(ValueError, match=r"`activations\['dropped'\]` holds NaN or infinity"):
        recording()


@pytest.mark.parametrize("option", ["units", "batch_size"])
@pytest.mark.parametrize("value", [0, -1, 2.5, True])
def test_a_number_that_counts_nothing_is_refused(network, stimuli, option: str, value) -> None:
    with pytest.raises(
        ValueError, match=f"`{option}` is no count; a whole number of 1 or more is accepted; received {value}"
    ):
        Recorder(network, AREAS, stimuli, **{option: value})


def test_a_network_that_takes_no_images_is_refused(stimuli) -> None:
    sound = keras.Input((100, 1))
    network = keras.Model(sound, keras.layers.Conv1D(2, 3, name="conv")(sound))
    with pytest.raises(ValueError, match=r"`network` takes no images; .*; received \(None, 100, 1\)"):
        Recorder(network, ["conv"], stimuli)
