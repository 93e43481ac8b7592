import io
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from scipy.stats import kendalltau
from stand_in_rdms import AREAS, IDS, StandInRdms, explorer_of, random_rdm, settle

from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import rdm_ceiling
from hcnn_widgets.mapping.similarity.rdms.brain_rdms import BrainRdms
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.rdms import rdm_explorer
from hcnn_widgets.widgets.rdms.rdm_numbers import read_rdms
from hcnn_widgets.widgets.rdms.rdm_order import triangle
from hcnn_widgets.widgets.rdms.rdm_track import RdmTrack


@pytest.fixture
def rdms():
    animacy = random_rdm(4, convention="as supplied: an ideal", source="somebody 2008")
    return StandInRdms(references={"animacy": animacy})


@pytest.fixture
def explorer(page, rdms, clock, ticker, monkeypatch):
    return explorer_of(rdms, monkeypatch, clock=clock, ticker=ticker)


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


def test_matrices_come_at_once_and_scores_when_they_are_worked_out(explorer, rdms, monkeypatch):
    moment = rdms.measure(100)
    rdms.measure(0, untrained=True)
    explorer.panel.want()
    explorer.panel.tick()
    assert explorer.panel.header["pending"]
    assert explorer.panel.header["reference_words"] == []
    settle(explorer)
    scores = rdms.compared.of(moment, "correlation", "tau_a")
    np.testing.assert_allclose(shown(explorer).value, scores.value, rtol=1e-6)
    before = rdms.compared.of(rdms.untrained, "correlation", "tau_a")
    np.testing.assert_allclose(shown(explorer).untrained, before.value, rtol=1e-6)
    assert explorer.panel.header["references"] == ["animacy"]
    assert explorer.panel.header["reference_words"] == ["as supplied: an ideal; somebody 2008"]
    monkeypatch.setattr(BrainRdms, "source", "somebody 2008")  # which stands beneath the bars
    explorer._order.value = "as given"
    settle(explorer)
    assert explorer.panel.header["reference_words"] == ["as supplied: an ideal"]
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
    monkeypatch.setattr("hcnn_widgets.widgets.rdms.rdm_canvas.rdm_frame", lambda *_: made.append(1))
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


def test_its_last_picture_is_owed_until_the_scores_after_the_training_are_there(explorer, rdms):
    rdms.measure(1000)
    assert explorer.owes_picture  # no training is under way
    explorer.panel._track._hold = SimpleNamespace(get=lambda: SimpleNamespace(alive=True), let_go=list)
    assert not explorer.owes_picture


# --- a category alone ---------------------------------------------------------------------------------------------
SIX = ["face 1", "car 1", "face 2", "car 2", "face 3", "face 4"]


def explorer_of_six(monkeypatch, clock, ticker):
    """Give an explorer of six images, four of them faces, with measured RDMs."""
    rng = np.random.default_rng(0)
    brain = {"IT": [Rdm(rng.random(15), SIX, name="BE"), Rdm(rng.random(15), SIX, name="KO")]}
    rdms = StandInRdms(brain, {"animacy": Rdm(rng.random(15), SIX)})
    images = StimulusSet.from_arrays(np.zeros((6, 4, 4), np.uint8), [one[:-2] for one in SIX], SIX)
    monkeypatch.setattr(rdm_explorer, "rdm_track", lambda *_: RdmTrack(rdms, 1000, AREAS, images))
    rdms.measure(0, untrained=True, vectors={"correlation": rng.random((2, 15))})
    rdms.measure(100, vectors={"correlation": rng.random((2, 15))})
    return rdms, rdm_explorer.RdmExplorer("run", brain, clock=clock, ticker=ticker)


