"""Networks carried over to categories that they have never seen: what stays, what learns, and what is said of it."""

import asyncio
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hcnn_widgets as hw
from hcnn_widgets.activations.network_graph import NetworkGraph
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.backpropagation import Backpropagation
from hcnn_widgets.transfer.begin_transfer import labelled, transfer_settings
from hcnn_widgets.transfer.carried_over import below_the_line, carried_over, settle_statistics, weights_of
from hcnn_widgets.transfer.transfer_row import TransferRow
from hcnn_widgets.transfer.ways import Way

WAYS = hw.transfer.WAYS
NEW = ("boats", "fruits", "planes", "tables")
SETTINGS = {
    "freeze_at": "IT",
    "n_labels": [8, 16],
    "seeds": [0, 1],
    "ways": list(WAYS),
    "categories": NEW,
    "n_steps": 9,
    "learning_rate": 2e-3,
    "batch_size": 32,
    "n_held_out": 80,
}


def carried(model: Any, way: str, freeze_at: str = "V1", seed: int = 0) -> Any:
    return carried_over(model, WAYS[way], freeze_at, weights_of(model), NEW, Backpropagation(), seed)


def values(model: Any) -> dict[str, list[np.ndarray]]:
    """Return the weights of each layer by its path."""
    leaves = NetworkGraph(model.network).leaves
    return {
        leaf.path: [np.array(own) for own in leaf.layer.get_weights()]
        for leaf in leaves
        if hasattr(leaf.layer, "weights")
    }


def same(first: list[np.ndarray], second: list[np.ndarray]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("source", "way"), [("trained", way) for way in WAYS] + [("of_keras", "frozen"), ("of_keras", "fine-tuned")]
)
def test_frozen_layers_do_not_move_bit_for_bit_and_all_others_do(
    source: str, way: str, parts: Any, request: pytest.FixtureRequest, uncompiled: None
) -> None:
    model = carried(request.getfixturevalue(source), way, "V1")
    below = {layer.name for layer in below_the_line(model, "V1")}
    before = values(model)
    model.train(parts[1][:16], validation=None, epochs=2).join()
    moved = {path for path, now in values(model).items() if not same(before[path], now)}
    with_weights = {path for path, held in before.items() if held}
    assert below
    assert moved == with_weights - (below if WAYS[way].frozen else set())


def test_up_to_the_line_are_the_trained_weights_and_above_it_the_same_new_ones_whichever_the_way(trained: Any) -> None:
    before, of_ways = values(trained), {way: values(carried(trained, way)) for way in WAYS}
    path = "V1.filter"
    assert same(of_ways["frozen"][path], before[path])
    assert same(of_ways["fine-tuned"][path], before[path])
    assert not same(of_ways["from scratch"][path], before[path])
    assert same(of_ways["from scratch"][path], of_ways["frozen untrained"][path])
    for path in ("IT.filter", "readout"):
        assert all(same(of_ways[way][path], of_ways["frozen"][path]) for way in WAYS)
    assert not same(of_ways["frozen"]["IT.filter"], before["IT.filter"])
    assert not same(values(carried(trained, "from scratch", seed=1))["V1.filter"], of_ways["from scratch"]["V1.filter"])


def test_a_network_that_is_carried_over_answers_as_the_trained_one_up_to_the_line(trained: Any, parts: Any) -> None:
    model = carried(trained, "frozen")
    for area, agrees in (("V1", True), ("IT", False)):
        own, theirs = (each.record(parts[1])[area] for each in (model, trained))
        assert np.allclose(own, theirs, atol=1e-6) == agrees
    assert model not in hw.GoalDrivenModel.instances()


def test_frozen_normalisation_that_was_never_trained_has_the_statistics_of_the_images(
    of_keras: Any, parts: Any
) -> None:
    model = carried(of_keras, "frozen untrained", "V1")
    settle_statistics(model, parts[1], "V1")
    conv, norm = (model.network.get_layer(name) for name in ("conv1", "norm1"))
    maps = keras.ops.convert_to_numpy(conv(parts[1].images))
    mean, variance = (keras.ops.convert_to_numpy(each) for each in (norm.moving_mean, norm.moving_variance))
    np.testing.assert_allclose(mean, maps.mean(axis=(0, 1, 2)), atol=1e-4)
    np.testing.assert_allclose(variance, maps.var(axis=(0, 1, 2)), rtol=1e-2)


