"""Which models can be watched, and what is said of the others."""

import gc
import weakref

import pytest
from stand_ins import until
from watched_networks import Encoding, X, compiled, fit, layers, network

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras


def test_a_model_without_a_graph_has_curves_and_says_what_else_to_write():
    model = compiled(Encoding())
    watcher = hw.watch(model)
    fit(model, watcher, epochs=1)
    assert watcher.run.state == "finished"
    assert watcher.run.model.areas == ()
    with pytest.raises(ValueError, match=r"network=\.\.\.\); received Encoding; inside of it there is tiny\."):
        watcher.run.model.recorder(hw.StimulusSet.from_arrays(X))
    part = hw.watch(model, network=model.encoder)
    fit(model, part, epochs=1)
    assert (part.run.model.areas, part.run.state) == (("conv",), "finished")


def test_a_network_without_maps_has_curves():
    model = keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(3, name="dense")], name="flat")
    watcher = hw.watch(compiled(model))
    fit(model, watcher, epochs=1)
    assert (watcher.run.model.areas, watcher.run.history.names) == ((), ("loss", "accuracy"))
    with pytest.raises(ValueError, match=r'areas=\{"area 1": "dense"\}; received none'):
        watcher.run.model.record(None)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: hw.watch("model"), TypeError, "`model` must be a Keras model, which has `fit`; received str."),
        (
            lambda: hw.watch(keras.Sequential([layers.Conv2D(2, 3)], name="early")),
            ValueError,
            r"`model` has no weights yet\. .*early\.build\(\(None, height, width, n_channels\)\).*'early'\.",
        ),
        (lambda: hw.watch(network(), share=0), ValueError, "`share` must be a number above 0 .*; received 0."),
        (lambda: hw.watch(network(), areas={"V1": "cnov"}), ValueError, "close to it are conv.*received 'cnov'"),
    ],
    ids=["no model", "not built", "share", "area"],
)
def test_what_cannot_be_watched_is_refused_in_three_parts(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_a_watcher_of_another_model_is_refused():
    model = compiled()
    with pytest.raises(ValueError, match=r"Accepted is hw\.watch\(tiny\).*; received one of other\."):
        fit(model, hw.watch(keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(1, 3)], name="other")))


def test_a_new_watcher_ends_the_wait_of_the_one_before():
    model = compiled()
    before = hw.watch(model).run
    after = hw.watch(model).run
    assert (before.alive, after.alive) == (False, True)


@pytest.mark.parametrize("n_fits", [0, 1])
def test_a_watched_model_goes_with_its_last_user(n_fits):
    model = compiled()
    watcher = hw.watch(model)
    for _ in range(n_fits):
        fit(model, watcher, epochs=1)
    gone, run = weakref.ref(model), weakref.ref(watcher.run)
    del watcher
    gc.collect()
    assert gone() is model
    del model
    # The thread that looks after a fit ends a moment after it.
    assert until(lambda: gc.collect() >= 0 and (gone(), run()) == (None, None))
