from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison
from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES
from hcnn_widgets.mapping.similarity.rdms.percentiles import percentiles
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.widgets.rdms.rdm_frame import (
    RdmPair,
    ScoreBars,
    convention,
    rdm_frame,
)
from hcnn_widgets.widgets.rdms.rdm_numbers import best_sentence, read_rdms

LABELS = ["face", "face", "car", "car"]
ROWS = np.array([2, 0, 3, 1])
TOLD = {"step": 7, "moment": "step 7"}


def rdm(seed):
    return Rdm(np.random.default_rng(seed).random(6), distance="correlation")


COMPARISON = RdmComparison({"IT": [rdm(0), rdm(1)], "V1": rdm(2)}, {"animacy": rdm(3)})


def pair(model=None, **fields):
    values = {"distance": "correlation", "brain_distance": "correlation"} | fields
    return RdmPair(
        "conv2", "IT, mean of 2 subjects", rdm(5).vector if model is None else model, rdm(0).vector, **values
    )


def bars(known=True):
    vectors = np.array([rdm(5).vector, rdm(6).vector])
    plain = ScoreBars("tau_a", COMPARISON.brains(), ("conv1", "conv2"))
    if not known:
        return plain
    return ScoreBars(
        "tau_a",
        COMPARISON.brains(),
        ("conv1", "conv2"),
        COMPARISON.scores(("conv1", "conv2"), vectors, "correlation", "tau_a"),
        COMPARISON.scores(("conv1", "conv2"), vectors[::-1], "correlation", "tau_a"),
        COMPARISON.reference_scores("correlation", "tau_a"),
        COMPARISON.ceilings("correlation", "tau_a"),
    )


def test_a_frame_holds_both_triangles_in_the_order_shown():
    frame = rdm_frame(pair(), bars(), ROWS, LABELS, "percentiles", TOLD)
    numbers = read_rdms(frame.header, frame.values)
    for shown, whole in ((numbers.model, rdm(5)), (numbers.brain, rdm(0))):
        expected = whole.matrix[np.ix_(ROWS, ROWS)][np.triu_indices(4, 1)]
        np.testing.assert_array_equal(shown, expected.astype(np.float32))
    assert frame.header["rows"] == [2, 0, 3, 1]
    assert frame.header["groups"] == []
    assert frame.header["step"] == 7
    assert frame.header["distance"] == "1 − Pearson r"


def test_categories_that_stand_together_are_groups():
    header = rdm_frame(pair(), bars(), np.arange(4), LABELS, "percentiles", TOLD).header
    assert header["groups"] == [{"name": "face", "start": 0, "stop": 2}, {"name": "car", "start": 2, "stop": 4}]


def test_a_frame_holds_every_score_with_its_error_untrained_references_and_ceilings():
    shown = bars()
    frame = rdm_frame(pair(), shown, ROWS, LABELS, "percentiles", TOLD)
    numbers = read_rdms(frame.header, frame.values)
    np.testing.assert_allclose(numbers.value, shown.trained.value, rtol=1e-6)
    np.testing.assert_allclose(numbers.error, shown.trained.error, rtol=1e-6)
    np.testing.assert_allclose(numbers.untrained, shown.trained.value[:, ::-1], rtol=1e-6)
    np.testing.assert_allclose(numbers.reference, shown.references.value, rtol=1e-6)
    np.testing.assert_allclose(numbers.reference_error, shown.references.error, rtol=1e-6)
    ceiling = shown.ceilings[0]
    limits = np.array([numbers.lower, numbers.upper, numbers.bound])
    np.testing.assert_allclose(limits[:, 0], [ceiling.lower, ceiling.upper, ceiling.bound], rtol=1e-6)
    assert np.isnan(limits[:, 1]).all()
    assert [brain["subjects"] for brain in frame.header["brains"]] == [2, 1]
    assert (frame.header["pending"], frame.header["references"]) == (False, ["animacy"])
    assert [brain["no_ceiling"] for brain in frame.header["brains"]] == ["", "one RDM"]


