"""How long a convolution takes, over batch and size of the images, on each device that Keras sees."""

import argparse

import numpy as np
import stopwatch

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras

N_KERNELS, SIDE = 32, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--sizes", type=int, nargs="+", default=[16, 32, 64])
    parser.add_argument("--repeats", type=int, default=10)
    given = parser.parse_args()
    print(stopwatch.processor())
    found = hw.devices()
    print(found)
    if not found.accelerators:
        print("not measured on a GPU: Keras sees none here")
    for device in found.keras_devices:
        for batch in given.batches:
            row = [f"{1e3 * convolution_s(device, batch, size, given.repeats):8.2f}" for size in given.sizes]
            print(f"{device}, batch {batch:4d}: ms at {given.sizes} pixels: {' '.join(row)}")


def convolution_s(device: str, batch: int, size: int, n_repeats: int) -> float:
    """Return the median seconds of a convolution of a batch of colour images, its result waited for."""
    rng = np.random.default_rng(0)
    with keras.device(device):
        images = keras.ops.convert_to_tensor(rng.random((batch, size, size, 3), np.float32))
        kernels = keras.ops.convert_to_tensor(rng.random((SIDE, SIDE, 3, N_KERNELS), np.float32))

        def job() -> object:
            return keras.ops.convert_to_numpy(keras.ops.conv(images, kernels, padding="same")[0, 0, 0])

        job()
        return stopwatch.median_timed(job, n_repeats)[0]


if __name__ == "__main__":
    main()
