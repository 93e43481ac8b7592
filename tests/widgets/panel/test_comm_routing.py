from types import SimpleNamespace

import ipywidgets

from hcnn_widgets.widgets.panel.comm_routing import heard_where_it_arrives


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
