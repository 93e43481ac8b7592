import numpy as np
import pytest

from hcnn_widgets.records.checks import check_count, check_seed, is_whole, known_name

NAMES = ["ridge", "ridgecv", "pls"]


@pytest.mark.parametrize("name", [*NAMES, np.str_("pls")])
def test_a_name_that_is_accepted_is_given_back(name) -> None:
    assert known_name("method", name, NAMES) == name


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("rigde", "'ridge', 'ridgecv', 'pls'; the nearest is 'ridge'."),
        ("lasso", "'ridge', 'ridgecv', 'pls'."),
        (["pls"], "'ridge', 'ridgecv', 'pls'."),
        (np.zeros(3), "'ridge', 'ridgecv', 'pls'."),
        (None, "'ridge', 'ridgecv', 'pls'."),
    ],
)
def test_another_name_is_refused_with_those_accepted_and_the_nearest(name, ending) -> None:
    with pytest.raises(ValueError, match=r"^`method=") as refused:
        known_name("method", name, NAMES)
    assert str(refused.value) == f"`method={name!r}` is unknown. Accepted are {ending}"


def test_what_is_wrong_with_a_name_may_be_said_and_nothing_may_be_accepted() -> None:
    with pytest.raises(ValueError, match=r"^`method='pls'` is no map\. Accepted are none\.$"):
        known_name("method", "pls", [], "is no map")


@pytest.mark.parametrize("given", [True, 1.0, "1", None, np.float64(2)])
def test_what_is_no_whole_number_is_no_count_and_no_seed(given) -> None:
    assert not is_whole(given, 0)
    with pytest.raises(ValueError, match=r"`n` is no count\. Accepted is a whole number of 1 or more; received"):
        check_count("n", given)
    with pytest.raises(ValueError, match=r"`seed` is no seed\. Accepted is a whole number of 0 or more; received"):
        check_seed(given)


def test_the_least_number_counts() -> None:
    assert (is_whole(3, 3), is_whole(np.uint8(2), 3), is_whole(-1, -1)) == (True, False, True)
