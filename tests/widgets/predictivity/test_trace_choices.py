from dataclasses import replace

import pytest
from trace_by_hand import (
    EARLY,
    LATE,
    group,
    partly,
    scene_of,
    scored,
    words,
)

from hcnn_widgets.widgets.scene.marks import Group, Rect, Text


def test_the_button_and_the_key_put_the_goals_score_in_place_of_the_steps(page, trace, run, ticker):
    run.history.append("validation accuracy", [100, 700], [0.2, 0.8])
    shown = trace(EARLY, scored(400, (0.3, 0.35)), LATE)
    ticker.round()
    assert shown.choices.against.options == (("training steps", False), ("held-out accuracy", True))
    page.change(shown.choices.against, index=1)
    ticker.round()
    header = page.frames(shown.panel)[-1]
    assert header["title"] == "Neural predictivity against held-out accuracy"
    # Step 10 lies before the first measurement.
    assert [place["sentence"] for place in header["places"]] == [
        "Step 400, V4: 0.35, best model area V2, held-out accuracy 0.50",
        "Step 600, V4: 0.45, best model area V2, held-out accuracy 0.70",
    ]
    page.say(shown.panel, kind="press", place=0, key="x")
    assert shown.choices.against.value is False
    ticker.round()
    assert page.frames(shown.panel)[-1]["title"] == "Neural predictivity over training"


def test_against_a_goal_that_has_no_score_yet_the_caption_says_so(trace):
    shown = trace(EARLY, LATE)
    shown.panel.against_score = True
    assert "the goal has not been scored yet" in " ".join(words(group(scene_of(shown), "caption")))
    assert scene_of(shown).places == ()


@pytest.mark.parametrize("width", [300, 640, 1200])
def test_marks_stay_within_the_drawing_and_its_height_does_not_change_with_the_last_score(trace, width):
    rows = ((0.2, 0.1), (0.3, 0.2))
    live = [replace(scored(step, *rows), details=partly(rows)) for step in (10, 20)]
    scene = scene_of(trace(*live), width)
    whole = scored(30, *rows, n_stimuli=640, final=True)
    after = scene_of(trace(*live, replace(live[-1], step=30, final=True, whole=whole)), width)
    marks = [mark for each in after.marks if isinstance(each, Group) for mark in each.marks]
    assert max(mark.x + mark.width for mark in marks if isinstance(mark, Rect)) <= width
    assert max(mark.y for mark in marks if isinstance(mark, Text)) <= after.height
    assert scene.height == after.height


def test_a_brain_area_is_chosen_in_the_menu_or_with_a_key_and_has_the_drawing_and_the_axis_to_itself(
    page, trace, ticker
):
    rows = [scored(step, (0.2, 0.1), (0.75, 0.8)) for step in (10, 20)]
    shown = trace(*rows)
    ticker.round()
    menu = shown.choices.area
    assert menu.options == (("all that fit", -1), ("V4", 0), ("IT (simulated)", 1))
    page.change(menu, index=2)
    ticker.round()
    header = page.frames(shown.panel)[-1]
    (plot,) = [mark for mark in header["marks"] if mark["key"].startswith("plot-")]
    assert plot["key"] == "plot-1"
    assert [place["title"] for place in header["places"]] == ["IT, step 10", "IT, step 20"]
    assert min(float(mark["key"].removeprefix("rule-")) for mark in plot["marks"] if "rule-" in mark["key"]) >= 0.2
    page.say(shown.panel, kind="press", place=0, key="a")
    assert (shown.panel.area, menu.value) == (-1, -1)


@pytest.mark.parametrize(("simulated", "first"), [((False, True), 0), ((True, False), 1), ((True, True), 1)])
def test_in_a_cell_with_room_for_few_plots_recorded_areas_come_first_then_higher_ones(trace, simulated, first):
    rows = [scored(step, (0.2, 0.1), (0.75, 0.8), simulated=simulated) for step in (10, 20)]
    shown = trace(*rows)
    assert [mark.key for mark in shown.panel.scene(386, 180).marks if "plot-" in mark.key] == [f"plot-{first}"]
    assert [mark.key for mark in shown.panel.scene(900, 180).marks if "plot-" in mark.key] == ["plot-0", "plot-1"]


def test_a_narrow_title_is_short_and_says_on_which_images(trace):
    shown = trace(EARLY, replace(LATE, details=partly([(0, 0)])))
    titles = [shown.panel.scene(width).title for width in (386, 640)]
    assert titles == ["Predictivity, 9 of 100 images", "Neural predictivity over training, on 9 of 100 images"]
