"""What a network of auditory cortex reaches on new sounds, beside a linear readout of cochleagrams; two tasks at once.

    python benchmarks/sounds.py [--sounds 3000] [--new 1000] [--epochs 10] [--seeds 3] [--tasks]

Eight kinds of sounds in noise, -15 to 3 dB. The seconds are of the clock: drawing, and training. The linear readout is
scikit-learn's ridge classifier on all pixels, its penalty chosen by leaving out one training sound at a time. With
--tasks: vowel and speaker from one network that shares all areas, from one with a branch for each task, and from two
networks that have a task each.
"""

import argparse
import time

import numpy as np
from sklearn.linear_model import RidgeClassifierCV
from stopwatch import processor

import hcnn_widgets as hw

PENALTIES = np.geomspace(1e0, 1e5, 11)
WORD, VOICE = hw.goal.Categorization(), hw.goal.Identity()


def readout(train: hw.StimulusSet, new: hw.StimulusSet) -> float:
    """Return the accuracy of a linear readout of the cochleagrams on new sounds."""
    flat = [each.images.reshape(len(each), -1) for each in (train, new)]
    return float(RidgeClassifierCV(PENALTIES).fit(flat[0], train.labels).score(flat[1], new.labels))


def trained(spec, goal, stimuli: hw.StimulusSet, epochs: float, seed: int) -> tuple[hw.GoalDrivenModel, float]:
    """Return a trained model and the seconds of its training."""
    model = hw.GoalDrivenModel(spec, goal, seed=seed)
    began = time.perf_counter()
    run = model.train(stimuli, epochs=epochs, validation=None)
    run.join()
    return model, time.perf_counter() - began


def kinds(given: argparse.Namespace) -> None:
    print(f"{'seed':>4} {'drawn s':>8} {'trained s':>9} {'network':>8} {'readout':>8} {'above':>6}")
    for seed in range(given.seeds):
        began = time.perf_counter()
        train, new = (hw.stimuli.sounds(n, seed=2 * seed + k) for k, n in enumerate((given.sounds, given.new)))
        drawn_s = time.perf_counter() - began
        model, trained_s = trained(hw.architecture.auditory_hcnn(), WORD, train, given.epochs, seed)
        reached, linear = model.evaluate(new)["accuracy"], readout(train, new)
        print(
            f"{seed:4} {drawn_s:8.1f} {trained_s:9.1f} {reached:8.3f} {linear:8.3f} {reached - linear:6.3f}", flush=True
        )


def tasks(given: argparse.Namespace) -> None:
    print(f"{'seed':>4} {'network':<10} {'vowel':>6} {'speaker':>8}")
    shared = hw.architecture.auditory_hcnn()
    branched = hw.architecture.auditory_hcnn(branches=("vowel", "speaker"))
    for seed in range(given.seeds):
        train, new = (hw.stimuli.vowels(n, seed=2 * seed + k) for k, n in enumerate((given.sounds, given.new)))
        alone = [
            trained(shared, goal, train, given.epochs, seed)[0].evaluate(new)["accuracy"] for goal in (WORD, VOICE)
        ]
        rows = {"alone": alone}
        for name, spec, areas in (("shared", shared, ()), ("branched", branched, branched.output_names)):
            goal = hw.goal.Several([WORD, VOICE], areas=areas)
            model, _ = trained(spec, goal, train, given.epochs, seed)
            scores = model.evaluate(new)
            rows[name] = [scores[kind.name] for kind in goal.score_kinds(goal.units(new))]
        for name, (vowel, speaker) in rows.items():
            print(f"{seed:4} {name:<10} {vowel:6.3f} {speaker:8.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sounds", type=int, default=3000)
    parser.add_argument("--new", type=int, default=1000)
    parser.add_argument("--epochs", type=float, default=10)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--tasks", action="store_true")
    given = parser.parse_args()
    print(processor(), np.__version__)
    (tasks if given.tasks else kinds)(given)


if __name__ == "__main__":
    main()
