"""Is a model area a generative model of a brain area: tuning of drawn units, and how well they predict new sites."""

import argparse
import time

import stopwatch

import hcnn_widgets as hw

CONTROLS = tuple(name for name, control in hw.mapping.CONTROLS.items() if not control.of_model)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=6_000, help="to learn from")
    parser.add_argument("--epochs", type=float, default=10)
    parser.add_argument("--splits", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=1, help="networks")
    given = parser.parse_args()
    print(stopwatch.processor())
    images = hw.stimuli.objects(n=given.images, size=32, variation="medium", seed=0)
    v4 = hw.mapping.cowley2023_v4()
    for seed in range(given.seeds):
        one_network(given, images, v4, seed)


def one_network(given: argparse.Namespace, images: hw.StimulusSet, v4: hw.RecordingSet, seed: int) -> None:
    """Train a network, draw from its areas, and test the claim with every control."""
    spec = hw.architecture.hcnn(
        n_kernels=(16, 24, 32, 48), stride=1, initial_gain=1.0, input_shape=(32, 32, 1), normalisation="divisive"
    )
    model = hw.GoalDrivenModel(spec, seed=seed)
    run = model.train(images, epochs=given.epochs)
    run.control.over.wait()
    print(f"seed {seed}: {run}")
    trained, untrained = (each.record(v4.stimuli, units=4096) for each in (model, model.untrained()))
    for area in ("V4", "IT"):
        print(hw.mapping.tuning_comparison(hw.mapping.sample_area(trained, v4, 50, area=area), v4))
    for noise, n_stand_ins in (("recorded", None), ("none", None), ("none", 200)):
        began = time.perf_counter()
        controls = CONTROLS if noise == "recorded" else ()
        tested = hw.mapping.generative_test(
            trained,
            v4,
            untrained=untrained,
            controls=controls,
            noise=noise,
            n_stand_ins=n_stand_ins,
            n_splits=given.splits,
        )
        print(f"{noise} noise, {tested.n_stand_ins} stand-ins, {time.perf_counter() - began:.0f} s\n{tested}")


if __name__ == "__main__":
    main()
