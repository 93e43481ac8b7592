"""A Lab whose choices are stand-ins."""

import pytest
from stand_in_lab import World

from hcnn_widgets.widgets.lab.lab import Lab
from hcnn_widgets.widgets.lab.lab_menu import LabSetting


@pytest.fixture
def world(model, make_run):
    return World(model, make_run)


@pytest.fixture
def lab(page, world, clock, ticker, read):
    lab = Lab(world.menu, clock=clock, ticker=ticker, score=world.score, read=read)
    lab.choices.setting = LabSetting("hcnn", "categorization", "backpropagation", "objects", "simulated", 100, 2)
    return lab
