"""Every rule of RULES on the same objects: accuracy, how well V4 and a simulated IT are predicted, seconds.

    python benchmarks/rules.py [n_images] [epochs] [n_seeds]

Accuracy is that on new objects; of rules without labels, of a readout of their areas. V4 is the best area's prediction
of recorded neurons (Cowley et al. 2023) where they are at hand, IT that of a simulated cortex, which is made of the
objects' category and so favours rules that use it. With few neurons, differences below .03 are unresolved.
"""

import sys
import time
from typing import Any

import numpy as np

import hcnn_widgets as hw
from hcnn_widgets.learning import RULES

N_KERNELS = (16, 24, 32, 48)
UNITS = 512


def row(name: str, seed: int, learn: Any, new: Any, recordings: dict[str, Any], epochs: float) -> dict[str, float]:
    """Return what one rule comes to with one seed, a refusal as no numbers."""
    spec = hw.architecture.hcnn(n_kernels=N_KERNELS, stride=1, initial_gain=1.0, input_shape=learn.image_shape)
    model = hw.GoalDrivenModel(spec, rule=RULES[name](), seed=seed)
    if getattr(model.rule, "of_sequences", False):
        learn = hw.stimuli.object_moments(len(learn), size=learn.image_shape[0])
    began = time.process_time()
    run = model.train(learn, validation=None, epochs=epochs, seed=seed)
    run.join()
    seconds = time.process_time() - began
    if run.state != "finished":
        raise RuntimeError(f"{name}: {run.state_message}")
    measured = {"accuracy": model.evaluate(new)["accuracy"]}
    for area, recording in recordings.items():
        activations = model.record(recording.stimuli)
        scores = hw.mapping.predictivity(activations, recording, n_folds=5, max_units=UNITS)
        measured[area] = max(score.value for score in scores.values())
    return {**measured, "seconds": seconds}


def recordings_at_hand() -> dict[str, Any]:
    """Return the recorded V4 where there is one, and the simulated IT."""
    seen = hw.stimuli.objects(640, variation="medium", seed=1001)
    found = {"simulated IT": hw.mapping.simulated_cortex(seen, areas=("IT",))["IT"]}
    try:
        found = {"V4": hw.mapping.cowley2023_v4(), **found}
    except (OSError, ValueError) as error:
        print(f"V4 is missing: {error}")
    return found


def main(n_images: int = 6_000, epochs: float = 10.0, n_seeds: int = 3) -> None:
    """Print the table, a row a rule, each number with its spread over seeds."""
    learn = hw.stimuli.objects(n_images, variation="medium", seed=0).adapted_to((32, 32, 1))
    new = hw.stimuli.objects(max(100, n_images // 5), variation="medium", seed=77).adapted_to((32, 32, 1))
    recordings = recordings_at_hand()
    columns = ["accuracy", *recordings, "seconds"]
    print(f"{'rule':28}" + "".join(f"{column:>18}" for column in columns))
    for name in RULES:
        rows = [row(name, seed, learn, new, recordings, epochs) for seed in range(n_seeds)]
        cells = [np.array([each[column] for each in rows]) for column in columns]
        print(f"{name:28}" + "".join(f"{c.mean():11.3f} ± {c.std():.3f}" for c in cells), flush=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*(kind(value) for kind, value in zip((int, float, int), given, strict=False)))
