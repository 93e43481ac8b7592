import io
from dataclasses import replace

import numpy as np
import pytest
from brain_side import a_match
from PIL import Image
from scene_marks import flat

from hcnn_widgets.mapping.noise.corrections import corrected_score
from hcnn_widgets.mapping.prediction.tables.layer_area_table import CEILING
from hcnn_widgets.widgets.layer_areas.layer_area_layout import highest_cell, matrix_layout
from hcnn_widgets.widgets.layer_areas.layer_area_scene import matrix_scene
from hcnn_widgets.widgets.layer_areas.layer_area_words import matrix_sentence, of_medians, shown_match
from hcnn_widgets.widgets.scene.colours import sequential
from hcnn_widgets.widgets.scene.marks import Group, Rect, Text
from hcnn_widgets.widgets.scene.scene_picture import scene_picture
from hcnn_widgets.widgets.scene.word_room import text_width

LONG = ("features.denseblock4.denselayer16.conv1", "features.denseblock4.denselayer16.conv2", "fc")
UNKNOWN = [[0.3, 0.4, 0.2], [-0.1, np.nan, 0.6]]


def scene(width=700, step=340, top=0.6, **changes):
    return matrix_scene(shown_match(a_match(**changes), step), width, top, ["median r"])


def cell(drawn, model, brain):
    row = next(mark for mark in drawn.marks if mark.key == f"row-{model}")
    return {mark.key: mark for mark in next(mark for mark in row.marks if mark.key == f"cell-{brain}").marks}


def words(drawn):
    return [mark.words for mark in flat(drawn.marks) if isinstance(mark, Text)]


def table(drawn):
    head, *rows = drawn.numbers
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_table_has_every_number_of_the_match_a_row_per_cell():
    match, rows = a_match(), table(scene())
    assert len(rows) == 2 * 3
    names = {"r": "reporting", "error": "reporting_error", "r choosing half": "choosing"}
    for column, name in (names | {"error choosing half": "choosing_error"}).items():
        assert [row[column] for row in rows] == getattr(match, name).ravel().tolist()
    assert [row["noise ceiling"] for row in rows] == [pytest.approx(0.8)] * 3 + [pytest.approx(np.nan, nan_ok=True)] * 3
    assert [(row["brain area"], row["simulated"], row["model area"], row["step"]) for row in rows[2:4]] == [
        ("V4", "no", "IT", 340), ("IT", "yes", "V1", 340),
    ]  # fmt: skip


@pytest.mark.parametrize("correction", of_medians())
def test_scores_are_corrected_by_the_reliability_of_the_half_that_reports(correction):
    found = np.reshape([row[correction] for row in table(scene())], (2, 3))
    expected = [corrected_score(r, 0.64, correction, 50) for r in a_match().reporting[0]]
    np.testing.assert_allclose(found[0], expected, rtol=1e-6)
    assert np.isnan(found[1].astype(float)).all()


def test_the_table_tells_of_each_brain_area_what_was_chosen_and_from_how_many_images():
    rows = table(scene())
    assert [row["model area"] for row in rows if row["chosen"] == "yes"] == ["V2", "IT"]
    counts = [(row["sites"], row["images choosing"], row["images reporting"]) for row in rows[::3]]
    assert counts == [(12, 50, 50), (8, 30, 31)]
    assert rows[0]["convention"] == f"median r; ceiling: {CEILING}; V4: one trial per stimulus: no ceiling"
    assert CEILING.startswith("a perfect model's expected r, the square root of c; c: split-half reliability of")
    assert table(scene(step=None))[0]["step"] is None


def test_the_sentence_names_each_match_with_its_score_on_the_other_half():
    assert matrix_sentence(shown_match(a_match(), 340)) == (
        "At step 340, V4 goes with model area V2, r 0.40; IT (simulated) goes with model area IT, r 0.60 "
        f"(chosen on one half of the images, r on the other; median r; ceiling: {CEILING}; V4: one trial per stimulus: "
        "no ceiling)."
    )
    still = shown_match(replace(a_match(), notes=()), None)
    assert matrix_sentence(still).startswith("V4 goes with")
    assert scene().label.startswith(matrix_sentence(shown_match(a_match(), 340)))


def test_the_scene_says_how_the_match_came_about_and_shows_ceilings_scale_and_caption():
    said = " ".join(words(scene()))
    assert "best on one half of the images (30 or 50)" in said
    assert "from the other half (31 or 50), which had no say; maps are fitted within each half." in said
    assert {"noise ceiling", "0.80", "\u2013", "0", "0.60", "median r", "simulated", "recorded"} <= set(words(scene()))
    assert scene().title == "Model areas against brain areas at step 340"


def test_cells_are_coloured_by_their_score_with_the_number_in_them_and_grey_where_it_is_not_known():
    drawn = scene(reporting=UNKNOWN)
    assert cell(drawn, 2, 1)["box"].fill == sequential(1)
    assert cell(drawn, 0, 0)["box"].fill == sequential(0.5)
    assert cell(drawn, 2, 0)["value"].words == "0.20"
    assert (cell(drawn, 1, 1)["box"].fill, cell(drawn, 1, 1)["value"].words) == ("soft", "\u2013")


def test_cells_that_were_chosen_have_a_ring_and_a_diamond_though_they_need_not_be_the_highest():
    drawn = scene(choosing=[[0.9, 0.1, 0.1], [0.1, 0.1, 0.9]])
    ringed = [(m, b) for m in range(3) for b in range(2) if "ring" in cell(drawn, m, b)]
    assert ringed == [(0, 0), (2, 1)]
    assert [cell(drawn, m, b)["value"].words for m, b in ringed] == ["\u25c6 0.30", "\u25c6 0.60"]


