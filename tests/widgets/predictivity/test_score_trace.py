from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from trace_by_hand import (
    EARLY,
    LAST,
    LATE,
    NAN,
    WHOLE,
    corners_of,
    group,
    keyed,
    scene_of,
    score_at,
    scored,
    words,
)

from hcnn_widgets.learning.history import History
from hcnn_widgets.widgets.predictivity.score_trace import ScoreTrace
from hcnn_widgets.widgets.predictivity.trace_moments import goal_curve
from hcnn_widgets.widgets.scene.marks import Group, Line, Path, Rect, Text
from hcnn_widgets.widgets.scene.word_room import text_width


def flat(marks):
    for mark in marks:
        yield from flat(mark.marks) if isinstance(mark, Group) else (mark,)


def test_the_trace_goes_through_the_best_score_of_each_moment(trace):
    scene = scene_of(trace(EARLY, scored(300, (0.3, 0.25)), LATE))
    plot = group(scene, "plot-0")
    corners = corners_of(plot)
    ticks = {float(mark.key.removeprefix("step-")): mark.x1 for mark in keyed(plot, "step-") if isinstance(mark, Line)}
    values = [score_at(plot, y) for y in corners[:, 1]]
    steps = ticks[0.0] + (ticks[1000.0] - ticks[0.0]) * np.array([10, 300, 600]) / 1000
    assert values == pytest.approx([0.2, 0.3, 0.45])
    assert corners[:, 0] == pytest.approx(steps)


def test_a_piece_of_the_trace_has_the_colour_of_the_model_area_that_is_best_there(trace):
    plot = group(scene_of(trace(EARLY, scored(300, (0.3, 0.25)), LATE, scored(700, (0.3, 0.46)))), "plot-0")
    assert [path.stroke for path in plot if isinstance(path, Path)] == ["depth-0-2", "depth-1-2"]
    (newest,) = [mark for mark in plot if isinstance(mark, Rect)]
    assert newest.fill == "depth-1-2"


def test_numbers_below_zero_stand_clear_of_the_name_of_their_axis(trace):
    scene = scene_of(trace(scored(10, (-0.05, -0.02)), scored(20, (0.04, 0.01))))
    marks = [mark for mark in flat(scene.marks) if isinstance(mark, Text)]
    (name,) = [mark for mark in marks if mark.turned]
    numbers = [mark for mark in marks if mark.anchor == "end" and mark.words.startswith("\N{MINUS SIGN}")]
    assert numbers
    assert min(mark.x - text_width(mark.words, mark.size) for mark in numbers) > name.x


def test_simulated_areas_are_dashed_and_said_recorded_ones_are_whole(trace):
    rows = [scored(step, (0.2, 0.1), (0.3, 0.2)) for step in (10, 20)]
    scene = scene_of(trace(*rows))
    plots = [group(scene, f"plot-{brain}") for brain in (0, 1)]
    assert [bool(keyed(plot, "trace-")[0].dash) for plot in plots] == [False, True]
    assert ["simulated" in words(plot) for plot in plots] == [False, True]
    assert "simulated recordings" in words(group(scene, "legend"))
    assert "simulated recordings" not in words(group(scene_of(trace(EARLY, LATE)), "legend"))


def test_the_untrained_network_has_its_best_area_and_a_line_over_the_whole_trace(trace):
    plot = group(scene_of(trace(EARLY, scored(600, (0.3, 0.45), untrained=np.array([[0.1, 0.25]])))), "plot-0")
    (untrained,), (pixels,) = keyed(plot, "untrained-0"), keyed(plot, "pixels-0")
    rule = keyed(plot, "rule-")[0]
    assert (untrained.x1, untrained.x2) == (pixels.x1, pixels.x2) == (rule.x1, rule.x2)
    assert [score_at(plot, line.y1) for line in (untrained, pixels)] == pytest.approx([0.25, 0.26])
    assert {"untrained 0.25", "pixels 0.26"} <= set(words(plot))


def test_a_ceiling_above_all_that_moves_is_an_arrow_at_the_edge_and_takes_no_room(trace):
    high = group(scene_of(trace(EARLY, LATE)), "plot-0")
    assert "ceiling 0.80 ↑" in words(high)
    assert not [mark for mark in high if mark.key == "ceiling"]
    assert max(float(mark.key.removeprefix("rule-")) for mark in keyed(high, "rule-")) == 0.5
    within = group(scene_of(trace(EARLY, replace(LATE, ceiling=np.array([0.4])))), "plot-0")
    assert "ceiling 0.40" in words(within)
    assert [score_at(within, mark.y1) for mark in within if mark.key == "ceiling"] == pytest.approx([0.4])
    none = group(scene_of(trace(EARLY, replace(LATE, ceiling=np.array([NAN])))), "plot-0")
    assert not keyed(none, "ceiling")


