"""Time that is left is reckoned from steps that ran: compiling counts for nothing."""

from types import SimpleNamespace

import numpy as np
import pytest

from hcnn_widgets.learning import loop
from hcnn_widgets.learning.control import Control
from hcnn_widgets.learning.history import History

COMPILES_S, STEP_S, VALIDATION_S = 100.0, 0.125, 0.5


@pytest.fixture
def estimates(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, float | None]]:
    """Train with a clock of its own; list what is left before every chunk, and after the last."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(loop, "time", SimpleNamespace(perf_counter=lambda: clock.now))
    found: list[tuple[int, float | None]] = []
    compiled = {"train": 0, "validate": 0}

    def spend(what: str, seconds: float) -> None:
        clock.now += seconds if compiled[what] else COMPILES_S
        compiled[what] += 1

    def train(batches: np.ndarray, rates: np.ndarray) -> np.ndarray:
        found.append((made.done, made.seconds_left))
        assert rates.tolist() == [1.0] * len(batches)
        spend("train", STEP_S * len(batches))
        return np.ones((1, len(batches)))

    def validate() -> tuple[float]:
        spend("validate", VALIDATION_S)
        return (1.0,)

    steps = SimpleNamespace(train=train)
    made = loop.Loop(steps, Control(), History(), loop.batches(8, 2, 0), 40, 10, lambda done: 1.0, validate, ())
    assert made.run() == "finished"
    assert made.active_s == pytest.approx(39 * STEP_S + 3 * VALIDATION_S)
    return [*found, (made.done, made.seconds_left)]


def test_there_is_no_estimate_before_a_chunk_has_run_that_did_not_compile(estimates) -> None:
    assert [left for _, left in estimates[:2]] == [None, None]
    assert [done for done, _ in estimates[:3]] == [0, 1, 2]


def test_from_then_on_it_is_the_pace_of_the_steps_alone_until_a_second_look_at_held_out_images(estimates) -> None:
    for done, left in estimates[2:]:
        if done <= 10:
            assert left == pytest.approx((40 - done) * STEP_S)
        assert left <= (40 - done) * (STEP_S + VALIDATION_S / 9)
    assert estimates[-1] == (40, 0.0)
