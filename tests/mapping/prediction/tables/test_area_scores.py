import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import KFold
from sklearn.preprocessing import StandardScaler

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.maps.pixels import pixels
from hcnn_widgets.mapping.maps.ridge import ALPHAS
from hcnn_widgets.mapping.noise.reliability import ceiling
from hcnn_widgets.mapping.prediction.difference import score_difference
from hcnn_widgets.mapping.prediction.gains import N_BOOTSTRAP
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.prediction.tables.area_scores import area_scores
from hcnn_widgets.mapping.recordings.cowley2023 import cowley2023_v4
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet


def a_network(recordings: RecordingSet, noise: float = 0.3, seed: int = 0, n_units: int = 40) -> ActivationSet:
    """Give two areas, the second nearer to what drives the recordings."""
    rng = np.random.default_rng(seed)
    drive = recordings.stimuli.images.reshape(len(recordings), -1)[:, :n_units]
    near = drive + noise * rng.normal(size=drive.shape)
    return ActivationSet({"V1": rng.normal(size=drive.shape), "IT": near}, recordings.stimulus_ids)


@pytest.mark.parametrize("alphas", ["relative", "brain-score"])
@pytest.mark.parametrize("scaling", ["none", "z-score"])
def test_the_scores_are_scikit_learn_and_scipy_step_by_step(make_recordings, scaling, alphas) -> None:
    recordings = make_recordings()
    network = a_network(recordings)
    x, y = network["IT"].astype(float), recordings.mean_over_trials()
    held_out, medians = np.empty_like(y), []
    for train, test in KFold(10, shuffle=True, random_state=0).split(x):
        scaler = StandardScaler(with_std=scaling == "z-score").fit(x[train])
        fit, new = scaler.transform(x[train]), scaler.transform(x[test])
        grid = ALPHAS if alphas == "brain-score" else np.logspace(-2, 8, 101) * fit.var(axis=0).mean()
        held_out[test] = RidgeCV(grid).fit(fit, y[train]).predict(new)
        medians.append(np.median([pearsonr(a, b)[0] for a, b in zip(held_out[test].T, y[test].T, strict=True)]))
    choices = {} if alphas == "relative" else {"alphas": alphas}
    scores = area_scores(network, recordings, scaling=scaling, **choices)
    assert scores.trained[0, 1] == pytest.approx(np.mean(medians), abs=1e-6)
    assert scores.trained_error[0, 1] == pytest.approx(np.std(medians) / np.sqrt(10), abs=1e-6)
    assert scores.reliability[0] == ceiling(recordings).value
    assert (scores.n_sites.tolist(), scores.n_stimuli.tolist()) == ([6], [48])


def test_all_recordings_meet_all_areas_trained_untrained_and_pixels(make_recordings) -> None:
    brains = [make_recordings(area="V4", seed=1), make_recordings(area="IT", seed=2, n_sites=9)]
    trained, untrained = a_network(brains[0]), a_network(brains[0], noise=2.0)
    scores = area_scores(trained, brains, untrained=untrained)
    assert scores.brain_areas == ("V4", "IT")
    assert scores.model_areas == ("V1", "IT")
    assert scores.n_sites.tolist() == [6, 9]
    choice = {"splits": "kfold"}
    for row, brain in enumerate(brains):
        for column, area in enumerate(scores.model_areas):
            assert scores.trained[row, column] == predictivity(trained, brain, **choice)[area].value
            assert scores.untrained[row, column] == predictivity(untrained, brain, **choice)[area].value
        grey = predictivity(pixels(brain.stimuli), brain, **choice)["pixels"]
        assert (scores.pixels[row], scores.pixels_error[row]) == (grey.value, grey.error)
    assert (scores.trained > scores.untrained)[:, 1].all()
    assert [scores.best(0), scores.best(1)] == ["IT", "IT"]


def test_trained_less_untrained_and_the_best_less_its_neighbour_are_paired_differences(make_recordings) -> None:
    recordings = make_recordings()
    trained, untrained = a_network(recordings), a_network(recordings, noise=2.0)
    table = area_scores(trained, recordings, untrained=untrained, method="ridge")
    new, old = (predictivity(network, recordings, "ridge", "kfold") for network in (trained, untrained))
    for column, area in enumerate(table.model_areas):
        expected = score_difference(new[area], old[area], n_bootstrap=N_BOOTSTRAP)
        assert (table.gains.value[0, column], table.gains.p[0, column]) == (expected.value, expected.p)
    beside = score_difference(new["IT"], new["V1"], n_bootstrap=N_BOOTSTRAP)
    assert table.neighbours == (f"IT: model area IT less V1 {beside.words}",)
    alone = area_scores(trained, recordings, method="ridge")
    assert alone.gains is None
    assert alone.neighbours == table.neighbours


