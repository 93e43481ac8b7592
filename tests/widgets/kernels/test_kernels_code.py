import numpy as np
import pytest

from hcnn_widgets.activations.filter_kernels import kernels
from hcnn_widgets.keras_door import keras
from hcnn_widgets.widgets.kernels.kernels_code import kernels_code


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(0)
    image = keras.Input((8, 8, 1))
    return keras.Model(image, keras.layers.Conv2D(4, 3, name="V1")(image))


def test_the_lines_that_read_kernels_read_those_of_the_panel(network):
    names = {"network": network}
    exec(kernels_code("V1"), names)
    np.testing.assert_array_equal(names["kernels"], kernels(network, {"V1": "V1"}, "V1"))
