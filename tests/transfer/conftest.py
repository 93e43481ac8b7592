"""Few and small images of eight categories, four of which a tiny network has never seen."""

import pytest

import hcnn_widgets as hw

SHAPE = (16, 16, 1)


@pytest.fixture(scope="session")
def images() -> hw.StimulusSet:
    return hw.stimuli.objects(320, size=16, seed=0)


@pytest.fixture(scope="session")
def parts(images: hw.StimulusSet) -> tuple[hw.StimulusSet, hw.StimulusSet]:
    return hw.stimuli.split_categories(images, ["boats", "fruits", "planes", "tables"])


@pytest.fixture(scope="session")
def trained(parts: tuple[hw.StimulusSet, hw.StimulusSet]) -> hw.GoalDrivenModel:
    spec = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(4, 8), input_shape=SHAPE)
    model = hw.GoalDrivenModel(spec, seed=3)
    model.train(parts[0], epochs=1).join()
    return model


@pytest.fixture
def of_keras() -> hw.GoalDrivenModel:
    """A network of somebody else's, with batch normalisation."""
    from hcnn_widgets.keras_door import keras

    layers = keras.layers
    network = keras.Sequential(
        [
            keras.Input(SHAPE),
            layers.Conv2D(4, 3, strides=2, name="conv1"),
            layers.BatchNormalization(name="norm1"),
            layers.ReLU(name="relu1"),
            layers.Conv2D(6, 3, strides=2, name="conv2"),
            layers.ReLU(name="relu2"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(3),
        ]
    )
    network.get_layer("norm1").moving_mean.assign([0.3, -0.2, 0.1, 0.0])
    return hw.GoalDrivenModel.from_keras(network, {"V1": "relu1", "IT": "relu2"})
