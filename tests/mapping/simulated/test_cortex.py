import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.model_selection import cross_val_score

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.noise.reliability import ceiling
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.simulated.cortex import SOURCES, simulated_cortex
from hcnn_widgets.stimuli.rendering.rendered_objects import objects
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

AREAS = tuple(SOURCES)


@pytest.fixture(scope="module")
def images() -> StimulusSet:
    return objects(400, variation="medium", seed=11)


@pytest.fixture(scope="module")
def cortex(images) -> dict[str, RecordingSet]:
    return simulated_cortex(images)


def test_every_area_has_recordings_that_say_they_are_simulated(cortex, images) -> None:
    assert tuple(cortex) == AREAS
    for area, recordings in cortex.items():
        assert recordings.area == area
        assert recordings.simulated
        assert recordings.source.startswith(f"simulated {area}: ")
        assert repr(recordings) == f"RecordingSet({area}: 6 trials x 400 stimuli x 40 sites, simulated)"
        assert recordings.stimuli is images
        assert recordings.labels.tolist() == images.labels.tolist()
        assert recordings.select(images.stimulus_ids[:10]).simulated


@pytest.mark.no_cover
@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("stated", [0.3, 0.7, 0.95])
def test_the_measured_reliability_is_the_stated_one(images, area, stated) -> None:
    recordings = simulated_cortex(images, (area,), reliability=stated)[area]
    assert recordings.true_ceiling == stated
    # Two standard errors of a correlation over 400 images, and the median over 40 sites is surer than one site.
    assert ceiling(recordings).value == pytest.approx(stated, abs=0.1 * (1 - stated**2))


@given(st.integers(2, 9), st.floats(0.2, 0.9), st.integers(0, 10**6))
@settings(max_examples=8, deadline=None)
def test_signal_and_noise_have_the_sizes_that_were_asked_for(images, n_trials, reliability, seed) -> None:
    recordings = simulated_cortex(images, ("IT",), 60, n_trials, reliability, seed)["IT"]
    trials = recordings.responses.astype(float)
    noise, of_mean = trials.var(axis=0, ddof=1).mean(), (1 - reliability) / reliability
    assert noise == pytest.approx(n_trials * of_mean, rel=0.15)
    # With 400 images and 60 sites .25 is five standard errors or more.
    assert (trials.mean(axis=0).var(axis=0) - noise / n_trials).mean() == pytest.approx(1, abs=0.25)


@given(st.permutations(AREAS), st.integers(1, 4), st.permutations(range(60)), st.integers(0, 10**6))
@settings(max_examples=6, deadline=None)
def test_a_site_answers_to_an_image_alike_whatever_else_is_shown_or_simulated(images, areas, n, order, seed) -> None:
    shown = images.select(np.arange(60))
    choice = {"n_sites": 4, "n_trials": 2, "reliability": 1.0, "seed": seed}
    found = simulated_cortex(shown.select(np.array(order)), areas[:n], **choice)
    assert list(found) == areas[:n]
    for area, recordings in found.items():
        expected = simulated_cortex(shown, (area,), **choice)[area].responses[:, order]
        np.testing.assert_allclose(recordings.responses, expected, atol=1e-3)
        assert recordings.stimulus_ids.tolist() == shown.stimulus_ids[order].tolist()
        np.testing.assert_allclose(recordings.responses[0].mean(axis=0), 0, atol=1e-4)
        np.testing.assert_allclose(recordings.responses[0].std(axis=0), 1, atol=1e-4)


def test_a_perfect_model_reaches_the_square_root_of_the_ceiling_and_no_more(images) -> None:
    noiseless = simulated_cortex(images, ("V4",), reliability=1.0, n_trials=2)["V4"]
    recordings = simulated_cortex(images, ("V4",), reliability=0.6)["V4"]
    perfect = ActivationSet({"V4": noiseless.mean_over_trials()}, images.stimulus_ids)
    score = predictivity(perfect, recordings, "one_to_one", "kfold", pooling="pooled")["V4"]
    assert score.value == pytest.approx(np.sqrt(0.6), abs=0.03)
    assert score.corrected("r2/c") == pytest.approx(1, abs=0.1)
    assert "the recordings are simulated" in score.notes


def test_identity_can_be_read_from_it_and_less_from_v1(cortex, images) -> None:
    def decoded(area: str) -> float:
        reader = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")
        return cross_val_score(reader, cortex[area].mean_over_trials(), images.labels, cv=5).mean()

    assert decoded("IT") > 0.9
    assert decoded("V1") < decoded("IT") - 0.2


def test_the_areas_differ_and_a_seed_fixes_sites_and_noise(images) -> None:
    first, again = (simulated_cortex(images, ("V1", "V2"), n_sites=5, seed=1) for _ in range(2))
    other = simulated_cortex(images, ("V2",), n_sites=5, seed=2)
    alone = simulated_cortex(images, ("V2",), n_sites=5, seed=1)
    np.testing.assert_array_equal(first["V2"].responses, again["V2"].responses)
    np.testing.assert_array_equal(first["V2"].responses, alone["V2"].responses)
    assert not np.allclose(first["V2"].responses, other["V2"].responses)
    assert not np.allclose(first["V1"].responses, first["V2"].responses)


def test_without_labels_the_early_areas_remain(images) -> None:
    bare = StimulusSet.from_arrays(images.images[:40], stimulus_ids=images.stimulus_ids[:40])
    assert set(simulated_cortex(bare, ("V1", "V2", "V4"), n_sites=4)) == {"V1", "V2", "V4"}
    with pytest.raises(ValueError, match=r"Accepted are stimuli with labels, or areas=\('V1', 'V2', 'V4'\)"):
        simulated_cortex(bare)


def test_images_without_anything_on_them_drive_no_site() -> None:
    blank = StimulusSet.from_arrays(np.full((5, 64, 64), 0.5, np.float32))
    with pytest.raises(ValueError, match=r"`images` vary too little for V1. Accepted are images that drive 40 sites"):
        simulated_cortex(blank, ("V1",))


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"areas": ("V1", "V3")}, r"Accepted are some of V1, V2, V4, IT, each once.*received \('V1', 'V3'\)"),
        ({"areas": "V1"}, "as a sequence; received 'V1'"),
        ({"areas": ()}, r"received \(\)"),
        ({"areas": ("V1", "V1")}, "each once"),
        ({"n_sites": 0}, "`n_sites` is no count. Accepted is a whole number of 1 or more; received 0"),
        ({"n_trials": 1}, "2 trials or more.*received 1 and 0.7"),
        ({"reliability": 0.0}, "a reliability above 0 and at most 1; received 6 and 0.0"),
        ({"reliability": 1.1}, "received 6 and 1.1"),
        ({"reliability": float("nan")}, "received 6 and nan"),
    ],
)
def test_what_cannot_be_simulated_is_refused(images, choice, words) -> None:
    with pytest.raises(ValueError, match=words):
        simulated_cortex(images, **choice)