def test_a_cell_says_what_it_holds_and_which_one_was_chosen():
    places = scene(choosing=[[0.9, 0.5, 0.3], [0.1, 0.2, 0.7]], reporting=UNKNOWN).places
    assert places[0].sentence == (
        "V4 from model area V1: r 0.30, error 0.02, on the choosing half 0.90, noise ceiling 0.80, chosen"
    )
    assert "IT (simulated) from model area V2: r \u2013" in places[3].sentence
    assert (places[5].title, places[5].badge, places[2].badge) == ("IT", "simulated", "")
    rows = {row.name: row.value for row in places[4].rows}
    assert rows == {
        "model IT": "0.20", "error": "0.02", "r2/c": "0.06", "noise ceiling": "0.80", "on the choosing half": "0.30",
        **{name: rows[name] for name in of_medians()},
    }  # fmt: skip
    assert [place.note for place in places[4:]] == ["", "\u25c6 chosen on the other half of the images"]


def test_cells_are_a_grid_of_rows_by_model_area_with_heads_that_are_heard():
    parts = [mark for mark in flat(scene().marks) if isinstance(mark, Group) and mark.part]
    heads = [mark.marks[-1].words for mark in parts if mark.part == "rowheader"]
    assert heads == ["model V1", "model V2", "model IT"]
    assert [mark.place for mark in parts if mark.part == "gridcell"] == list(range(6))
    assert [mark.marks[0].words for mark in parts if mark.part == "columnheader"] == ["V4", "IT"]


@pytest.mark.parametrize("width", [280, 400, 800, 1200])
def test_cells_words_and_caption_stay_within_the_drawing_beneath_one_another(width):
    shown = shown_match(a_match(), 340)
    drawn, layout = scene(width), matrix_layout(shown, width, ["median r"])
    boxes = [mark for mark in flat(drawn.marks) if isinstance(mark, Rect)]
    assert max(box.x + box.width for box in boxes) <= width
    assert layout.left > 40
    bottom = layout.top + 3 * layout.cell_height
    assert bottom < layout.scale[1] < layout.words_top < layout.caption_top < layout.height
    assert layout.caption_top > layout.words_top + (len(layout.words) - 1) * layout.font


def test_the_colours_end_at_the_tenth_above_the_highest_score():
    def highest(values):
        return highest_cell(shown_match(a_match(reporting=values), None))

    assert highest(a_match().reporting) == 0.6
    assert highest([[np.nan, 0.31, np.nan], [np.nan] * 3]) == 0.4
    assert highest([[np.nan] * 3, [np.nan, np.nan, -1]]) == 0.1


def test_long_names_of_layers_stand_whole_where_there_is_room_else_without_model_else_cut_in_the_middle():
    def names(width):
        return matrix_layout(shown_match(a_match(model_areas=LONG), None), width).names

    assert names(1200) == tuple(f"model {name}" for name in LONG)
    assert names(460) == LONG
    short = names(300)
    assert short[2] == "fc"
    assert [name[-5:] for name in short[:2]] == ["conv1", "conv2"]


def test_names_that_are_cut_are_told_whole_and_no_others():
    def told(width):
        return [mark.whole for mark in flat(scene(width, model_areas=LONG).marks) if getattr(mark, "whole", "")]

    assert told(1200) == []
    assert told(300) == [f"model {name}" for name in LONG]


@pytest.mark.parametrize("width", [400, 700, 1200])
def test_long_names_leave_every_cell_the_room_for_its_number(width):
    layout = matrix_layout(shown_match(a_match(model_areas=LONG), None), width)
    assert layout.cell_width > text_width("\u25c6 0.00", layout.font + 2, bold=True) + 6
    assert layout.left + 2 * layout.cell_width <= width


def ringed(drawn):
    """Return the row of the first column whose upper edge is black in the still picture."""
    image = np.asarray(Image.open(io.BytesIO(scene_picture(drawn))).convert("L")).astype(int)
    boxes = [cell(drawn, m, 0)["box"] for m in range(3)]
    edges = [image[int(box.y) : int(box.y) + 4, int(box.x) + 20 : int(box.x) + 60].min() for box in boxes]
    return int(np.argmin(edges))


@pytest.mark.parametrize("chosen", [0, 2])
def test_the_still_picture_has_the_ring_around_the_model_area_that_was_chosen(chosen):
    choosing = np.full((2, 3), 0.1)
    choosing[:, chosen] = 0.9
    assert ringed(scene(640, None, choosing=choosing)) == chosen


def test_a_score_that_is_not_known_is_no_error_in_the_still_picture():
    drawn = scene(640, reporting=[[np.nan, 0.4, 0.2], [np.nan, -0.2, 0.6]])
    assert scene_picture(drawn).startswith(b"\x89PNG")


@pytest.mark.parametrize(("width", "name"), [(900, "Pearson r, median over sites"), (640, "Pearson r"), (420, "")])
def test_the_scale_says_what_a_score_is_as_whole_as_there_is_room(width, name):
    drawn = scene(width, model_areas=LONG)
    words = next(mark for mark in flat(drawn.marks) if mark.key == "name" and isinstance(mark, Text))
    assert words.words == name
    assert not name or words.x + text_width(name, words.size) <= width
