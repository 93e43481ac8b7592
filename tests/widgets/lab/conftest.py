"""A Lab whose choices are stand-ins."""

import pytest
from stand_in_lab import World

from hcnn_widgets.learning import training_run
from hcnn_widgets.widgets.lab.lab import Lab
from hcnn_widgets.widgets.lab.lab_menu import LabSetting


@pytest.fixture(autouse=True)
def no_patience(monkeypatch):
    """Have recordings not wait for the first step of runs that are stand-ins."""
    monkeypatch.setattr(training_run, "PATIENCE_S", 0.0)


@pytest.fixture
def world(model, make_run):
    return World(model, make_run)


@pytest.fixture
def lab(page, world, clock, ticker, read):
    lab = Lab(world.menu, clock=clock, ticker=ticker, score=world.score, read=read)
    lab.choices.setting = LabSetting("hcnn", "categorization", "backpropagation", "objects", "simulated", 100, 2)
    return lab