def test_scores_that_are_being_worked_out_are_not_known():
    frame = rdm_frame(pair(), bars(known=False), ROWS, LABELS, "percentiles", TOLD)
    numbers = read_rdms(frame.header, frame.values)
    assert frame.header["pending"]
    assert [brain["no_ceiling"] for brain in frame.header["brains"]] == ["", ""]
    assert np.isnan(np.concatenate([numbers.value.ravel(), numbers.untrained.ravel(), numbers.lower])).all()
    assert numbers.reference.shape == (2, 0)


def test_what_has_no_score_says_why_and_what_is_being_worked_out_says_nothing():
    others = {"animacy": rdm(3), "V1": rdm(2), "alike": Rdm(np.ones(6))}
    comparison = RdmComparison({"IT": [rdm(0), rdm(1)], "V1": rdm(2)}, others)
    vectors = np.array([rdm(5).vector, np.full(6, np.nan)])
    scored = replace(
        bars(),
        trained=comparison.scores(("conv1", "conv2"), vectors, "correlation", "tau_a"),
        references=comparison.reference_scores("correlation", "tau_a"),
    )
    silent, alike = (
        "it has no RDM, or finds all pairs of these images equally unlike",
        "it finds all pairs of these images",
    )
    said = [
        brain["no_score"] for brain in rdm_frame(pair(), scored, ROWS, LABELS, "percentiles", TOLD).header["brains"]
    ]
    assert [one[:4] for one in said] == [["", silent, "", ""], ["", silent, "", "it is this brain area's own RDM"]]
    assert all(one[4] == f"{alike} equally unlike" for one in said)
    pending = rdm_frame(pair(), bars(known=False), ROWS, LABELS, "percentiles", TOLD).header["brains"]
    assert [brain["no_score"] for brain in pending] == [["", ""], ["", ""]]


def test_percentiles_colour_by_rank_and_some_of_the_stimuli_keep_their_colours():
    whole = rdm_frame(pair(), bars(), np.arange(4), LABELS, "percentiles", TOLD)
    pixels = read_rdms(whole.header, whole.values).model_pixels
    np.testing.assert_array_equal(pixels, np.rint(255 * (rankdata(rdm(5).vector) - 1) / 5))
    part = rdm_frame(pair(), bars(), np.array([0, 3]), LABELS, "percentiles", TOLD)
    assert read_rdms(part.header, part.values).model_pixels.tolist() == [pixels[2]]


@pytest.mark.parametrize("factor", [1.0, 40.0])
def test_distances_of_one_kind_share_a_scale_and_others_have_their_own(factor):
    model = factor * rdm(5).vector
    shared = rdm_frame(pair(model), bars(), np.arange(4), LABELS, "distances", TOLD)
    numbers = read_rdms(shared.header, shared.values)
    highest = max(model.max(), rdm(0).vector.max())
    assert shared.header["model_limits"] == shared.header["brain_limits"] == [0.0, highest]
    np.testing.assert_array_equal(numbers.model_pixels, np.rint(255 * model / highest))
    own = rdm_frame(pair(model, brain_distance="euclidean"), bars(), ROWS, LABELS, "distances", TOLD).header
    assert own["model_limits"] == [0.0, model.max()]
    assert own["brain_limits"] == [0.0, rdm(0).vector.max()]
    assert own["brain_distance"] == DISTANCES["euclidean"].short


def test_distances_below_zero_and_all_alike_have_a_scale_too():
    below = rdm_frame(pair(rdm(5).vector - 0.5), bars(), ROWS, LABELS, "distances", TOLD).header
    assert below["model_limits"][0] == rdm(5).vector.min() - 0.5
    flat = rdm_frame(pair(np.zeros(6), distance="x"), bars(), ROWS, LABELS, "distances", TOLD)
    assert flat.header["model_limits"] == [0.0, 1.0]
    assert set(read_rdms(flat.header, flat.values).model_pixels) == {0}