@given(st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_everything_is_joined_by_id(make_recordings, random) -> None:
    recordings = make_recordings(n_stimuli=30)
    network = a_network(recordings, n_units=12)
    ids = recordings.stimulus_ids.tolist()
    orders = [random.sample(ids, len(ids)) for _ in range(3)]
    rows = [ids.index(one) for one in orders[2]]
    expected = area_scores(network, recordings, untrained=network, method="ridge")
    shuffled = area_scores(
        network.select(orders[0]),
        recordings.select(orders[1]),
        untrained=network.select(orders[2]),
        stimuli=recordings.stimuli.select(rows),
        method="ridge",
    )
    for name in ("trained", "untrained", "trained_error", "pixels"):
        np.testing.assert_allclose(getattr(shuffled, name), getattr(expected, name), atol=1e-6)


def test_trained_and_untrained_are_projected_onto_the_same_directions(make_recordings) -> None:
    recordings = make_recordings()
    network = a_network(recordings)
    scores = area_scores(network, recordings, untrained=network, max_units=10)
    np.testing.assert_array_equal(scores.trained, scores.untrained)
    assert "random projection to 10 features" in scores.convention
    assert not np.allclose(scores.trained, area_scores(network, recordings, max_units=10, seed=1).trained)
    assert "projection" not in area_scores(network, recordings, max_units=None).convention


def test_splits_that_overlap_are_scored_per_fold(make_recordings) -> None:
    recordings = make_recordings()
    network = a_network(recordings)
    scores = area_scores(network, recordings, method="pls", splits="brain-score")
    expected = predictivity(network, recordings, "pls", "brain-score")["IT"]
    assert scores.trained[0, 1] == expected.value
    assert "mean over folds" in scores.convention


def test_the_pixels_may_come_as_activations_or_from_other_images_or_not_at_all(make_recordings) -> None:
    recordings = make_recordings()
    network = a_network(recordings)
    grey = pixels(recordings.stimuli)
    own = area_scores(network, recordings).pixels
    np.testing.assert_array_equal(area_scores(network, recordings, stimuli=grey).pixels, own)
    bare = RecordingSet(recordings.responses, recordings.stimulus_ids, area="IT", labels=recordings.labels)
    np.testing.assert_array_equal(area_scores(network, bare, stimuli=recordings.stimuli).pixels, own)
    without = area_scores(network, {"IT": bare})
    assert np.isnan(without.pixels).all()
    assert without.notes == ("no images, no pixels",)


def test_what_a_reader_must_know_is_said_with_its_area(make_recordings) -> None:
    one = make_recordings(n_trials=1)
    responses = one.responses.copy()
    responses[:, :, 2] = 5.0
    simulated = RecordingSet(responses, one.stimulus_ids, area="V4", stimuli=one.stimuli, simulated=True, source="me")
    scores = area_scores(a_network(one), [simulated, make_recordings()])
    assert scores.simulated == (True, False)
    assert scores.n_sites.tolist() == [5, 6]
    assert scores.notes == (
        "V4: 1 of 6 sites are constant and were left out",
        "V4: the recordings are simulated",
        "V4: one trial per stimulus: no ceiling",
    )
    assert np.isnan(scores.reliability).tolist() == [True, False]
    assert scores.source == "me; made up"


@pytest.mark.no_cover
def test_the_grey_pixels_of_v4_come_out_as_in_the_reference(data_folder) -> None:
    v4 = cowley2023_v4(folder=data_folder)
    noise = np.random.default_rng(0).normal(size=(640, 50))
    scores = area_scores(ActivationSet({"noise": noise}, v4.stimulus_ids), v4)
    grey = pixels(v4.stimuli)
    pooled = predictivity(grey, v4, splits="kfold", pooling="pooled", alphas="brain-score")["pixels"]
    assert pooled.value == pytest.approx(0.2643, abs=1e-3)
    assert scores.pixels[0] == predictivity(grey, v4, splits="kfold")["pixels"].value
    assert abs(scores.trained[0, 0]) < 0.15


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"correction": "r/c"}, r"`correction='r/c'` is unknown"),
        ({"method": "lasso"}, r"`method='lasso'` is unknown"),
        ({"recordings": []}, r"`recordings` are none"),
        ({"max_units": 0}, r"`max_units` is no count\. Accepted is a whole number of 1 or more; received 0"),
        ({"max_units": True}, r"`max_units` is no count.* received True"),
        ({"n_folds": 2.5}, r"`n_folds` is no count.* received 2\.5"),
        ({"n_folds": None}, r"`n_folds` is no count.* received None"),
    ],
)
def test_unknown_choices_are_refused(make_recordings, change, words) -> None:
    choice = {"recordings": make_recordings()} | change
    with pytest.raises((ValueError, TypeError), match=words):
        area_scores(a_network(make_recordings()), **choice)


def test_a_control_of_another_network_is_refused(make_recordings) -> None:
    recordings = make_recordings()
    other = a_network(recordings, n_units=30)
    with pytest.raises(
        ValueError, match=r"Accepted are.*\(V1: 40 units, IT: 40 units\); received V1: 30 units, IT: 30"
    ):
        area_scores(a_network(recordings), recordings, untrained=other)


def test_a_model_area_named_as_the_pixels_is_refused(make_recordings) -> None:
    recordings = make_recordings()
    with pytest.raises(ValueError, match=r"Accepted are other names than 'pixels'; received pixels"):
        area_scores(pixels(recordings.stimuli), recordings)


def test_stimuli_without_activations_are_listed(make_recordings) -> None:
    recordings = make_recordings()
    with pytest.raises(ValueError, match=r"`activations` lacks 2 of 48 ids.*missing are image000, image001"):
        area_scores(a_network(recordings).select(recordings.stimulus_ids[2:]), recordings)


def test_groups_are_kept_together_instead_of_labels(make_recordings) -> None:
    recordings = make_recordings()
    network = a_network(recordings)
    groups = {one: f"scene {number % 6}" for number, one in enumerate(recordings.stimulus_ids)}
    choices = {"splits": "grouped", "n_folds": 3, "groups": groups}
    scores = area_scores(network, recordings, **choices)
    assert scores.trained[0, 1] == predictivity(network, recordings, **choices)["IT"].value
    assert "3-fold cross-validation over groups" in scores.convention


def test_corrections_of_single_sites_are_no_columns_of_this_table(make_recordings) -> None:
    with pytest.raises(ValueError, match=r"'explained variance'` is made from each site's.*Accepted are 'r2/c'"):
        area_scores(a_network(make_recordings()), make_recordings(), correction="explained variance")
