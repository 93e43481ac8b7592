import base64

import IPython.display
import pytest

from hcnn_widgets.widgets.curves import Curves
from hcnn_widgets.widgets.still_picture import WIDGET_VIEW, still_bundle
from hcnn_widgets.widgets.training_monitor import TrainingMonitor


@pytest.fixture
def outputs(monkeypatch):
    """Catch what would be written beneath the cell: (bundle, display id, whether it replaces)."""
    there = []
    monkeypatch.setattr(
        IPython.display, "display", lambda bundle, raw, display_id=None: there.append((bundle, display_id, False))
    )
    monkeypatch.setattr(
        IPython.display, "update_display", lambda bundle, raw, display_id: there.append((bundle, display_id, True))
    )
    return there


@pytest.fixture(params=[Curves, TrainingMonitor])
def panel(request, page, run, clock, ticker):
    return request.param(run, clock=clock, ticker=ticker)


def finish(page, panel, run, ticker):
    run.train(1200)
    run.state = "finished"
    for _ in range(2):
        page.say(getattr(panel, "panel", panel), kind="ack", sequence=1)
        ticker.round()


def test_a_panel_is_displayed_live_and_leaves_room_for_a_picture(panel, outputs):
    panel._ipython_display_()
    (live, live_id, _), (still, still_id, _) = outputs
    assert live[WIDGET_VIEW]["model_id"] == panel.model_id
    assert "image/png" not in live
    assert live_id is None
    assert still_id in still["text/html"]
    assert "<img" not in still["text/html"]


def test_the_picture_is_left_in_place_once_when_training_ends(page, panel, run, ticker, outputs):
    panel._ipython_display_()
    still_id = outputs[1][1]
    finish(page, panel, run, ticker)
    ((bundle, display_id, replaces),) = outputs[2:]
    assert replaces
    assert display_id == still_id
    png = bundle["text/html"].split("base64,")[1].split('"')[0]
    assert base64.b64decode(png).startswith(b"\x89PNG")
    assert "Training curves up to step 1,200" in bundle["text/plain"]


def test_a_panel_that_was_never_displayed_writes_nothing(page, panel, run, ticker, outputs):
    finish(page, panel, run, ticker)
    assert outputs == []


def test_the_picture_is_hidden_exactly_while_its_live_view_is_in_the_document(panel, outputs):
    panel._ipython_display_()
    still_id = outputs[1][1]
    assert f"live-{still_id}" in panel._dom_classes
    rule = outputs[1][0]["text/html"].split("</style>")[0]
    assert f"body:has(.live-{still_id}) .{still_id}" in rule
    assert "display:none" in rule


def test_a_panel_displayed_after_the_end_has_its_picture_at_once(page, panel, run, ticker, outputs):
    finish(page, panel, run, ticker)
    panel._ipython_display_()
    assert "<img" in outputs[1][0]["text/html"]


def test_the_words_of_a_picture_are_never_taken_for_html():
    bundle = still_bundle("hcnn-still-1", b"png", 'area "<script>alert(1)</script>"')
    assert "<script>" not in bundle["text/html"]
    assert "&lt;script&gt;" in bundle["text/html"]


def test_the_mime_bundle_has_the_view_words_and_a_picture(page, panel, run, ticker):
    assert "image/png" not in panel._repr_mimebundle_()
    finish(page, panel, run, ticker)
    bundle = panel._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert "Training curves up to step 1,200" in bundle["text/plain"]
    assert bundle[WIDGET_VIEW]["model_id"] == panel.model_id
