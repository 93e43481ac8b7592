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


def scores_asked_for(watcher, recordings, into):
    return keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: into.append(live_score(watcher.run, recordings))
    )


def test_a_second_fit_goes_on_from_the_scores_of_the_first(fitted):
    network, recordings = fitted
    watcher = hw.watch(network)
    first = live_score(watcher.run, recordings)
    assert until(lambda: first.latest is not None)
    fit(network, recordings, watcher)
    assert first.join(20)
    assert live_score(watcher.run, recordings) is first
    second = []
    fit(network, recordings, watcher, scores_asked_for(watcher, recordings, second))
    assert second[0] is second[-1] is not first
    assert second[0].join(20)
    steps = [table.step for table in second[0].history]
    assert (steps[0], steps[-1]) == (0, 8)
    assert 4 in steps, "the end of the first fit stays"
    assert [table.final for table in second[0].history] == [False] * (len(steps) - 1) + [True]
    at_four = next(table for table in second[0].history if table.step == 4)
    np.testing.assert_array_equal(at_four.value, first.latest.value)


def test_a_second_fit_that_begins_while_the_first_is_scored_is_scored_to_its_own_end(fitted):
    network, recordings = fitted
    watcher = hw.watch(network)
    score = live_score(watcher.run, recordings)
    asked, measure, second = threading.Event(), score._measure, []

    def slowly(run, final):
        if final and not asked.is_set():
            asked.wait(20)
        return measure(run, final)

    score._measure = slowly
    begins = keras.callbacks.LambdaCallback(on_train_batch_begin=lambda batch, logs: asked.set())
    fit(network, recordings, watcher)
    fit(network, recordings, watcher, begins, scores_asked_for(watcher, recordings, second))
    assert second[-1].join(20)
    assert (second[-1].latest.step, second[-1].latest.final, second[-1].complete) == (8, True, True)
    assert sum(table.final for table in second[-1].history) == 1


def test_scores_on_all_images_do_not_go_on_as_scores_on_a_part(fitted):
    network, recordings = fitted
    watcher = hw.watch(network)
    fit(network, recordings, watcher)
    on_all = LiveScore(watcher.run, recordings, n_stimuli=30)
    assert on_all.join(20)
    assert on_all.latest.n_stimuli == len(recordings)
    going_on = LiveScore(watcher.run, recordings, n_stimuli=30, before=on_all.history)
    assert going_on.join(20)
    assert {table.n_stimuli for table in going_on.history} == {len(recordings)}
    kept = LiveScore(watcher.run, recordings, before=on_all.history)
    assert kept.history[0].step == 4
    assert kept.join(20)


def test_a_network_without_areas_cannot_be_scored_and_says_why(fitted):
    _, recordings = fitted
    shape = recordings.stimuli.images.shape[1:]
    flat = keras.Sequential([keras.Input(shape), layers.Flatten(), layers.Dense(2, name="hidden")])
    flat.compile("sgd", "mse")
    score = live_score(hw.watch(flat).run, recordings)
    assert until(lambda: score.error is not None)
    assert 'areas={"area 1": "hidden"}' in score.error
