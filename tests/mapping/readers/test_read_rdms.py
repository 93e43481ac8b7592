import inspect
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping import Rdm, compare, read_rdms
from hcnn_widgets.mapping.readers.read_rdms import RDM_READERS

IDS = ["a", "b", "c", "d"]


def test_every_format_names_its_own_options_in_the_docstring() -> None:
    for read in RDM_READERS.values():
        (budget, *own) = inspect.signature(read).parameters.values()
        assert budget.name == "budget"
        assert all(option.kind == option.KEYWORD_ONLY and option.name in read_rdms.__doc__ for option in own)


def test_an_option_of_another_format_is_refused() -> None:
    own = Path(__file__).parent / "rsatoolbox" / "rdms.h5"
    with pytest.raises(
        TypeError, match=r"`distance` is no option for rsatoolbox RDMs\. Accepted are stimulus; received"
    ):
        read_rdms(own, distance="correlation")


def test_a_scan_holds_no_rdms(tmp_path) -> None:
    (tmp_path / "x.nii").write_bytes(b"\0" * 344 + b"n+1\0")
    with pytest.raises(
        ValueError, match=r"`path` holds nifti, no RDMs\. Accepted are rsatoolbox RDMs, matlab, .*csv; rec"
    ):
        read_rdms(tmp_path / "x.nii")


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(4)), seed=st.integers(0, 99))
def test_stimuli_in_another_order_compare_alike(tmp_path_factory, order, seed) -> None:
    rdm = Rdm(np.random.default_rng(seed).random(6), IDS)
    folder = tmp_path_factory.mktemp("order")
    np.save(folder / "x.npy", rdm.matrix[np.ix_(order, order)])
    (read,) = read_rdms(folder / "x.npy", stimulus_ids=[IDS[k] for k in order])
    assert compare(read, rdm, method="pearson") == pytest.approx(1)
    np.testing.assert_array_equal(read.select(IDS).vector, rdm.vector)
