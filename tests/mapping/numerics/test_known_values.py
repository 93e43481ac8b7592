import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hcnn_widgets.mapping.numerics.known_values import mean_known, median_known

TABLES = arrays(np.float64, (4, 5), elements=st.one_of(st.just(np.nan), st.floats(-1e3, 1e3)))


@given(TABLES, st.sampled_from([0, 1]))
@settings(max_examples=50, deadline=None)
def test_they_are_the_averages_of_the_values_that_are_there(table, axis) -> None:
    rows = [row[~np.isnan(row)] for row in np.moveaxis(table, axis, -1)]
    np.testing.assert_allclose(mean_known(table, axis), [row.mean() if len(row) else np.nan for row in rows], atol=1e-9)
    medians = [np.median(row) if len(row) else np.nan for row in rows]
    np.testing.assert_allclose(median_known(table, axis), medians, atol=1e-9)
