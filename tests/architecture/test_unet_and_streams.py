"""The U-Net against the same network written in Keras, and the two streams."""

import numpy as np
import pytest

from hcnn_widgets.architecture import two_streams, unet
from hcnn_widgets.keras_door import keras


def unet_in_keras(network) -> keras.Model:
    """Write the U-Net down in Keras, with the filters of another network."""
    layers = keras.layers
    image = keras.Input((16, 16, 1))

    def filtered(tensor, name):
        kernel, bias = network.get_layer(f"{name}.filter").get_weights()
        layer = layers.Conv2D(kernel.shape[-1], 3, padding="same", activation="relu")
        output = layer(tensor)
        layer.set_weights([kernel, bias])
        return output

    v1 = filtered(image - 0.5, "V1")
    v2 = filtered(layers.MaxPooling2D(2)(v1), "V2")
    v4 = filtered(layers.MaxPooling2D(2)(v2), "V4")
    tensor = filtered(layers.MaxPooling2D(2)(v4), "IT")
    for name, skip in (("V4", v4), ("V2", v2), ("V1", v1)):
        tensor = filtered(layers.UpSampling2D(2)(tensor), f"{name}-enlarged")
        tensor = filtered(layers.Concatenate()([tensor, skip]), f"{name}-back")
    return keras.Model(image, tensor)


def test_a_unet_is_that_of_the_paper_written_in_keras() -> None:
    network = unet(n_kernels=(2, 3, 4, 5), input_shape=(16, 16, 1)).build(seed=0)
    images = np.random.default_rng(0).uniform(0, 1, (3, 16, 16, 1)).astype(np.float32)
    ours, theirs = (keras.ops.convert_to_numpy(net(images)) for net in (network, unet_in_keras(network)))
    np.testing.assert_allclose(ours, theirs, atol=1e-5)
    assert ours.shape == (3, 16, 16, 2)


def test_without_skips_all_that_comes_back_has_been_through_it() -> None:
    spec = unet(skips=False, input_shape=(16, 24, 3))
    assert [link.name for link in spec.links["V4-back"]] == ["V4-enlarged"]
    assert spec.output_names == ("V1-back",)
    assert spec.areas[-1].output_shape == (16, 24, 8)


def test_sides_that_cannot_be_halved_three_times_are_refused() -> None:
    with pytest.raises(ValueError, match=r"multiples of 8 are accepted; received \(28, 28, 1\)"):
        unet(input_shape=(28, 28, 1))
    with pytest.raises(ValueError, match="a sequence of 4 numbers is accepted; received 8"):
        unet(n_kernels=8)


def test_two_streams_part_behind_v2_and_the_dorsal_one_keeps_its_places() -> None:
    spec = two_streams()
    assert spec.output_names == ("IT", "LIP")
    shapes = {info.name: info.output_shape for info in spec.areas}
    assert shapes["LIP"][:2] == shapes["V2"][:2]
    assert shapes["IT"][0] == shapes["V2"][0] // 4
    taken = {name: [link.name for link in links] for name, links in spec.links.items()}
    assert taken["V4"] == taken["V3A"] == ["V2"]
    assert [output.shape[1:] for output in spec.build().outputs] == [shapes["IT"], shapes["LIP"]]
