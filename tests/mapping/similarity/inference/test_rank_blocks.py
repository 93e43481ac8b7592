import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.similarity.inference.rank_blocks import RankBlocks


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=80), st.integers(1, 9))
def test_two_blocks_never_share_a_value_unless_they_hold_no_other(values, size) -> None:
    vector = np.array(values, dtype=np.float64)
    blocks = RankBlocks.of(vector, size, np.float64)
    places = [row[row < len(vector)] for row in blocks.places]
    assert sorted(np.concatenate(places).tolist()) == list(range(len(vector)))
    for number, one in enumerate(places):
        assert (blocks.block_of[one] == number).all()
        for other_number, other in enumerate(places):
            signs = np.sign(vector[one][:, np.newaxis] - vector[other])
            if number != other_number:
                assert (signs == blocks.signs[number, other_number]).all()


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(50)), st.integers(1, 60))
def test_without_ties_all_blocks_but_the_last_are_full(values, size) -> None:
    blocks = RankBlocks.of(np.array(values, dtype=np.float64), size, np.float32)
    assert len(blocks) == -(-50 // size)
    assert (blocks.places[:-1] < 50).all()
    assert blocks.ranks.dtype == np.float32
