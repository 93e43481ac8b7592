"""Figure 2a: does a network that names objects better predict V4 better? A sweep of small networks, timed."""

import argparse
import time

import stopwatch

import hcnn_widgets as hw


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=24, help="networks")
    parser.add_argument("--seeds", type=int, default=1, help="sweeps, each with networks of its own")
    parser.add_argument("--images", type=int, default=3_000)
    parser.add_argument("--epochs", type=float, default=6)
    given = parser.parse_args()
    print(stopwatch.processor())
    images = hw.stimuli.objects(n=given.images, size=32, variation="medium", seed=0)
    v4 = hw.mapping.cowley2023_v4()
    for seed in range(given.seeds):
        began = time.perf_counter()
        sweep = hw.sweep(images, v4, n=given.n, epochs=given.epochs, seed=seed)
        sweep.join()
        seconds = time.perf_counter() - began
        print(f"seed {seed}: {sweep} in {seconds:.0f} s")
        accuracies = sorted(row.accuracy for row in sweep.scored)
        print(f"  accuracy {accuracies[0]:.2f} to {accuracies[-1]:.2f} (chance .125)")
        for score in ("best", "top", "untrained_best", "untrained_top"):
            print(f"  accuracy and {score}: {sweep.relation(score)}")


if __name__ == "__main__":
    main()
