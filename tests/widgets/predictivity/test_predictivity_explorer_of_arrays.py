import subprocess
import sys
import threading
import time
from functools import partial

import numpy as np
import pytest
from brain_side import StandInModel, activations, all_scored, explorer_of, recordings

from hcnn_widgets.mapping.live.at_rest.source import ActivationsAtRest
from hcnn_widgets.widgets.layer_areas.layer_area_matrix import LayerAreaMatrix
from hcnn_widgets.widgets.predictivity.predictivity_explorer import PredictivityExplorer


@pytest.fixture
def static(page, clock, ticker):
    return partial(explorer_of, clock=clock, ticker=ticker)


def test_arrays_are_scored_in_a_thread_and_say_no_step(page, static, ticker):
    given = activations()
    explorer = static({area: given[area] for area in given}, stimulus_ids=given.stimulus_ids)
    header = explorer.panel.header
    assert (header["step"], header["model_areas"]) == (None, ["noise", "right"])
    assert explorer.over
    explorer.choose("V4", "right", "V4-0001")
    ticker.round()
    assert explorer.panel.header["n_images"] == 48
    assert "V4 is predicted best by model area right" in explorer.sentence()


def test_a_model_is_recorded_once(page, static):
    model = StandInModel()
    explorer = static(model)
    assert model.recorded == [(48, 4096)]
    assert np.isfinite(explorer.panel._table.untrained).all()


def test_another_map_and_other_splits_are_computed_while_the_last_scores_stay(page, static, ticker):
    explorer = static()
    explorer._method.value = "ridge"
    assert explorer.panel.header["convention"].startswith("RidgeCV")
    all_scored(explorer, ticker)
    assert explorer.panel.header["convention"].startswith("ridge (alpha 1)")
    explorer._splits.value = "grouped"
    all_scored(explorer, ticker)
    assert "over groups" in explorer.panel.header["convention"]


def test_since_folds_each_have_an_r_the_score_is_called_a_mean_of_medians(page, static, ticker):
    explorer = static()
    assert explorer.panel.header["measure"] == "Pearson r, mean of medians per fold"
    explorer._splits.value = "brain-score"
    all_scored(explorer, ticker)
    assert explorer.panel.header["measure"] == "Pearson r, mean of medians per fold"


def test_a_choice_that_is_impossible_is_named_as_wrong_and_the_last_good_one_is_chosen_again(page, static, ticker):
    explorer = static(None, recordings(labels=None, stimuli=None))
    for _ in range(2):
        explorer._splits.value = "brain-score"
        all_scored(explorer, ticker)
        assert explorer.panel.wrong
        assert explorer.panel.message.startswith(
            "Splits “brain-score” cannot be had here; what is shown is “kfold” as before. `splits='brain-score'` is "
            "stratified by object"
        )
        assert (explorer._splits.value, explorer.panel.splits) == ("kfold", "kfold")
        assert 'splits="kfold"' in explorer.code
        assert "10-fold" in explorer.panel.header["convention"]
    page.say(explorer.panel, kind="snapshot")
    ticker.round()
    assert "`splits='brain-score'` is stratified by object" in explorer.panel.message
    work = explorer.panel._at_rest._job
    assert not work.busy  # what was there is not computed again
    explorer._method.value = "ridge"
    all_scored(explorer, ticker)
    assert (explorer.panel.message, explorer.panel.wrong) == ("", False)
    assert explorer.panel.header["convention"].startswith("ridge (alpha 1)")


def test_of_several_choices_at_once_all_are_taken_back(page, static, ticker):
    explorer = static(None, recordings(labels=None, stimuli=None))
    explorer.panel.show("ridge", "grouped", "none: Pearson r")
    all_scored(explorer, ticker)
    assert explorer.panel.message.startswith(
        "Map “ridge” and Splits “grouped” cannot be had here; what is shown is “ridgecv” and “kfold” as before. "
    )


def test_a_first_choice_that_is_impossible_is_said_as_wrong_and_another_may_be_chosen(page, clock, ticker):
    brain = recordings(labels=None, stimuli=None)
    explorer = PredictivityExplorer(activations(), brain, splits="grouped", clock=clock, ticker=ticker)
    all_scored(explorer, ticker)
    assert explorer.panel.wrong
    assert explorer.panel.message.startswith("`splits='grouped'`")
    assert explorer._splits.value == "grouped"
    explorer._splits.value = "kfold"
    all_scored(explorer, ticker)
    assert (explorer.panel.message, explorer.panel.wrong) == ("", False)
    assert explorer.panel.header["brain_areas"] == ["V4"]


@pytest.mark.parametrize("panel", [PredictivityExplorer, LayerAreaMatrix])
@pytest.mark.parametrize("argument", ["method", "splits"])
def test_a_name_that_stands_for_nothing_is_refused_with_those_that_do(page, panel, argument):
    accepted = {"method": "'ridge', 'ridgecv', 'pls'", "splits": "'brain-score', 'kfold'"}[argument]
    with pytest.raises(ValueError, match=f"`{argument}='zz'` is unknown. Accepted are {accepted}"):
        panel(**{argument: "zz"})


