"""Rules that work layer by layer: each filter in its turn learns from the patches it sees, and no error comes back.

The filters have their turns from the input up, `steps_per_area` steps each. In the first fifth of its turn a filter's
patches are measured; then it learns, on patches that are white where the rule asks for that; then it stays, and the
next one sees what it answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

from hcnn_widgets.architecture.recurrence.state_layer import state_refusal
from hcnn_widgets.goal.goal import Goal
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.gradient_rule import GradientRule
from hcnn_widgets.learning.rule import Descend, Learner, Looked, Step, StepResult

from .filter_state import Clock, FilterState, Knowledge
from .patches import patches, unit_rows, whitening
from .readout_beside import SCORED_BY, lines_without_panels, with_readout

MOST_INPUTS = 4_000
"""Values that a kernel may see: their covariance is a matrix of as many squared."""
CLOCK = "clock"


@dataclass(frozen=True)
class LayerwiseRule(GradientRule):
    """A rule by which each filter in its turn learns from what it sees.

    A subclass says `changed`, what becomes of the basis when patches are seen, and `left`, what is to become small.

    Parameters
    ----------
    learning_rate, optimizer, batch_size, schedule, precision
        Of the readout that is trained beside, as in `Backpropagation`.
    steps_per_area : int
        Steps that each filter has for learning, from the input up.
    n_patches : int
        Patches that it sees in each of them.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    steps_per_area: int = 100
    n_patches: int = 1_000

    uses_labels: ClassVar[bool] = False
    scored_by: ClassVar[str] = SCORED_BY
    trains_areas: ClassVar[bool] = False
    white: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        for name, least in (("steps_per_area", 5), ("n_patches", 10)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or value < least:
                raise ValueError(f"`{name}` must be a whole number of at least {least}; received {value!r}.")

    # --- what a rule says -----------------------------------------------------------------------------------------
    def start(self, seen: Any, random: Any, n_kernels: int) -> Any:
        """Return the basis at first, (n_kernels, n_inputs): patches that are seen, each of length 1."""
        noise = 0.01 * keras.random.normal((n_kernels, seen.shape[1]), seed=random)
        which = keras.ops.arange(n_kernels) % seen.shape[0]
        return unit_rows(keras.ops.take(seen, which, axis=0) + noise)

    def changed(self, basis: Any, seen: Any, progress: Any) -> Any:
        """Return the basis after patches (n_patches, n_inputs) were seen, at this share of the filter's turn."""
        raise NotImplementedError

    def left(self, basis: Any, seen: Any) -> Any:
        """Return what the basis leaves of the patches, as a share of them, a scalar: 1 where it is zero."""
        raise NotImplementedError

    # --- what the loop asks ---------------------------------------------------------------------------------------
    def refusal(self, network: Any, goal: Goal | None) -> str:
        """Return why a network cannot be trained so: no filters, or too wide ones; empty where it can."""
        if refusal := state_refusal(self.name, network):
            return refusal
        widths = [prod(layer.kernel.shape[:3]) for layer in _convolutions(network)]
        if widths and max(widths) <= MOST_INPUTS:
            return ""
        received = f"kernels of {max(widths):,}" if widths else f"`{network.name}` without a Conv2D"
        return (
            f"`rule` {self.name!r} works on what filters see. Accepted is a network with filters whose kernels have "
            f"{MOST_INPUTS:,} weights at most; received {received}."
        )

    def parts(self, network: Any, seed: int) -> Mapping[str, Any]:
        """Return the clock of the turns, and what each filter knows of its patches."""
        filters = _convolutions(network)
        states = {layer.name: FilterState(prod(layer.kernel.shape[:3]), layer.filters) for layer in filters}
        return {CLOCK: Clock(), **states}

    def make_step(self, learner: Learner, descend: Descend) -> Step:
        """Make a step: the filter whose turn it is learns, and then the readout beside."""
        down = descend(lambda images, targets: self.loss(learner, images, targets, True))

        def step(images: Any, targets: Any) -> StepResult:
            self._learn(learner, images)
            return self.loss(learner, images, None, True) if targets is None else down(images, targets)

        return step

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        """Return what the filters leave of what they see, averaged over them, and beside it the readout's loss."""
        assert learner.look is not None
        looked = learner.look(images, False)
        left = []
        for layer, came in _turns(learner, looked):
            known = learner.parts[layer.name].knowledge()
            seen = _seen(known, patches(came, layer, self.n_patches, learner.random))
            left.append(self.left(known.basis, seen))
        own = keras.ops.stop_gradient(keras.ops.mean(keras.ops.stack(left)))
        return with_readout(learner, looked, targets, own, ())

    def keras_lines(self, goal: Goal | None, rate: float, epochs: float, n_steps: int | None) -> str:
        """Return the lines that do the same without panels."""
        return lines_without_panels(self, rate, epochs)

    def _learn(self, learner: Learner, images: Any) -> None:
        assert learner.look is not None
        clock = learner.parts[CLOCK].step
        for number, (layer, came) in enumerate(_turns(learner, learner.look(images, False))):
            state, ops = learner.parts[layer.name], keras.ops
            age = clock - number * self.steps_per_area
            drawn = patches(came, layer, self.n_patches, learner.random)
            starts = self.start(drawn, learner.random, layer.filters)
            known = state.knowledge()
            its_turn = ops.logical_and(age >= 0, age < self.steps_per_area)
            new = ops.cond(
                its_turn, lambda a=age, k=known, d=drawn, s=starts: self._aged(a, k, d, s), lambda k=known: k
            )
            state.assign(Knowledge(*new))
            self._put_into(layer, Knowledge(*new), ops.logical_and(its_turn, age >= self._n_measuring))
        clock.assign(clock + 1)

    @property
    def _n_measuring(self) -> int:
        return max(1, self.steps_per_area // 5)

    def _aged(self, age: Any, known: Knowledge, drawn: Any, starts: Any) -> Knowledge:
        """Return what a filter knows after one more step of its turn."""
        ops, n = keras.ops, self._n_measuring
        progress = ops.cast(age - n, "float32") / max(1, self.steps_per_area - n)
        return Knowledge(
            *ops.cond(
                age < n,
                lambda: _measured(known, drawn, age),
                lambda: ops.cond(
                    age == n,
                    lambda: self._begun(known, starts),
                    lambda: known._replace(basis=self.changed(known.basis, _seen(known, drawn), progress)),
                ),
            )
        )

    def _begun(self, known: Knowledge, starts: Any) -> Knowledge:
        if self.white:
            known = known._replace(whitening=whitening(known.mean, known.second))
        else:  # the same scale in every direction: patches of mean square 1
            power = keras.ops.trace(known.second) - keras.ops.sum(keras.ops.square(known.mean))
            n_inputs = known.mean.shape[0]
            known = known._replace(whitening=keras.ops.eye(n_inputs) / keras.ops.sqrt(power / n_inputs + 1e-8))
        return known._replace(basis=unit_rows(starts))

    def _put_into(self, layer: Any, known: Knowledge, when: Any) -> None:
        """Let the layer answer by the basis: whitening and basis are one kernel, the mean goes into the bias."""
        ops = keras.ops
        kernel = ops.matmul(known.whitening, ops.transpose(known.basis))
        layer.kernel.assign(_either(when, ops.reshape(kernel, layer.kernel.shape), layer.kernel))
        if layer.use_bias:
            bias = -ops.matmul(known.mean, kernel)
            layer.bias.assign(_either(when, bias, layer.bias))


def _either(when: Any, new: Any, variable: Any) -> Any:
    """Return what is new, or what a variable holds, which JAX takes as a tensor only."""
    return keras.ops.where(when, new, keras.ops.convert_to_tensor(variable))


def _measured(known: Knowledge, drawn: Any, age: Any) -> Knowledge:
    """Return running means of patches and of their products with one more batch of them."""
    ops = keras.ops
    share = 1 / (ops.cast(age, "float32") + 1)
    second = ops.matmul(ops.transpose(drawn), drawn) / drawn.shape[0]
    return known._replace(
        mean=known.mean + share * (ops.mean(drawn, axis=0) - known.mean),
        second=known.second + share * (second - known.second),
    )


def _seen(known: Knowledge, drawn: Any) -> Any:
    return keras.ops.matmul(drawn - known.mean, known.whitening)


def _turns(learner: Learner, looked: Looked) -> list[tuple[Any, Any]]:
    """Return the filters of the areas in their turns, each with what comes into it."""
    return [(layer, came) for layer, came in looked.filters if layer.name in learner.parts]


def _convolutions(network: Any) -> list[Any]:
    return [layer for layer in network.layers if isinstance(layer, keras.layers.Conv2D) and layer.groups == 1]