def test_the_score_at_the_end_on_more_images_stands_apart_with_baselines_of_its_own_and_says_so(trace):
    shown = trace(EARLY, LATE, LAST)
    scene = scene_of(shown)
    plot = group(scene, "plot-0")
    (diamond,) = [mark for mark in plot if mark.key == "last"]
    assert len(corners_of(plot)) == 3
    assert diamond.points[:, 0].min() > keyed(plot, "rule-")[0].x2
    assert score_at(plot, diamond.points[:, 1].mean()) == pytest.approx(0.55, abs=0.01)
    (beneath,), (along,) = keyed(plot, "last-untrained"), keyed(plot, "untrained-0")
    assert [score_at(plot, line.y1) for line in (along, beneath)] == pytest.approx([0.3, 0.4])
    assert {"at the end,", "on all 640", "0.55", "V2 0.48"} <= set(words(plot))
    assert "the score at the end, on all 640 images (the others on 192), stands apart" in " ".join(
        words(group(scene, "caption"))
    )
    assert "At the end, on all 640 images: V4 0.55." in shown.sentence()


def test_the_number_of_the_score_at_the_end_stands_beside_several_plots_too(trace):
    pairs = (0.2, 0.1), (0.3, 0.2)
    two = {"final": True, "untrained": np.full((2, 2), 0.05), "n_reliability": [640, 640]}
    whole = scored(1200, (0.5, 0.55), (0.4, 0.6), n_stimuli=640, **two)
    scene = scene_of(trace(scored(10, *pairs), scored(600, *pairs), scored(1200, *pairs, final=True, whole=whole)))
    for brain, number in enumerate(("0.55", "0.60")):
        plot = group(scene, f"plot-{brain}")
        (last,) = keyed(plot, "last-value")
        rules = keyed(plot, "rule-")
        assert last.words == number
        assert last.x - text_width(number, last.size, bold=True) / 2 >= rules[0].x2
        assert "at the end," not in words(plot)


def test_no_score_of_a_run_is_joined_to_one_on_other_images(trace):
    """As where a table of the end comes by itself, on other images than those before it."""
    plot = group(scene_of(trace(EARLY, LATE, WHOLE)), "plot-0")
    assert len(corners_of(plot)) == 2
    assert [mark for mark in plot if mark.key == "last"]


def test_of_a_run_that_was_over_there_is_the_last_score_alone(trace):
    shown = trace(WHOLE)
    plot = group(scene_of(shown), "plot-0")
    assert not keyed(plot, "trace-")
    assert len(keyed(plot, "last-untrained")) == 1
    assert shown.sentence().startswith("At the end, on all 640 images: V4 0.55.")
    assert len(scene_of(shown).places) == 1


def test_moments_are_walked_along_and_brain_areas_up_and_down_each_saying_step_and_r(trace):
    scene = scene_of(trace(*[scored(step, (0.2, 0.1), (0.3, 0.4)) for step in (10, 20, 30)]))
    assert (len(scene.places), scene.columns) == (6, 3)
    assert scene.places[1].sentence == "Step 20, V4: 0.20, best model area V1"
    assert scene.places[4].sentence == "Step 20, IT (simulated): 0.40, best model area V2"
    assert [(row.name, row.value) for row in scene.places[4].rows] == [
        ("model V2", "0.40 ± 0.02"),
        ("untrained", "0.30"),
        ("pixels", "0.26"),
        ("noise ceiling", "0.80"),
    ]
    assert (scene.places[4].title, scene.places[4].badge) == ("IT, step 20", "simulated")


def test_pointers_find_every_moment_up_to_the_middle_between_it_and_the_next(trace):
    scene = scene_of(trace(EARLY, LATE, LAST))
    found = group(scene, "pointed")
    assert [mark.place for mark in found] == [0, 1, 2, 3]
    assert [mark.x + mark.width for mark in found[:-1]] == pytest.approx([mark.x for mark in found[1:]])
    dots = [place.marks[0].x1 for place in scene.places]
    assert found[1].x == pytest.approx((dots[0] + dots[1]) / 2)


def test_the_goals_score_is_that_on_held_out_images_where_there_is_one():
    history = History()
    history.append("loss", [1], [2.0])
    assert goal_curve(history).name == ""
    history.append("accuracy", [1], [0.1])
    assert goal_curve(history).name == "training accuracy"
    history.append("validation loss", [1], [2.0])
    history.append("validation accuracy", [1], [0.3])
    held_out = goal_curve(history)
    assert (held_out.name, held_out.value.tolist()) == ("held-out accuracy", [0.3])


def test_the_numbers_are_a_row_a_brain_area_and_moment(trace, run):
    run.history.append("validation accuracy", [10, 1200], [0.1, 0.9])
    names, *rows = scene_of(trace(EARLY, LATE, LAST)).numbers
    told = [dict(zip(names, row, strict=True)) for row in rows]
    assert [(row["step"], row["images"], row["on all images"]) for row in told] == [
        (10, 192, "no"),
        (600, 192, "no"),
        (1200, 192, "no"),
        (1200, 640, "yes"),
    ]
    assert [row["score"] for row in told] == pytest.approx([0.2, 0.45, 0.48, 0.55])
    assert [row["goal's score"] for row in told] == pytest.approx([0.1, 0.1 + 0.8 * 590 / 1190, 0.9, 0.9])
    assert [row["best model area"] for row in told] == ["V1", "V2", "V2", "V2"]


