"""Keras models of the kinds that people fit, tiny, each with data of its own."""

from typing import Any

import numpy as np

from hcnn_widgets.keras_door import keras

layers = keras.layers
RNG = np.random.default_rng(0)
X = RNG.random((24, 8, 8, 1)).astype(np.float32)
Y = np.arange(24) % 3
CROSS_ENTROPY = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def network(n_outputs: int = 3) -> Any:
    """Return a functional network of one filter."""
    image = keras.Input((8, 8, 1))
    maps = layers.Conv2D(2, 3, activation="relu", name="conv")(image)
    return keras.Model(image, layers.Dense(n_outputs, name="logits")(layers.Flatten()(maps)), name="tiny")


def compiled(model: Any = None, **options: Any) -> Any:
    """Return a network that is compiled for `X` and `Y`."""
    model = network() if model is None else model
    model.compile(**{"optimizer": "sgd", "loss": CROSS_ENTROPY, "metrics": ["accuracy"], "run_eagerly": True} | options)
    return model


def fit(model: Any, watcher: Any, *others: Any, x: Any = X, y: Any = Y, **options: Any) -> Any:
    """Fit in silence, four steps an epoch."""
    options = {"batch_size": 6, "epochs": 2, "verbose": 0, "shuffle": False} | options
    return model.fit(x, y, callbacks=[watcher, *others], **options)


class OwnStep(keras.Model):
    """Returns the loss of each batch as its log, and has no metric."""

    def train_step(self, data: Any) -> Any:
        import tensorflow as tf

        x, y = data
        with tf.GradientTape() as tape:
            loss = CROSS_ENTROPY(y, self(x, training=True))
        self.optimizer.apply_gradients(
            zip(tape.gradient(loss, self.trainable_weights), self.trainable_weights, strict=True)
        )
        return {"loss": loss}


class Encoding(keras.Model):
    """No graph of layers, with one inside, as models of two parts are."""

    def __init__(self) -> None:
        super().__init__(name="encoding")
        self.encoder = network()
        self.readout = layers.Dense(3)

    def call(self, images: Any) -> Any:
        return self.readout(self.encoder(images))


class Calls(keras.callbacks.Callback):
    """Calls a function with the number of batches of the epoch, after each."""

    def __init__(self, after: Any) -> None:
        super().__init__()
        self._after = after

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self._after(batch + 1, logs)