def test_a_layer_that_has_other_weights_is_refused(trained: Any) -> None:
    weights = {path: held for path, held in weights_of(trained).items() if path != "V1.filter"}
    with pytest.raises(ValueError, match=r"its layer V1\.filter has no weights"):
        carried_over(trained, WAYS["frozen"], "V1", weights, NEW, Backpropagation(), 0)


def test_an_area_within_another_model_is_refused() -> None:
    inner = keras.Sequential([keras.Input((16, 16, 1)), keras.layers.Conv2D(2, 3, name="conv")], name="inner")
    image = keras.Input((16, 16, 1))
    network = keras.Model(image, keras.layers.Dense(2)(keras.layers.Flatten()(inner(image))))
    model = hw.GoalDrivenModel.from_keras(network, {"V1": "inner/conv"})
    with pytest.raises(ValueError, match="inside another model"):
        carried(model, "frozen", "V1")


@given(st.lists(st.sampled_from("abc"), min_size=3, max_size=30), st.integers(1, 30), st.integers(0, 9))
def test_fewer_labels_are_a_part_of_more_and_categories_are_even(labels: list[str], n: int, seed: int) -> None:
    rows = labelled(np.array(labels), n, seed)
    assert len(set(rows.tolist())) == len(rows) == min(n, len(labels))
    assert rows[:-1].tolist() == labelled(np.array(labels), n - 1, seed).tolist() or n > len(labels)
    had = {label: labels.count(label) for label in set(labels)}
    drawn = {label: [labels[row] for row in rows].count(label) for label in had}
    assert all(drawn[a] >= min(had[a], drawn[b] - 1) for a in had for b in had)


@pytest.fixture(scope="module")
def made(trained: Any, parts: Any) -> hw.transfer.Transfer:
    began = hw.transfer.transfer(trained, parts[1], n_labels=(8,), seeds=(0,), n_steps=6)
    assert began.join(240)
    return began


def test_each_way_is_trained_for_each_number_of_labels(made: Any) -> None:
    assert (made.state, made.message) == ("finished", "")
    assert [row.error for row in made.rows] == [""] * 4
    assert {(row.way, row.n_labels) for row in made.rows} == {(way, n) for way in WAYS for n in (8,)}
    assert all(len(row.right) == made.settings["n_held_out"] == 80 for row in made.rows)
    assert made.done == made.n == 4
    assert repr(made) == "<Transfer finished: 4 of 4 trainings>"
    assert asyncio.run(made.wait()) is made


def test_the_trained_model_stays_as_it_is(made: Any, trained: Any) -> None:
    assert trained.categories == ("animals", "cars", "chairs", "faces")
    assert all(layer.trainable for layer in trained.network.layers)


def test_the_table_says_what_each_way_has_over_the_controls(made: Any) -> None:
    lines = made.table.to_csv_text().splitlines()
    assert len(lines) == 5
    assert "less_from_scratch" in lines[0]
    assert "less_frozen_untrained" in lines[0]
    assert "Chance: 0.250" in repr(made.table)


def of_rows(accuracies: dict[str, list[np.ndarray]]) -> hw.transfer.Transfer:
    made = hw.transfer.Transfer(SETTINGS)
    for way, rows in accuracies.items():
        for seed, right in enumerate(rows):
            made.add(TransferRow(way, 8, seed, right))
    return made


def test_an_interval_of_one_seed_is_that_of_a_share() -> None:
    rng = np.random.default_rng(0)
    found = of_rows({"frozen": [rng.random(400) < 0.6]}).score("frozen", 8)
    half = 1.96 * np.sqrt(found.value * (1 - found.value) / 400)
    np.testing.assert_allclose([found.low, found.high], [found.value - half, found.value + half], atol=0.01)


