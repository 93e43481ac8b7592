"""An option that no panel has is refused in words: ipywidgets alone would drop it in silence."""

import numpy as np
import pytest

import hcnn_widgets as hw

RDM = hw.mapping.rdm(np.random.default_rng(0).normal(size=(8, 5)))
PANELS = {
    "BrainMap": {"scor": "score"},
    "Curves": {"layuot": "layout"},
    "KernelGrid": {"chanel": "channel", "tickr": "ticker"},
    "LayerAreaMatrix": {"methd": "method"},
    "PredictivityBars": {"clok": "clock"},
    "PredictivityExplorer": {"corection": "correction", "recording": "recordings"},
    "RdmExplorer": {"refrences": "references"},
    "TrainingMonitor": {"tiker": "ticker"},
    "Lab": {"image": "images", "recoding": "recordings", "epochs": None},
}


@pytest.mark.parametrize(
    ("panel", "option", "near"),
    [(panel, option, near) for panel, words in PANELS.items() for option, near in words.items()],
)
def test_a_misspelt_option_of_a_panel_is_refused_by_the_nearest(page, panel, option, near) -> None:
    ending = rf"; the nearest is '{near}'\." if near else ""
    with pytest.raises(TypeError, match=rf"`{option}` is no argument of {panel}\. Accepted are .*{ending}"):
        getattr(hw.widgets, panel)(**{option: 1})


def test_a_panel_with_arguments_that_are_needed_refuses_it_too(page) -> None:
    with pytest.raises(TypeError, match=r"`stimulusids` is no argument of TauCounter.* nearest is 'stimulus_ids'"):
        hw.widgets.TauCounter(RDM, RDM, stimulusids=["a"])


def test_traits_of_a_widget_are_taken(page) -> None:
    assert hw.widgets.Curves(layout={"width": "9px"}, tooltip="curves").layout.width == "9px"
