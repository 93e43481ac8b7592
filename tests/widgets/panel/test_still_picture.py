import base64
import io
import re
import threading
import zlib
from contextlib import suppress
from pathlib import Path

import IPython.display
import numpy as np
import pytest
from PIL import Image

from hcnn_widgets.widgets.panel.last_pictures import LAST_PICTURES
from hcnn_widgets.widgets.panel.still_picture import (
    DRAWN,
    INVISIBLE_DOT,
    WIDGET_VIEW,
    LeavesPicture,
    marked,
    still_output,
)
from hcnn_widgets.widgets.training.curves import Curves
from hcnn_widgets.widgets.training.training_monitor import TrainingMonitor

STYLE = Path(__file__).parents[3] / "labextension" / "style" / "still_output.css"
PUT = STYLE.parents[1] / "src" / "widgets" / "panel" / "still_output.ts"


@pytest.fixture
def outputs(monkeypatch):
    """Catch what would be written beneath the cell: (bundle, metadata, display id, whether it replaces)."""
    there = []

    def display(bundle, raw, metadata=None, display_id=None):
        there.append((bundle, metadata, display_id, False))

    def update_display(bundle, raw, metadata, display_id):
        there.append((bundle, metadata, display_id, True))

    monkeypatch.setattr(IPython.display, "display", display)
    monkeypatch.setattr(IPython.display, "update_display", update_display)
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


def image_of(bundle):
    return Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))


def test_a_panel_is_displayed_live_and_keeps_a_place_for_a_picture_that_nobody_sees(panel, outputs):
    panel._ipython_display_()
    (live, _, live_id, _), (still, metadata, still_id, _) = outputs
    assert live[WIDGET_VIEW]["model_id"] == panel.model_id
    assert "image/png" not in live
    assert live_id is None
    assert panel.model_id in still_id
    dot = image_of(still)
    assert dot.size == (1, 1)
    assert dot.convert("RGBA").getpixel((0, 0))[3] == 0
    assert still["text/plain"] == metadata["image/png"]["alt"] == ""


def test_the_picture_is_left_in_place_once_when_training_ends(page, panel, run, ticker, outputs):
    panel._ipython_display_()
    still_id = outputs[1][2]
    finish(page, panel, run, ticker)
    ((bundle, metadata, display_id, replaces),) = outputs[2:]
    assert replaces
    assert display_id == still_id
    assert image_of(bundle).width > 200
    assert "Training curves up to step 1,200" in bundle["text/plain"]
    assert metadata["image/png"]["alt"] == bundle["text/plain"]


def test_a_page_that_knows_no_display_ids_is_told_of_the_picture_by_the_model(page, panel, run, ticker, outputs):
    panel._ipython_display_()
    live = getattr(panel, "panel", panel)
    assert live.stills == {}
    finish(page, panel, run, ticker)
    ((bundle, metadata, _, _),) = outputs[2:]
    assert live.get_state()["stills"] == {panel.model_id: {"data": bundle, "metadata": metadata}}
    assert [state for state in page.updates(live) if state.get("stills")]


def test_the_note_that_the_page_looks_for_is_that_of_the_style_sheet():
    looked_for = re.search(r"STILL = '(\w+)'", PUT.read_text())[1]
    assert looked_for == re.findall(r"img\[src\*='([^']*)'\]", STYLE.read_text())[0]


def test_a_panel_owes_its_last_picture_from_the_end_of_training_until_it_is_left(
    page, panel, run, ticker, outputs, monkeypatch
):
    expected = []
    monkeypatch.setattr(LAST_PICTURES, "expect", lambda shown, shell: expected.append(shown))
    panel._ipython_display_()
    assert expected == [panel]
    assert not panel.owes_picture
    run.train(1200)
    run.state = "finished"
    assert panel.owes_picture
    ticker.round()
    assert not panel.owes_picture


def test_a_panel_that_a_page_shows_owes_nothing(page, panel, run, ticker, outputs):
    panel._ipython_display_()
    page.say(getattr(panel, "panel", panel), kind="visible", visible=True)
    run.train(1200)
    run.state = "finished"
    assert not panel.owes_picture


def test_a_panel_that_was_never_displayed_writes_nothing(page, panel, run, ticker, outputs):
    finish(page, panel, run, ticker)
    assert outputs == []


def test_a_panel_that_is_displayed_twice_has_one_picture_in_both_places(panel, outputs):
    panel._ipython_display_()
    panel._ipython_display_()
    assert outputs[1][2] == outputs[3][2]