def test_a_score_that_is_not_known_leaves_its_plot_empty(trace):
    scene = scene_of(trace(scored(10, (NAN, NAN), (0.2, 0.1)), scored(20, (NAN, NAN), (0.3, 0.1))))
    assert not keyed(group(scene, "plot-0"), "trace-")
    assert scene.places[0].sentence == "Step 10, V4: no score"
    assert keyed(group(scene, "plot-1"), "trace-")


def test_a_long_training_keeps_its_first_and_newest_moment_and_few_between(trace):
    steps = range(10, 310)
    scene = scene_of(trace(*[scored(step, (0.2, 0.1)) for step in steps]))
    assert 60 <= len(scene.places) <= 121
    assert scene.places[0].title == "V4, step 10"
    assert scene.places[-1].title == "V4, step 309"


def test_new_scores_join_the_trace_and_the_axis_does_not_shrink(page, run, clock, ticker):
    score = SimpleNamespace(latest=None, history=[], error=None, alive=True)
    shown = ScoreTrace(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)
    assert (shown.panel.message, shown.picture(), shown.sentence()) == ("scoring…", b"", "scoring…")
    for newest in (replace(EARLY, value=np.array([[-0.25, -0.3]])), LATE):
        score.latest, score.history = newest, [*score.history, newest]
        ticker.round()
        page.say(shown.panel, kind="ack", sequence=shown.panel.sequence)
    # The scorer puts a table with the untrained scores in the place of the newest one.
    score.latest = replace(LATE)
    score.history = score.history[1:]
    ticker.round()
    header = page.frames(shown.panel)[-1]
    assert [place["title"] for place in header["places"]] == ["V4, step 600"]
    assert shown.panel._ends == [(-0.3, 0.5)]
    shown.follow(None, None)
    assert (shown.panel.header, shown.panel._ends, shown.panel.areas) == ({}, [], ())


def test_the_last_score_is_shown_after_the_run_is_let_go(page, run, clock, ticker):
    score = SimpleNamespace(latest=LATE, history=[EARLY, LATE], error=None, alive=True)
    shown = ScoreTrace(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)
    page.say(shown.panel, kind="ack", sequence=shown.panel.sequence)
    run.state, score.alive, score.latest, score.history = "finished", False, LAST, [EARLY, LATE, LAST]
    ticker.round()
    assert shown.over
    assert len(page.frames(shown.panel)[-1]["places"]) == 4
    page.say(shown.panel, kind="press", place=0, key="x")
    assert shown.panel.against_score


def test_a_figure_works_by_itself_and_the_code_names_the_goals_curve(trace, run):
    run.history.append("validation accuracy", [10], [0.1])
    shown = trace(EARLY, LATE, LAST)
    assert "<svg" in shown.figure("svg")[:600]
    assert shown.picture().startswith(b"\x89PNG")
    compile(shown.code, "code", "exec")
    assert 'history.series("validation accuracy")' in shown.code


def test_the_code_gives_the_points_of_the_trace(trace, run, monkeypatch):
    import hcnn_widgets as hw

    shown = trace(EARLY, LATE, LAST)
    score = SimpleNamespace(history=[EARLY, LATE, LAST], latest=LAST)
    monkeypatch.setattr(hw.mapping, "live_score", lambda *_: score)
    names = {"run": run, "recordings": "recordings"}
    exec(shown.code, names)
    assert names["step"].tolist() == [10, 600, 1200]
    assert names["r"][:, 0] == pytest.approx([0.2, 0.45, 0.48])
    assert names["at_the_end"].tolist() == [0.55]


def test_the_still_picture_has_the_whole_caption(trace):
    long = "; ".join(["RidgeCV, per fold; median over sites"] * 12)
    panel = trace(EARLY, replace(LATE, convention=long)).panel
    cut, still = panel.scene(640), panel.still_scene()
    assert long in " ".join(words(group(still, "caption")))
    assert words(group(cut, "caption"))[-1].endswith("\u2026")
    assert max(mark.y for mark in group(still, "caption")) < still.height


def test_the_caption_has_convention_notes_and_source_without_what_the_end_adds_of_the_best_area(trace):
    gains = SimpleNamespace(value=np.zeros((1, 2)), words=lambda brain, model: "+0.10 (p = 0.01)")
    scene = scene_of(trace(EARLY, replace(LATE, notes=("0 to 1 is assumed",), gains=gains)), 1600)
    caption = " ".join(words(group(scene, "caption")))
    assert caption.rstrip().endswith("untrained: its best area; median r; 0 to 1 is assumed; Cowley 2023")
