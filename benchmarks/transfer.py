"""What a network that was trained on four categories knows of other goals, and what it is worth for four new ones.

    python benchmarks/transfer.py [--images 6000] [--epochs 8] [--seeds 3] [--steps 200] [--lines V1 IT] [--photographs]

All goals are read out from all areas on categories never seen, trained and untrained; then networks are carried over at
each freeze line, with few and many labels. With --photographs, EfficientNet-Lite0 is read out as well (the extra
`imagenet`).
"""

import argparse
import time

import stopwatch

import hcnn_widgets as hw

NEW = ("boats", "fruits", "planes", "tables")


def read_out(name: str, model: hw.GoalDrivenModel, images: hw.StimulusSet) -> None:
    began = time.perf_counter()
    found = hw.transfer.readouts(model, images)
    print(f"\n{name}: readouts in {time.perf_counter() - began:.0f} s\n{found}")
    if {"V4", "IT"} <= set(found.areas):
        for goal, (value, low, high) in zip(found.goals, found.compare("IT", "V4"), strict=True):
            print(f"IT less V4, {goal}: {value:+.3f} [{low:+.3f}, {high:+.3f}]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", type=int, default=6000)
    parser.add_argument("--epochs", type=float, default=8)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--labels", type=int, nargs="+", default=[12, 40, 160])
    parser.add_argument("--lines", nargs="*", default=["V1", "IT"], help="areas behind which the freeze line lies")
    parser.add_argument("--photographs", action="store_true")
    given = parser.parse_args()
    print(stopwatch.processor())
    images = hw.stimuli.objects(n=given.images, size=32, variation="medium", seed=0)
    seen, never_seen = hw.stimuli.split_categories(images, NEW)
    spec = hw.architecture.hcnn(n_kernels=(16, 24, 32, 48), stride=1, initial_gain=1.0, input_shape=(32, 32, 1))
    model, began = hw.GoalDrivenModel(spec, seed=0), time.perf_counter()
    model.train(seen, epochs=given.epochs).join()
    print(f"trained in {time.perf_counter() - began:.0f} s")
    read_out("hcnn", model, never_seen[:1000])
    if given.photographs:
        read_out("EfficientNet-Lite0", hw.pretrained.efficientnet_lite0(), never_seen[:1000])
    for line in given.lines:
        began = time.perf_counter()
        made = hw.transfer.transfer(
            model, never_seen, line, n_labels=given.labels, seeds=range(given.seeds), n_steps=given.steps
        )
        made.join()
        print(f"\nfreeze line behind {line}: {made} in {time.perf_counter() - began:.0f} s\n{made.table}")


if __name__ == "__main__":
    main()
