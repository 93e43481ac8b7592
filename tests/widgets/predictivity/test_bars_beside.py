"""The last scores of another run, as outlines of bars: on the same images or not at all."""

from types import SimpleNamespace

import numpy as np
import pytest
from scene_marks import flat

import hcnn_widgets as hw
from hcnn_widgets.widgets.predictivity.bars_beside import LastScores
from hcnn_widgets.widgets.predictivity.score_legend import BESIDE, LAST, brief_legend, legend_entries
from hcnn_widgets.widgets.scene.marks import Line, Rect, Text
from hcnn_widgets.widgets.scene.word_room import text_width

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
    def show(beside=other, now=NOW, size=(560,)):
        score = SimpleNamespace(latest=now, history=[now], error=None, alive=True, close=lambda: None)
        bars = hw.widgets.PredictivityBars(
            run, ["V4"], beside=beside, score=lambda *_: score, clock=clock, ticker=ticker
        )
        ticker.round()
        return bars.panel.scene(*size)

    return show


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


def test_in_a_low_cell_a_line_of_the_legend_names_it_and_the_model_areas(shown):
    scene = shown(size=(404, 165))
    legend = next(mark for mark in flat(scene.marks) if mark.key == "legend")
    words = [mark for mark in legend.marks if isinstance(mark, Text)]
    assert len({mark.y for mark in words}) == 1
    assert {"V1", "V2", "untrained", "pixels", "yesterday"} <= {mark.words for mark in words}
    assert max(mark.x + text_width(mark.words, mark.size) for mark in words) <= 404
    assert max(mark.y for mark in words) < min(mark.y1 for mark in flat(scene.marks) if mark.key.startswith("rule-"))


@pytest.mark.parametrize(("width", "named"), [(404, True), (120, True), (60, False)])
def test_of_a_legend_in_one_line_the_run_beside_is_what_stays(width, named):
    whole = [(m, "model", f"area {m}") for m in range(3)] + [(-1, "pixels", "pixels"), (-1, BESIDE, "hcnn 1")]
    line = brief_legend(legend_entries(whole, 120, 12), width, 12)
    assert (BESIDE in [entry.name for entry in line]) is named
    assert len({entry.foot for entry in line}) <= 1
    assert ("area 2" in [entry.label for entry in line]) is (width > 300)


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (700, ["area 0", "pixels", "noise ceiling", "error", "at the end, on all 640 images"]),
        (460, ["area 0", "pixels", "error", "at the end, on all 640 images"]),
        (260, ["area 0", "pixels", "at the end"]),
        (200, ["area 0", "pixels"]),
    ],
)
def test_of_a_legend_in_one_line_the_scores_at_the_end_are_named_before_ceiling_and_error(width, words):
    lines = [("pixels", "pixels"), ("ceiling", "noise ceiling"), ("error", "error")]
    whole = [(0, "model", "area 0"), *((-1, *line) for line in lines), (-1, LAST, "at the end, on all 640 images")]
    line = brief_legend(legend_entries(whole, 120, 12), width, 12)
    assert [entry.label for entry in line] == words
    assert len({entry.foot for entry in line}) == 1


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (460, ["best: model V1", "V2", "untrained", "pixels", "hcnn 1"]),
        (390, ["V1", "V2", "untrained", "pixels", "hcnn 1"]),
        (270, ["untrained", "pixels", "hcnn 1"]),
        (190, ["untrained", "hcnn 1"]),
    ],
)
def test_of_a_legend_in_one_line_the_controls_stay_longer_than_the_model_areas(width, words):
    whole = [(0, "model", "best: model V1"), (1, "model", "V2"), (-1, "untrained", "untrained")]
    whole += [(-1, "pixels", "pixels"), (-1, BESIDE, "hcnn 1")]
    line = brief_legend(legend_entries(whole, 120, 12), width, 12)
    assert [entry.label for entry in line] == words
    assert len({entry.foot for entry in line}) == 1


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
