"""A fit of Keras is scored live: before it begins, while it goes on, at its end, and again when it is fitted anew."""

import threading

import numpy as np
import pytest
from stand_in_run import until

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.mapping.live.score import LiveScore, live_score

layers = keras.layers


@pytest.fixture
def fitted(make_recordings):
    """Return a network for the images of the recordings, with them."""
    recordings = make_recordings()
    shape = recordings.stimuli.images.shape[1:]
    network = keras.Sequential(
        [keras.Input(shape), layers.Conv2D(3, 3, name="conv"), layers.Flatten(), layers.Dense(2, name="logits")]
    )
    network.compile("sgd", "mse", run_eagerly=True)
    return network, recordings


def fit(network, recordings, *callbacks, **options):
    x = recordings.stimuli.images
    network.fit(x, np.zeros((len(x), 2)), **{"batch_size": 12, "verbose": 0, "callbacks": list(callbacks)} | options)


def test_a_fit_is_scored_before_it_begins_and_at_its_end(fitted):
    network, recordings = fitted
    watcher = hw.watch(network, share=1.0)
    score = LiveScore(watcher.run, recordings, n_units=20, n_stimuli=30, interval_s=0.0, share=1.0)
    assert until(lambda: score.latest is not None and np.isfinite(score.latest.untrained).all())
    assert (score.latest.step, score.latest.model_areas) == (0, ("conv",))
    np.testing.assert_array_equal(score.latest.value, score.latest.untrained)
    fit(network, recordings, watcher)
    assert score.join(20)
    assert (score.error, score.latest.step, score.latest.final) == (None, 4, True)


def test_activations_are_recorded_on_the_thread_that_fits(fitted):
    network, recordings = fitted
    watcher = hw.watch(network, share=1.0)
    recorder, where = watcher.run.model.recorder(recordings.stimuli), []

    def job():
        where.append(threading.current_thread())
        return recorder()

    futures = []
    asking = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: futures.append(watcher.run.at_boundary(job)) if batch == 1 else None
    )
    fit(network, recordings, asking, watcher)
    recorded = futures[0].result(0)
    assert where == [threading.main_thread()]
    assert len(recorded) == len(recordings.stimuli)


def test_a_second_fit_gets_a_live_score_of_its_own(fitted):
    network, recordings = fitted
    watcher = hw.watch(network)
    first = live_score(watcher.run, recordings)
    fit(network, recordings, watcher)
    assert first.join(20)
    assert live_score(watcher.run, recordings) is first
    second = []
    again = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: second.append(live_score(watcher.run, recordings))
    )
    fit(network, recordings, watcher, again)
    assert second[0] is second[-1] is not first
    assert second[0].join(20)
    assert second[0].latest.step == 8


def test_a_network_without_areas_cannot_be_scored_and_says_why(fitted):
    _, recordings = fitted
    shape = recordings.stimuli.images.shape[1:]
    flat = keras.Sequential([keras.Input(shape), layers.Flatten(), layers.Dense(2, name="hidden")])
    flat.compile("sgd", "mse")
    score = live_score(hw.watch(flat).run, recordings)
    assert until(lambda: score.error is not None)
    assert 'areas={"area 1": "hidden"}' in score.error
