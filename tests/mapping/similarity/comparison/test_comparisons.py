import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import squareform
from scipy.stats import pearsonr, rankdata, spearmanr

from hcnn_widgets.mapping.similarity.comparison.comparisons import (
    COMPARISONS,
    cosine,
    pearson,
    rho_a,
    spearman,
    whitened_cosine,
    whitened_pearson,
)

RANKED = ("tau_a", "tau_b", "rho_a", "spearman")
RNG = np.random.default_rng(0)
X, Y = RNG.random(45), RNG.random(45).round(1)
VECTORS = st.tuples(*[st.lists(st.integers(0, 9), min_size=10, max_size=10)] * 2).map(
    lambda two: np.array(two, dtype=np.float64)
)


def test_pearson_spearman_and_cosine_are_scipys_and_numpys() -> None:
    assert pearson(X, Y) == pytest.approx(pearsonr(X, Y)[0], abs=1e-12)
    assert spearman(X, Y) == pytest.approx(spearmanr(X, Y)[0], abs=1e-12)
    assert cosine(X, Y) == pytest.approx(X @ Y / np.linalg.norm(X) / np.linalg.norm(Y), abs=1e-12)


@pytest.mark.no_cover
def test_rho_a_is_the_mean_of_spearman_over_ways_to_break_ties() -> None:
    x, y = np.array([1.0, 2, 2, 3, 3, 3]), np.array([2.0, 1, 1, 3, 5, 4])
    rng = np.random.default_rng(0)
    broken = [spearmanr(rankdata(x + 1e-3 * rng.random(6)), y + 1e-3 * rng.random(6))[0] for _ in range(4000)]
    assert rho_a(x, y) == pytest.approx(np.mean(broken), abs=4 * np.std(broken) / np.sqrt(4000))


@pytest.mark.parametrize(("whitened", "centre"), [(whitened_cosine, 0), (whitened_pearson, 1)])
def test_whitening_is_by_the_covariance_of_dissimilarities_of_independent_noise(whitened, centre) -> None:
    n = 10
    contrasts = np.array([np.eye(n)[a] - np.eye(n)[b] for a in range(n) for b in range(a + 1, n)])
    inverse = np.linalg.inv((contrasts @ contrasts.T) ** 2)
    x, y = X - centre * X.mean(), Y - centre * Y.mean()
    expected = x @ inverse @ y / np.sqrt(x @ inverse @ x * (y @ inverse @ y))
    assert whitened(X, Y) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("method", COMPARISONS)
@settings(max_examples=25, deadline=None)
@given(VECTORS)
def test_it_is_symmetric_and_bounded_and_1_with_itself_where_there_are_no_ties(method, vectors) -> None:
    compared, (x, y) = COMPARISONS[method], vectors
    assume(np.ptp(x) > 0 and np.ptp(y) > 0)
    assert compared(x, y) == pytest.approx(compared(y, x), abs=1e-12)
    assert -1 <= compared(x, y) <= 1
    untied = x + np.linspace(0, 0.5, 10)
    assert compared(untied, untied) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("method", COMPARISONS)
@settings(max_examples=25, deadline=None)
@given(VECTORS, st.permutations(range(5)), st.floats(0.01, 100))
def test_relabelled_stimuli_and_another_unit_change_nothing(method, vectors, order, scale) -> None:
    compared = COMPARISONS[method]
    assume(np.ptp(vectors[0]) > 0 and np.ptp(vectors[1]) > 0)
    x, y = (squareform(squareform(vector)[np.ix_(order, order)]) for vector in vectors)
    assert compared(scale * x, y) == pytest.approx(compared(*vectors), abs=1e-9)


@pytest.mark.parametrize("method", RANKED)
@settings(max_examples=25, deadline=None)
@given(VECTORS)
def test_ranks_do_not_mind_monotone_transforms(method, vectors) -> None:
    x, y = vectors
    assert COMPARISONS[method](np.exp(x), y**3) == pytest.approx(COMPARISONS[method](x, y), abs=1e-12)


@pytest.mark.parametrize("method", ["pearson", "whitened_pearson"])
@settings(max_examples=40, deadline=None)
@given(shift=st.floats(-100, 100))
def test_correlations_do_not_mind_a_shift(method, shift) -> None:
    assert COMPARISONS[method](X + shift, Y) == pytest.approx(COMPARISONS[method](X, Y), abs=1e-9)


@pytest.mark.parametrize("method", [name for name in COMPARISONS if "cosine" not in name])
def test_a_constant_is_like_nothing(method) -> None:
    assert COMPARISONS[method](X, np.zeros(45)) == 0


def test_every_name_has_its_words() -> None:
    assert len({comparison.words for comparison in COMPARISONS.values()}) == len(COMPARISONS)
