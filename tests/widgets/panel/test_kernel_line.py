import re
import threading
from pathlib import Path

import pytest

from hcnn_widgets.widgets.panel.kernel_line import KernelLine

VIEWS = Path(__file__).parents[3] / "labextension" / "src" / "widgets" / "index.ts"


@pytest.fixture
def line(page):
    return KernelLine("Starting…")


def test_words_and_those_for_a_page_without_a_kernel_go_out_together_and_once(page, line):
    line.tell("Training: step 340 of 1,200", "Lost at step 340 of 1,200: run the cell again.")
    line.tell("Training: step 340 of 1,200", "Lost at step 340 of 1,200: run the cell again.")
    (sent,) = page.updates(line)
    assert sent == {
        "value": "Training: step 340 of 1,200",
        "lost": "Lost at step 340 of 1,200: run the cell again.",
    }


def test_what_has_ended_is_not_lost_with_the_kernel(page, line):
    line.tell("Training", "Lost")
    line.tell("Finished")
    assert (line.value, line.lost) == ("Finished", "")


def test_what_one_thread_tells_waits_while_another_holds_the_line(page, line):
    held, done = threading.Event(), threading.Event()

    def tell() -> None:
        held.wait()
        line.tell("Finished", "")
        done.set()

    other = threading.Thread(target=tell)
    other.start()
    with line.hold_sync():
        line.value = "Training: step 340"
        held.set()
        assert not done.wait(0.2)
        line.lost = "Lost at step 340"
    assert done.wait(60)
    other.join(60)
    assert page.updates(line)[-2:] == [
        {"value": "Training: step 340", "lost": "Lost at step 340"},
        {"value": "Finished", "lost": ""},
    ]


def test_the_page_has_the_model_and_the_view_of_a_line(line):
    state = line.get_state()
    assert state["_model_module"] == state["_view_module"] == "hcnn-widgets"
    exported = set(re.findall(r"\w+", VIEWS.read_text()))
    assert {state["_model_name"], state["_view_name"]} <= exported


def test_a_line_is_seen_as_long_as_one_page_shows_it(page, line):
    assert not line.seen
    for said in ({"visible": True, "page": "a"}, {"visible": True, "page": "b"}, {"visible": False, "page": "a"}):
        page.say(line, kind="visible", **said)
        assert line.seen
    page.say(line, kind="visible", visible=False, page="b")
    assert not line.seen
    page.say(line, kind="other", visible=True)
    page.say(line)
    assert not line.seen
