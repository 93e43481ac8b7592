"""Many training steps in one compiled call: the one place that knows the backend.

Python's work per step is what a live monitor usually costs. Here a chunk of steps runs inside one compiled TensorFlow
function, which picks its batches out of images that lie on the device already, and gives back what all its steps
measured at once. On other backends, Keras's own compiled step does the same work, one step a call.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras

from .finite_weights import are_finite, float_variables
from .objective import BESIDE, Objective, values_of
from .rule import Learner, LossOf, Rule, Step, StepResult

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Room:
    """Room for images that come while training goes on (`Steps.take_in`), in the place of an array of them.

    Parameters
    ----------
    shape : (n_stimuli, height, width, n_channels)
    dtype : str
    """

    shape: tuple[int, int, int, int]
    dtype: str = "float32"


Evaluation = Callable[[Floats, Any], tuple[float, ...]]
"""Images and targets, None where there are none -> mean loss, and mean scores where there are targets."""


class Steps(Protocol):
    """What the training loop needs of a backend.

    Attributes
    ----------
    finite : (n_variables,) bool
        Whether each variable with real numbers was finite after the last chunk, in the order of `Learner.variables`.
    """

    finite: NDArray[np.bool_]

    def train(self, batches: NDArray[np.int32], rates: Floats) -> Any:
        """Do one step per row of image numbers (n_steps, batch_size), each at its learning rate (n_steps,).

        Returns the values of each (n_values, n_steps): the loss first, then the goal's scores where there are targets,
        then what else the rule measures.
        """

    def take_in(self, first: int, images: Floats) -> None:
        """Fill the `Room` with images, from a number on; a step uses no other than those that are there."""

    def evaluate(self, images: Floats, targets: Any) -> tuple[float, ...]:
        """Return mean loss, and mean scores where there are targets, over images, without learning."""


def make_evaluation(loss: LossOf, learner: Learner) -> Evaluation:
    """Make what returns mean loss and scores over (images, targets), without learning, compiled where that helps."""

    def values(x: Any, y: Any) -> list[Any]:
        return values_of(learner, replace(loss(learner, x, y, False), measured=()), x, y)

    forward = _compiled_for_any_number(values) if keras.backend.backend() == "tensorflow" else values

    def measure(x: Floats, y: Any) -> list[float]:
        return [float(keras.ops.convert_to_numpy(value)) for value in forward(x, y)]

    return lambda images, targets: _mean_over_batches(measure, images, targets)


def _compiled_for_any_number(forward: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Compile once per kind of target, whatever the number of images: a last, smaller batch compiles nothing anew."""
    import tensorflow as tf

    made: dict[Any, Any] = {}

    def call(x: Floats, y: Any) -> Any:
        given = (x,) if y is None else (x, y)
        kind = str(_map(lambda array: (array.shape[1:], array.dtype), given))
        if kind not in made:
            signature = _map(lambda array: tf.TensorSpec([None, *array.shape[1:]], array.dtype), given)
            seen = forward if y is not None else (lambda images: forward(images, None))
            # Traced here and now: TensorFlow would take the first call of each network for a needless retracing.
            made[kind] = _traced(tf, tf.function(seen, input_signature=signature))
        return made[kind](*_map(tf.constant, given))

    return call


def _traced(tf: Any, function: Any) -> Any:
    """Return a function with its one signature compiled; as it is where `tf.config.run_functions_eagerly` is on.

    What is traced by itself stays so whatever that switch says, so that a debugger would see nothing of a step.
    """
    return function if tf.config.functions_run_eagerly() else function.get_concrete_function()


def _map(function: Callable[[Any], Any], targets: Any) -> Any:
    """Call a function on every array of targets: a single one, a dict or tuple of them, or None for none."""
    return keras.tree.map_structure(lambda array: None if array is None else function(array), targets)


def make_steps(rule: Rule, learner: Learner, images: Floats | Room, targets: Any) -> Steps:
    """Choose the fastest way to take steps that this backend offers."""
    kind = TensorFlowSteps if keras.backend.backend() == "tensorflow" else PortableSteps
    return kind(rule, learner, images, targets)


class TensorFlowSteps:
    """A loop of training steps inside one tf.function."""

    def __init__(self, rule: Rule, learner: Learner, images: Floats | Room, targets: Any) -> None:
        import tensorflow as tf

        self.finite = np.empty(0, bool)
        self._tf = tf
        learner.optimizer.build(learner.trainable_variables)
        if isinstance(images, Room):  # a variable, so that what is compiled once sees what comes later
            self._images = tf.Variable(tf.zeros(images.shape, images.dtype), trainable=False)
        else:
            self._images = tf.constant(images)
        self._data = data = self._images, _map(tf.constant, targets)
        self._train: Any = None
        signature = [tf.TensorSpec([None, None], tf.int32), tf.TensorSpec([None], tf.float32)]
        self._chunk = tf.function(_scan(tf, rule, learner, data), input_signature=signature, autograph=False)
        self.evaluate = make_evaluation(rule.loss, learner)

    def train(self, batches: NDArray[np.int32], rates: Floats) -> Floats:
        """Do one step per row of image numbers; return the values of each, (n_values, n_steps)."""
        if self._train is None:
            # Traced by itself: TensorFlow would take the first calls of many short runs for needless retracings.
            self._train = _traced(self._tf, self._chunk)
        measured, finite = self._train(self._tf.constant(batches), self._tf.constant(rates))
        self.finite = finite.numpy()
        steps: Floats = measured.numpy().T
        return steps

    def take_in(self, first: int, images: Floats) -> None:
        """Fill the room with images, from a number on."""
        self._images[first : first + len(images)].assign(images)


