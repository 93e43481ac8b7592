"""Words and a button where recordings are missing, shared by several panels of scores."""

import pytest

from hcnn_widgets.widgets.predictivity.predictivity_bars import PredictivityBarsPanel
from hcnn_widgets.widgets.predictivity.score_trace import ScoreTracePanel
from hcnn_widgets.widgets.scores.missing_recordings import MissingRecordings


@pytest.fixture
def panels(ticker):
    return PredictivityBarsPanel(ticker=ticker), ScoreTracePanel(ticker=ticker)


@pytest.fixture
def missing(panels):
    return MissingRecordings(*panels)


def test_every_panel_says_what_is_missing_and_no_more_when_it_is_there(panels, missing):
    missing.tell("V4 is missing.", lambda: None)
    assert [panel.notice for panel in panels] == ["V4 is missing."] * 2
    assert missing.button.layout.display == ""
    missing.tell("")
    assert [panel.notice for panel in panels] == ["", ""]
    assert missing.button.layout.display == "none"


def test_where_nobody_can_look_again_nothing_is_offered(missing):
    missing.tell("V4 is missing.")
    assert missing.button.layout.display == "none"


def test_a_failing_look_is_told_in_a_panel(page, panels, missing):
    def look() -> None:
        raise OSError("The network is down.")

    missing.tell("V4 is missing.", look)
    page.click(missing.button)
    assert "The network is down." in panels[0].notice