def test_on_noise_the_interval_of_a_difference_holds_zero_nineteen_times_of_twenty() -> None:
    held = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        rows = {way: [rng.random(100) < 0.5] for way in ("frozen", "from scratch")}
        difference = of_rows(rows).difference("frozen", "from scratch", 8)
        held.append(difference.low <= 0 <= difference.high)
    assert 0.85 < np.mean(held) <= 1


def test_seeds_that_differ_widen_the_interval() -> None:
    alike = [np.arange(100) % 2 == 0] * 3
    apart = [np.arange(100) < n for n in (20, 50, 80)]
    widths = [
        found.high - found.low for found in (of_rows({"frozen": rows}).score("frozen", 8) for rows in (alike, apart))
    ]
    assert widths[1] > 2 * widths[0]


def test_what_is_not_there_yet_is_not_known() -> None:
    found = of_rows({}).difference("frozen", "from scratch", 8)
    assert np.isnan(found.value)
    assert found.n_seeds == 0


def test_a_stopped_transfer_ends_with_the_rows_it_has(trained: Any, parts: Any) -> None:
    made = hw.transfer.transfer(trained, parts[1], n_labels=(8,), seeds=range(50), n_steps=5_000)
    made.stop()
    assert made.join(120)
    assert made.state == "stopped"
    assert len(made.rows) < 4


def test_a_training_that_fails_is_a_row_with_its_error(trained: Any, parts: Any, monkeypatch: Any) -> None:
    def fail(*_: Any) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr("hcnn_widgets.transfer.begin_transfer.carried_over", fail)
    made = hw.transfer.transfer(trained, parts[1], n_labels=(8,), seeds=(0,), ways=["frozen"])
    assert made.join(60)
    assert [row.error for row in made.rows] == ["MemoryError: no room"]
    assert repr(made) == "<Transfer finished: 0 of 1 trainings, 1 with an error>"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"freeze_at": "MT"}, "no area"),
        ({"n_labels": (2,)}, "one of each category"),
        ({"n_labels": (8, 900)}, "half of the rarest"),
        ({"n_labels": ()}, "at least one number"),
        ({"n_labels": (8,), "ways": ["thawed"]}, "Accepted are 'frozen'"),
        ({"learning_rate": -1.0}, "learning_rate"),
        ({"seeds": (-1,)}, "no seed"),
    ],
)
def test_what_cannot_be_carried_over_is_refused_at_the_door(
    trained: Any, parts: Any, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        hw.transfer.transfer(trained, parts[1], **options)


def test_a_new_way_is_carried_over_as_it_says_and_taken_by_default(
    trained: Any, parts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(WAYS, "thawed", Way("as the trained one, and learns", True, False))
    assert transfer_settings(trained, parts[1], n_labels=(8,))["ways"] == list(WAYS)
    model = carried(trained, "thawed")
    assert same(values(model)["V1.filter"], values(trained)["V1.filter"])
    assert all(layer.trainable for layer in below_the_line(model, "V1"))


def test_images_without_labels_are_refused(trained: Any, parts: Any) -> None:
    with pytest.raises(ValueError, match="must have labels"):
        hw.transfer.transfer(trained, hw.StimulusSet(parts[1].images))


def test_categories_are_split_and_wrong_ones_refused(images: Any) -> None:
    others, named = hw.stimuli.split_categories(images, "boats")
    assert named.categories == ("boats",)
    assert len(others) + len(named) == len(images)
    assert "boats" not in others.categories
    arriving = hw.stimuli.split_categories(hw.stimuli.objects(64, size=16, wait=False), ["cars"])[1]
    assert len(arriving.images) == 8
    with pytest.raises(ValueError, match="the nearest is 'boats'"):
        hw.stimuli.split_categories(images, ["boat"])
    with pytest.raises(ValueError, match="both parts"):
        hw.stimuli.split_categories(images, images.categories)
    with pytest.raises(ValueError, match="have no labels"):
        hw.stimuli.split_categories(hw.StimulusSet(images.images), "boats")
