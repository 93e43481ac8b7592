import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.similarity.inference.rdm_sets import joined_sets
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

IDS = ["cat", "dog", "car", "cup"]
ONE, OTHER = Rdm([1, 2, 3, 4, 5, 6], IDS, name="V1"), Rdm([6, 5, 4, 3, 2, 1], IDS, name="IT")


@settings(max_examples=40, deadline=None)
@given(st.permutations(IDS))
def test_models_and_subjects_come_in_the_order_of_the_first_model(order) -> None:
    names, models, subjects = joined_sets([ONE, OTHER.select(order)], [OTHER.select(order[::-1]), ONE.matrix], "tau_a")
    assert names == ("V1", "IT")
    np.testing.assert_array_equal(models, [ONE.vector, OTHER.vector])
    np.testing.assert_array_equal(subjects, [OTHER.vector, ONE.vector])


def test_names_are_a_mappings_keys_or_the_rdms_or_numbers() -> None:
    assert joined_sets({"a": ONE, 2: OTHER}, [ONE], "tau_a")[0] == ("a", "2")
    assert joined_sets([ONE, OTHER.vector], [ONE], "tau_a")[0] == ("V1", "model 2")
    assert joined_sets(np.array([ONE.vector, OTHER.vector]), {"BE": ONE}, "tau_a")[0] == ("model 1", "model 2")


@pytest.mark.parametrize(
    ("models", "subjects", "says"),
    [
        ([], [ONE], "`models` or `subjects` is empty.* received 0 models and 1 subjects"),
        ([ONE], [], "received 1 models and 0 subjects"),
        ([ONE, ONE], [ONE], "`models` has names that repeat: V1, V1"),
        ({"a": ONE, "b": ONE.select(IDS[:3])}, [ONE], r"`models\['b'\]` lacks 1 of 4 ids"),
        ([ONE], [ONE, ONE.select(IDS[:3])], r"`subjects\[1\]` lacks 1 of 4 ids"),
        ([np.ones(6)], [ONE], r"`models\['model 1'\]` is constant"),
    ],
)
def test_sets_that_do_not_fit_are_refused(models, subjects, says) -> None:
    with pytest.raises(ValueError, match=says):
        joined_sets(models, subjects, "tau_a")


def test_a_single_rdm_is_no_set() -> None:
    with pytest.raises(TypeError, match=r"`models` are no RDMs\. Accepted is a mapping.*such as \[rdm\]; received Rdm"):
        joined_sets(ONE, [ONE], "tau_a")
