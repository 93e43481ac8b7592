import io
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from scene_marks import flat, group

from hcnn_widgets.widgets.brain.brain_layout import region_of
from hcnn_widgets.widgets.brain.brain_map import BrainMap
from hcnn_widgets.widgets.brain.brain_scene import score_colour
from hcnn_widgets.widgets.scene.marks import Path, Rect, Text

MODELS = ("V1", "IT")
V4 = {"area": "V4", "value": [0.3, 0.45], "ceiling": 0.87, "pixels": 0.26}
PIT = {"area": "PIT", "simulated": True, "value": [0.2, 0.6], "ceiling": 0.83}
LONG = " ".join(["RidgeCV with one penalty for all sites, chosen by cross-validation within the training images;"] * 7)


def table(*rows, convention="RidgeCV; median over sites", models=MODELS):
    def column(name, unknown=np.nan):
        return np.array([row.get(name, unknown) for row in rows])

    return SimpleNamespace(
        step=340,
        model_areas=models,
        brain_areas=tuple(row["area"] for row in rows),
        value=column("value"),
        error=column("error", [np.nan] * len(models)),
        untrained=column("untrained", [np.nan] * len(models)),
        ceiling=column("ceiling"),
        pixels=column("pixels"),
        convention=convention,
        simulated=tuple(row.get("simulated", False) for row in rows),
        source="made up",
        notes=(),
        n_stimuli=192,
    )


@pytest.fixture
def score():
    return SimpleNamespace(latest=None, error=None, alive=True)


@pytest.fixture
def brain(page, run, clock, ticker, score):
    """Return a maker of maps of these rows of scores."""

    def make(*rows, **options):
        score.latest = table(*rows, **options) if rows else None
        return BrainMap(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)

    return make


def region(scene, area):
    return next(mark for mark in flat(scene.marks) if isinstance(mark, Path) and mark.key == area)


def words(marks):
    return [mark.words for mark in flat(marks) if isinstance(mark, Text) and mark.words]


def cards(scene):
    """Return the words of each card, from the front of the brain to the back."""
    return [set(words(mark.marks)) for mark in scene.marks if mark.key.startswith("card-")]


def test_it_is_drawn_in_grey_before_the_first_score_and_leaves_no_picture(page, brain):
    shown = brain()
    scene = shown.scene(640)
    assert region(scene, "V1").fill == "muted"
    assert all("no score yet" in card for card in cards(scene))
    assert shown.header["label"] == "The ventral stream; no score yet."
    assert page.frames(shown)[-1]["title"] == "Ventral stream"
    assert shown.picture() == b""


def test_the_grey_brain_holds_back_no_score_where_no_page_answers(page, brain, score, ticker):
    shown = brain()
    score.latest = table(V4)
    ticker.round()
    assert page.frames(shown)[-1]["title"] == "Ventral stream at step 340"
    shown.follow(None, None)
    assert (shown.header["title"], shown.picture()) == ("Ventral stream", b"")


def test_each_area_has_the_colour_of_its_best_score_up_to_the_highest_ceiling(brain):
    scene = brain(V4, PIT).scene(560)
    assert region(scene, "V4").fill == score_colour(0.45, 0.9)
    assert region(scene, "IT").fill == score_colour(0.6, 0.9)
    assert region(scene, "V2").fill == "muted"


def test_the_cards_name_best_model_area_score_and_ceiling_from_front_to_back(brain):
    assert cards(brain(V4, PIT).scene(560)) == [
        {"PIT", "0.60", "best: model IT", "ceiling 0.83", "simulated"},
        {"V4", "0.45", "best: model IT", "ceiling 0.87", "recorded"},
        {"V2", "no recordings"},
        {"V1", "no recordings"},
    ]


def test_recorded_areas_are_shown_before_simulated_ones_and_those_with_a_score_before_those_without(brain):
    simulated = {**V4, "simulated": True, "value": [0.7, 0.8]}
    assert "recorded" in cards(brain(simulated, V4).scene(560))[1]
    assert "simulated" in cards(brain(simulated, {**V4, "value": [np.nan, np.nan]}).scene(560))[1]


def test_simulated_areas_are_hatched_and_the_foot_says_so(brain):
    scene = brain(V4, PIT).scene(560)
    hatched = [mark.key for mark in flat(scene.marks) if isinstance(mark, Path) and mark.hatched]
    assert hatched == ["IT"]
    assert "simulated" in words(group(scene, "scale"))
    assert "192 images; RidgeCV" in " ".join(words(group(scene, "caption")))
    assert "simulated" not in words(brain(V4).scene(560).marks)


def test_a_narrow_panel_names_the_best_model_area_in_full(brain):
    assert "best: model IT" in cards(brain(V4, PIT).scene(394))[0]


