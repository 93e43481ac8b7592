"""Many training steps in one compiled call: the one place that knows the backend.

Python's work per step is what a live monitor usually costs. Here a chunk of steps runs inside one compiled TensorFlow
function, which picks its batches out of images that lie on the device already, and gives back the losses and scores of
all its steps at once. On other backends, Keras's own compiled step does the same work, one step a call.
"""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras

Floats = NDArray[np.float32]


class Steps(Protocol):
    """What the training loop needs of a backend."""

    def train(self, batches: NDArray[np.int32]) -> tuple[Floats, Floats]:
        """Do one step per row of image numbers (n_steps, batch_size); give loss and score of each (n_steps,)."""

    def evaluate(self, images: Floats, targets: NDArray[Any]) -> tuple[float, float]:
        """Give mean loss and score over images, without learning."""

    def set_learning_rate(self, rate: float) -> None:
        """Use this learning rate from the next step on."""


def make_evaluation(network: Any, goal: Any) -> Callable[[Floats, NDArray[Any]], tuple[float, float]]:
    """Make what gives mean loss and score over (images, targets), without learning, compiled where that helps."""
    forward = _forward(network, goal)
    if keras.backend.backend() == "tensorflow":
        forward = _compiled_for_any_number(forward)

    def measure(x: Floats, y: NDArray[Any]) -> list[float]:
        return [float(keras.ops.convert_to_numpy(value)) for value in forward(x, y)]

    return lambda images, targets: _mean_over_batches(measure, images, targets)


def _compiled_for_any_number(forward: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Compile once per kind of target, whatever the number of images: a last, smaller batch compiles nothing anew."""
    import tensorflow as tf

    made: dict[tuple[Any, ...], Any] = {}

    def call(x: Floats, y: NDArray[Any]) -> Any:
        kind = x.shape[1:], y.shape[1:], y.dtype
        if kind not in made:
            signature = [tf.TensorSpec([None, *a.shape[1:]], a.dtype) for a in (x, y)]
            made[kind] = tf.function(forward, input_signature=signature)
        return made[kind](tf.constant(x), tf.constant(y))

    return call


def make_steps(network: Any, goal: Any, optimizer: Any, images: Floats, targets: NDArray[Any]) -> Steps:
    """Choose the fastest way to take steps that this backend offers."""
    kind = TensorFlowSteps if keras.backend.backend() == "tensorflow" else PortableSteps
    return kind(network, goal, optimizer, images, targets)


class TensorFlowSteps:
    """A loop of training steps inside one tf.function."""

    def __init__(self, network: Any, goal: Any, optimizer: Any, images: Floats, targets: NDArray[Any]) -> None:
        import tensorflow as tf

        self._tf, self._optimizer = tf, optimizer
        optimizer.build(network.trainable_variables)
        self._data = tf.constant(images), tf.constant(targets)
        self._train = tf.function(
            _scan(tf, network, goal, optimizer, self._data), input_signature=[tf.TensorSpec([None, None], tf.int32)]
        )
        self._evaluate = make_evaluation(network, goal)

    def train(self, batches: NDArray[np.int32]) -> tuple[Floats, Floats]:
        """Do one step per row of image numbers; give loss and score of each."""
        measured = self._train(self._tf.constant(batches)).numpy()
        return measured[:, 0], measured[:, 1]

    def evaluate(self, images: Floats, targets: NDArray[Any]) -> tuple[float, float]:
        """Give mean loss and score over images, without learning."""
        return self._evaluate(images, targets)

    def set_learning_rate(self, rate: float) -> None:
        """Use this learning rate from the next step on."""
        self._optimizer.learning_rate = rate


def _scan(tf: Any, network: Any, goal: Any, optimizer: Any, data: tuple[Any, Any]) -> Callable[[Any], Any]:
    """Make the loop: for every row of image numbers, one step of gradient descent."""
    images, targets = data
    loss = goal.loss()

    def one_step(numbers: Any) -> Any:
        x, y = tf.gather(images, numbers), tf.gather(targets, numbers)
        with tf.GradientTape() as tape:
            outputs = network(x, training=True)
            value = loss(y, outputs) + sum(network.losses)
        variables = network.trainable_variables
        optimizer.apply(tape.gradient(value, variables), variables)
        return tf.stack([tf.cast(value, tf.float32), tf.cast(goal.score(outputs, y), tf.float32)])

    def scan(batches: Any) -> Any:
        n_steps = tf.shape(batches)[0]
        measured = tf.TensorArray(tf.float32, size=n_steps, element_shape=(2,))
        for index in tf.range(n_steps):
            measured = measured.write(index, one_step(batches[index]))
        return measured.stack()

    return scan


def _forward(network: Any, goal: Any) -> Callable[[Any, Any], Any]:
    loss = goal.loss()

    def forward(x: Any, y: Any) -> Any:
        outputs = network(x, training=False)
        return loss(y, outputs), goal.score(outputs, y)

    return forward


def _mean_over_batches(
    measure: Callable[[Any, Any], list[float]], images: Floats, targets: NDArray[Any], size: int = 256
) -> tuple[float, float]:
    totals = np.zeros(2)
    for start in range(0, len(images), size):
        x, y = images[start : start + size], targets[start : start + size]
        totals += len(x) * np.array(measure(x, y))
    loss, score = totals / len(images)
    return float(loss), float(score)


class PortableSteps:
    """Keras's own compiled step, one a call: slower, and the same on every backend."""

    def __init__(self, network: Any, goal: Any, optimizer: Any, images: Floats, targets: NDArray[Any]) -> None:
        self._network, self._images, self._targets = network, images, targets
        self._optimizer = optimizer
        score = keras.metrics.MeanMetricWrapper(lambda y, outputs: goal.score(outputs, y), name="score")
        network.compile(optimizer=optimizer, loss=goal.loss(), metrics=[score])
        self._evaluate = make_evaluation(network, goal)

    def train(self, batches: NDArray[np.int32]) -> tuple[Floats, Floats]:
        """Do one step per row of image numbers; give loss and score of each."""
        measured = np.empty((len(batches), 2), np.float32)
        for row, numbers in enumerate(batches):
            self._network.reset_metrics()
            result = self._network.train_on_batch(self._images[numbers], self._targets[numbers], return_dict=True)
            measured[row] = float(result["loss"]), float(result["score"])
        return measured[:, 0], measured[:, 1]

    def evaluate(self, images: Floats, targets: NDArray[Any]) -> tuple[float, float]:
        """Give mean loss and score over images, without learning."""
        return self._evaluate(images, targets)

    def set_learning_rate(self, rate: float) -> None:
        """Use this learning rate from the next step on."""
        self._optimizer.learning_rate = rate
