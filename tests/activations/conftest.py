import numpy as np
import pytest

from hcnn_widgets.architecture import hcnn
from hcnn_widgets.goal import Categorization
from hcnn_widgets.keras_door import keras
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

AREAS = ("V1", "V2", "IT")


@pytest.fixture
def network():
    built = hcnn(AREAS, n_kernels=(4, 5, 6), kernel_size=3, input_shape=(16, 12, 1)).build(seed=0)
    return keras.Model(built.input, Categorization().attach(built.output, 3, seed=0))


@pytest.fixture(scope="session")
def stimuli() -> StimulusSet:
    images = np.random.default_rng(0).uniform(0, 1, (7, 16, 12, 1)).astype("float32")
    return StimulusSet(images, [f"s{index}" for index in range(7)])
