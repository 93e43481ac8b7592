"""One page: it is sent news, one message at a time, and given up when it does not answer."""

import contextvars

import pytest
from stand_in_kernel import Comm

from hcnn_widgets.explorer.client import ASLEEP_S, RESEND_S, Client


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(comm: Comm, clock: Clock) -> Client:
    new = Client(comm, clock)
    new.look(True)
    return new


def test_a_page_that_does_not_look_is_sent_nothing(comm: Comm, clock: Clock) -> None:
    client = Client(comm, clock)
    assert not client.awake
    assert not client.offer({"models": [], "problem": ""})
    assert comm.sent == []


def test_a_snapshot_is_sent_whole_with_its_number(client: Client, comm: Comm) -> None:
    assert client.offer({"models": [1], "problem": "p"})
    assert comm.sent == [{"kind": "models", "sequence": 1, "models": [1], "problem": "p"}]


def test_what_has_been_shown_already_is_not_sent_again(client: Client, comm: Comm) -> None:
    client.offer({"models": [1]})
    client.acknowledge(1)
    assert not client.offer({"models": [1]})
    assert client.offer({"models": [2]})
    assert [message["sequence"] for message in comm.sent] == [1, 2]


def test_a_page_that_is_still_drawing_is_sent_the_newest_only_once_it_has_drawn(client: Client, comm: Comm) -> None:
    client.offer({"models": [1]})
    assert not client.offer({"models": [2]})
    client.acknowledge(7)  # of another snapshot
    assert not client.offer({"models": [3]})
    client.acknowledge(1)
    assert client.offer({"models": [4]})
    assert [message["models"] for message in comm.sent] == [[1], [4]]


def test_a_page_that_looks_again_is_sent_even_what_it_has_seen(client: Client) -> None:
    client.offer({"models": [1]})
    client.look(False)
    client.look(True)
    assert client.offer({"models": [1]})


def test_an_answer_that_was_lost_holds_up_the_news_for_three_seconds_only(client: Client, clock: Clock) -> None:
    client.offer({"models": [1]})
    clock.now += RESEND_S - 0.1
    assert not client.offer({"models": [2]})
    clock.now += 0.2
    assert client.offer({"models": [2]})


def test_a_page_that_never_answers_is_asleep_until_it_looks_again(client: Client, clock: Clock) -> None:
    client.offer({"models": [1]})
    for count in range(2, 5):
        clock.now += RESEND_S + 0.1
        client.offer({"models": [count]})
    clock.now += ASLEEP_S
    assert not client.awake
    assert not client.offer({"models": [9]})
    client.look(True)
    assert client.awake


def test_news_is_sent_in_the_context_of_what_the_page_last_said(comm: Comm) -> None:
    said_by = contextvars.ContextVar("said_by", default="nobody")
    client = Client(comm)
    seen: list[str] = []
    comm.send = lambda data: seen.append(said_by.get())  # type: ignore[method-assign]

    def page_speaks() -> None:
        said_by.set("the page")
        client.heard()
        client.look(True)

    contextvars.copy_context().run(page_speaks)
    said_by.set("a cell")
    client.offer({"models": [1]})
    assert seen == ["the page"]
