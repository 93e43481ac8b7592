"""Who draws makes no difference to what is drawn, and nobody waits in vain."""

import gc
import os
import subprocess
import sys
import threading

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.stimuli.rendering import drawing, drawing_helpers
from hcnn_widgets.stimuli.rendering.drawing import BLOCKS_WORTH_A_PROCESS
from hcnn_widgets.stimuli.rendering.object_blocks import BLOCK, ObjectScenes

N, SIZE = BLOCKS_WORTH_A_PROCESS * BLOCK + 5, 8


@pytest.fixture(scope="module")
def expected() -> np.ndarray:
    """Return the images as this thread draws them, block by block."""
    scenes = ObjectScenes("medium", SIZE, 0, 8.0)
    return np.concatenate([scenes.drawn(block, BLOCK) for block in range(-(-N // BLOCK))])[:N]


@pytest.fixture
def drawn_here(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    blocks: list[int] = []
    draw = ObjectScenes.drawn
    monkeypatch.setattr(ObjectScenes, "drawn", lambda self, block, n: blocks.append(block) or draw(self, block, n))
    return blocks


@pytest.mark.no_cover
def test_other_processes_draw_the_same_pixels(expected, drawn_here, monkeypatch) -> None:
    monkeypatch.setattr(drawing, "START_S", 60.0)
    stimuli = hw.stimuli.objects(N, size=SIZE, wait=False)
    np.testing.assert_array_equal(stimuli.images, expected)
    assert len(drawn_here) <= drawing.FIRST_BLOCKS
    assert not stimuli.arriving


def test_whoever_waits_for_all_gets_a_plain_set_and_hears_of_progress(expected, drawn_here) -> None:
    told: list[tuple[int, int]] = []
    stimuli = hw.stimuli.objects(N, size=SIZE, progress=lambda done, n: told.append((done, n)))
    np.testing.assert_array_equal(stimuli.images, expected)
    assert type(stimuli) is hw.StimulusSet
    assert told[-1] == (N, N)
    assert told == sorted(set(told))


def none_to_be_had(*_) -> None:
    raise OSError("There are too many processes.")


def program(code: str):
    """Return what starts a process of this code in the place of the one that draws."""

    def start(_scenes: ObjectScenes) -> "subprocess.Popen[bytes]":
        pipe = subprocess.PIPE
        return subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, bufsize=0)

    return start


SAYS_READY = "import sys; sys.stdout.write('ready\\n'); sys.stdout.flush(); "
BROKEN = {
    "none to be had": none_to_be_had,
    "ends at once": program(""),
    "ends when it is asked": program(f"{SAYS_READY} sys.stdin.readline()"),
    "ends in the midst of its answer": program(f"{SAYS_READY} sys.stdin.readline(); sys.stdout.write('half')"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_processes_fail_to_draw_is_drawn_here(expected, drawn_here, monkeypatch, kind) -> None:
    monkeypatch.setattr(drawing_helpers, "_process", BROKEN[kind])
    np.testing.assert_array_equal(hw.stimuli.objects(N, size=SIZE, wait=False).images, expected)
    assert sorted(drawn_here) == list(range(-(-N // BLOCK)))


def test_a_process_that_does_not_start_is_not_waited_for(expected, drawn_here, monkeypatch) -> None:
    monkeypatch.setattr(drawing_helpers, "_process", program("import sys; sys.stdin.read()"))
    monkeypatch.setattr(drawing, "START_S", 0.1)
    np.testing.assert_array_equal(hw.stimuli.objects(N, size=SIZE).images, expected)
    assert sorted(drawn_here) == list(range(-(-N // BLOCK)))


def test_where_large_pipes_are_not_granted_small_ones_serve(expected, drawn_here, monkeypatch) -> None:
    start = subprocess.Popen

    def refuse(*arguments, pipesize: int = -1, **more):
        if pipesize > 0:
            raise PermissionError("Operation not permitted")
        return start(*arguments, **more)

    monkeypatch.setattr(drawing, "START_S", 60.0)
    monkeypatch.setattr(drawing_helpers.subprocess, "Popen", refuse)
    np.testing.assert_array_equal(hw.stimuli.objects(N, size=SIZE, wait=False).images, expected)
    assert len(drawn_here) <= drawing.FIRST_BLOCKS


def test_the_process_that_draws_ends_with_its_input() -> None:
    ended = subprocess.run(
        [sys.executable, "-P", "-m", drawing_helpers.PROGRAM, "low", "8", "3", "8.0"],
        input=b"2 3\n0 64\n",
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        timeout=120,
        check=True,
    )
    ready, pixels = ended.stdout[: len(drawing_helpers.READY)], ended.stdout[len(drawing_helpers.READY) :]
    scenes = ObjectScenes("low", 8, 3, 8.0)
    assert ready == drawing_helpers.READY
    assert pixels == scenes.drawn(2, 3).tobytes() + scenes.drawn(0, 64).tobytes()
    assert ended.stderr == b""


def test_no_process_that_draws_loads_keras() -> None:
    code = f"import sys, {drawing_helpers.PROGRAM}; print('keras' in sys.modules or 'tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"False"


def test_whoever_waits_is_told_why_there_are_no_images(monkeypatch) -> None:
    def fail(*_) -> None:
        raise MemoryError("There is no memory left.")

    monkeypatch.setattr(ObjectScenes, "drawn", fail)
    stimuli = hw.stimuli.objects(70, size=SIZE, wait=False)
    with pytest.raises(RuntimeError, match=r"The images could not be drawn: There is no memory left\."):
        _ = stimuli.images
    assert not stimuli.arriving


def test_the_drawing_ends_with_the_last_set_that_needs_it(monkeypatch) -> None:
    begun, may_draw, blocks = threading.Event(), threading.Event(), []
    draw = ObjectScenes.drawn

    def held(scenes: ObjectScenes, block: int, count: int) -> np.ndarray:
        begun.set()
        may_draw.wait(10)
        blocks.append(block)
        return draw(scenes, block, count)

    monkeypatch.setattr(ObjectScenes, "drawn", held)
    stimuli = hw.stimuli.objects(5 * BLOCK, size=SIZE, wait=False)
    part = stimuli[:3]
    assert begun.wait(10)
    threads = [thread for thread in threading.enumerate() if thread.name == "hcnn-drawing"]
    del stimuli
    gc.collect()
    assert part.arriving
    del part
    gc.collect()
    may_draw.set()
    for thread in threads:
        thread.join(10)
    assert blocks == [0]
