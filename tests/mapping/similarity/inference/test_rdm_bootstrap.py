import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.inference.bootstrap_table import RdmBootstrap
from hcnn_widgets.mapping.similarity.inference.rdm_bootstrap import RESAMPLED, rdm_bootstrap
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

IDS = [f"image{number}" for number in range(12)]
RNG = np.random.default_rng(0)
TRUTH = RNG.random(66)
MODELS = {"true": Rdm(TRUTH, IDS), "random": Rdm(RNG.random(66), IDS), "opposite": Rdm(-TRUTH, IDS)}
SUBJECTS = [Rdm(TRUTH + 0.3 * RNG.random(66), IDS) for _ in range(5)]


@pytest.mark.parametrize("over", RESAMPLED)
@pytest.mark.parametrize("method", ["tau_a", "pearson"])
def test_the_samples_lie_around_the_value_and_tell_models_apart(over, method) -> None:
    sampled = rdm_bootstrap(MODELS, SUBJECTS, method, over=over, n_bootstrap=300)
    assert sampled.names == ("true", "random", "opposite")
    assert sampled.values.shape == (300, 3)
    low, high = sampled.interval().T
    for row, model in enumerate(MODELS.values()):
        assert low[row] < np.mean([compare(model, one, method) for one in SUBJECTS]) < high[row]
    assert sampled.p_zero()[0] == pytest.approx(1 / 301)
    assert sampled.p_zero()[2] == 1
    assert sampled.p_pairs()[0, 1] == pytest.approx(2 / 301)
    assert RESAMPLED[over] in sampled.convention
    assert repr(sampled).startswith(f"RdmBootstrap(95 %: true {low[0]:.3f} to {high[0]:.3f}, random")


def test_drawing_both_moves_more_than_drawing_one() -> None:
    errors = {over: rdm_bootstrap(MODELS, SUBJECTS, over=over).errors[0] for over in RESAMPLED}
    assert errors["both"] > errors["stimuli"] > 0
    assert errors["both"] > errors["subjects"] > 0


def test_drawing_subjects_alone_is_a_bootstrap_of_their_values() -> None:
    sampled = rdm_bootstrap(MODELS, SUBJECTS, over="subjects", n_bootstrap=4000)
    values = np.array([compare(MODELS["true"], one) for one in SUBJECTS])
    assert sampled.errors[0] == pytest.approx(values.std() / np.sqrt(5), rel=0.05)


@settings(max_examples=5, deadline=None)
@given(st.permutations(IDS), st.integers(0, 100))
def test_a_seed_gives_the_same_samples_and_ids_join(order, seed) -> None:
    once = rdm_bootstrap(MODELS, SUBJECTS, n_bootstrap=20, seed=seed)
    again = rdm_bootstrap(MODELS, [SUBJECTS[0].select(order), *SUBJECTS[1:]], n_bootstrap=20, seed=seed)
    np.testing.assert_allclose(again.values, once.values, atol=1e-12)
    other = rdm_bootstrap(MODELS, SUBJECTS, n_bootstrap=20, seed=seed + 1)
    assert np.abs(other.values - once.values).max() > 0


def test_monotone_transforms_leave_tau_a_of_every_sample_unchanged() -> None:
    plain = rdm_bootstrap([TRUTH], [one.vector for one in SUBJECTS], n_bootstrap=20)
    bent = rdm_bootstrap([np.exp(TRUTH)], [one.vector**3 for one in SUBJECTS], n_bootstrap=20)
    np.testing.assert_array_equal(bent.values, plain.values)
    assert plain.names == ("model 1",)


def test_p_values_count_samples_two_sided_and_never_say_0() -> None:
    values = np.array([[0.1, 0.2], [0.3, 0.2], [-0.1, 0.2], [0.5, 0.4]])
    sampled = RdmBootstrap(("a", "b"), values, "tau_a", "both", "")
    assert sampled.p_zero().tolist() == [2 / 5, 1 / 5]
    assert sampled.p_pairs().tolist() == [[1, 1], [1, 1]]
    np.testing.assert_allclose(sampled.interval(0.5), np.quantile(values, [0.25, 0.75], axis=0).T)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_that_makes_no_interval_is_refused(level) -> None:
    sampled = rdm_bootstrap(MODELS, SUBJECTS, n_bootstrap=2)
    with pytest.raises(ValueError, match=f"`level={level}` makes no interval"):
        sampled.interval(level)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"over": "images"}, "`over='images'` is unknown. Accepted are 'stimuli', 'subjects', 'both'"),
        ({"n_bootstrap": 0}, "`n_bootstrap` is no count"),
        ({"method": "whitened_pearson"}, "supposes that every stimulus comes once"),
        ({"method": "tau"}, "`method='tau'` is unknown"),
    ],
)
def test_what_cannot_be_drawn_is_refused(options, says) -> None:
    with pytest.raises(ValueError, match=says):
        rdm_bootstrap(MODELS, SUBJECTS, **options)


def test_whitened_comparisons_draw_subjects() -> None:
    sampled = rdm_bootstrap(MODELS, SUBJECTS, "whitened_cosine", over="subjects", n_bootstrap=10)
    assert np.isfinite(sampled.values).all()


def test_a_single_subject_can_only_have_its_stimuli_drawn() -> None:
    with pytest.raises(ValueError, match=r"`subjects` has 1 subjects\. Accepted are two or more"):
        rdm_bootstrap(MODELS, SUBJECTS[:1])
    assert rdm_bootstrap(MODELS, SUBJECTS[:1], over="stimuli", n_bootstrap=5).errors[0] > 0
