"""What live panels cost: a run with every panel on screen against a plain `model.fit`, in turn, in one kernel.

    python benchmarks/live_training.py [--pairs 5]

Two networks: LeNet-sized (28 x 28, batch 32), where Python's overhead per step rules, and the first notebook's own,
where arithmetic rules. Same initial weights, images, batch size, optimiser and held-out images for both.
"""

import argparse
import statistics
import time

from page_stand_in import KernelWithPage

PREPARE = """
import gc, json, threading, time
import numpy as np
import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras

def lenet_sized():
    layers = keras.layers
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(6, 5, padding="same", activation="relu", name="C1"), layers.MaxPooling2D(),
        layers.Conv2D(16, 5, activation="relu", name="C3"), layers.MaxPooling2D(), layers.Flatten(),
        layers.Dense(120, activation="relu", name="C5"), layers.Dense(84, activation="relu", name="F6"),
        layers.Dense(8, name="readout"),
    ], name="lenet-sized")

def new_model(which, rule):
    if which == "lenet":
        areas = {"V1": "C1", "V2": "C3", "V4": "C5", "IT": "F6"}
        return hw.GoalDrivenModel.from_keras(
            lenet_sized(), areas, hw.goal.Categorization(), rule, categories=images.categories)
    model = hw.GoalDrivenModel(hw.architecture.hcnn(), hw.goal.Categorization(), rule)
    model.build(images.categories)
    return model

def prepare(which):
    global images, held_out, batch, epochs, recordings, weights, rule
    size, n, batch, epochs = (28, 12000, 32, 4) if which == "lenet" else (64, 4000, 64, 4)
    images, held_out = hw.stimuli.objects(n, variation="low" if which == "lenet" else "medium", size=size).split(0.1)
    seen = hw.stimuli.objects(400, seed=9, size=size)
    recordings = list(hw.mapping.simulated_cortex(seen).values())
    rule = hw.learning.Backpropagation(1e-3, batch_size=batch, schedule="constant")
    weights = new_model(which, rule).network.get_weights()

def plain_fit(which):
    network = new_model(which, rule).network
    network.set_weights(weights)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(1e-3), loss, metrics=["accuracy"])
    x, y = images.images, images.label_indices()
    began = time.perf_counter()
    fitted = network.fit(x, y, batch, epochs, verbose=0, validation_data=(held_out.images, held_out.label_indices()))
    return time.perf_counter() - began, fitted.history["val_accuracy"][-1]

def watch():
    run.join()
    ended.append(time.perf_counter())

def live(which):
    # Start and return, as a cell does: the answers of the page are heard between cells only.
    global run, began
    model = new_model(which, rule)
    model.network.set_weights(weights)
    ended.clear()
    began = time.perf_counter()
    run = model.train(images, validation=held_out, epochs=epochs)
    threading.Thread(target=watch).start()
    panels[:] = [
        hw.widgets.TrainingMonitor(run), hw.widgets.KernelGrid(run, area="V1"),
        hw.widgets.PredictivityBars(run, recordings), hw.widgets.BrainMap(run, recordings),
    ]

def outcome():
    if not ended:
        return None
    assert run.state == "finished", run.state_message
    return ended[0] - began, run.history.last("validation accuracy")

def settle():
    for panel in panels:
        panel.close()
    panels.clear()
    gc.collect()
    time.sleep(1.5)

panels, ended = [], []
print("null")
"""


def once(kernel: KernelWithPage, way: str, which: str) -> list[float]:
    """Train in this way; time in s and final held-out accuracy."""
    if way == "plain_fit":
        return kernel.run(f"answer = plain_fit({which!r}); print(json.dumps(answer))")
    kernel.run(f"live({which!r}); print('null')")
    while (answer := kernel.run("print(json.dumps(outcome()))")) is None:
        time.sleep(0.25)
    kernel.run("settle(); print('null')")
    return answer


def pairs_of(kernel: KernelWithPage, which: str, n_pairs: int) -> list[tuple[float, float, float, float]]:
    """Run plain fit and live in turn, the one first and then the other; times in s and final held-out accuracies."""
    kernel.run(f"prepare({which!r}); print('null')")
    ways = ("plain_fit", "live")
    for way in ways:
        once(kernel, way, which)
    pairs = []
    for number in range(n_pairs):
        taken = {way: once(kernel, way, which) for way in (ways if number % 2 == 0 else ways[::-1])}
        pairs.append((*taken["plain_fit"], *taken["live"]))
    return pairs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--only", choices=("lenet", "notebook"))
    arguments = parser.parse_args()
    kernel = KernelWithPage()
    kernel.run(PREPARE)
    for which in (arguments.only,) if arguments.only else ("lenet", "notebook"):
        frames = kernel.n_frames
        pairs = pairs_of(kernel, which, arguments.pairs)
        for plain, _, ours, _ in pairs:
            print(f"  plain fit {plain:6.2f} s   live {ours:6.2f} s   ratio {ours / plain:.2f}")
        ratio = statistics.median(ours / plain for plain, _, ours, _ in pairs)
        accuracies = [statistics.median(pair[k] for pair in pairs) for k in (1, 3)]
        print(
            f"{which}: live / plain fit {ratio:.2f} (median of {len(pairs)} pairs); held-out accuracy "
            f"{accuracies[1]:.3f} against {accuracies[0]:.3f}; "
            f"{(kernel.n_frames - frames) / (len(pairs) + 1):.0f} frames shown per live run"
        )
    kernel.close()


if __name__ == "__main__":
    main()
