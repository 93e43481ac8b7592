"""The first seconds of a dashboard: from Train to the first step of training and to the first brain score.

    python benchmarks/first_seconds.py [--times 3] [--after 4]

`Lab()` with its defaults in a kernel of its own, all panels on screen, Train pressed as soon as the dashboard is there,
or after so many seconds of looking at it; once with an empty folder of drawn images and once with what that left. Other
processes are to be quiet: how much of the processors they took is printed. Set HCNN_WIDGETS_DATA to the recordings, or
they are downloaded.
"""

import argparse
import os
import statistics
import tempfile
import time

import psutil
from page_stand_in import KernelWithPage

LAB = """
import json, threading, time
import hcnn_widgets as hw
lab = hw.widgets.Lab()
seen = {}

def reached():
    yield "images of the first step", lambda: lab._work._images is not None and lab._work._images.n_ready >= 64
    yield "network built", lambda: lab.run is not None
    yield "first step", lambda: lab.run is not None and lab.run.history.last("loss") is not None
    yield "recordings ready", lambda: bool(lab.recordings)
    yield "first score", lambda: getattr(lab.bars.panel._score, "latest", None) is not None
    yield "all images", lambda: seen.get("network built") and lab.stimuli.n_ready == len(lab.stimuli)

def watch():
    stages = dict(reached())
    while len(seen) < len(stages):
        for stage, is_there in stages.items():
            if stage not in seen and is_there():
                seen[stage] = time.perf_counter() - pressed, time.process_time() - spent
        time.sleep(0.02)

print("null")
"""
TRAIN = """
pressed, spent = time.perf_counter(), time.process_time()
lab._train.click()
threading.Thread(target=watch, daemon=True).start()
print("null")
"""
PROGRESS = """
run = lab.run
print(json.dumps([seen, len(dict(reached())), lab.monitor.panel.message if run is None else run.state_message]))
"""
CACHES = ("empty cache", "warm cache")


def once(folder: str, after: float) -> tuple[dict[str, tuple[float, float]], float]:
    """Press Train; for every stage the time and the kernel's processor time in s; how many processors others took."""
    os.environ["HCNN_WIDGETS_CACHE"] = folder
    kernel = KernelWithPage()
    kernel.run(LAB)
    time.sleep(after)
    began, before = time.perf_counter(), _spent()
    kernel.run(TRAIN)
    while True:
        seen, n_stages, state = kernel.run(PROGRESS)
        if len(seen) == n_stages:
            break
        if time.perf_counter() - began > 300:
            raise RuntimeError(f"After 300 s: {seen}, {state}")
        time.sleep(0.5)
    spent = [after - earlier for after, earlier in zip(_spent(), before, strict=True)]
    kernel.close()
    return seen, (spent[0] - spent[1]) / (time.perf_counter() - began)


def _spent() -> tuple[float, float]:
    """Return the seconds for which processors have worked: for anybody, and for this process and what it started."""
    of_all = psutil.cpu_times()
    mine = psutil.Process()
    own = 0.0
    for process in (mine, *mine.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        own += times.user + times.system + times.children_user + times.children_system
    return sum(of_all) - of_all.idle - getattr(of_all, "iowait", 0.0), own


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--after", type=float, default=0.0)
    given = parser.parse_args()
    times = given.times
    taken: dict[str, list[dict[str, tuple[float, float]]]] = {cache: [] for cache in CACHES}
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            for cache in CACHES:
                seen, busy = once(folder, given.after)
                taken[cache].append(seen)
                print(f"{cache}: others took {busy:.1f} of {os.cpu_count()} processors; seconds from Train to:")
                print("  " + ", ".join(f"{stage} {seconds:.1f}" for stage, (seconds, _) in seen.items()))
    for cache, runs in taken.items():
        print(f"{cache}, pressed after {given.after:g} s, median of {times}:")
        for stage in runs[0]:
            seconds, spent = (statistics.median(run[stage][k] for run in runs) for k in (0, 1))
            print(f"  {stage:26s}{seconds:6.1f} s   (processor time of the kernel {spent:.1f} s)")


if __name__ == "__main__":
    main()
