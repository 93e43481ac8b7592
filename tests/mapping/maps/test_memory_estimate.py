import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.maps import memory_estimate as module
from hcnn_widgets.mapping.maps.fold_maps import FoldMaps
from hcnn_widgets.mapping.maps.memory_estimate import Sizes, check_memory
from hcnn_widgets.mapping.maps.regression import MAPS
from hcnn_widgets.mapping.maps.splits import SPLITS
from hcnn_widgets.mapping.numerics.blas_threads import one_blas_thread

BIG = Sizes(50_000, 100_000, 168, 10, 45_000, 5_000, 5_000)


def data(n_stimuli: int, n_units: int, n_sites: int):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(n_stimuli, n_units)).astype(np.float32)
    return x, rng.normal(size=(n_stimuli, n_sites)), SPLITS["kfold"](n_stimuli, None, 5)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Small matrices lose to threads that wait for one another."""
    with one_blas_thread():
        yield


@pytest.fixture
def free(monkeypatch):
    def leave(n_bytes: float) -> None:
        monkeypatch.setattr(module, "free_memory", lambda: int(n_bytes))

    return leave


@pytest.mark.no_cover
@pytest.mark.parametrize("precision", [np.float64, np.float32])
@pytest.mark.parametrize("method", list(MAPS))
@pytest.mark.parametrize("shape", [(200, 300, 20), (120, 8500, 20), (250, 60, 30), (100, 120, 250)])
def test_estimates_are_above_what_is_taken_and_not_far_above(shape, method, precision) -> None:
    x, y, folds = data(*shape)
    FoldMaps(x[:, :30], folds).predict(y[:, :3], method)  # loads what is loaded once
    tracemalloc.start()
    FoldMaps(x, folds, precision).predict(y, method)
    _, taken = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken <= 1.02 * MAPS[method].memory(Sizes.of(*shape, folds, precision)) <= 6 * taken


def test_what_does_not_fit_is_refused_before_it_is_made(free) -> None:
    x, y, folds = data(300, 500, 20)
    maps = FoldMaps(x, folds)
    free(1e5)
    words = r"`x` is too large for method='pls' here. Accepted is what fits into 0.1 MB of free memory; received 300 "
    with pytest.raises(MemoryError, match=words + r"stimuli x 500 units with 20 sites in 5 folds, which take about"):
        maps.predict(y, "pls")


@pytest.mark.parametrize(
    ("n_bytes", "words"),
    [
        (30e9, r"In single precision \(precision='float32' in `predictivity`\) it would fit"),
        (12e9, r"With max_units=16384 in `predictivity` it would fit"),
        (3e9, r"With max_units=\d+ in `predictivity` it would fit"),
        (1e6, r"Fewer stimuli or sites would fit"),
    ],
)
def test_it_says_what_would_fit(n_bytes, words, free) -> None:
    free(n_bytes)
    with pytest.raises(MemoryError, match=words):
        check_memory("pls", MAPS["pls"].memory, BIG)


@pytest.mark.parametrize("method", list(MAPS))
def test_what_has_been_made_for_one_brain_area_is_not_counted_against_the_next(method, free) -> None:
    x, y, folds = data(300, 500, 20)
    maps = FoldMaps(x, folds)
    free(1e12)
    first = maps.predict(y, method)
    whole = MAPS[method].memory(Sizes.of(300, 500, 20, folds, np.float64))
    free(whole - maps._shared.held)
    assert maps._shared.held > 0 or method == "one_to_one"
    np.testing.assert_allclose(maps.predict(y, method)[0], first[0])


@pytest.mark.parametrize("method", [name for name in MAPS if not name.startswith("ridgecv")])
@given(n_stimuli=st.integers(100, 5000), n_units=st.integers(100, 30_000), n_sites=st.integers(1, 3000), more=st.data())
@settings(max_examples=30, deadline=None)
def test_more_sites_and_folds_take_no_less(method, n_stimuli, n_units, n_sites, more) -> None:
    # RidgeCV is left out: decompositions of too many folds to be kept are not kept.
    sizes = Sizes(n_stimuli, n_units, n_sites, 10, n_stimuli * 9 // 10, n_stimuli // 10, n_stimuli // 10)
    larger = replace(sizes, n_sites=more.draw(st.integers(n_sites, 5000)), n_folds=20)
    assert MAPS[method].memory(larger) >= MAPS[method].memory(sizes) > 0
