"""Where no thread can be started, as in a browser, work is done on the event loop, or at once."""

import asyncio
import threading
from typing import Any

import pytest

from hcnn_widgets.widgets.beside.pulse import Pulse
from hcnn_widgets.widgets.beside.starting import threads_start
from hcnn_widgets.widgets.classroom.mlp.mlp_shown import Moment
from hcnn_widgets.widgets.classroom.mlp.mlp_trainer import Trainer
from hcnn_widgets.widgets.panel.last_pictures import LastPictures
from hcnn_widgets.widgets.panel.latest_job import LatestJob
from hcnn_widgets.widgets.panel.ticker import Ticker
from hcnn_widgets.widgets.scene.after_pause import AfterPause


@pytest.fixture(autouse=True)
def no_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)


class Panel:
    """Is over after some ticks, and says so."""

    def __init__(self, until: int) -> None:
        self.n, self.until, self.ended = 0, until, asyncio.Event()

    @property
    def over(self) -> bool:
        return self.n >= self.until

    def tick(self) -> None:
        self.n += 1
        if self.over:
            self.ended.set()


def test_it_is_known() -> None:
    assert not threads_start()


def test_a_pulse_beats_on_the_event_loop_until_it_is_over() -> None:
    async def beats() -> list[int]:
        over, done = asyncio.Event(), []

        def beat() -> float | None:
            done.append(len(done))
            return 0.0 if len(done) < 3 else over.set()

        assert Pulse(beat, "pulse").begin()
        assert done == []  # whoever begins is not kept waiting
        await asyncio.wait_for(over.wait(), 10)
        await asyncio.sleep(0)
        return done

    assert asyncio.run(beats()) == [0, 1, 2]


def test_whoever_wakes_it_need_not_wait_for_the_pause() -> None:
    async def beats() -> int:
        second, n = asyncio.Event(), [0]

        def beat() -> float | None:
            n[0] += 1
            return 1_000.0 if n[0] == 1 else second.set()

        pulse = Pulse(beat, "pulse")
        pulse.begin()
        await asyncio.sleep(0.01)
        pulse.wake()
        await asyncio.wait_for(second.wait(), 10)
        pulse.wake()
        return n[0]

    assert asyncio.run(beats()) == 2


def test_a_ticker_looks_after_panels_between_cells_and_begins_anew_for_later_ones() -> None:
    async def looked_after() -> list[Any]:
        ticker, panels = Ticker(rate=10), [Panel(until=1), Panel(until=2)]
        for panel in panels:
            ticker.add(panel)
            await asyncio.wait_for(panel.ended.wait(), 10)
        while ticker.running:
            await asyncio.sleep(0.01)
        later = Panel(until=1)
        ticker.add(later)
        await asyncio.wait_for(later.ended.wait(), 10)
        return [panel.n for panel in (*panels, later)]

    assert asyncio.run(looked_after()) == [1, 2, 1]


def test_without_an_event_loop_either_nothing_stands_waiting_and_a_later_loop_serves() -> None:
    ticker, panel = Ticker(rate=10), Panel(until=2)
    ticker.add(panel)
    assert (panel.n, ticker.running) == (0, False)

    async def served() -> None:
        ticker.add(panel)
        await asyncio.wait_for(panel.ended.wait(), 10)

    asyncio.run(served())
    assert panel.n == 2


def test_a_question_is_answered_while_it_is_asked() -> None:
    job = LatestJob()
    job.ask("sum", lambda progress: 1 + 1)
    assert (job.answer("sum"), job.busy) == (2, False)
    job.ask("wrong", lambda progress: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        job.answer("wrong")


def test_of_what_is_asked_for_shortly_after_one_another_the_last_is_done() -> None:
    async def done() -> list[str]:
        said, last, pause = [], asyncio.Event(), AfterPause()
        pause.do(lambda: said.append("first"), 0.0)
        pause.do(lambda: (said.append("last"), last.set()), 0.0)
        pause.wait(0)
        await asyncio.wait_for(last.wait(), 10)
        return said

    assert asyncio.run(done()) == ["last"]


def test_without_an_event_loop_it_is_done_at_once() -> None:
    said: list[str] = []
    AfterPause().do(lambda: said.append("now"), 60)
    assert said == ["now"]


def test_a_training_beside_the_page_is_gone_through_at_once() -> None:
    moments = [Moment(epoch, 0.5, ()) for epoch in (3, 6)]
    shown: list[int] = []
    ended: list[Exception | None] = []
    trainer = Trainer(iter(moments), lambda _, moment: shown.append(moment.epoch), lambda _, error: ended.append(error))
    trainer.start()
    assert (shown, ended, trainer.join(0)) == ([3, 6], [None], True)


def test_a_cell_does_not_wait_for_a_picture_that_is_drawn_between_cells() -> None:
    class Shell:
        kernel = None

        class events:
            register = staticmethod(lambda *_: None)

    class Owing:
        owes_picture = True

    slept: list[float] = []
    pictures, owing = LastPictures(clock=iter(range(0, 10_000, 10)).__next__, sleep=slept.append), Owing()
    pictures.expect(owing, Shell())
    pictures.wait()
    assert slept == []
