from types import SimpleNamespace

import pytest

from hcnn_widgets.widgets.predictivity.score_trace import ScoreTrace


@pytest.fixture
def trace(page, run, clock, ticker):
    """Return a maker of traces of these tables; the last one is the newest."""

    def make(*tables, **options):
        score = SimpleNamespace(latest=tables[-1], history=list(tables), error=None, alive=True)
        return ScoreTrace(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker, **options)

    return make