def test_the_bars_of_a_category_alone_compare_its_images_alone(page, clock, ticker, monkeypatch):
    rdms, explorer = explorer_of_six(monkeypatch, clock, ticker)
    settle(explorer)
    among_all = shown(explorer).value.copy()
    explorer._only.value = "face"
    settle(explorer)
    faces = [0, 2, 4, 5]

    def among_faces(vector):
        return Rdm(vector, SIX).matrix[np.ix_(faces, faces)][np.triu_indices(4, 1)]

    subjects = [among_faces(one.vector) for one in rdms.comparison.brains()[0].subjects]
    for moment, found in ((rdms.history[0], shown(explorer).value), (rdms.untrained, shown(explorer).untrained)):
        taus = [[kendalltau(among_faces(row), one)[0] for one in subjects] for row in moment.vectors["correlation"]]
        np.testing.assert_allclose(found, [np.mean(taus, axis=1)], rtol=1e-6)  # without ties tau_A and tau_B are one
    animacy = among_faces(rdms.comparison.references["animacy"].vector)
    np.testing.assert_allclose(
        shown(explorer).reference, [[np.mean([kendalltau(animacy, one)[0] for one in subjects])]], rtol=1e-6
    )
    assert shown(explorer).upper == pytest.approx(rdm_ceiling(subjects).upper)
    header = explorer.panel.header
    assert header["method_words"] == "Kendall's tau_A, face alone"
    assert "4 of 6 images: face" in header["convention"]
    assert explorer.sentence().endswith("(Kendall's tau_A, face alone).")
    explorer._only.value = ""
    settle(explorer)
    np.testing.assert_array_equal(shown(explorer).value, among_all)
    assert "; 6 images; " in explorer.panel.header["convention"]


def test_a_category_of_two_images_has_no_score_and_says_why(page, clock, ticker, monkeypatch):
    _, explorer = explorer_of_six(monkeypatch, clock, ticker)
    explorer._only.value = "car"
    settle(explorer)
    assert np.isnan(shown(explorer).value).all()
    assert explorer.panel.message.startswith("There is no score: of 2 images there are too few pairs")


def test_scores_of_a_category_stay_until_those_of_the_next_moment_are_there(page, clock, ticker, monkeypatch):
    rdms, explorer = explorer_of_six(monkeypatch, clock, ticker)
    explorer._only.value = "face"
    settle(explorer)
    before = shown(explorer).value.copy()
    rdms.measure(200, vectors={"correlation": np.random.default_rng(9).random((2, 15))})
    with monkeypatch.context() as busy:
        busy.setattr(explorer.panel._job, "answer", lambda _key: None)
        explorer.panel.want()
        explorer.panel.tick()
    assert explorer.panel.header["step"] == 200
    np.testing.assert_array_equal(shown(explorer).value, before)
    settle(explorer)
    assert not np.array_equal(shown(explorer).value, before)


# --- what is wrong -----------------------------------------------------------------------------------------------
def test_what_stopped_the_work_is_said(explorer, rdms):
    rdms.alive, rdms.error = False, "Comparing RDMs stopped: the loss is NaN."
    settle(explorer)
    assert (explorer.panel.message, explorer.panel.wrong) == ("Comparing RDMs stopped: the loss is NaN.", True)
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
    assert (explorer.panel.message, explorer.panel.wrong) == ("`rdms[1]` is constant: every pair is 0 apart.", True)
    assert explorer.panel.header["n"] == 5


def test_a_comparison_that_takes_long_says_how_far_it_is(explorer, rdms, monkeypatch):
    rdms.measure(100)
    job = explorer.panel._job
    monkeypatch.setattr(type(job), "seconds", property(lambda self: 3.0))
    monkeypatch.setattr(type(job), "progress", property(lambda self: (3, 12)))
    monkeypatch.setattr(job, "ask", lambda *_: None)
    explorer.panel.want()
    explorer.panel.tick()
    assert (explorer.panel.message, explorer.panel.wrong) == ("Comparing RDMs: 3 of 12 done, 9 s left…", False)
    monkeypatch.setattr(type(job), "progress", property(lambda self: (0, 12)))
    explorer.panel.want()
    explorer.panel.tick()
    assert explorer.panel.message == "Comparing RDMs: 0 of 12 done…"
    monkeypatch.setattr(type(job), "progress", property(lambda self: (0, 0)))
    explorer.panel.want()
    explorer.panel.tick()
    assert explorer.panel.message == "Working out the noise ceiling…"