def test_a_correction_changes_the_measure_at_once(page, static, ticker):
    explorer = static()
    explorer._correction.value = "explained variance"
    ticker.round()
    assert explorer.panel.header["measure"] == "explained variance (%)"
    assert explorer.panel._at_rest.latest.convention == explorer.panel._table.convention


def test_a_correction_that_needs_maps_of_its_own_comes_with_them(page, static, ticker):
    explorer = static()
    explorer._correction.value = "r2/(c*m)"
    ticker.round()
    assert explorer.panel.header["measure"] == "Pearson r, mean of medians per fold"
    all_scored(explorer, ticker)
    assert explorer.panel.header["measure"] == "r2/(c*m), corrected for noise"


def test_a_source_that_gives_no_activations_is_said_in_the_panel(page, clock, ticker):
    explorer = PredictivityExplorer([1, 2], recordings(), clock=clock, ticker=ticker)
    assert explorer.panel.message.startswith("`source` gives no activations.")
    assert explorer.panel.wrong
    assert explorer.over


def test_a_correction_that_is_none_is_refused(page):
    with pytest.raises(ValueError, match="`correction='r/c'` is unknown"):
        PredictivityExplorer(correction="r/c")


@pytest.mark.parametrize("panel", [PredictivityExplorer, LayerAreaMatrix])
@pytest.mark.parametrize(
    ("source", "brain", "missing"),
    [
        (None, None, "No model and no recordings"),
        (activations(), None, "No recordings"),
        (None, recordings(), "No model"),
    ],
)
def test_the_panel_says_what_is_missing(page, clock, ticker, panel, source, brain, missing):
    shown = panel(source, brain, clock=clock, ticker=ticker).panel
    assert (shown.message, shown.wrong) == (f"{missing} chosen yet: there is nothing to compare.", False)


class Slow(ActivationsAtRest):
    """Activations that are there when told so."""

    words = "recording the model's activations"

    def __init__(self):
        super().__init__(activations())
        self.go = threading.Event()

    def trained(self, recordings):
        assert self.go.wait(30)
        return super().trained(recordings)


@pytest.mark.parametrize("panel", [PredictivityExplorer, LayerAreaMatrix])
def test_the_panel_says_what_it_computes_before_the_first_numbers(page, clock, ticker, monkeypatch, panel):
    slow = Slow()
    for module in ("scores.source_panel", "layer_areas.layer_area_matrix"):
        monkeypatch.setattr(f"hcnn_widgets.widgets.{module}.source_of", lambda *_: slow)
    shown = panel("a model", recordings(), clock=clock, ticker=ticker)
    for _ in range(6000):
        ticker.round()
        if shown.panel.message != "scoring…":  # the thread has not begun
            break
        time.sleep(0.01)
    assert (shown.panel.message, shown.panel.wrong) == ("recording the model's activations…", False)
    slow.go.set()
    all_scored(shown, ticker)
    assert shown.panel.message == ""


def test_closing_gives_up_what_is_under_way(page, clock, ticker):
    explorer = PredictivityExplorer(activations(), recordings(), clock=clock, ticker=ticker)
    work = explorer.panel._at_rest
    explorer.close()
    assert work.wait(30)
    assert not work.alive


def test_arrays_of_another_framework_need_no_keras():
    code = """
import sys
sys.modules["keras"] = sys.modules["tensorflow"] = None
import numpy as np
import hcnn_widgets as hw
rng = np.random.default_rng(0)
x, ids = rng.normal(size=(60, 8)), [f"image{i:02d}" for i in range(60)]
recordings = hw.RecordingSet(x @ rng.normal(size=(8, 5)) + rng.normal(size=(3, 60, 5)), ids, area="IT")
for kind in (hw.widgets.PredictivityExplorer, hw.widgets.LayerAreaMatrix):
    panel = kind({"layer": x}, recordings, stimulus_ids=ids)
    assert panel.panel._at_rest.wait(60)
    panel.panel.tick()
    print(panel.sentence().split(",")[0], panel.over)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "IT is predicted best by model area layer True",
        "IT goes with model area layer True",
    ]


def test_a_plain_keras_model_is_scored_as_it_is(static):
    from hcnn_widgets.keras_door import keras

    given = recordings()
    shape = given.stimuli.image_shape
    stack = [keras.Input(shape), keras.layers.Conv2D(3, 3, name="conv"), keras.layers.Flatten(), keras.layers.Dense(2)]
    explorer = static(keras.Sequential(stack), given)
    assert explorer.panel.header["model_areas"] == ["conv"]
    assert np.isfinite(explorer.panel._table.value).all()
