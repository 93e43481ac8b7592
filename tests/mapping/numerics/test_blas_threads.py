from collections.abc import Iterator

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from hcnn_widgets.mapping.numerics.blas_threads import one_blas_thread


def threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    """Begin with two, whatever this computer has."""
    np.linalg.norm(np.ones(3))
    with threadpool_limits(2, user_api="blas"):
        if threads() != {2}:
            pytest.skip("this NumPy's linear algebra has one thread only")
        yield


def test_numpy_keeps_to_one_thread_and_gets_the_others_back() -> None:
    with one_blas_thread():
        assert threads() == {1}
    assert threads() == {2}


def test_contexts_that_overlap_leave_no_limit_behind() -> None:
    first, second = one_blas_thread(), one_blas_thread()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert threads() == {1}
    second.__exit__(None, None, None)
    assert threads() == {2}


def test_an_error_inside_sets_the_threads_back() -> None:
    with pytest.raises(ZeroDivisionError), one_blas_thread():
        raise ZeroDivisionError
    assert threads() == {2}
