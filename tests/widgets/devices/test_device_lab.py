"""The lab of devices: points that come one by one, what is not measured, one core in a process of its own."""

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets import machine
from hcnn_widgets.widgets.devices import one_core
from hcnn_widgets.widgets.devices.device_times import DeviceTimes, Way

CPU = machine.Devices(2, 4_000_000_000, ("cpu:0",), "tensorflow")
GPU = machine.Devices(2, 4_000_000_000, ("cpu:0", "gpu:0"), "tensorflow")
BATCHES, SIDES = (1, 8), (16, 32)


def timed(device: str, batch: int, side: int, dtype: str = "float32") -> float:
    """Return times that are known: a GPU is ten times as fast, bfloat16 takes thrice as long."""
    return 1e-6 * batch * side**2 * (3 if dtype == "bfloat16" else 1) / (10 if device == "gpu:0" else 1)


def timed_alone(cells: list[tuple[int, int]], stopped: Any) -> Iterator[tuple[int, int, float]]:
    for batch, side in cells:
        yield batch, side, 2 * timed("cpu:0", batch, side)


@pytest.fixture
def make(page: Any, clock: Any, ticker: Any) -> Any:
    made = []

    def lab(found: machine.Devices = CPU, timed: Any = timed, alone: Any = timed_alone, **options: Any) -> Any:
        times = DeviceTimes(BATCHES, SIDES, found, timed, alone)
        made.append(hw.widgets.DeviceLab(times=times, clock=clock, ticker=ticker, **options))
        ticker.round()
        return made[-1]

    yield lab
    for each in made:
        each.close()


def measured(lab: Any, ticker: Any) -> Any:
    lab.panel.hear_press(0, "m")
    assert lab.times.wait(10)
    ticker.round()
    return lab


def words(lab: Any) -> str:
    return " ".join(mark["words"] for group in lab.panel.header["marks"] for mark in group["marks"] if "words" in mark)


def test_nothing_is_timed_before_somebody_asks_and_a_gpu_that_is_not_there_is_said(make: Any) -> None:
    lab = make()
    assert "Not measured yet" in words(lab)
    assert "A GPU is not measured: there is none here." in words(lab)
    assert CPU.words in words(lab)
    assert "no GPU here" not in words(make(GPU))
    assert len(lab.panel.header["places"]) == 1


def test_points_and_words_are_what_was_timed(make: Any, ticker: Any) -> None:
    lab = measured(make(batch=9, pixels=30), ticker)
    assert lab.state == {"batch": 8, "pixels": 32}
    # 8 images of 32 pixels in 8.192 ms; 75 weights of each of 32 kernels at each pixel, twice.
    assert "cpu:0: 980 images a second, 4.8 GFLOP/s; bfloat16 takes 3.0 x as long; 2.0 x one core." in words(lab)
    rows = np.array([row[3:] for row in lab.panel.header["numbers"][1:]], float)
    assert len(rows) == 3 * len(BATCHES) * len(SIDES)
    np.testing.assert_allclose(rows[:, 3], rows[:, 0] / rows[:, 2])
    np.testing.assert_allclose(rows[:, 4], 2 * 75 * 32 * rows[:, 0] * rows[:, 1] ** 2 / rows[:, 2] / 1e9)
    sentences = [place["sentence"] for place in lab.panel.header["places"]]
    assert len(sentences) == 1 + 3 * (len(BATCHES) + len(SIDES))
    assert sentences[1].startswith("cpu:0, batch 1, 32 pixels: 980 images a second")


def test_a_click_on_a_point_chooses_its_batch_and_its_size_and_is_taken_back(make: Any, ticker: Any) -> None:
    lab = measured(make(batch=8, pixels=32), ticker)
    sentences = [place["sentence"] for place in lab.panel.header["places"]]
    for wanted in ({"batch": 1, "pixels": 32}, {"batch": 8, "pixels": 16}):
        said = f"batch {wanted['batch']}, {wanted['pixels']} pixels"
        lab.panel.hear_press(next(n for n, sentence in enumerate(sentences) if said in sentence), "Enter")
        assert lab.state == wanted
        lab.panel.hear_press(0, "u")
        assert lab.state == {"batch": 8, "pixels": 32}
    lab._pixels.value = 16
    assert lab.state["pixels"] == 16
    again = make(**lab.state)
    assert again.state == lab.state


