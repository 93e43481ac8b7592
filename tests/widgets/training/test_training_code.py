from types import SimpleNamespace

import numpy as np
import pytest

from hcnn_widgets.architecture.pixels import IN_UNIT_RANGE, Pixels
from hcnn_widgets.goal.categorization import Categorization
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.backpropagation import Backpropagation
from hcnn_widgets.learning.optimizers import OPTIMIZERS
from hcnn_widgets.widgets.training.training_code import training_code


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(0)
    image = keras.Input((8, 8, 1))
    v1 = keras.layers.Conv2D(4, 3, name="V1")(image)
    logits = keras.layers.Dense(2)(keras.layers.GlobalAveragePooling2D()(v1))
    return keras.Model(image, logits)


def a_run(pixels=IN_UNIT_RANGE, **rule):
    known = {"optimizer": "adam", "schedule": "constant", "batch_size": 16, "learning_rate": 1e-3} | rule
    model = SimpleNamespace(rule=Backpropagation(**known), goal=Categorization(), pixels=pixels)
    return SimpleNamespace(model=model, learning_rate=0.02, n_steps=8, steps_per_epoch=4)


@pytest.mark.no_cover
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("schedule", ["constant", "cosine"])
def test_the_lines_that_train_do_train_with_the_optimizer_and_rate_of_the_run(network, optimizer, schedule, uncompiled):
    rng = np.random.default_rng(0)
    images, targets = rng.random((64, 8, 8, 1), dtype=np.float32), rng.integers(0, 2, 64)
    before = network.get_layer("V1").kernel.numpy().copy()
    names = {"network": network, "images": images, "targets": targets}
    names |= {"held_out_images": images[:8], "held_out_targets": targets[:8]}
    exec(training_code(a_run(optimizer=optimizer, schedule=schedule)), names)
    assert network.optimizer.iterations == 8  # 2 epochs of 4 steps of 16 images
    rate = network.optimizer.get_config()["learning_rate"]
    assert (rate["config"]["initial_learning_rate"] if schedule == "cosine" else rate) == pytest.approx(0.02)
    assert type(network.optimizer).__name__.lower() == {"momentum": "sgd"}.get(optimizer, optimizer)
    assert not np.array_equal(before, network.get_layer("V1").kernel.numpy())


def test_the_lines_that_train_are_there_before_there_is_a_run():
    lines = training_code(None)
    compile(lines, "lines", "exec")
    assert "rate = 0.002\n" in lines
    assert "epochs=8," in lines


def test_the_lines_that_train_say_which_pixels_the_network_is_given():
    lines = training_code(a_run(Pixels((0.0, 255.0))))
    assert lines.startswith("# images: pixels 0 to 255, which are model.pixels.applied(stimuli.images)\nimport keras\n")
    assert training_code(a_run()).startswith("import keras\n")
