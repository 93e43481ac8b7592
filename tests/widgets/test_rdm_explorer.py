import io

import numpy as np
import pytest
from PIL import Image
from stand_in_rdms import AREAS, BRAIN, IDS, StandInRdms, random_rdm, stimuli

from hcnn_widgets.widgets import rdm_explorer as module
from hcnn_widgets.widgets.rdm_canvas import RdmCanvas
from hcnn_widgets.widgets.rdm_explorer import RdmExplorer
from hcnn_widgets.widgets.rdm_numbers import read_rdms
from hcnn_widgets.widgets.rdm_order import triangle
from hcnn_widgets.widgets.rdm_track import RdmTrack


@pytest.fixture
def rdms():
    return StandInRdms(references={"animacy": random_rdm(4)})


@pytest.fixture
def explorer(page, rdms, clock, ticker, monkeypatch):
    monkeypatch.setattr(module, "rdm_track", lambda *_: RdmTrack(rdms, 1000, AREAS, stimuli()))
    return RdmExplorer("run", BRAIN, clock=clock, ticker=ticker)


def settle(explorer):
    """Let the page answer, and what is asked for be worked out."""
    panel = explorer.panel
    for _ in range(4):
        panel.want()
        panel.tick()
        assert panel._job.wait(20)


def shown(explorer):
    return read_rdms(explorer.panel.header, explorer.panel.values)


def ordered(rdm_vector, explorer):
    return triangle(rdm_vector, np.array(explorer.panel.header["rows"])).astype(np.float32)


# --- frames ------------------------------------------------------------------------------------------------------
def test_the_panel_waits_for_the_first_rdm_in_words(explorer):
    assert explorer.panel.message == "Recording the first activations…"
    assert explorer.panel.header == {}
    assert explorer.sentence() == "Recording the first activations…"


def test_the_newest_rdm_of_the_last_area_stands_beside_the_brains_mean(explorer, rdms):
    moment = rdms.measure(100)
    settle(explorer)
    header = explorer.panel.header
    assert (header["area"], header["brain"], header["moment"]) == ("IT", "IT, mean of 2 subjects", "step 100")
    np.testing.assert_array_equal(shown(explorer).model, ordered(moment.vectors["correlation"][1], explorer))
    mean = np.mean([random_rdm(1).vector, random_rdm(2).vector], axis=0)
    np.testing.assert_array_equal(shown(explorer).brain, ordered(mean, explorer))
    assert [IDS[row] for row in header["rows"]] == ["face 1", "face 2", "car 1", "car 2", "tree"]
    assert [group["name"] for group in header["groups"]] == ["face", "car", "tree"]


def test_matrices_come_at_once_and_scores_when_they_are_worked_out(explorer, rdms):
    moment = rdms.measure(100)
    rdms.measure(0, untrained=True)
    explorer.panel.want()
    explorer.panel.tick()
    assert explorer.panel.header["pending"]
    settle(explorer)
    scores = rdms.compared.of(moment, "correlation", "tau_a")
    np.testing.assert_allclose(shown(explorer).value, scores.value, rtol=1e-6)
    before = rdms.compared.of(rdms.untrained, "correlation", "tau_a")
    np.testing.assert_allclose(shown(explorer).untrained, before.value, rtol=1e-6)
    assert explorer.panel.header["references"] == ["animacy"]
    assert np.isfinite(shown(explorer).lower[0])


def test_scores_follow_the_training_and_the_page_gets_the_pictures_once(page, explorer, rdms):
    rdms.measure(100)
    settle(explorer)
    rdms.measure(200)
    settle(explorer)
    assert explorer.panel.header["step"] == 200
    sheets = [state for state in page.updates(explorer.panel) if state.get("sheet_header")]
    assert len(sheets) == 1
    assert explorer.panel.sheet_header["ids"] == IDS


def test_nothing_new_is_made_while_nothing_changes(explorer, rdms, monkeypatch):
    rdms.measure(100)
    settle(explorer)
    made = []
    monkeypatch.setattr("hcnn_widgets.widgets.rdm_canvas.rdm_frame", lambda *_: made.append(1))
    settle(explorer)
    assert made == []


def test_what_is_looked_at_is_compared_as_soon_as_it_is_measured(explorer, rdms):
    settle(explorer)
    assert rdms.watched == ("correlation", "tau_a")
    explorer._method.value = "spearman"
    assert rdms.watched == ("correlation", "spearman")


def test_the_last_rdms_stay_and_a_picture_is_left(explorer, rdms):
    rdms.measure(1000)
    rdms.alive = False
    settle(explorer)
    assert explorer.over
    picture = np.asarray(Image.open(io.BytesIO(explorer.picture())).convert("RGB")).astype(int)
    assert np.mean(np.ptp(picture, axis=2) > 24) > 0.05
    assert explorer.sentence().startswith(
        "RDMs of model area IT at step 1,000 and of IT, mean of 2 subjects. IT is most"
    )


