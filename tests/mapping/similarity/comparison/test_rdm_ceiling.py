import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.kendall import tau_a_bound
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import MOST_FOR_BOUND, rdm_ceiling
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

IDS = [f"image{number}" for number in range(8)]
TRUTH = np.random.default_rng(0).random(28)


def subjects(n: int = 4, noise: float = 0.3, seed: int = 1) -> list[Rdm]:
    rng = np.random.default_rng(seed)
    return [Rdm(TRUTH + noise * rng.random(28), IDS, name=str(number)) for number in range(n)]


def test_it_says_its_convention() -> None:
    ceiling = rdm_ceiling(subjects())
    assert (ceiling.method, ceiling.n_subjects) == ("tau_a", 4)
    assert ceiling.convention == "Kendall's tau_A; 4 subjects; pool: mean of ranks"
    assert repr(ceiling).startswith(f"RdmCeiling({ceiling.lower:.3f} to {ceiling.upper:.3f}, bound")
    assert "bound" not in repr(rdm_ceiling(subjects(), "pearson"))


@pytest.mark.parametrize("method", COMPARISONS)
def test_leaving_a_subject_out_of_the_pool_lowers_it(method) -> None:
    ceiling = rdm_ceiling(subjects(), method)
    assert ceiling.lower < ceiling.upper <= 1
    assert np.isnan(ceiling.bound) == (method != "tau_a")


@pytest.mark.parametrize("method", COMPARISONS)
def test_subjects_that_are_alike_have_a_ceiling_of_1(method) -> None:
    ceiling = rdm_ceiling(np.repeat(TRUTH[np.newaxis], 3, axis=0), method)
    assert [ceiling.lower, ceiling.upper] == pytest.approx([1, 1])


def test_the_pool_is_a_mean_of_what_is_scaled_as_rsatoolbox_scales_it() -> None:
    rdms = np.array([one.vector for one in subjects()])
    for method in COMPARISONS:
        scaled = np.array([COMPARISONS[method].pool(one) for one in rdms])
        lower = [compare(np.delete(scaled, row, axis=0).mean(axis=0), rdms[row], method) for row in range(4)]
        assert rdm_ceiling(rdms, method).lower == pytest.approx(np.mean(lower), abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.permutations(IDS), st.permutations(range(4)))
def test_the_order_of_stimuli_and_of_subjects_does_not_matter(ids, rows) -> None:
    rdms = subjects()
    shuffled = [rdms[row].select(ids) if row else rdms[row] for row in rows]
    for method in ("tau_a", "cosine"):
        expected, found = rdm_ceiling(rdms, method), rdm_ceiling(shuffled, method)
        assert [found.lower, found.upper] == pytest.approx([expected.lower, expected.upper])
    assert rdm_ceiling(shuffled).bound == rdm_ceiling(rdms).bound


@pytest.mark.no_cover
@settings(max_examples=40, deadline=None)
@given(st.integers(2, 5), st.integers(0, 1000), st.sampled_from([2, 5, 100]))
def test_no_rdm_has_a_tau_a_above_the_bound_though_it_may_be_above_the_upper_estimate(n, seed, n_values) -> None:
    rng = np.random.default_rng(seed)
    rdms = rng.integers(n_values, size=(n, 10)).astype(np.float64)
    rdms[:, :2] = [0, 1]
    bound = rdm_ceiling(rdms).bound
    candidates = [*rng.random((30, 10)), *rdms, rdms.mean(axis=0), np.median(rdms, axis=0) + 1e-3 * rng.random(10)]
    assert max(np.mean([compare(one, subject) for subject in rdms]) for one in candidates) <= bound + 1e-12


def test_the_upper_estimate_is_no_bound() -> None:
    rng = np.random.default_rng(3)
    for _ in range(200):
        rdms = rng.random((3, 6))
        upper = rdm_ceiling(rdms).upper
        if max(np.mean([compare(one, subject) for subject in rdms]) for one in rdms) > upper + 1e-9:
            return
    pytest.fail("no RDM was better than the pool")


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 5), st.integers(3, 70), st.integers(0, 1000))
def test_the_bound_is_the_majoritys_agreement_pair_by_pair(n, k, seed) -> None:
    rdms = np.random.default_rng(seed).integers(k, size=(n, k)).astype(np.float64)
    first, second = np.triu_indices(k, 1)
    majority = np.abs(np.sign(rdms[:, first] - rdms[:, second]).sum(axis=0))
    assert tau_a_bound(rdms) == pytest.approx(majority.mean() / n)


def test_the_bound_of_many_dissimilarities_is_left_out_unless_it_is_asked_for() -> None:
    many = np.random.default_rng(0).random((2, 320 * 319 // 2))
    assert many.shape[1] > MOST_FOR_BOUND
    assert np.isnan(rdm_ceiling(many).bound)
    assert not np.isnan(rdm_ceiling(subjects(), bound=True).bound)
    assert np.isnan(rdm_ceiling(subjects(), bound=False).bound)
    assert np.isnan(rdm_ceiling(subjects(), "pearson", bound=True).bound)


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_subjects_have_none(n) -> None:
    with pytest.raises(ValueError, match=rf"`rdms` has {n} subjects\. Accepted are two or more"):
        rdm_ceiling(subjects(n))


def test_a_subject_with_other_stimuli_is_named() -> None:
    rdms = subjects()
    rdms[2] = rdms[2].select(IDS[:5])
    with pytest.raises(ValueError, match=r"`rdms\[2\]` lacks 3 of 8 ids"):
        rdm_ceiling(rdms)
    with pytest.raises(ValueError, match="`method='r'` is unknown"):
        rdm_ceiling(subjects(), "r")
