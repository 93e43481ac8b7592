"""The last scores of another run, as outlines of bars: on the same images or not at all."""

from types import SimpleNamespace

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.widgets.predictivity.bars_beside import LastScores
from hcnn_widgets.widgets.scene.marks import Group, Line, Rect, Text

NAN = float("nan")


def scored(step, *rows, **changes):
    """Return a table of V4 and simulated IT, predicted by two model areas."""
    table = {
        "step": step, "model_areas": ("V1", "V2"), "brain_areas": ("V4", "IT"), "simulated": (False, True),
        "n_stimuli": 192, "convention": "RidgeCV", "notes": (), "source": "", "value": np.array(rows),
        "error": np.full((2, 2), NAN), "untrained": np.full((2, 2), NAN), "ceiling": np.array([0.9, NAN]),
        "pixels": np.array([0.1, NAN]),
    }  # fmt: skip
    return SimpleNamespace(**(table | changes))


NOW = scored(600, (0.3, 0.4), (0.2, 0.1))
THEN = [scored(100, (0.1, 0.2), (0.1, 0.1)), scored(500, (0.2, 0.75), (NAN, 0.3))]


@pytest.fixture
def other(make_run, model):
    run = make_run(model)
    run.title = "yesterday"
    run.saved_scores = (SimpleNamespace(latest=THEN[-1], history=list(THEN)),)
    return run


@pytest.fixture
def shown(page, run, clock, ticker, other):
    def show(beside=other, now=NOW):
        score = SimpleNamespace(latest=now, history=[now], error=None, alive=True, close=lambda: None)
        bars = hw.widgets.PredictivityBars(
            run, ["V4"], beside=beside, score=lambda *_: score, clock=clock, ticker=ticker
        )
        ticker.round()
        return bars.panel.scene(560)

    return show


def flat(marks):
    for mark in marks:
        yield mark
        if isinstance(mark, Group):
            yield from flat(mark.marks)


def outlines(scene):
    return [mark for mark in flat(scene.marks) if mark.key.startswith("beside-") and isinstance(mark, Rect)]


def height_of(scene, value):
    """Return how high a bar of this score is, by two ticks of the axis."""
    rules = {m.key: m.y1 for m in flat(scene.marks) if isinstance(m, Line) and m.key.startswith("rule-")}
    return value / 0.2 * (rules["rule-0"] - rules["rule-0.2"])


def test_the_last_score_of_each_area_is_an_outline_as_high_as_it_was(shown):
    scene = shown()
    drawn = [mark for mark in outlines(scene) if "swatch" not in mark.key]
    assert [mark.height for mark in drawn] == pytest.approx([height_of(scene, each) for each in (0.2, 0.75, 0.3)])
    bars = [(m.x, m.width) for m in flat(scene.marks) if isinstance(m, Rect) and m.glides]
    around = [(mark.x + 2.5, mark.width - 5) for mark in drawn]
    np.testing.assert_allclose(around, [bars[0], bars[1], bars[3]])


def test_the_axis_has_room_for_it_and_legend_card_and_words_name_it(shown):
    scene = shown()
    assert min(mark.y for mark in outlines(scene) if "swatch" not in mark.key) > 0
    legend = next(mark for mark in scene.marks if mark.key == "legend")
    assert "yesterday" in [mark.words for mark in legend.marks if isinstance(mark, Text)]
    known, unknown = scene.places[1], scene.places[2]
    assert dict(row[:2] for row in known.rows)["yesterday"] == "0.75"
    assert known.sentence.endswith(", yesterday 0.75")
    assert "yesterday" not in unknown.sentence


@pytest.mark.parametrize(
    "changes",
    [{"n_stimuli": 640}, {"simulated": (True, False)}, {"brain_areas": ("A1", "A2")}, {"model_areas": ("a", "b")}],
    ids=["images", "made", "brain areas", "model areas"],
)
def test_what_cannot_be_held_against_one_another_is_not_drawn(shown, other, changes):
    other.saved_scores[0].history[:] = [scored(100, (0.1, 0.2), (0.1, 0.1), **changes)]
    assert outlines(shown()) == []


def test_a_score_of_the_end_on_more_images_is_not_taken_for_one_of_the_training(shown, other):
    other.saved_scores[0].history.append(scored(500, (0.9, 0.9), (0.9, 0.9), n_stimuli=640))
    scene = shown()
    assert max(mark.height for mark in outlines(scene)) == pytest.approx(height_of(scene, 0.75))


def test_bars_on_all_images_are_held_against_those_on_all_images(shown, other):
    whole = scored(500, (0.3, 0.6), (0.3, 0.3), n_stimuli=640)
    other.saved_scores[0].history[-1] = SimpleNamespace(**vars(THEN[-1]), whole=whole)
    scene = shown(now=scored(600, (0.3, 0.4), (0.2, 0.1), n_stimuli=640, final=True))
    assert max(mark.height for mark in outlines(scene)) == pytest.approx(height_of(scene, 0.6))


def test_a_run_without_scores_and_none_at_all_leave_the_bars_as_they_are(shown, other):
    other.saved_scores = ()
    assert outlines(shown()) == []
    assert outlines(shown(beside=None)) == []


def test_what_is_no_run_is_refused(shown):
    with pytest.raises(TypeError, match="`beside` must be a run"):
        shown(beside="yesterday's")


def test_the_numbers_outlast_the_run(other):
    last = LastScores.of(other)
    other.saved_scores[0].history.clear()
    np.testing.assert_array_equal(last.within(NOW).value, [[0.2, 0.75], [NAN, 0.3]])
