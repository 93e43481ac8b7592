"""How long a convolution takes, over batch and size of the images, on each device that Keras sees, and on one core."""

import argparse

import stopwatch

import hcnn_widgets as hw
from hcnn_widgets.machine import convolution_s
from hcnn_widgets.widgets.devices.one_core import timed_on_one_core


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--sizes", type=int, nargs="+", default=[16, 32, 64])
    parser.add_argument("--repeats", type=int, default=11)
    given = parser.parse_args()
    print(stopwatch.processor())
    found = hw.devices(timed=True)
    print(found)
    if not found.accelerators:
        print("not measured on a GPU: Keras sees none here")
    for device in found.keras_devices:
        for dtype in ("float32", "bfloat16"):
            for batch in given.batches:
                seconds = [convolution_s(device, batch, size, given.repeats, dtype) for size in given.sizes]
                print(f"{device}, {dtype}, batch {batch:4d}: {_in_words(seconds, given.sizes)}")
    alone = {
        (batch, size): seconds
        for batch, size, seconds in timed_on_one_core([(b, s) for b in given.batches for s in given.sizes])
    }
    for batch in given.batches:
        seconds = [alone[batch, size] for size in given.sizes]
        print(f"cpu:0 on one core, float32, batch {batch:4d}: {_in_words(seconds, given.sizes)}")


def _in_words(seconds: list[float], sizes: list[int]) -> str:
    return f"ms at {sizes} pixels: {' '.join(f'{1e3 * each:8.2f}' for each in seconds)}"


if __name__ == "__main__":
    main()