@pytest.mark.parametrize("width", [300, 420, 1200])
def test_cards_and_words_stay_within_the_drawing_at_any_width(brain, width):
    scene = brain(V4).scene(width)
    boxes = [mark for mark in flat(scene.marks) if isinstance(mark, Rect)]
    assert max(box.x + box.width for box in boxes) <= width
    assert max(mark.y for mark in flat(scene.marks) if isinstance(mark, Text)) < scene.height - 2


def test_a_long_convention_ends_in_two_lines_is_said_whole_and_moves_nothing(brain):
    long, short = brain(V4, convention=LONG), brain(V4, convention="short")
    lines = words(group(long.scene(800), "caption"))
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert LONG in long.scene(800).label
    assert long.scene(800).height == short.scene(800).height == brain().scene(800).height


def test_the_still_picture_has_the_whole_convention(brain):
    scene = brain(V4, convention=LONG).still_scene()
    said = " ".join(words(group(scene, "caption")))
    assert said == f"192 images; {LONG}; made up"
    assert max(mark.y for mark in flat(scene.marks) if isinstance(mark, Text)) < scene.height - 2


def test_the_areas_are_places_that_say_all_that_is_known_of_their_best_score(brain):
    shown = {**V4, "error": [0.01, 0.02], "untrained": [0.1, 0.2]}
    places = brain(shown, PIT).scene(560).places
    assert places[0].sentence == "PIT (simulated): model area IT 0.60, ceiling 0.83"
    assert places[1].sentence == "V4: model area IT 0.45, error 0.02, untrained 0.20, pixels 0.26, ceiling 0.87"
    assert places[3].sentence == "V1: no recordings"
    assert places[3].title == ""
    assert brain().scene(560).places[0].sentence == "IT: no score yet"
    assert brain({**V4, "value": [np.nan, np.nan]}).scene(560).places[1].sentence == "V4: no score yet"


def test_the_card_of_an_area_has_all_model_areas_the_pixels_and_the_ceiling(brain):
    place = brain({**V4, "untrained": [0.1, 0.2]}, PIT).scene(560).places[1]
    assert (place.title, place.badge) == ("V4", "")
    assert [(row.name, row.value, row.strong) for row in place.rows] == [
        ("model V1", "0.30 (untrained 0.10)", False),
        ("model IT", "0.45 (untrained 0.20)", True),
        ("pixels", "0.26", False),
        ("noise ceiling", "0.87", False),
    ]
    assert place.note == "Pearson r, mean of medians per fold"
    assert brain(PIT).scene(560).places[0].badge == "simulated"


def test_the_card_says_over_how_many_sites_a_score_is_where_that_is_known(page, run, clock, ticker, score):
    detail = SimpleNamespace(site_ids=range(1250), stimulus_ids=range(192))
    score.latest = SimpleNamespace(**vars(table(V4)), details=[[detail]], n_reliability=[192])
    shown = BrainMap(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)
    assert shown.scene(560).places[1].note == "Pearson r, mean of medians per fold; 1,250 sites"


def test_the_numbers_are_a_row_a_score(page, brain):
    header = page.frames(brain(V4, PIT))[-1]
    names, *rows = header["numbers"]
    assert names[:3] == ["brain area", "simulated", "model area"]
    assert [row[:4] for row in rows] == [
        ["V4", "no", "V1", 340], ["V4", "no", "IT", 340], ["PIT", "yes", "V1", 340], ["PIT", "yes", "IT", 340],
    ]  # fmt: skip
    assert [row[names.index("pixels")] for row in rows] == [pytest.approx(0.26)] * 2 + [None] * 2


def test_the_still_picture_has_the_colours_of_the_drawing_and_its_usual_width(brain):
    shown = brain(V4)
    picture = Image.open(io.BytesIO(shown.picture())).convert("RGB")
    scene = shown.scene(640)
    assert picture.size == (640, int(scene.height))
    x, y = region(scene, "V4").points.mean(axis=0)
    fill = np.array([int(region(scene, "V4").fill[i : i + 2], 16) for i in (1, 3, 5)])
    near = np.asarray(picture, int)[int(y) - 30 : int(y) + 30, int(x) - 10 : int(x) + 10].reshape(-1, 3)
    assert np.mean(np.abs(near - fill).max(axis=1) < 3) > 0.5


def test_a_page_that_says_how_much_room_it_has_gets_the_brain_laid_out_for_it(page, brain, ticker):
    waiting, shown = brain(), brain(V4)
    for panel in (waiting, shown):
        page.say(panel, kind="room", view="a", width=400, height=0)
    ticker.round()
    assert [page.frames(panel)[-1]["width"] for panel in (waiting, shown)] == [400, 400]
    page.say(shown, kind="room", view="a", width=10, height=0)
    ticker.round()
    assert page.frames(shown)[-1]["width"] == 280


@pytest.mark.parametrize(("area", "region"), [("PIT", "IT"), ("CIT", "IT"), ("AITv", "IT"), ("v4", "V4"), ("A1", None)])
def test_parts_of_it_are_shown_as_it(area, region):
    assert region_of(area) == region
