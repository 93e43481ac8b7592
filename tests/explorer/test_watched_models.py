"""The sidebar shows a Keras model that is watched as one entry, with its fit."""

import numpy as np
from stand_in_kernel import Comm, message

import hcnn_widgets as hw
from hcnn_widgets.explorer.registry import Registry
from hcnn_widgets.explorer.service import Explorer
from hcnn_widgets.keras_door import keras

layers = keras.layers
X = np.zeros((12, 8, 8, 1), np.float32)


def model():
    network = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(2, 3), layers.Flatten(), layers.Dense(3)])
    network.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    return network


def fit(network, *callbacks):
    network.fit(X, np.zeros(12), batch_size=6, verbose=0, callbacks=list(callbacks))


def test_a_watched_model_is_one_entry_under_its_own_name_with_its_training():
    network = model()
    watcher = hw.watch(network)
    registry = Registry()
    registry.scan({"network": network, "watcher": watcher, "run": watcher.run})
    (entry,) = registry.snapshot()
    assert (entry["variable"], entry["training"]["state"], registry.training()) == ("network", "waiting", True)
    assert not entry["training"]["stoppable"]
    fit(network, watcher)
    (entry,) = registry.snapshot()
    assert (entry["training"]["state"], entry["training"]["steps_done"]) == ("finished", 2)
    assert entry["training"]["score"].startswith("training accuracy ")


def test_the_sidebar_looks_anew_when_a_fit_begins_in_the_cell_that_made_the_model(shell):
    comm = Comm()
    explorer = Explorer(shell)
    explorer.on_open(comm, message(kind="hello", visible=True))
    network = model()
    watcher = hw.watch(network)
    shell.user_ns["network"] = network
    seen = []

    class Looks(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            seen.append(comm.sent[-1]["models"])

    comm.say(kind="ack", sequence=comm.sent[-1]["sequence"])
    fit(network, watcher, Looks())
    assert [entry["variable"] for entry in seen[0]] == ["network"]
    comm.say(kind="visible", visible=False)
    n_sent = len(comm.sent)
    fit(network, watcher)
    assert len(comm.sent) == n_sent


def test_a_stop_from_the_sidebar_stops_the_fit():
    network = model()
    watcher = hw.watch(network)
    registry = Registry()
    registry.scan({"network": network})

    class Stops(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            registry.stop("network")

    network.fit(X, np.zeros(12), batch_size=3, verbose=0, callbacks=[watcher, Stops()])
    assert (watcher.run.state, watcher.run.steps_done) == ("stopped", 2)
