"""Fused updates of Adam against Keras's own, variable by variable."""

import numpy as np
import pytest

from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.optimizers import OPTIMIZERS, made_fused

tf = pytest.importorskip("tensorflow")
pytestmark = pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="other backends take Keras's own")

SHAPES = ((3, 4), (4,), ())
KINDS = (keras.optimizers.Adam, keras.optimizers.AdamW)


@pytest.fixture(autouse=True)
def counted_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the lines of the update counted here, which other tests keep from the tracer with all that Keras does."""
    apply = keras.optimizers.Optimizer.apply
    monkeypatch.setattr(keras.optimizers.Optimizer, "apply", getattr(apply, "__wrapped__", apply))


def variables_of(dtype: str = "float32", **options: object) -> list:
    rng = np.random.default_rng(1)
    return [keras.Variable(rng.normal(size=shape).astype(dtype), dtype=dtype, **options) for shape in SHAPES]


def after_steps(optimizer, variables: list, gradients_of=tf.convert_to_tensor) -> list[np.ndarray]:
    """Return the variables after some compiled steps, at another learning rate each."""
    optimizer.build(variables)
    rng = np.random.default_rng(2)

    @tf.function(autograph=False)
    def step(*gradients) -> None:
        optimizer.apply([gradients_of(gradient) for gradient in gradients], variables)

    for number in range(5):
        optimizer.learning_rate = 0.1 / (number + 1)
        scale = 10.0 ** (number - 2)
        step(*(tf.constant(scale * rng.normal(size=shape), variables[0].dtype) for shape in SHAPES))
    return [variable.numpy() for variable in variables]


def assert_alike(ours: list[np.ndarray], theirs: list[np.ndarray]) -> None:
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-4, atol=5e-6)  # 1 - 0.999 in single precision is off by 1e-5


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("options", [{}, {"clipnorm": 0.1}, {"use_ema": True}, {"amsgrad": True}, {"epsilon": 0.3}])
def test_the_variables_go_where_kerass_own_optimizer_takes_them(kind: type, options: dict) -> None:
    ours, theirs = made_fused(kind, 0.1, **options), kind(0.1, **options)
    assert_alike(after_steps(ours, variables_of()), after_steps(theirs, variables_of()))
    assert_alike([value.numpy() for value in ours.variables[2:]], [value.numpy() for value in theirs.variables[2:]])
    assert int(ours.iterations) == 5


@pytest.mark.parametrize("dtype", ["float64", "float16"])
def test_variables_of_another_precision_are_left_to_keras(dtype: str) -> None:
    ours, theirs = made_fused(keras.optimizers.Adam, 0.1), keras.optimizers.Adam(0.1)
    assert_alike(after_steps(ours, variables_of(dtype)), after_steps(theirs, variables_of(dtype)))


def test_a_gradient_of_few_rows_is_left_to_keras() -> None:
    def of_rows(gradient):
        return (
            tf.IndexedSlices(gradient[:1], tf.constant([2]), gradient.shape) if gradient.shape.rank == 2 else gradient
        )

    ours, theirs = made_fused(keras.optimizers.Adam, 0.1), keras.optimizers.Adam(0.1)
    assert_alike(after_steps(ours, variables_of(), of_rows), after_steps(theirs, variables_of(), of_rows))


@pytest.mark.parametrize("name", ["adam", "adamw"])
def test_each_variable_is_updated_by_one_operation(name: str) -> None:
    optimizer, variables = OPTIMIZERS[name](0.1), variables_of()
    optimizer.build(variables)
    step = tf.function(lambda *gradients: optimizer.apply(gradients, variables), autograph=False)
    graph = step.get_concrete_function(*(tf.TensorSpec(shape) for shape in SHAPES)).graph
    assert [node.type for node in graph.get_operations()].count("ResourceApplyAdam") == len(SHAPES)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_an_optimizer_of_kerass_kind_and_name(kind: type) -> None:
    made = made_fused(kind, 0.1)
    assert isinstance(made, kind)
    assert type(made).__name__ == kind.__name__
    named = kind(0.1, name=made.name)
    assert made.get_config() == named.get_config()
    assert [value.path for value in made.variables] == [value.path for value in named.variables]
