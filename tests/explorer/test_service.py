"""The kernel's answers: at once, after cells, while a model is trained, and never when nobody looks."""

import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from stand_in_kernel import Comm, a_run, message

from hcnn_widgets.explorer import registry, service
from hcnn_widgets.explorer.service import MOST_CLIENTS, Explorer


class Model:
    """As the registry sees a goal-driven model."""

    def __init__(self, run: Any = None) -> None:
        self.run, self.spec, self.network, self.name = run, None, None, "hcnn"


@pytest.fixture
def living(monkeypatch: pytest.MonkeyPatch) -> list[Model]:
    models: list[Model] = []
    for module in (service, registry):
        monkeypatch.setattr(module, "living_models", lambda: list(models))
    return models


@pytest.fixture
def explorer(shell: SimpleNamespace, living: list[Model], monkeypatch: pytest.MonkeyPatch) -> Iterator[Explorer]:
    monkeypatch.setattr(service, "TICK_S", 0.005)
    new = Explorer(shell)
    yield new
    for model in living:
        if model.run is not None:
            model.run.alive = False
    until(lambda: new._thread is None)


def until(condition: Callable[[], bool]) -> None:
    """Wait for another thread; a failure to come true is an error."""
    for _ in range(12000):
        if condition():
            return
        time.sleep(0.005)
    raise AssertionError("It did not come true.")


def variables(comm: Comm) -> list[str]:
    return [model["variable"] for model in comm.sent[-1]["models"]]


def test_a_page_that_looks_is_answered_at_once(
    explorer: Explorer, shell: SimpleNamespace, comm: Comm, living: list[Model]
) -> None:
    living.append(Model())
    shell.user_ns["model"] = living[0]
    explorer.on_open(comm, message(kind="hello", visible=True))
    assert variables(comm) == ["model"]
    assert comm.sent[-1]["problem"] == ""


def test_a_page_that_does_not_look_costs_nothing(explorer: Explorer, shell: SimpleNamespace, comm: Comm) -> None:
    explorer.on_open(comm, message(kind="hello", visible=False))
    assert comm.sent == []
    assert shell.events.n_callbacks == 0


def test_the_shell_is_listened_to_exactly_while_somebody_looks(
    explorer: Explorer, shell: SimpleNamespace, comm: Comm
) -> None:
    explorer.on_open(comm, message(kind="hello", visible=True))
    assert shell.events.n_callbacks == 2
    comm.say(kind="visible", visible=False)
    assert shell.events.n_callbacks == 0
    comm.say(kind="visible", visible=True)
    assert shell.events.n_callbacks == 2
    comm.close({})
    assert shell.events.n_callbacks == 0


def test_a_cell_that_makes_or_deletes_a_model_is_news(
    explorer: Explorer, shell: SimpleNamespace, comm: Comm, living: list[Model]
) -> None:
    explorer.on_open(comm, message(kind="hello", visible=True))
    comm.say(kind="ack", sequence=1)
    living.append(Model())
    shell.user_ns["model"] = living[0]
    shell.events.trigger("post_run_cell", None)
    assert variables(comm) == ["model"]
    comm.say(kind="ack", sequence=2)
    del shell.user_ns["model"], living[:]
    shell.events.trigger("post_run_cell", None)
    assert variables(comm) == []


def test_a_cell_that_changes_no_model_sends_nothing(explorer: Explorer, shell: SimpleNamespace, comm: Comm) -> None:
    explorer.on_open(comm, message(kind="hello", visible=True))
    comm.say(kind="ack", sequence=1)
    shell.events.trigger("post_run_cell", None)
    shell.events.trigger("post_execute")
    assert len(comm.sent) == 1


def test_a_model_that_a_button_makes_is_news(
    explorer: Explorer, shell: SimpleNamespace, comm: Comm, living: list[Model]
) -> None:
    explorer.on_open(comm, message(kind="hello", visible=True))
    comm.say(kind="ack", sequence=1)
    living.append(Model())
    shell.user_ns["model"] = living[0]
    shell.events.trigger("post_execute")
    assert variables(comm) == ["model"]


