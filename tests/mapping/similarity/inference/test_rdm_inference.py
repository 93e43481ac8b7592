import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_1samp, ttest_rel

from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import rdm_ceiling
from hcnn_widgets.mapping.similarity.inference.multiple_comparisons import ADJUSTMENTS, adjusted
from hcnn_widgets.mapping.similarity.inference.rdm_inference import rdm_inference
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

IDS = [f"image{number}" for number in range(8)]
RNG = np.random.default_rng(0)
TRUTH = RNG.random(28)
SUBJECTS = [Rdm(TRUTH + 0.5 * RNG.random(28), IDS) for _ in range(6)]
MODELS = {
    "true": Rdm(TRUTH, IDS),
    "near": Rdm(TRUTH + 0.4 * RNG.random(28), IDS),
    "random": Rdm(RNG.random(28), IDS),
}


@pytest.mark.parametrize("method", COMPARISONS)
def test_values_and_tests_are_those_of_scipy_over_subjects(method) -> None:
    found = rdm_inference(MODELS, SUBJECTS, method, adjustment="none")
    per_subject = np.array([[compare(model, one, method) for one in SUBJECTS] for model in MODELS.values()])
    ceiling = rdm_ceiling(SUBJECTS, method)
    np.testing.assert_allclose(found.per_subject, per_subject)
    np.testing.assert_allclose(found.values, per_subject.mean(axis=1))
    np.testing.assert_allclose(found.errors, per_subject.std(axis=1, ddof=1) / np.sqrt(6))
    np.testing.assert_allclose(found.p_zero, ttest_1samp(per_subject, 0, axis=1, alternative="greater").pvalue)
    np.testing.assert_allclose(found.p_ceiling, ttest_1samp(per_subject, ceiling.lower, axis=1).pvalue)
    for a, b in ((0, 1), (0, 2), (1, 2)):
        expected = ttest_rel(per_subject[a], per_subject[b]).pvalue
        assert found.p_pairs[a, b] == found.p_pairs[b, a] == pytest.approx(expected)
    assert np.isnan(np.diag(found.p_pairs)).all()
    assert (found.ceiling.lower, found.ceiling.upper) == (ceiling.lower, ceiling.upper)
    assert found.notes == ()


@pytest.mark.parametrize("adjustment", ADJUSTMENTS)
def test_each_family_of_tests_is_corrected_on_its_own(adjustment) -> None:
    plain = rdm_inference(MODELS, SUBJECTS, adjustment="none")
    found = rdm_inference(MODELS, SUBJECTS, adjustment=adjustment)
    np.testing.assert_allclose(found.p_zero, adjusted(plain.p_zero, adjustment))
    np.testing.assert_allclose(found.p_ceiling, adjusted(plain.p_ceiling, adjustment))
    upper = np.triu_indices(3, 1)
    np.testing.assert_allclose(found.p_pairs[upper], adjusted(plain.p_pairs[upper], adjustment))


def test_it_says_its_convention() -> None:
    found = rdm_inference(MODELS, SUBJECTS)
    assert found.convention == (
        "Kendall's tau_A; mean over 6 subjects +- its standard error; t-tests over subjects; false discovery rate "
        "(Benjamini & Hochberg)"
    )
    assert repr(found).startswith(f"RdmInference(true {found.values[0]:.3f} +- {found.errors[0]:.3f}, near")
    assert f"ceiling {found.ceiling.lower:.3f} to {found.ceiling.upper:.3f}" in repr(found)


@settings(max_examples=10, deadline=None)
@given(st.permutations(IDS), st.permutations(range(6)))
def test_the_order_of_stimuli_and_subjects_does_not_matter(ids, rows) -> None:
    expected = rdm_inference(MODELS, SUBJECTS)
    found = rdm_inference(MODELS, [SUBJECTS[row].select(ids) for row in rows])
    np.testing.assert_allclose(found.values, expected.values)
    np.testing.assert_allclose(found.p_pairs, expected.p_pairs)


def test_tests_over_subjects_that_do_not_differ_are_not_defined_and_counted() -> None:
    found = rdm_inference({"true": TRUTH, "random": RNG.random(28)}, [TRUTH, TRUTH])
    assert np.isnan(found.p_zero).all()
    assert np.isnan(found.p_pairs).all()
    assert found.notes == ("5 of 5 tests are not defined: the subjects do not differ",)


def test_a_single_model_has_no_pairs() -> None:
    found = rdm_inference([MODELS["true"]], SUBJECTS)
    assert found.names == ("model 1",)
    assert found.p_pairs.shape == (1, 1)


def test_what_cannot_be_tested_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`subjects` has 1 subjects\. Accepted are two or more"):
        rdm_inference(MODELS, SUBJECTS[:1])
    with pytest.raises(ValueError, match="`adjustment='sidak'` is unknown"):
        rdm_inference(MODELS, SUBJECTS, adjustment="sidak")
