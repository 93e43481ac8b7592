"""What remembers a sample over a delay: networks with and without a state on delayed match, over seeds.

    python benchmarks/memory.py [--pairs 8000] [--epochs 10] [--seeds 3] [--delay 2] [--test 600]

Handwritten digits at 16 x 16; the digits of the test sequences are not among those of the training. "gated" and "plain"
keep a state; "none" has the same areas without one and sees the last frame alone; "channels" is the hcnn that sees all
frames at once, side by side as channels, and cannot be run over another delay. Each number is the fraction right, its
mean over seeds with the least and the most; chance is .5. The seconds are of the processor, for the training alone.
"""

import argparse
import time
from typing import Any

import numpy as np

import hcnn_widgets as hw

AREAS: dict[str, Any] = {"areas": ("V1", "IT"), "n_kernels": (16, 32), "kernel_size": (5, 3), "stride": 1}
START: dict[str, Any] = {"initial_gain": 1.0, "l2_penalty": 0.0}
STATES = {"gated": "gated", "plain": "plain", "none": None}
CHANNELS = "channels"
DELAYS = (0, 1, 2, 4, 6, 8)


def trained(kind: str, pairs: Any, epochs: float, seed: int) -> tuple[hw.GoalDrivenModel, float]:
    if kind == CHANNELS:
        spec = hw.architecture.hcnn(**AREAS, **START, input_shape=pairs.image_shape)
    else:
        spec = hw.architecture.recurrent_hcnn(STATES[kind], **AREAS, **START, input_shape=pairs.image_shape)
    model, began = hw.GoalDrivenModel(spec, hw.goal.DelayedMatch(), seed=seed), time.process_time()
    run = model.train(pairs, validation=None, epochs=epochs, seed=seed)
    run.join()
    if run.state != "finished":
        raise SystemExit(f"{kind}: {run.state_message}")
    return model, time.process_time() - began


def row(kind: str, learn: Any, new: Any, seed: int, chosen: argparse.Namespace) -> tuple[list[float], float]:
    """Return the fraction right at the delay of the training, then at all others, and the seconds."""
    pairs = hw.stimuli.delayed_match(learn, chosen.pairs, chosen.delay, seed=seed)
    tests = hw.stimuli.delayed_match(new, chosen.test, chosen.delay, seed=1000 + seed)
    if kind == CHANNELS:
        model, seconds = trained(kind, pairs.as_channels(), chosen.epochs, seed)
        return [model.evaluate(tests.as_channels())["accuracy"], *[np.nan] * len(DELAYS)], seconds
    model, seconds = trained(kind, pairs, chosen.epochs, seed)
    scores = hw.in_time.accuracy_over_delays({kind: model}, new, (chosen.delay, *DELAYS), chosen.test, 1000 + seed)
    return [scores.accuracy(kind, delay).value for delay in scores.delays], seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=8000, help="sequences to learn from")
    parser.add_argument("--test", type=int, default=600, help="sequences to be tested on")
    parser.add_argument("--epochs", type=float, default=10)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--delay", type=int, default=2, help="frames of delay in the training")
    chosen = parser.parse_args()
    learn, new = hw.stimuli.digits().split(0.25, seed=0)
    print(f"{'network':10}{f'delay {chosen.delay}':>20}" + "".join(f"{f'd {delay}':>8}" for delay in DELAYS) + "   s")
    for kind in (*STATES, CHANNELS):
        rows = [row(kind, learn, new, seed, chosen) for seed in range(chosen.seeds)]
        right, seconds = np.array([each for each, _ in rows]), np.mean([seconds for _, seconds in rows])
        first = right[:, 0]
        spread = f"{first.mean():.3f} [{first.min():.3f}, {first.max():.3f}]"
        print(
            f"{kind:10}{spread:>20}" + "".join(f"{mean:8.3f}" for mean in right[:, 1:].mean(axis=0)) + f"{seconds:6.0f}"
        )


if __name__ == "__main__":
    main()
