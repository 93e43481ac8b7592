from dataclasses import replace

import numpy as np
import pytest
from stand_in_rdms import settle

import hcnn_widgets as hw
from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.widgets.rdms.rdm_choices import RdmChoices
from hcnn_widgets.widgets.rdms.rdm_code import given_code, rdm_code
from hcnn_widgets.widgets.rdms.rdm_explorer import RdmExplorer
from hcnn_widgets.widgets.rdms.rdm_numbers import read_rdms

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


@pytest.mark.parametrize("method", COMPARISONS)
@pytest.mark.parametrize("n_subjects", [1, 3])
def test_the_lines_beside_rdms_that_came_as_they_are_give_the_score_that_is_shown(
    page, clock, ticker, capsys, method, n_subjects
):
    a, rdms_b = hw.mapping.rdm(PATTERNS), BRAINS[:n_subjects]
    explorer = RdmExplorer(replace(a, name="monkey IT"), {"human IT": rdms_b}, clock=clock, ticker=ticker)
    explorer._method.value = method
    settle(explorer)
    shown = read_rdms(explorer.panel.header, explorer.panel.values)
    exec(explorer.code, {"rdm_a": a, "rdm_b": rdms_b[0], "rdms_b": rdms_b})
    printed = list(map(float, capsys.readouterr().out.split()))
    expected = [shown.value.item(), shown.error.item()][: len(printed)]
    assert printed == pytest.approx(expected, rel=1e-6)
    assert len(printed) == (1 if n_subjects == 1 else 2)
    assert "rdm_a: monkey IT; " in explorer.code
    assert "human IT" in explorer.code


def test_the_lines_name_a_models_area_and_the_category_that_is_shown_alone():
    choices = RdmChoices(only="face")
    assert "rdm_a: model area IT; rdm_b: V1; " in given_code(RdmChoices(), "model area IT", "V1", 1)
    for code in (given_code(choices, "monkey IT", "V1", 1), rdm_code(choices, "V1")):
        compile(code, "code", "exec")
        assert "# each for the images of 'face' alone" in code
    assert "alone" not in rdm_code(RdmChoices(), "V1")
