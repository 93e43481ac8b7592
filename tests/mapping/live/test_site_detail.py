import numpy as np
import pytest

from hcnn_widgets.mapping.live.site_detail import SiteDetail


def a_detail(**fields) -> SiteDetail:
    shape = (3, 2)
    defaults = {
        "stimulus_ids": np.array(["a", "b", "c"]),
        "site_ids": np.array(["s", "t"]),
        "recorded": np.zeros(shape, np.float32),
        "predicted": np.ones(shape, np.float32),
        "r": np.zeros(2),
    }
    return SiteDetail(**(defaults | fields))


def test_it_shares_its_arrays_and_cannot_write_them() -> None:
    recorded = np.zeros((3, 2), np.float32)
    one, other = a_detail(recorded=recorded), a_detail(recorded=recorded)
    assert np.shares_memory(one.recorded, other.recorded)
    with pytest.raises(ValueError, match=r"read-only"):
        one.recorded[0, 0] = 1
    recorded[0, 0] = 1


@pytest.mark.parametrize(
    ("name", "accepted"), [("recorded", r"\(3, 2\)"), ("predicted", r"\(3, 2\)"), ("r", r"\(2,\)")]
)
def test_other_shapes_than_the_ids_say_are_refused(name, accepted) -> None:
    with pytest.raises(ValueError, match=rf"`{name}` has the wrong shape. Accepted is {accepted}; received \(2, 3\)"):
        a_detail(**{name: np.zeros((2, 3), np.float32)})
