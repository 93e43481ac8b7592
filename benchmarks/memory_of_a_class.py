"""How much memory a student's kernel takes: labs, a built network, and the dashboard's training with its scores.

    python benchmarks/memory_of_a_class.py

Each line is a process of its own; the figure is the largest resident memory of that process, in MB (Linux and macOS).
What processes share, such as the code of libraries, counts for each.
"""

import resource
import subprocess
import sys

import hcnn_widgets as hw


def labs() -> None:
    hw.widgets.PerceptronLab()
    hw.widgets.ConvolutionLab()
    hw.widgets.Quiz(5)


def network() -> None:
    hw.GoalDrivenModel(hw.architecture.hcnn()).build(["cat", "dog"])


def training(n: int = 12_000) -> None:
    images = hw.stimuli.objects(n, variation="medium", seed=0)
    run = hw.GoalDrivenModel(hw.architecture.hcnn()).train(images, epochs=1)
    live = hw.mapping.live_score(run, hw.mapping.cowley2023_v4())
    run.join()
    live.close()


def small_training() -> None:
    training(2_000)


def peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


STATES = {"labs": labs, "network": network, "small_training": small_training, "training": training}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        STATES[sys.argv[1]]()
        print(f"{sys.argv[1]}: {peak_mb():,.0f} MB")
    else:
        for state in STATES:
            subprocess.run([sys.executable, __file__, state], check=True)
