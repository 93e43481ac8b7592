"""What live RDMs cost: a training beside RdmExplorer's RDMs of 92 images against the same training alone, in turn.

    python benchmarks/live_rdms.py [--pairs 3]

Needs the 92 images (Kriegeskorte 2008): HCNN_WIDGETS_DATA, or a network. Prints seconds of training, how often the RDMs
were renewed, what a renewal takes, and what a frame for the page takes and holds, for 92 images and for 640.
"""

import argparse
import statistics
import time

import numpy as np

import hcnn_widgets as hw
from hcnn_widgets.mapping.live.rdm_moment import rdm_moment
from hcnn_widgets.mapping.live.rdms import LiveRdms
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison

AREAS = ("V1", "V2", "V4", "IT")


def trained(images: hw.StimulusSet, data, beside: bool) -> tuple[float, int]:
    """Train once; give the seconds, compiling and waiting included, and how often the RDMs were renewed."""
    spec = hw.architecture.hcnn(areas=AREAS, n_kernels=(16, 32, 32, 32), input_shape=(32, 32, 1), kernel_size=3)
    comparison = RdmComparison(data)
    began = time.perf_counter()
    run = hw.GoalDrivenModel(spec).train(images, epochs=50)
    live = LiveRdms(run, data.stimuli, comparison) if beside else None
    run.control.over.wait()
    seconds = time.perf_counter() - began
    if live is None:
        return seconds, 0
    live.join()
    return seconds, len(live.history)


def cost(pairs: int) -> None:
    """Print the cost to a training."""
    images, data = hw.stimuli.objects(4000, size=32), hw.mapping.kriegeskorte2008()
    trained(images, data, beside=False)
    alone, beside, renewed = [], [], []
    for _ in range(pairs):
        alone.append(trained(images, data, beside=False)[0])
        seconds, count = trained(images, data, beside=True)
        beside.append(seconds)
        renewed.append(count / seconds)
    ratio = statistics.median(b / a for a, b in zip(alone, beside, strict=True))
    print(f"training alone {statistics.median(alone):.1f} s, beside live RDMs {statistics.median(beside):.1f} s")
    print(f"ratio, median of {pairs} pairs: {ratio:.3f}; renewed {statistics.median(renewed):.2f} times a second")


def best(work, repeats: int = 5) -> float:
    """Give the best time of some repeats, in ms."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


def pieces(n: int, n_units: int = 4096) -> None:
    """Print what the pieces take for so many images: four areas against five RDMs of brains, and a frame."""
    rng = np.random.default_rng(0)
    ids = [f"image {i}" for i in range(n)]
    activations = hw.ActivationSet({area: rng.random((n, n_units)) for area in AREAS}, ids)
    brain = {"IT": [hw.mapping.rdm(rng.random((n, 50)), stimulus_ids=ids) for _ in range(4)]}
    brain["V4"] = brain["IT"][:1]
    comparison = RdmComparison(brain)
    moment = rdm_moment(activations)
    vectors = moment.vectors["correlation"]
    scored = best(lambda: comparison.scores(AREAS, vectors, "correlation", "tau_a"), 3)
    explorer = hw.widgets.RdmExplorer(activations, brain)
    while not explorer.over:
        explorer.panel.want()
        explorer.panel.tick()
        time.sleep(0.02)

    def frame() -> None:
        explorer.panel._last = None
        explorer.panel.make_frame()

    print(
        f"{n} images: RDMs of 4 areas by 3 distances {best(lambda: rdm_moment(activations), 3):.0f} ms; 20 comparisons "
        f"by tau_A {scored:.0f} ms; a frame {best(frame):.1f} ms, {len(explorer.panel.values) / 1e6:.2f} MB"
    )
    explorer.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=3)
    chosen = parser.parse_args()
    for n_images in (92, 640):
        pieces(n_images)
    cost(chosen.pairs)