def _scan(tf: Any, rule: Rule, learner: Learner, data: tuple[Any, Any]) -> Callable[[Any, Any], Any]:
    """Make the loop: for every row of image numbers, one step of the rule; then one look at all weights."""
    weights = float_variables(learner.variables)
    step = rule.make_step(learner, lambda loss: _down_the_gradient(tf, learner, loss))
    n_values = 1 + learner.n_scores(data[1]) + len(rule.measures)

    def one_step(numbers: Any, rate: Any) -> Any:
        learner.optimizer.learning_rate = rate
        x, y = _map(lambda array: tf.gather(array, numbers), data)
        return tf.stack([tf.cast(value, tf.float32) for value in values_of(learner, step(x, y), x, y)])

    def scan(batches: Any, rates: Any) -> Any:
        n_steps = tf.shape(batches)[0]
        _, measured = tf.while_loop(
            lambda number, _: number < n_steps,
            lambda number, so_far: (number + 1, so_far.write(number, one_step(batches[number], rates[number]))),
            (0, tf.TensorArray(tf.float32, size=n_steps, element_shape=(n_values,))),
        )
        # Once a chunk, after its last step: a weight that is no number stays so, and the loss does not always show it.
        with tf.control_dependencies([measured.flow]):
            return measured.stack(), are_finite(weights)

    return scan


def _down_the_gradient(tf: Any, learner: Learner, loss: Step) -> Step:
    def step(x: Any, y: Any) -> StepResult:
        with tf.GradientTape() as tape:
            result = loss(x, y)
            # A penalty on weights has their precision, which need not be the loss's.
            penalties = sum(tf.cast(penalty, tf.float32) for penalty in learner.penalties)
            value = tf.cast(result.loss, tf.float32) + penalties
            aim = value if result.beside is None else value + tf.cast(result.beside, tf.float32)
            aim = learner.optimizer.scale_loss(aim)
        variables = learner.trainable_variables
        gradients = tape.gradient(aim, variables)
        # Keras warns of every weight that the loss does not depend on; to a rule without labels the readout is one.
        known = [pair for pair in zip(gradients, variables, strict=True) if pair[0] is not None]
        if known:  # none are, where the loss depends on no weight that may change
            learner.optimizer.apply(*zip(*known, strict=True))
        return replace(result, loss=value)

    return step


def _mean_over_batches(
    measure: Callable[[Any, Any], list[float]], images: Floats, targets: Any, size: int = 256
) -> tuple[float, ...]:
    parts = [slice(start, start + size) for start in range(0, len(images), size)]
    sums = [len(images[part]) * np.array(measure(*_map(itemgetter(part), (images, targets)))) for part in parts]
    return tuple(float(mean) for mean in np.sum(sums, axis=0) / len(images))


class PortableSteps:
    """Steps one a call, those down a gradient as Keras's own compiled ones: slower, and the same on every backend."""

    def __init__(self, rule: Rule, learner: Learner, images: Floats | Room, targets: Any) -> None:
        self.finite = np.empty(0, bool)
        self._images = np.zeros(images.shape, images.dtype) if isinstance(images, Room) else images
        self._learner, self._data = learner, (self._images, targets)
        self._n_scores = learner.n_scores(targets)
        self._n_values = 1 + self._n_scores + len(rule.measures)
        self._step = rule.make_step(learner, self._down_the_gradient)
        self.evaluate = make_evaluation(rule.loss, learner)

    def train(self, batches: NDArray[np.int32], rates: Floats) -> Floats:
        """Do one step per row of image numbers; return the values of each, (n_values, n_steps)."""
        measured = np.empty((self._n_values, len(batches)), np.float32)
        for column, (numbers, rate) in enumerate(zip(batches, rates, strict=True)):
            self._learner.optimizer.learning_rate = rate
            x, y = _map(itemgetter(numbers), self._data)
            values = values_of(self._learner, self._step(x, y), x, y)
            measured[:, column] = [float(keras.ops.convert_to_numpy(value)) for value in values]
        self.finite = keras.ops.convert_to_numpy(are_finite(float_variables(self._learner.variables)))
        return measured

    def take_in(self, first: int, images: Floats) -> None:
        """Fill the room with images, from a number on."""
        self._images[first : first + len(images)] = images

    def _down_the_gradient(self, loss: Step) -> Step:
        objective = Objective(self._learner, loss, self._n_values)

        def step(x: Any, y: Any) -> StepResult:
            objective.reset_metrics()
            taken = objective.train_on_batch((x, y), np.zeros(len(x), np.float32), return_dict=True)
            others = tuple(taken[str(n)] for n in range(1, self._n_values))
            score = None if y is None else others[: self._n_scores]
            return StepResult(taken["loss"] - taken[BESIDE], score, others[self._n_scores :])

        return step
