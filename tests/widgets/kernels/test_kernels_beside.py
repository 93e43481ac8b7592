"""Kernels of another run beside those of a run: on one scale, by its title, also when the other run is gone."""

import gc
import weakref
from types import SimpleNamespace

import numpy as np
import pytest

from hcnn_widgets.widgets.kernels.kernel_frame import as_pixels
from hcnn_widgets.widgets.kernels.kernel_grid import KernelGrid


@pytest.fixture
def other(make_run, model):
    """Make a run that is over, whose kernels are those of the stand-in model upside down; V2 has other ones."""
    weights = {area: weights[:, ::-1] * 2 for area, weights in model.weights.items()}
    weights["V2"] = weights["V2"][:, :2]
    run = make_run(type(model)(name="net", areas=model.areas, weights=weights, goal=None, rule=model.rule))
    run.title, run.state = "yesterday", "finished"
    return run


@pytest.fixture
def grid(page, run, clock, ticker, read, other):
    return KernelGrid(run, beside=other, shown="beside", clock=clock, ticker=ticker, read=read)


def look(page, grid, run, ticker):
    for _ in range(2):
        page.say(grid.panel, kind="ack", sequence=grid.panel.sequence)
        ticker.round()
        run.do_jobs()
    page.say(grid.panel, kind="ack", sequence=grid.panel.sequence)
    ticker.round()


def test_both_runs_stand_side_by_side_on_one_scale(page, grid, run, ticker, model):
    look(page, grid, run, ticker)
    header = grid.panel.header
    assert header["sides"] == ["yesterday", "now"]
    shape = (2, *(header[name] for name in ("n_kernels", "height", "width", "n_channels")))
    then, now = np.frombuffer(grid.panel.values, np.uint8).reshape(shape)
    weights, scale = model.weights["V1"], header["scale"]
    assert np.array_equal(now, as_pixels(weights, scale))
    assert np.array_equal(then, as_pixels(2 * weights[:, ::-1], scale))
    assert grid.sentence() == "V1: 8 kernels of 5 x 5; yesterday and at step 0."


def test_kernels_of_another_size_are_not_shown_and_the_panel_says_why(page, grid, run, ticker):
    grid.area = "V2"
    look(page, grid, run, ticker)
    assert grid.panel.header["sides"] == ["now"]
    assert grid.panel.message == "yesterday has no kernels of this size in this area. These are those of now."


def test_the_menu_offers_the_other_run_as_long_as_there_is_one(grid, run, other):
    assert dict(grid._shown.options)["yesterday and now"] == "beside"
    grid.follow(run)
    assert grid.shown == "now"
    assert "beside" not in dict(grid._shown.options).values()
    grid.follow(run, other)
    assert "beside" in dict(grid._shown.options).values()


def test_what_is_shown_stays_chosen_when_another_run_comes_beside(grid, run, other):
    grid.shown = "both"
    other.title = "last week"
    grid.follow(run, other)
    assert grid.shown == "both"
    assert "last week and now" in dict(grid._shown.options)


def test_without_another_run_it_cannot_be_asked_for(page, run, read, ticker):
    with pytest.raises(ValueError, match="`shown='beside'` needs a run"):
        KernelGrid(run, shown="beside", read=read, ticker=ticker)
    grid = KernelGrid(run, read=read, ticker=ticker)
    with pytest.raises(ValueError, match="received none"):
        grid.shown = "beside"


def test_what_is_no_run_cannot_stand_beside(page, run, read, ticker):
    with pytest.raises(TypeError, match="`beside` must be a run"):
        KernelGrid(run, beside=SimpleNamespace(), read=read, ticker=ticker)


def test_the_other_run_is_not_held(page, run, clock, ticker, read, make_run, model):
    other = make_run(model)
    grid = KernelGrid(run, beside=other, clock=clock, ticker=ticker, read=read)
    other.state = "finished"
    other.do_jobs()
    gone = weakref.ref(other)
    del other
    gc.collect()
    assert gone() is None
    assert grid.panel.beside.of("V1", (8, 5, 5, 1)) is not None
