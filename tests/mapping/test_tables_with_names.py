"""A table's own names of its rows are never passed over: they are the ids, or must agree with them."""

import numpy as np
import pytest

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.similarity.comparison.cka import cka
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm

pd = pytest.importorskip("pandas")
IDS = ["cat", "car", "face", "tree", "dog"]
X = np.random.default_rng(0).normal(size=(5, 4))
TABLE = pd.DataFrame(X, index=IDS)

every_door = pytest.mark.parametrize(
    "through",
    [
        lambda table, ids: ActivationSet({"IT": table}, ids)["IT"],
        lambda table, ids: RecordingSet.from_presentations(table, ids, "IT").responses,
        lambda table, ids: rdm(table, stimulus_ids=ids).vector,
    ],
)


@every_door
def test_rows_of_other_names_than_the_ids_are_refused(through) -> None:
    for ids in (IDS[::-1], [*IDS[:4], "cow"]):
        with pytest.raises(
            ValueError, match=rf"has rows of other names than `stimulus_ids`\. .* begin with {ids[0]}\."
        ):
            through(TABLE, ids)


@every_door
@pytest.mark.parametrize(
    "index", [IDS, None, range(7, 12), [1, "b", 2, "c", 3], pd.MultiIndex.from_product([["a"], IDS])]
)
def test_rows_of_the_same_names_or_of_numbers_are_those_of_an_array(through, index) -> None:
    np.testing.assert_array_equal(through(pd.DataFrame(X, index=index), IDS), through(X, IDS))


def test_names_of_rows_are_the_ids_where_there_are_no_others() -> None:
    order = [3, 0, 4, 1, 2]
    assert rdm(TABLE).stimulus_ids.tolist() == IDS
    assert rdm(pd.DataFrame(X)).stimulus_ids[0] == "row0000"
    assert cka(TABLE, TABLE.iloc[order]) == pytest.approx(1)
    assert cka(X, X[order]) < 0.9
