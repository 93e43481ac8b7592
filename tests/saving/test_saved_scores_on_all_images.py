"""The scores after training on all images, which stand apart, are kept in the folder of a run."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.mapping.live.saved_score import SavedScore, folded, unfolded
from hcnn_widgets.mapping.live.score_table import ScoreTable


def a_table(step: int, value: float, n_stimuli: int) -> ScoreTable:
    rows = {name: np.array([number]) for name, number in (("ceiling", 0.9), ("reliability", 0.81), ("pixels", 0.05))}
    return ScoreTable(
        step=step,
        model_areas=("V1", "IT"),
        brain_areas=("V4",),
        value=np.array([[value, value / 2]]),
        error=np.full((1, 2), 0.01),
        untrained=np.array([[0.1, 0.2]]),
        n_reliability=np.array([640]),
        n_stimuli=n_stimuli,
        convention="made up",
        simulated=(False,),
        source="nobody",
        final=step == 900,
        **rows,
    )


WHOLE = a_table(900, 0.47, 640)
TABLES = [a_table(100, 0.2, 256), replace(a_table(900, 0.36, 256), whole=WHOLE)]


@pytest.fixture
def kept(saved: Path, tmp_path: Path) -> Path:
    """Save a run whose last scores have some on all images."""
    run = hw.load_run(saved)
    run.training.saved_scores = (SavedScore(["print"], TABLES),)
    run.save(tmp_path / "kept")
    return tmp_path / "kept"


def test_scores_on_all_images_come_back_beside_those_on_a_part(kept: Path) -> None:
    (score,) = hw.load_run(kept).saved_scores
    early, late = score.history
    assert early.whole is None
    np.testing.assert_array_equal(late.value, TABLES[1].value)
    assert late.whole is not None
    np.testing.assert_array_equal(late.whole.value, WHOLE.value)
    assert (late.n_stimuli, late.whole.n_stimuli, late.whole.final) == (256, 640, True)


@pytest.mark.parametrize("number", [2, -1, True, "1", [0], 0.0])
def test_scores_of_a_table_that_is_not_there_are_refused(kept: Path, number: object) -> None:
    words = json.loads((kept / "scores-1.json").read_text())
    words["tables"][2]["whole_of"] = number
    (kept / "scores-1.json").write_text(json.dumps(words))
    with pytest.raises(ValueError, match="Accepted is the folder of a run"):
        hw.load_run(kept)


def test_what_is_taken_apart_is_put_together_again() -> None:
    apart = unfolded(TABLES)
    assert [number for _, number in apart] == [None, None, 1]
    assert all(table.whole is None for table, _ in apart)
    together = folded(apart)
    assert [table.whole is not None for table in together] == [False, True]
