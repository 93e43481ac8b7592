from hcnn_widgets.mapping.live.work import LiveWork
from hcnn_widgets.widgets.panel.watching import Watches


class Work(LiveWork):
    """Never measures: the training is at no boundary."""

    def _get_ready(self, model, final):
        self._closed.wait()

    def _measure(self, run, final):
        return None

    def _let_go(self):
        pass


class Panel(Watches):
    """May be held weakly."""


def test_work_ends_with_its_last_viewer(run):
    work, first, second = Work(run, 0.0, 1.0), Panel(), Panel()
    for panel in (first, second):
        panel.watch(work)
    first.watch(None)
    first.watch(None)
    assert work.alive
    second.watch(None)
    assert not work.alive
    assert work.join(60)


def test_a_panel_that_turns_to_other_work_leaves_the_one_before(run):
    before, after, panel = Work(run, 0.0, 1.0), Work(run, 0.0, 1.0), Panel()
    panel.watch(before)
    panel.watch(after)
    panel.watch(after)
    assert [before.alive, after.alive] == [False, True]
    panel.watch(object())
    assert not after.alive


def test_work_that_no_panel_has_shown_is_not_ended_by_one_that_leaves(run):
    work = Work(run, 0.0, 1.0)
    work.left_by(Panel())
    assert work.alive
    work.close()
