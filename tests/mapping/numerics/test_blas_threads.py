import sys
from collections.abc import Iterator
from types import ModuleType
from unittest.mock import Mock

import numpy as np
import pytest
import threadpoolctl
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


def test_libraries_are_looked_for_once_and_again_after_an_import(monkeypatch: pytest.MonkeyPatch) -> None:
    with one_blas_thread():
        pass
    looked = Mock(wraps=threadpoolctl.ThreadpoolController)
    monkeypatch.setattr(threadpoolctl, "ThreadpoolController", looked)
    for _ in range(3):
        with one_blas_thread():
            pass
    looked.assert_not_called()
    monkeypatch.setitem(sys.modules, "a_module_that_has_just_come", ModuleType("a_module_that_has_just_come"))
    with one_blas_thread():
        looked.assert_called_once()


def test_a_limit_that_changes_between_two_contexts_comes_back_as_it_was() -> None:
    with one_blas_thread():
        pass
    with threadpool_limits(1, user_api="blas"):
        with one_blas_thread():
            pass
        assert threads() == {1}
    with one_blas_thread():
        assert threads() == {1}
    assert threads() == {2}
