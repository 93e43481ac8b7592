import numpy as np
import pytest

from hcnn_widgets.mapping.similarity.rdms.rdm_checks import FEWEST_STIMULI
from hcnn_widgets.widgets.rdms.rdm_part import bars_of_part


@pytest.mark.parametrize(("n_images", "words"), [(1, "1 image "), (FEWEST_STIMULI - 1, "2 images ")])
def test_fewer_images_than_an_rdm_needs_are_refused_and_counted_in_plain_words(n_images, words):
    with pytest.raises(
        ValueError, match=f"of {words}there are too few pairs .* Accepted are .* 3 images .* received {n_images}"
    ):
        bars_of_part(None, None, np.arange(n_images), (None, None), "correlation", None)
