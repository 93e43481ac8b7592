"""What it costs to watch `model.fit`: plain, watched, and watched with every panel on screen, in turn, in one kernel.

    python benchmarks/watched_fit.py [--rounds 5] [--only lenet]

The two networks of live_training.py. Where the fit holds the kernel, as in a cell, the page's answers are heard when
the cell has ended; the panels are shown all the same.
"""

import argparse
import statistics

from live_training import PREPARE
from page_stand_in import KernelWithPage

WATCHED = """
def compiled(which):
    network = new_model(which, rule).network
    network.set_weights(weights)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(1e-3), loss, metrics=["accuracy"])
    return network

def fitted(which, way):
    network = compiled(which)
    watcher = hw.watch(network) if way != "plain" else None
    if way == "panels":
        panels[:] = [
            hw.widgets.TrainingMonitor(watcher.run), hw.widgets.KernelGrid(watcher),
            hw.widgets.PredictivityBars(watcher.run, recordings), hw.widgets.BrainMap(watcher.run, recordings),
        ]
    x, y = images.images, images.label_indices()
    began = time.perf_counter()
    history = network.fit(x, y, batch, epochs, verbose=0, callbacks=[watcher] if watcher else None,
                          validation_data=(held_out.images, held_out.label_indices())).history
    taken, share = time.perf_counter() - began, watcher.run.training.share_spent if watcher else 0.0
    return taken, history["val_accuracy"][-1], share

print("null")
"""
WAYS = ("plain", "watched", "panels")


def once(kernel: KernelWithPage, way: str, which: str) -> list[float]:
    """Fit in this way; time in s, final held-out accuracy, and the share of the time that the watcher took."""
    taken: list[float] = kernel.run(f"print(json.dumps(fitted({which!r}, {way!r})))")
    kernel.run("settle(); print('null')")
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=("lenet", "notebook"))
    arguments = parser.parse_args()
    kernel = KernelWithPage()
    kernel.run(PREPARE)
    kernel.run(WATCHED)
    for which in (arguments.only,) if arguments.only else ("lenet", "notebook"):
        kernel.run(f"prepare({which!r}); print('null')")
        for way in WAYS:
            once(kernel, way, which)
        rounds = []
        for number in range(arguments.rounds):
            order = WAYS[number % 3 :] + WAYS[: number % 3]
            rounds.append({way: once(kernel, way, which) for way in order})
            print("  " + "   ".join(f"{way} {rounds[-1][way][0]:6.2f} s" for way in WAYS), flush=True)
        for way in WAYS[1:]:
            ratio = statistics.median(taken[way][0] / taken["plain"][0] for taken in rounds)
            accuracies = [statistics.median(taken[each][1] for taken in rounds) for each in (way, "plain")]
            print(
                f"{which}: {way} / plain fit {ratio:.2f} (median of {len(rounds)} rounds); held-out accuracy "
                f"{accuracies[0]:.3f} against {accuracies[1]:.3f}; reading and recording took at most "
                f"{max(taken[way][2] for taken in rounds):.3f} of the time"
            )
    kernel.close()


if __name__ == "__main__":
    main()