def test_the_picture_says_what_colours_of_distances_stand_for(explorer, rdms):
    rdms.measure(1000)
    settle(explorer)
    pictures = [explorer.picture()]
    for distance in ("correlation", "euclidean"):
        explorer._scale.value, explorer._distance.value = "distances", distance
        settle(explorer)
        pictures.append(explorer.picture())
    assert len(set(pictures)) == 3


def test_until_the_scores_are_there_it_is_not_over(explorer, rdms):
    rdms.measure(1000)
    rdms.alive = False
    explorer.panel.want()
    explorer.panel.tick()
    assert not explorer.over


# --- what is wrong -----------------------------------------------------------------------------------------------
def test_what_stopped_the_work_is_said(explorer, rdms):
    rdms.alive, rdms.error = False, "Comparing RDMs stopped: the loss is NaN."
    settle(explorer)
    assert explorer.panel.message == "Comparing RDMs stopped: the loss is NaN."
    assert explorer.over


def test_a_training_that_failed_before_the_first_rdm_says_so(explorer, rdms):
    rdms.alive = False
    settle(explorer)
    assert explorer.panel.message == "There is no RDM: training failed before the first one."


def test_an_area_without_an_rdm_says_why(explorer, rdms):
    vectors = np.random.default_rng(0).random((2, 10))
    vectors[1] = np.nan
    rdms.measure(1, vectors={"correlation": vectors}, notes={"IT": "3 images leave IT without variance"})
    settle(explorer)
    assert not explorer.panel.header["defined"]
    assert explorer.panel.message == "3 images leave IT without variance: it has no RDM by correlation at this moment."
    explorer.area = "V1"
    settle(explorer)
    assert explorer.panel.message == ""


def test_a_comparison_that_fails_is_said_and_the_matrices_stay(explorer, rdms, monkeypatch):
    def broken(*_):
        raise ValueError("`rdms[1]` is constant: every pair is 0 apart.")

    monkeypatch.setattr(rdms.comparison, "ceilings", broken)
    rdms.measure(100)
    settle(explorer)
    assert explorer.panel.message == "`rdms[1]` is constant: every pair is 0 apart."
    assert explorer.panel.header["n"] == 5


def test_a_comparison_that_takes_long_says_how_far_it_is(explorer, rdms, monkeypatch):
    rdms.measure(100)
    job = explorer.panel._job
    monkeypatch.setattr(type(job), "seconds", property(lambda self: 3.0))
    monkeypatch.setattr(type(job), "progress", property(lambda self: (3, 12)))
    monkeypatch.setattr(job, "ask", lambda *_: None)
    explorer.panel.want()
    explorer.panel.tick()
    assert explorer.panel.message == "Comparing RDMs: 3 of 12 done, 9 s left…"
    monkeypatch.setattr(type(job), "progress", property(lambda self: (0, 12)))
    explorer.panel.want()
    explorer.panel.tick()
    assert explorer.panel.message == "Comparing RDMs: 0 of 12 done…"
    monkeypatch.setattr(type(job), "progress", property(lambda self: (0, 0)))
    explorer.panel.want()
    explorer.panel.tick()
    assert explorer.panel.message == "Working out the noise ceiling…"


def test_an_area_that_the_model_does_not_have_is_refused(page, explorer, rdms, ticker):
    with pytest.raises(ValueError, match="`area` must be one of this model's areas, V1, IT; received 'V4'"):
        RdmExplorer("run", BRAIN, area="V4", ticker=ticker)
    with pytest.raises(ValueError, match="`area` must be one of this model's areas, V1, IT; received 'V4'"):
        explorer.area = "V4"


def test_without_a_model_the_panel_says_so(page, ticker):
    empty = RdmExplorer(ticker=ticker)
    assert empty.panel.message == "No training to show yet."
    assert empty.over
    assert empty.picture() == b""
    page.change(empty._training, value=1)
    page.change(empty._order, index=1)
    empty.undo()
    assert empty.pair is None
    assert empty.area == ""
    assert RdmCanvas(ticker=ticker).message == "No training to show yet."
    with pytest.raises(ValueError, match="`area` must be one of"):
        empty.area = "V1"


# --- choices -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("control", "change", "told"),
    [
        ("_layer", {"index": 0}, {"area": "V1"}),
        ("_brain", {"index": 2}, {"brain": "IT, KO"}),
        ("_brain", {"index": 3}, {"brain": "V1"}),
        ("_distance", {"index": 1}, {"distance": "squared Euclidean distance / n"}),
        ("_method", {"index": 4}, {"method": "pearson"}),
        ("_order", {"index": 1}, {"order": "as given", "rows": [0, 1, 2, 3, 4]}),
        ("_only", {"index": 2}, {"only": "car", "rows": [1, 3]}),
        ("_scale", {"index": 1}, {"scale": "distances"}),
    ],
)
def test_every_choice_shows_and_can_be_taken_back(page, explorer, rdms, control, change, told):
    rdms.measure(100)
    settle(explorer)
    before = {name: explorer.panel.header[name] for name in told}
    assert explorer._undo.disabled
    page.change(getattr(explorer, control), **change)
    settle(explorer)
    assert {name: explorer.panel.header[name] for name in told} == told
    assert not explorer._undo.disabled
    page.click(explorer._undo)
    settle(explorer)
    assert {name: explorer.panel.header[name] for name in told} == before
    assert explorer._undo.disabled


