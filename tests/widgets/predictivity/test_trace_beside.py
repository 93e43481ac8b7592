"""The scores of another run beside a trace: a thin line, on the same images or not at all."""

from types import SimpleNamespace

import numpy as np
import pytest
from trace_by_hand import EARLY, LATE, group, keyed, score_at, scored, words

import hcnn_widgets as hw
from hcnn_widgets.learning.history import History
from hcnn_widgets.widgets.predictivity.trace_beside import ScoresBeside

THEN = [scored(100, (0.1, 0.2)), scored(300, (0.25, 0.2)), scored(500, (0.3, 0.6))]


@pytest.fixture
def other(make_run, model):
    run = make_run(model)
    run.title, run.history = "yesterday", History()
    run.history.append("validation accuracy", [100, 500], [0.2, 0.6])
    run.saved_scores = (SimpleNamespace(latest=THEN[-1], history=list(THEN)),)
    return run


@pytest.fixture
def shown(page, run, clock, ticker, other):
    def show(beside=other, **options):
        score = SimpleNamespace(latest=LATE, history=[EARLY, LATE], error=None, alive=True, close=lambda: None)
        run.n_steps = 1200
        trace = hw.widgets.ScoreTrace(
            run, ["V4"], beside=beside, score=lambda *_: score, clock=clock, ticker=ticker, **options
        )
        ticker.round()
        return trace

    return show


def line_of(trace, width=640):
    plot = group(trace.panel.scene(width), "plot-0")
    (line,) = keyed(plot, "beside")[:1]
    return plot, line


def test_the_best_score_at_each_moment_of_the_other_run_is_drawn_on_the_same_axes(shown):
    plot, line = line_of(shown())
    corners = line.points[::3]
    assert [score_at(plot, y) for _, y in corners] == pytest.approx([0.2, 0.25, 0.6])
    steps = corners[:, 0] - corners[0, 0]
    assert steps[2] == pytest.approx(2 * steps[1])


def test_it_is_named_in_words_in_the_legend_and_on_the_cards(shown):
    trace = shown()
    assert "yesterday" in words(group(trace.panel.scene(640), "legend"))
    assert trace.sentence().endswith("Beside: yesterday.")
    newest = trace.panel.scene(640).places[-1]
    assert ("yesterday", "\N{EN DASH}") not in [row[:2] for row in newest.rows]
    early, late = (dict(row[:2] for row in place.rows) for place in trace.panel.scene(640).places[:2])
    assert "yesterday" not in early
    assert "yesterday" not in late  # it ended at step 500, and nobody knows what it would have been at 600


def test_a_card_has_the_score_of_the_other_run_at_the_same_step(shown, other):
    other.saved_scores[0].history[:] = [scored(0, (0.1, 0.2)), scored(1200, (0.1, 0.4))]
    late = shown().panel.scene(640).places[1]
    assert dict(row[:2] for row in late.rows)["yesterday"] == "0.30"


@pytest.mark.parametrize(
    "changes", [{"n_stimuli": 640}, {"simulated": (True,)}, {"brain_areas": ("V1",)}], ids=["images", "made", "area"]
)
def test_what_cannot_be_held_against_one_another_is_not_drawn(shown, other, changes):
    other.saved_scores[0].history[:] = [scored(100, (0.1, 0.2), **changes), scored(300, (0.1, 0.3), **changes)]
    assert keyed(group(shown().panel.scene(640), "plot-0"), "beside") == []


def test_a_run_without_scores_leaves_the_trace_as_it_is(shown, other):
    other.saved_scores = ()
    assert keyed(group(shown().panel.scene(640), "plot-0"), "beside") == []


def test_against_the_goal_its_points_stand_at_its_own_scores_of_the_goal(shown, run):
    run.history.append("validation accuracy", [10, 600], [0.2, 0.6])
    trace = shown()
    trace.panel.against_score = True
    _, line = line_of(trace)
    across = line.points[::3, 0]
    assert (across[1] - across[0]) / (across[2] - across[0]) == pytest.approx(0.5)


def test_steps_beyond_the_axis_are_left_out(shown, other):
    other.saved_scores[0].history.append(scored(5000, (0.1, 0.9)))
    _, line = line_of(shown())
    assert len(line.points[::3]) == 3


def test_what_is_no_run_is_refused(shown):
    with pytest.raises(TypeError, match="`beside` must be a run"):
        shown(beside="yesterday's")


def test_the_numbers_are_copies_that_outlast_the_run(other):
    beside = ScoresBeside.of(other)
    np.testing.assert_array_equal(beside.known[0].line.value, [0.2, 0.25, 0.6])
    assert beside.title == "yesterday"
