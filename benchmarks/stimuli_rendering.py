"""How many rendered objects one core draws in a second.

    python benchmarks/stimuli_rendering.py [--variation medium] [--size 64] [--repeats 9]

Numerical libraries are held to one thread, and the process to one core where the system allows it. One warm-up builds
the objects; then the median of the repeats counts, with the slowest and the fastest beside it.
"""

import argparse
import os
from statistics import median
from time import perf_counter

for library in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

from hcnn_widgets.stimuli import objects  # noqa: E402  (the threads are counted when NumPy is loaded)

TARGET = 400
"""Images per second."""


def main() -> None:
    """Time the rendering and print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--variation", choices=("low", "medium", "high"), default="medium")
    parser.add_argument("--size", type=int, default=64, help="height and width in pixels")
    parser.add_argument("--images", type=int, default=512, help="images per repeat")
    parser.add_argument("--repeats", type=int, default=9)
    chosen = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    objects(64, chosen.variation, chosen.size)
    speeds = [_speed(chosen.images, chosen.variation, chosen.size, seed) for seed in range(chosen.repeats)]
    print(
        f"objects({chosen.images}, {chosen.variation!r}, size={chosen.size}): {median(speeds):.0f} images/s on 1 core "
        f"(median of {chosen.repeats}; {min(speeds):.0f} to {max(speeds):.0f}; target {TARGET} at 64 x 64)"
    )


def _speed(n: int, variation: str, size: int, seed: int) -> float:
    start = perf_counter()
    objects(n, variation, size, seed, cache=False)
    return n / (perf_counter() - start)


if __name__ == "__main__":
    main()