def test_a_training_is_followed_by_a_thread_that_ends_with_it(
    explorer: Explorer, shell: SimpleNamespace, comm: Comm, living: list[Model]
) -> None:
    run = a_run()
    living.append(Model(run))
    shell.user_ns["model"] = living[0]
    explorer.on_open(comm, message(kind="hello", visible=True))
    assert any(thread.name == "hcnn-explorer" for thread in threading.enumerate())
    comm.say(kind="ack", sequence=1)
    run.steps_done = 60
    until(lambda: comm.sent[-1]["models"][0]["training"]["steps_done"] == 60)
    comm.say(kind="ack", sequence=comm.sent[-1]["sequence"])
    run.state, run.alive = "finished", False
    until(lambda: comm.sent[-1]["models"][0]["training"]["state"] == "finished")
    until(lambda: explorer._thread is None)


def test_a_training_is_stopped_from_the_page_by_the_key_of_its_model(
    explorer: Explorer, shell: SimpleNamespace, comm: Comm, living: list[Model]
) -> None:
    stopped: list[str] = []
    for name in ("named", "unreached"):
        living.append(Model(a_run(stop=lambda name=name: stopped.append(name))))
    shell.user_ns["model"] = living[0]
    explorer.on_open(comm, message(kind="hello", visible=True))
    keys = [model["key"] for model in comm.sent[-1]["models"]]
    for key in ("no such model", None, keys[1], keys[0]):
        comm.say(kind="stop", key=key)
    assert stopped == ["unreached", "named"]


def test_a_model_without_a_training_has_none_to_be_stopped(
    explorer: Explorer, shell: SimpleNamespace, comm: Comm, living: list[Model]
) -> None:
    living.append(Model())
    shell.user_ns["model"] = living[0]
    explorer.on_open(comm, message(kind="hello", visible=True))
    comm.say(kind="stop", key="model")
    assert comm.sent[-1]["problem"] == ""


def test_a_training_at_which_nobody_looks_is_not_followed(
    explorer: Explorer, shell: SimpleNamespace, comm: Comm, living: list[Model]
) -> None:
    living.append(Model(a_run()))
    explorer.on_open(comm, message(kind="hello", visible=True))
    comm.say(kind="visible", visible=False)
    until(lambda: explorer._thread is None)


def test_an_answer_of_a_page_that_was_taken_for_gone_wakes_it(
    explorer: Explorer, shell: SimpleNamespace, comm: Comm
) -> None:
    explorer.on_open(comm, message(kind="hello", visible=True))
    client = explorer._clients["page"]
    client._awaited_since = time.monotonic() - 60
    shell.events.trigger("post_run_cell", None)
    assert shell.events.n_callbacks == 0
    comm.say(kind="ack", sequence=1)
    assert shell.events.n_callbacks == 2


def test_pages_that_never_said_good_bye_are_forgotten_the_oldest_first(explorer: Explorer) -> None:
    pages = [Comm(str(number)) for number in range(MOST_CLIENTS + 2)]
    for page in pages:
        explorer.on_open(page, message(kind="hello", visible=True))
    assert list(explorer._clients) == [page.comm_id for page in pages[2:]]


def test_a_page_that_can_no_longer_be_reached_is_let_go(
    explorer: Explorer, comm: Comm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(data: dict[str, Any]) -> None:
        raise OSError("The socket is closed.")

    monkeypatch.setattr(comm, "send", gone)
    explorer.on_open(comm, message(kind="hello", visible=True))
    assert explorer._clients == {}


def test_a_word_that_is_not_known_changes_nothing(explorer: Explorer, comm: Comm) -> None:
    explorer.on_open(comm, message(kind="greeting"))
    assert comm.sent == []


def test_a_look_that_fails_is_told_in_words_and_the_next_one_may_succeed(
    explorer: Explorer, shell: SimpleNamespace, comm: Comm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scan(namespace: object) -> None:
        raise RuntimeError("the namespace changed")

    with monkeypatch.context() as broken:
        broken.setattr(explorer._registry, "scan", scan)
        explorer.on_open(comm, message(kind="hello", visible=True))
    assert comm.sent[-1]["problem"] == "The models could not be listed: RuntimeError: the namespace changed"
    comm.say(kind="ack", sequence=1)
    shell.events.trigger("post_run_cell", None)
    assert comm.sent[-1]["problem"] == ""


def test_a_training_that_cannot_be_told_is_a_problem_in_words(
    explorer: Explorer, shell: SimpleNamespace, comm: Comm, living: list[Model]
) -> None:
    living.append(Model(a_run(alive=False, steps_done="many")))
    shell.user_ns["model"] = living[0]
    explorer.on_open(comm, message(kind="hello", visible=True))
    assert comm.sent[-1]["models"] == []
    assert "ValueError" in comm.sent[-1]["problem"]