@pytest.mark.parametrize("scale", ["percentiles", "distances"])
def test_an_rdm_that_is_not_defined_says_so_and_leaves_the_brains_as_it_is(scale):
    frame = rdm_frame(pair(np.full(6, np.nan)), bars(), np.arange(4), LABELS, scale, TOLD)
    numbers = read_rdms(frame.header, frame.values)
    assert not frame.header["defined"]
    assert np.isnan(numbers.model).all()
    assert set(numbers.model_pixels) == {0}
    assert numbers.brain_pixels.max() == 255


@given(st.lists(st.integers(-5, 5), min_size=2, max_size=30))
def test_percentiles_are_the_mean_ranks_from_0_to_100(values):
    expected = 100 * (rankdata(values) - 1) / (len(values) - 1)
    np.testing.assert_allclose(percentiles(np.array(values, float)), expected)


def test_the_convention_says_distance_comparison_and_ceiling():
    words = convention("correlation", "tau_a", "92 images", "RDMs as given", bars())
    assert "1 - Pearson r between patterns; RDMs as given; 92 images; Kendall's tau_A, mean over subjects" in words
    assert "noise ceiling, lower to upper (2 subjects; pool: mean of ranks); line: bound" in words
    assert "inferred" not in words
    by_pearson = replace(bars(), ceilings=COMPARISON.ceilings("correlation", "pearson"))
    own = convention("correlation", "tau_a", "92 images", "RDMs of the model as given", bars(), of_model=False)
    assert own.startswith("1 ")
    assert "RDM as given; 92 images" in own
    assert "model:" not in own
    assert "bound" not in convention("cosine", "pearson", "92 images", "", by_pearson)
    alone = ScoreBars("tau_a", COMPARISON.brains()[1:], ("conv1",))
    said = convention("my own", "tau_a", "92 images", "as given", alone, inferred=True)
    assert (
        said
        == "model: distance as given; as given; 92 images, their categories inferred, not the authors'; Kendall's tau_A"
    )


def test_the_convention_says_every_way_in_which_a_ceiling_came_about():
    recordings = RecordingSet(
        np.random.default_rng(0).random((4, 4, 5)), ["row0000", "row0001", "row0002", "row0003"], "V4"
    )
    both = RdmComparison({"IT": [rdm(0), rdm(1)], "V4": recordings})
    words = convention(
        "correlation", "tau_a", "4 images", "", replace(bars(), ceilings=both.ceilings("correlation", "tau_a"))
    )
    assert (
        "noise ceiling, lower to upper (2 subjects; pool: mean of ranks or correlation RDMs of 10 random halves"
        in words
    )
    assert words.endswith("line: bound that no model can exceed")
    alone = replace(bars(), ceilings=RdmComparison(recordings).ceilings("correlation", "tau_a"))
    words = convention("correlation", "tau_a", "4 images", "", alone)
    assert (
        "noise ceiling, lower to upper (correlation RDMs of 10 random halves of each stimulus's trials; pool" in words
    )
    assert "bound" not in words


def test_the_sentence_names_the_area_that_is_most_alike():
    header = {
        "brains": [{"area": "IT", "simulated": False}, {"area": "V1", "simulated": True}],
        "areas": ["conv1", "conv2"],
        "of_model": True,
        "method_words": "Kendall's tau_A",
    }
    said = best_sentence(header, np.array([[0.1, 0.2], [0.3, np.nan]]))
    assert said == (
        "IT is most alike to model area conv2, 0.20; V1 (simulated) is most alike to model area conv1, 0.30 "
        "(Kendall's tau_A)."
    )
    assert best_sentence(header, np.full((2, 2), np.nan)) == "No score yet."
