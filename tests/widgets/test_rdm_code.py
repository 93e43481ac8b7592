import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.mapping.similarity.comparisons import COMPARISONS
from hcnn_widgets.widgets.rdm_choices import RdmChoices
from hcnn_widgets.widgets.rdm_code import rdm_code

RNG = np.random.default_rng(0)
PATTERNS = RNG.random((6, 9))
BRAINS = [hw.mapping.rdm(RNG.random((6, 7))) for _ in range(3)]


@pytest.mark.parametrize("method", COMPARISONS)
@pytest.mark.parametrize("distance", ["correlation", "euclidean", "cosine"])
def test_the_lines_give_the_numbers_that_are_shown(distance, method, capsys):
    code = rdm_code(RdmChoices(area="IT", distance=distance, method=method), "human IT")
    exec(code, {"patterns": PATTERNS, "brain_rdms": [one.matrix for one in BRAINS]})
    model = hw.mapping.rdm(PATTERNS, distance)
    scores = [hw.mapping.compare(model, one, method) for one in BRAINS]
    mean, error = map(float, capsys.readouterr().out.split())
    assert (mean, error) == (pytest.approx(np.mean(scores)), pytest.approx(np.std(scores, ddof=1) / np.sqrt(3)))
    assert "human IT" in code


def test_of_rdms_that_were_given_the_lines_begin_with_them():
    code = rdm_code(RdmChoices(distance="as given"), "")
    compile(code, "code", "exec")
    assert "# model_rdm: (n_stimuli, n_stimuli), as given" in code
    assert "the brain area" in code