def test_the_slider_goes_through_training_and_live_comes_back(page, explorer, rdms):
    rdms.measure(0, untrained=True)
    for step in (250, 500, 1000):
        rdms.measure(step)
    settle(explorer)
    assert (explorer._moment.value, explorer._training.value, explorer._training.max) == ("step 1,000", 64, 64)
    page.change(explorer._training, value=16)
    settle(explorer)
    assert (explorer._moment.value, explorer._live.value) == ("step 250", False)
    page.change(explorer._training, value=0)
    settle(explorer)
    assert explorer._moment.value == "untrained"
    page.change(explorer._live, value=True)
    settle(explorer)
    assert explorer._moment.value == "step 1,000"
    page.change(explorer._live, value=False)
    rdms.measure(1010)
    settle(explorer)
    assert explorer._moment.value == "step 1,000"
    page.change(explorer._live, value=True)
    settle(explorer)
    assert explorer._moment.value == "step 1,010"


def test_a_slider_that_is_dragged_is_one_choice(page, explorer, rdms):
    for step in (250, 500, 1000):
        rdms.measure(step)
    settle(explorer)
    for place in (60, 40, 20):
        page.change(explorer._training, value=place)
    page.change(explorer._layer, index=0)
    explorer.undo()
    assert (explorer.area, explorer._training.value) == ("IT", 20)
    explorer.undo()
    assert explorer._live.value
    explorer.undo()
    assert explorer._live.value


def test_a_moving_slider_is_not_taken_for_a_choice(explorer, rdms):
    for step in (250, 500, 1000):
        rdms.measure(step)
        settle(explorer)
    assert explorer._undo.disabled
    assert explorer.panel.choices.place is None


def test_a_click_on_a_category_shows_it_alone_and_one_on_a_bar_that_area(page, explorer, rdms):
    rdms.measure(100)
    settle(explorer)
    page.say(explorer.panel, kind="zoom", group="face")
    page.say(explorer.panel, kind="area", area="V1")
    settle(explorer)
    assert (explorer._only.value, explorer._layer.value) == ("face", "V1")
    assert explorer.panel.header["rows"] == [0, 2]
    page.say(explorer.panel, kind="zoom", group="")
    settle(explorer)
    assert len(explorer.panel.header["rows"]) == 5
    page.say(explorer.panel, kind="zoom", group="tree")  # one image alone has no pair
    assert "received 'V1' and 'tree'" in explorer.panel.message
    page.say(explorer.panel, kind="area", area="V1")  # it is there already
    assert explorer.panel.header["area"] == "V1"
    page.say(explorer.panel, kind="area", area="V4")
    assert "Accepted are V1, IT" in explorer.panel.message


def test_a_pair_that_is_pinned_is_known_by_its_ids(page, explorer, rdms):
    rdms.measure(100)
    settle(explorer)
    page.say(explorer.panel, kind="pin", pair=[3, 0])
    assert explorer.pair == ("car 2", "face 1")
    page.say(explorer.panel, kind="pin", pair=[3, 99])
    assert explorer.pair is None
    page.say(explorer.panel, kind="pin", pair=[3, 0])
    page.say(explorer.panel, kind="pin", pair=[])
    assert explorer.pair is None
    page.say(explorer.panel, kind="hover")
    assert explorer.pair is None


def test_the_code_says_which_area_and_brain(explorer, rdms):
    rdms.measure(100)
    settle(explorer)
    assert "of model area IT" in explorer.code
    assert "IT, mean of 2 subjects" in explorer.code


def test_what_has_one_distance_and_no_past_offers_neither(page, clock, ticker):
    explorer = RdmExplorer({"conv1": random_rdm(5, distance="cosine")}, BRAIN, clock=clock, ticker=ticker)
    settle(explorer)
    assert explorer._distance.disabled
    assert explorer._training.disabled
    assert explorer._live.disabled
    assert explorer._only.options == (("all images", ""),)
    assert explorer.panel.header["groups"] == []
    assert explorer.over


def test_another_model_can_be_followed(explorer, rdms):
    rdms.measure(100)
    settle(explorer)
    explorer._order.value = "as given"
    explorer.follow("another run", BRAIN, area="V1")
    settle(explorer)
    assert (explorer.area, explorer._order.value, explorer._undo.disabled) == ("V1", "by category", True)
    assert explorer.panel.header["area"] == "V1"


def test_closing_takes_everything_off_the_page(explorer, ticker):
    panel = explorer.panel
    explorer.close()
    assert not ticker.looks_after(panel)
