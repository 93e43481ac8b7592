import threading
from types import SimpleNamespace

import ipywidgets
import traitlets

from hcnn_widgets.widgets.panel.comm_routing import OneThreadHolds, heard_where_it_arrives


class Told(OneThreadHolds):
    words = traitlets.Unicode().tag(sync=True)
    numbers = traitlets.Int().tag(sync=True)


def test_a_message_is_heard_on_the_shell_that_the_page_chose():
    comm = SimpleNamespace(_reply_subshell_for=lambda data, chosen: "main")
    heard_where_it_arrives(SimpleNamespace(comm=comm))
    assert comm._reply_subshell_for({"method": "custom"}, "the page's own") == "the page's own"


def test_a_kernel_without_rerouting_is_left_as_it_is(page):
    button = ipywidgets.Button()
    before = dict(vars(button.comm))
    heard_where_it_arrives(button)
    assert vars(button.comm) == before


def test_a_widget_that_is_closed_is_left_alone():
    widget = SimpleNamespace(comm=None)
    heard_where_it_arrives(widget)
    assert vars(widget) == {"comm": None}


def test_while_one_thread_holds_state_back_another_waits_to_change_it(page):
    told, held, done = Told(), threading.Event(), threading.Event()

    def change() -> None:
        held.wait()
        with told.hold_sync():
            told.words = "second"
        done.set()

    other = threading.Thread(target=change)
    other.start()
    with told.hold_sync():
        held.set()
        told.numbers = 1
        with told.hold_sync():  # the same thread may
            told.words = "first"
        assert not done.wait(0.2)
        assert told.words == "first"
    assert done.wait(60)
    other.join(60)
    assert told.words == "second"
    assert [sent for sent in page.updates(told) if "words" in sent][-2:] == [
        {"words": "first", "numbers": 1},
        {"words": "second"},
    ]
