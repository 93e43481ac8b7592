import pytest
from brain_side import activations, recordings

from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.widgets.scores.scores_code import scores_code


@pytest.mark.parametrize("correction", [None, "r2/c", "r2/(c*m)"])
def test_the_lines_that_score_arrays_give_the_scores_of_the_panel(capsys, correction):
    names = {"activations": activations(), "recordings": recordings()}
    exec(scores_code("right", "ridge", "kfold", correction), names)
    expected = predictivity(activations(), recordings(), "ridge", "kfold")["right"]
    assert names["score"].value == pytest.approx(expected.value, abs=1e-12)
    assert names["predicted"].shape == (48, 5)
    assert capsys.readouterr().out.startswith("Score(")
