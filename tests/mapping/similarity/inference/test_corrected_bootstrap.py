import csv
from io import StringIO

import numpy as np
import pytest
from scipy.stats import t

from hcnn_widgets.mapping.similarity.inference.bootstrap_table import CorrectedBootstrap
from hcnn_widgets.mapping.similarity.inference.corrected_variance import corrected_variance
from hcnn_widgets.mapping.similarity.inference.inference_table import SPEAKS_OF
from hcnn_widgets.mapping.similarity.inference.rdm_bootstrap import RESAMPLED, rdm_bootstrap
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

RNG = np.random.default_rng(0)
TRUTH = RNG.random(66)
MODELS = {"true": TRUTH, "near": TRUTH + 0.5 * RNG.random(66), "random": RNG.random(66)}
SUBJECTS = [Rdm(TRUTH + 0.8 * RNG.random(66), simulated=True) for _ in range(5)]


@pytest.fixture(scope="module")
def corrected():
    return rdm_bootstrap(MODELS, SUBJECTS, over="corrected", n_bootstrap=200)


def test_the_corrected_variance_is_rsatoolboxs_with_its_factors_and_bounds():
    both, subjects = np.array([0.010, 0.02, 0.010, 0.03]), np.array([0.004, 0.002, 0.009, 0.004])
    stimuli = np.array([0.003, 0.015, 0.0005, 0.006])
    few = corrected_variance(both, subjects, stimuli, n_subjects=4, n_stimuli=12)
    many = corrected_variance(both, subjects, stimuli, n_subjects=10**9, n_stimuli=10**9)
    # The second and the fourth meet the lower bound, the third the upper one: all that `both` has.
    np.testing.assert_allclose(few, [0.016 / 3, 0.18 / 11, 0.01, 0.072 / 11], rtol=1e-9)
    np.testing.assert_allclose(many, [0.004, 0.015, 0.009, 0.006], rtol=1e-6)


def test_on_tables_of_subjects_by_stimuli_it_is_the_variance_of_the_mean_and_both_alone_too_much():
    rng, n_subjects, n_stimuli = np.random.default_rng(1), 8, 20
    subject, stimulus = rng.normal(size=(300, n_subjects, 1)), rng.normal(size=(300, 1, n_stimuli))
    tables = 0.3 * subject + 0.3 * stimulus + 2 * rng.normal(size=(300, n_subjects, n_stimuli))
    even = np.full(n_subjects, 1 / n_subjects), np.full(n_stimuli, 1 / n_stimuli)
    of_subjects, of_stimuli = (rng.multinomial(n, np.full(n, 1 / n), size=400) / n for n in (n_subjects, n_stimuli))
    both = np.einsum("bs,tsc,bc->tb", of_subjects, tables, of_stimuli).var(axis=1, ddof=1)
    subjects = np.einsum("bs,tsc,c->tb", of_subjects, tables, even[1]).var(axis=1, ddof=1)
    stimuli = np.einsum("s,tsc,bc->tb", even[0], tables, of_stimuli).var(axis=1, ddof=1)
    truth = 0.09 / n_subjects + 0.09 / n_stimuli + 4 / (n_subjects * n_stimuli)
    found = corrected_variance(both, subjects, stimuli, n_subjects=n_subjects, n_stimuli=n_stimuli)
    # The bounds lift it a little where there is mostly noise.
    assert truth < found.mean() < 1.35 * truth
    assert both.mean() > 1.8 * truth


def test_its_parts_are_the_bootstraps_over_both_and_over_stimuli_by_the_same_seed(corrected):
    both, stimuli = (rdm_bootstrap(MODELS, SUBJECTS, over=over, n_bootstrap=200) for over in ("both", "stimuli"))
    np.testing.assert_array_equal(corrected.values, both.values)
    np.testing.assert_allclose(corrected.by_stimuli, stimuli.values, atol=1e-12)
    np.testing.assert_allclose(corrected.observed, both.observed, atol=1e-12)
    assert isinstance(corrected, CorrectedBootstrap)
    assert (corrected.errors <= both.errors).all()
    assert (corrected.errors >= stimuli.errors).all()


def test_intervals_and_p_are_students_with_the_degrees_of_freedom_of_the_fewer(corrected):
    variance = [
        corrected_variance(*(x.var(axis=0, ddof=1) for x in parts), n_subjects=5, n_stimuli=12)
        for parts in [
            (corrected.values, corrected.by_subjects, corrected.by_stimuli),
            [part[:, [0]] - part[:, [1]] for part in (corrected.values, corrected.by_subjects, corrected.by_stimuli)],
        ]
    ]
    error, of_pair = np.sqrt(variance[0]), np.sqrt(variance[1])[0]
    half = t.ppf(0.95, 4) * error
    np.testing.assert_allclose(
        corrected.interval(0.9), np.transpose([corrected.observed - half, corrected.observed + half])
    )
    np.testing.assert_allclose(corrected.p_zero(), t.sf(corrected.observed / error, 4))
    pair = abs(corrected.observed[0] - corrected.observed[1]) / of_pair
    assert corrected.p_pairs()[0, 1] == corrected.p_pairs()[1, 0] == pytest.approx(2 * t.sf(pair, 4))
    np.testing.assert_array_equal(np.diag(corrected.p_pairs()), 1)
    with pytest.raises(ValueError, match="`level=95` makes no interval"):
        corrected.interval(95)


@pytest.mark.parametrize("over", [*RESAMPLED, "corrected"])
def test_a_table_says_what_its_intervals_speak_of_and_that_recordings_are_simulated(over):
    sampled = rdm_bootstrap(MODELS, SUBJECTS, over=over, n_bootstrap=20)
    shown = sampled._repr_markdown_()
    low, high = sampled.interval()[0]
    assert f"| true | {sampled.observed[0]:.3f} | {sampled.errors[0]:.3f} | {low:.3f} | {high:.3f} |" in shown
    assert f"Intervals and p speak of {SPEAKS_OF[over]}." in shown
    assert "the recordings are simulated." in shown
    assert repr(sampled).endswith("the recordings are simulated)")
    row = next(csv.DictReader(StringIO(sampled.to_csv_text())))
    assert (float(row["low"]), float(row["p_zero"]), row["simulated"]) == (low, sampled.p_zero()[0], "True")
    assert "simulated" not in repr(rdm_bootstrap(MODELS, [one.vector for one in SUBJECTS], n_bootstrap=5))
