"""Tables that name their rows by numbers, square tables, and arrays with named dimensions are joined by these names."""

import numpy as np
import pytest

from hcnn_widgets import ActivationSet, RecordingSet
from hcnn_widgets.mapping import Rdm, cka, compare, rdm
from hcnn_widgets.records.named_tables import in_order, names_of_rows

pd = pytest.importorskip("pandas")
xr = pytest.importorskip("xarray")

RNG = np.random.default_rng(0)
X = RNG.normal(size=(12, 20))
ORDER = RNG.permutation(12)
NAMES = {
    "numbers of a large set": [73000 + 7 * row for row in range(12)],
    "numbers with a point": [73000.0 + 7 * row for row in range(12)],
    "text": [f"image {row}" for row in range(12)],
    "0, 1, 2, ...": list(range(12)),
}
named = pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)


@named
def test_a_table_is_like_itself_in_any_order_of_its_rows(names):
    table = pd.DataFrame(X, index=names)
    assert cka(table, table.iloc[ORDER]) == pytest.approx(1)
    assert cka(table.iloc[ORDER], table) == pytest.approx(1)


@named
def test_a_square_table_is_like_itself_in_any_order(names):
    square = pd.DataFrame(rdm(X).matrix, index=names, columns=names)
    other = square.iloc[ORDER, ORDER]
    assert compare(square, other) == pytest.approx(1)
    assert compare(other, square) == pytest.approx(1)
    assert compare(square.to_numpy(), other.to_numpy()) < 0.9


@pytest.mark.parametrize("names", [NAMES["text"], NAMES["numbers of a large set"]])
def test_records_made_of_tables_bear_their_names(names):
    table = pd.DataFrame(X, index=names)
    square = pd.DataFrame(rdm(X).matrix, index=names, columns=names)
    assert rdm(table).stimulus_ids.tolist() == [str(name) for name in names]
    assert Rdm.from_matrix(square).stimulus_ids.tolist() == [str(name) for name in names]
    assert compare(rdm(table), rdm(table.iloc[ORDER])) == pytest.approx(1)


def test_a_square_table_whose_columns_stand_in_another_order_is_refused():
    names = NAMES["text"]
    square = pd.DataFrame(rdm(X).matrix, index=names, columns=names[::-1])
    with pytest.raises(ValueError, match=r"`matrix` has columns of other names than its rows\. Accepted is a square"):
        Rdm.from_matrix(square)


def test_numbers_that_are_ids_in_another_order_are_refused_and_left_over_numbers_are_not():
    ids = [str(name) for name in NAMES["numbers of a large set"]]
    table = pd.DataFrame(X, index=NAMES["numbers of a large set"]).iloc[ORDER]
    with pytest.raises(ValueError, match=r"`activations\['IT'\]` has rows of other names than `stimulus_ids`"):
        ActivationSet({"IT": table}, ids)
    left = pd.DataFrame(np.vstack([X, X])).iloc[12:]
    np.testing.assert_allclose(ActivationSet({"IT": left}, ids)["IT"], X, rtol=1e-6)


def test_the_dimensions_of_responses_are_read_by_their_names():
    responses = RNG.normal(size=(3, 12, 5))
    given = xr.DataArray(
        responses.transpose(2, 1, 0),
        dims=("neuroid", "presentation", "repetition"),
        coords={"presentation": NAMES["text"]},
    )
    recordings = RecordingSet(given, NAMES["text"], "V4")
    np.testing.assert_array_equal(recordings.responses, responses)
    with pytest.raises(ValueError, match=r"`responses` has rows of other names than `stimulus_ids`"):
        RecordingSet(given, NAMES["text"][::-1], "V4")


def test_an_array_with_coordinates_is_joined_by_them():
    given = xr.DataArray(X.T, dims=("unit", "image"), coords={"image": NAMES["text"]})
    assert names_of_rows(given).tolist() == NAMES["text"]
    assert cka(given, given.isel(image=ORDER)) == pytest.approx(1)
    np.testing.assert_array_equal(rdm(given).vector, rdm(X).vector)


def test_dimensions_of_unknown_names_stay_in_their_order():
    given = xr.DataArray(X, dims=("x", "y"))
    assert in_order(given) is given
    assert in_order(X) is X
    twice = xr.DataArray(np.zeros((2, 2, 2)), dims=("image", "stimulus", "unit"))
    assert in_order(twice) is twice
