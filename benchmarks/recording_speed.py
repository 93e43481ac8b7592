"""What recording for mapping costs, against a multi-output `predict` from which the same units are drawn afterwards.

    python benchmarks/recording_speed.py [--pairs 5] [--images 3200] [--units 1000]

Five layers of a network on 64 x 64 colour images, in two forms: maps at full resolution (`hcnn(stride=1)`, after the
rectification: gigabytes for `predict`), and the areas of `hcnn()` as they are. First each way in fresh processes, in
turn: the time of the one call, its compilation included, and the peak of the process' memory, less that of a process
that has only loaded network and images and shown it one, and less the recording itself. Then both ways in turn in one
process, warm. Medians count.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from typing import Any

AREAS = ("V1", "V2", "V4", "PIT", "IT")
FORMS = {
    "full resolution": ({"stride": 1}, {area: f"{area}.activate" for area in AREAS}),
    "areas of hcnn()": ({}, {area: area for area in AREAS}),
}
WAYS = ("predict", "record")


def ways_of(form: str, n_images: int, n_units: int) -> dict[str, Any]:
    """Return both ways as calls, and one that does nothing, with network and images loaded."""
    import numpy as np

    import hcnn_widgets as hw
    from hcnn_widgets.activations import Recorder
    from hcnn_widgets.activations.recorder import drawn_units
    from hcnn_widgets.keras_door import keras

    options, taps = FORMS[form]
    network = hw.architecture.hcnn(areas=AREAS, input_shape=(64, 64, 3), **options).build(seed=0)
    images = np.random.default_rng(0).random((n_images, 64, 64, 3), dtype=np.float32)
    stimuli = hw.StimulusSet.from_arrays(images)
    part = keras.Model(network.input, [network.get_layer(name).output for name in taps.values()])
    part(images[:1])
    made = []

    def predict() -> dict[str, Any]:
        maps = dict(zip(taps, part.predict(images, verbose=0), strict=True))
        rows = {area: one.reshape(n_images, -1) for area, one in maps.items()}
        return {area: one[:, drawn_units(area, one.shape[1], n_units, 0)] for area, one in rows.items()}

    def ours() -> Any:
        if not made:
            made.append(Recorder(network, taps, stimuli, n_units))
        return made[0]()

    return {"predict": predict, "record": ours, "nothing": dict}


def measure_once(form: str, n_images: int, n_units: int, way: str) -> dict[str, float]:
    """Return the time of a first call in s, and the highest memory of this process and of its recording in MB."""
    call = ways_of(form, n_images, n_units)[way]
    began = time.perf_counter()
    recorded = call()
    seconds = time.perf_counter() - began
    unit = 1 if sys.platform == "darwin" else 1024
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    return {"s": seconds, "peak_mb": peak_mb, "recording_mb": sum(recorded[area].nbytes for area in recorded) / 1e6}


def measure_again(form: str, n_images: int, n_units: int, n_pairs: int) -> dict[str, Any]:
    """Return the times of both ways in s, in turn and warm, and how far their recordings are apart."""
    import numpy as np

    ways = ways_of(form, n_images, n_units)
    recorded = {way: ways[way]() for way in WAYS}
    apart = max(float(np.abs(recorded["predict"][area] - recorded["record"][area]).max()) for area in AREAS)
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(n_pairs):
        for way in WAYS:
            recorded.clear()
            began = time.perf_counter()
            recorded[way] = ways[way]()
            taken[way].append(time.perf_counter() - began)
    return {"apart": apart, **{way: statistics.median(times) for way, times in taken.items()}}


MEASUREMENTS = {"once": measure_once, "again": measure_again}


def in_a_process(what: str, *arguments: object) -> Any:
    """Run a measurement of this file in a fresh interpreter and return its result."""
    command = [sys.executable, __file__, "--measure", json.dumps([what, *arguments])]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def compare(form: str, n_images: int, n_units: int, n_pairs: int) -> None:
    """Measure both ways on one form of the network and print what came out."""
    given = form, n_images, n_units
    loaded_mb = in_a_process("once", *given, "nothing")["peak_mb"]
    runs = [{way: in_a_process("once", *given, way) for way in WAYS} for _ in range(n_pairs)]
    again = in_a_process("again", *given, n_pairs)
    first = {way: statistics.median(run[way]["s"] for run in runs) for way in WAYS}
    own_mb = runs[0]["record"]["recording_mb"]
    more = {way: statistics.median(run[way]["peak_mb"] for run in runs) - loaded_mb - own_mb for way in WAYS}
    print(f"{form}, {n_images} images, {n_units} units of each of {len(AREAS)} layers; medians of {n_pairs}")
    for when, took in (("first call", first), ("warm", again)):
        ratio = took["record"] / took["predict"]
        print(f"  {when}: record / predict {ratio:.3f} of the time ({took['record']:.2f} s, {took['predict']:.2f} s)")
    print(f"  memory beyond the recording's own {own_mb:.0f} MB: {more['record']:.0f} MB, {more['predict']:,.0f} MB")
    print(f"  largest difference of a unit: {again['apart']:.1e}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--images", type=int, default=3200)
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        what, *arguments = json.loads(chosen.measure)
        print(json.dumps(MEASUREMENTS[what](*arguments)))
        return
    for form in FORMS:
        compare(form, chosen.images, chosen.units, chosen.pairs)


if __name__ == "__main__":
    main()