def test_a_higher_rate_stands_higher_and_a_gpu_has_a_line_of_its_own(make: Any, ticker: Any) -> None:
    lab = measured(make(GPU), ticker)
    dots = next(group["marks"] for group in lab.panel.header["marks"] if group["key"] == "points")
    places = lab.panel.header["places"]
    height = {places[dot["place"]]["sentence"].split(":")[0]: dot["y"] for dot in dots}
    sentences = {places[dot["place"]]["sentence"]: dot["y"] for dot in dots}
    of = {name: y for name, y in sentences.items() if "batch 8, 16 pixels" in name}
    ordered = [name.split(",")[0] + name.split(",")[1] for name in sorted(of, key=of.get)]  # type: ignore[arg-type]
    assert ordered[0].startswith("gpu:0 batch")
    assert "on one core" in " ".join(ordered)
    assert height
    assert {way.device for way in lab.times.ways} == {"cpu:0", "gpu:0"}


def test_stop_ends_it_and_keeps_what_there_is(make: Any, ticker: Any) -> None:
    lab: Any = None
    counted = itertools.count()

    def stopping(*given: Any, **options: Any) -> float:
        if next(counted) == 2:
            lab.stop()
        return timed(*given, **options)

    lab = make(timed=stopping)
    measured(lab, ticker)
    assert lab.times.n_done == 3
    assert "3 of 12 measured, then stopped." in words(lab)
    assert lab.panel.over


def test_what_a_device_cannot_do_is_said_and_the_others_go_on(make: Any, ticker: Any) -> None:
    def failing(device: str, batch: int, side: int, dtype: str) -> float:
        if dtype == "bfloat16":
            raise ValueError("no such numbers\nand a long trace")
        return timed(device, batch, side, dtype)

    lab = measured(make(timed=failing), ticker)
    assert "cpu:0, bfloat16: ValueError: no such numbers" in words(lab)
    assert lab.times.n_done == 2 * len(BATCHES) * len(SIDES)


@pytest.mark.parametrize("width", [280, 560, 900, 2000])
def test_all_marks_lie_within_the_drawing_at_any_width(make: Any, ticker: Any, width: int) -> None:
    lab = measured(make(GPU), ticker)
    scene = lab.scene(width)
    for group in scene.plain()["marks"]:
        for mark in group["marks"]:
            for x in (mark.get(name) for name in ("x", "x1", "x2")):
                assert x is None or -1 <= x <= width + 1, mark
            for y in (mark.get(name) for name in ("y", "y1", "y2")):
                assert y is None or -1 <= y <= scene.height + 1, mark
    assert lab.picture().startswith(b"\x89PNG")


def test_numbers_that_are_no_counts_are_refused() -> None:
    for bad in ({"batch": 0}, {"batches": []}, {"sizes": (2.5,)}, {"pixels": True}):
        with pytest.raises(ValueError, match=r"must be whole numbers from 1 to 4,096.*; received"):
            hw.widgets.DeviceLab(**bad)


def test_the_lines_of_keras_time_each_device(make: Any, capsys: Any) -> None:
    exec(make(batch=1, pixels=16).code, {})
    said = capsys.readouterr().out
    assert "cpu:0 float32" in said
    assert "cpu:0 bfloat16" in said


def test_the_process_on_one_core_is_asked_for_cells_and_ended_when_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    real, seen = subprocess.Popen, []
    answers = "import json, sys\nfor batch, side in json.loads(sys.argv[-1]): print(json.dumps([batch, side, 0.5]))"

    def popen(command: list[str], **options: Any) -> Any:
        seen.append((command, options["env"]))
        return real([sys.executable, "-c", answers, command[-1]], **options)

    monkeypatch.setattr(one_core, "subprocess", SimpleNamespace(Popen=popen, PIPE=subprocess.PIPE))
    cells = [(1, 16), (8, 16)]
    assert list(one_core.timed_on_one_core(cells)) == [(1, 16, 0.5), (8, 16, 0.5)]
    assert list(one_core.timed_on_one_core(cells, lambda: True)) == [(1, 16, 0.5)]
    command, environment = seen[0]
    assert command[1:3] == ["-m", "hcnn_widgets.widgets.devices.one_core"]
    assert json.loads(command[3]) == [list(cell) for cell in cells]
    assert environment["TF_NUM_INTRAOP_THREADS"] == "1"
    monkeypatch.setattr(one_core.sys, "executable", sys.executable)
    failing = SimpleNamespace(
        Popen=lambda command, **options: real([sys.executable, "-c", "raise SystemExit('no Keras')"], **options),
        PIPE=subprocess.PIPE,
    )
    monkeypatch.setattr(one_core, "subprocess", failing)
    with pytest.raises(RuntimeError, match="ended early: no Keras"):
        list(one_core.timed_on_one_core(cells))


def test_on_a_machine_of_one_core_that_core_is_not_timed_twice() -> None:
    ways = DeviceTimes(found=machine.Devices(1, 1_000_000_000, ("cpu:0",), "tensorflow")).ways
    assert ways == (Way("cpu:0"), Way("cpu:0", "bfloat16"))