def test_a_panel_displayed_after_the_end_has_its_picture_at_once(page, panel, run, ticker, outputs):
    finish(page, panel, run, ticker)
    panel._ipython_display_()
    assert image_of(outputs[1][0]).width > 200


def test_a_panel_whose_training_ends_while_it_is_displayed_leaves_its_picture_where_there_is_a_place_for_it(
    page, panel, run, ticker, outputs, monkeypatch
):
    display = IPython.display.display

    def ends_before(bundle, **options):
        if WIDGET_VIEW in bundle:
            finish(page, panel, run, ticker)
        display(bundle, **options)

    monkeypatch.setattr(IPython.display, "display", ends_before)
    panel._ipython_display_()
    bundle, _, display_id, replaces = outputs[-1]
    assert [output[2] for output in outputs if not output[3]] == [None, display_id]
    assert replaces
    assert image_of(bundle).width > 200


def test_pictures_that_two_panels_leave_at_once_are_both_told_by_the_model_that_carries_them(outputs):
    both = threading.Barrier(2, timeout=0.2)

    class Carrier:
        def __init__(self):
            self.kept = {}

        @property
        def stills(self):
            before = self.kept
            with suppress(threading.BrokenBarrierError):
                both.wait()
            return before

        @stills.setter
        def stills(self, new):
            self.kept = new

    class Shown(LeavesPicture):
        over = True

        def __init__(self, name, carrier):
            self.model_id = self._still_id = name
            self._panel_that_carries = lambda: carrier

    carrier = Carrier()
    threads = [threading.Thread(target=Shown(name, carrier).leave_picture) for name in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert set(carrier.kept) == {"first", "second"}


def test_a_still_picture_holds_nothing_that_a_notebook_has_to_be_trusted_for():
    output = still_output(INVISIBLE_DOT, 'area "<script>alert(1)</script>"')
    assert set(output.data) == {"image/png", "text/plain"}
    assert set(output.metadata) == {"image/png"}


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_a_marked_picture_is_the_same_picture_and_says_where_it_is_from(mode):
    pixels = np.random.default_rng(0).integers(0, 256, (5, 7, 4), dtype=np.uint8)
    drawn = Image.fromarray(pixels).convert(mode)
    with io.BytesIO() as file:
        drawn.save(file, format="PNG", dpi=(110, 110))
        png = file.getvalue()
    found = Image.open(io.BytesIO(marked(png, DRAWN)))
    assert found.text == {"Software": "hcnn_widgets: still picture of a panel"}
    np.testing.assert_array_equal(np.asarray(found), np.asarray(drawn))


def test_every_part_of_the_marked_dot_has_its_check_sum():
    png, at, kinds = marked(INVISIBLE_DOT, DRAWN), 8, []
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        assert zlib.crc32(png[at + 4 : at + 8 + length]) == int.from_bytes(png[at + 8 + length : at + 12 + length])
        kinds.append(png[at + 4 : at + 8])
        at += 12 + length
    assert kinds == [b"IHDR", b"tEXt", b"IDAT", b"IEND"]


def test_the_rules_of_style_know_still_pictures_and_no_others(page, panel, run, ticker):
    hidden, makes_words_needless, has_words_beside = re.findall(r"img\[src\*='([^']*)'\]", STYLE.read_text())
    assert has_words_beside == makes_words_needless
    finish(page, panel, run, ticker)
    own = base64.b64encode(panel.picture()).decode()
    drawn, awaited = (still_output(png, "").data["image/png"] for png in (panel.picture(), b""))
    assert [hidden in letters for letters in (own, awaited, drawn)] == [False, True, True]
    assert [makes_words_needless in letters for letters in (own, awaited, drawn)] == [False, False, True]


def test_the_words_in_place_of_the_live_view_do_not_grow_old(page, panel, run, ticker, outputs):
    panel._ipython_display_()
    finish(page, panel, run, ticker)
    panel._ipython_display_()
    early, late = (bundle["text/plain"] for bundle, *_ in outputs if WIDGET_VIEW in bundle)
    assert early == late
    assert early.startswith(type(panel).__name__)


def test_the_mime_bundle_has_the_view_words_and_a_picture(page, panel, run, ticker):
    assert "image/png" not in panel._repr_mimebundle_()
    finish(page, panel, run, ticker)
    bundle = panel._repr_mimebundle_()
    assert image_of(bundle).width > 200
    assert "Training curves up to step 1,200" in bundle["text/plain"]
    assert bundle[WIDGET_VIEW]["model_id"] == panel.model_id


def test_what_draws_nothing_has_no_picture_and_is_called_by_its_name():
    class Bare(LeavesPicture):
        pass

    assert (Bare().picture(), Bare().sentence()) == (b"", "Bare")
