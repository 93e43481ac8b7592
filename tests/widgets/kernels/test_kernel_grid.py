import numpy as np
import pytest

from hcnn_widgets.widgets.kernels.kernel_frame import as_pixels
from hcnn_widgets.widgets.kernels.kernel_grid import KernelGrid


@pytest.fixture
def grid(page, run, clock, ticker, read):
    return KernelGrid(run, clock=clock, ticker=ticker, read=read)


def shown(grid):
    header = grid.panel.header
    shape = [header[name] for name in ("n_kernels", "height", "width", "n_channels")]
    return np.frombuffer(grid.panel.values, np.uint8).reshape(shape)


def next_round(page, grid, run, ticker):
    """Let the page answer, the panel ask, the training thread read, and the panel show what was read."""
    page.say(grid.panel, kind="ack", sequence=grid.panel.sequence)
    ticker.round()
    run.do_jobs()
    page.say(grid.panel, kind="ack", sequence=grid.panel.sequence)
    ticker.round()


def test_weights_are_read_only_at_a_step_boundary_and_never_waited_for(grid, run, ticker):
    assert grid.panel.message == "Waiting for the first kernels…"
    ticker.round()
    assert len(run.jobs) == 1
    run.do_jobs()
    ticker.round()
    assert grid.panel.header["area"] == "V1"


def test_the_kernels_on_the_page_are_those_of_the_model(page, grid, run, ticker, model):
    next_round(page, grid, run, ticker)
    assert np.array_equal(shown(grid), as_pixels(model.weights["V1"], grid.panel.header["scale"]))


def test_kernels_change_as_the_network_learns(page, grid, run, ticker, model):
    next_round(page, grid, run, ticker)
    before = shown(grid)
    run.train(5)
    model.weights["V1"] = model.weights["V1"][::-1].copy()
    next_round(page, grid, run, ticker)
    assert grid.panel.header["step"] == 5
    assert not np.array_equal(before, shown(grid))


def test_while_no_step_is_taken_nothing_is_asked_of_the_training_thread(page, grid, run, ticker):
    next_round(page, grid, run, ticker)
    for _ in range(3):
        ticker.round()
    assert run.jobs == []


def test_the_area_can_be_chosen_with_the_keyboard(page, grid, run, ticker):
    next_round(page, grid, run, ticker)
    assert grid._area.options == ("V1", "V2", "V4")
    page.change(grid._area, index=1)
    next_round(page, grid, run, ticker)
    assert grid.area == "V2"
    assert grid.panel.header["area"] == "V2"
    assert "largest weights" in grid.panel.header["title"]


def test_a_channel_can_be_chosen_and_nonsense_is_refused_in_words(page, grid, run, ticker):
    grid.area = "V2"
    page.change(grid._channel, value="5")
    next_round(page, grid, run, ticker)
    assert grid.panel.header["title"].endswith("input channel 5")
    page.change(grid._channel, value="red")
    assert grid.panel.message == "`channel` must be a whole number from 0, or nothing; received 'red'."
    page.change(grid._channel, value="8")
    next_round(page, grid, run, ticker)
    assert grid.panel.message == "`channel` must be from 0 to 7 in this area; received 8."


def test_choosing_a_kernel_tells_its_weights(page, grid, run, ticker, model):
    next_round(page, grid, run, ticker)
    page.say(grid.panel, kind="select", index=3)
    assert np.array_equal(grid.panel.kernel, model.weights["V1"][3])
    assert grid._told.value.startswith("Kernel 3 of V1 (5 x 5 x 1): weights -")
    page.say(grid.panel, kind="select", index=99)
    assert grid.panel.kernel is None


def test_an_error_in_reading_becomes_words(page, run, clock, ticker):
    def broken(model, area):
        raise ValueError(f"area={area!r} has no kernels.")

    grid = KernelGrid(run, clock=clock, ticker=ticker, read=broken)
    next_round(page, grid, run, ticker)
    assert grid.panel.message == "area='V1' has no kernels."


def test_an_area_that_the_model_does_not_have_is_refused(page, run, ticker):
    with pytest.raises(ValueError, match="`area` must be one of this model's areas, V1, V2, V4; received 'V3'"):
        KernelGrid(run, area="V3", ticker=ticker)


def test_a_finished_run_gets_its_last_kernels_and_then_costs_nothing(page, grid, run, ticker, model):
    next_round(page, grid, run, ticker)
    run.train(100)
    run.state = "finished"
    page.say(grid.panel, kind="ack", sequence=grid.panel.sequence)
    ticker.round()
    assert grid.panel.header["step"] == 100
    assert grid.over
    assert not ticker.looks_after(grid.panel)


def test_a_model_that_is_not_training_shows_its_weights_as_they_are(page, model, clock, ticker, read):
    model.run = None
    grid = KernelGrid(model, area="V4", clock=clock, ticker=ticker, read=read)
    assert grid.panel.header["colormap"] == "rgb"
    assert grid.over


def test_a_model_without_a_network_says_so(page, model, clock, ticker):
    model.run, model.network, model.name = None, None, "hcnn"
    grid = KernelGrid(model, clock=clock, ticker=ticker)
    assert grid.panel.message.startswith("`hcnn` has no network yet: train it")


def test_the_picture_is_a_png_and_the_sentence_says_what_it_shows(page, grid, run, ticker):
    next_round(page, grid, run, ticker)
    assert grid.picture().startswith(b"\x89PNG")
    assert grid.sentence() == "V1: 8 kernels of 5 x 5; at step 0."


@pytest.fixture
def built():
    """Give a small model, built and never trained."""
    import hcnn_widgets as hw

    spec = hw.architecture.hcnn(areas=("V1", "V2"), input_shape=(16, 16, 1))
    model = hw.GoalDrivenModel(spec, hw.goal.Categorization(), hw.learning.Backpropagation())
    model.build(["cat", "dog"])
    return model


def test_a_model_that_does_not_train_shows_its_weights_as_they_are(page, built, clock, ticker):
    from hcnn_widgets.activations.filter_kernels import kernels

    grid = KernelGrid(built, area="V2", clock=clock, ticker=ticker)
    weights = kernels(built.network, built.taps, "V2")
    assert grid.panel.header["n_kernels"] == len(weights)
    assert grid.panel.over
    page.say(grid.panel, kind="select", index=1)
    np.testing.assert_array_equal(grid.panel.kernel, weights[1])


def test_the_code_names_the_layer_whose_kernels_are_shown(page, built, clock, ticker):
    grid = KernelGrid(built, clock=clock, ticker=ticker)
    layer = built.network.get_layer(grid.panel.layer)
    assert layer.kernel.shape[-1] == grid.panel.header["n_kernels"]
    assert f'get_layer("{layer.name}")' in grid.code


def test_without_a_network_the_code_and_the_words_say_what_is_missing(page, run, clock, ticker, model):
    empty = KernelGrid(clock=clock, ticker=ticker)
    assert empty.panel.layer is None
    assert empty._area.layout.display == "none"  # a menu of nothing
    assert 'get_layer("layer")' in empty.code
    model.network, model.name = None, "hcnn"
    unbuilt = KernelGrid(model, clock=clock, ticker=ticker)
    assert "`hcnn` has no network yet" in unbuilt.panel.message


def test_messages_that_are_not_about_kernels_choose_none(page, grid, run, ticker):
    page.say(grid.panel, kind="select", index=0)  # before there are any
    assert grid.panel.selected is None
    next_round(page, grid, run, ticker)
    page.say(grid.panel, kind="hover", index=0)
    assert grid.panel.selected is None
    page.say(grid.panel, kind="select", index=99)
    assert grid.panel.selected is None


def both_sides(grid):
    header = grid.panel.header
    shape = [header[name] for name in ("n_kernels", "height", "width", "n_channels")]
    return np.frombuffer(grid.panel.values, np.uint8).reshape(len(header["sides"]), *shape)


@pytest.fixture
def changed(built):
    """Give a model whose weights of V1 have changed since it was built, and those before."""
    layer = built.network.get_layer("V1.filter")
    before = layer.kernel.numpy().transpose(3, 0, 1, 2)
    layer.kernel.assign(3 * layer.kernel + 0.01)
    return built, before


def test_kernels_before_training_are_chosen_with_the_keyboard_and_stand_beside_those_of_now(
    page, changed, clock, ticker
):
    model, before = changed
    grid = KernelGrid(model, clock=clock, ticker=ticker)
    assert grid.panel.header["sides"] == ["now"]
    page.change(grid._shown, index=2)
    ticker.round()
    assert grid.shown == "both"
    assert grid.panel.header["sides"] == ["before training", "now"]
    scale = grid.panel.header["scale"]
    now = model.network.get_layer("V1.filter").kernel.numpy().transpose(3, 0, 1, 2)
    assert np.array_equal(both_sides(grid), np.stack([as_pixels(before, scale), as_pixels(now, scale)]))
    assert grid.sentence() == "V1: 32 kernels of 8 x 8, layer V1.filter; before training and at step 0."
    assert grid.picture().startswith(b"\x89PNG")


def test_each_area_is_compared_with_its_own_kernels_before_training(page, built, clock, ticker):
    grid = KernelGrid(built, shown="both", clock=clock, ticker=ticker)
    page.change(grid._area, index=1)
    ticker.round()
    before, now = both_sides(grid)
    assert grid.panel.header["area"] == "V2"
    assert np.array_equal(before, now)


def test_kernels_before_training_can_be_asked_for_when_the_model_has_gone(page, changed, clock, ticker):
    import gc

    model, before = changed
    grid = KernelGrid(model, clock=clock, ticker=ticker)
    del model, changed
    gc.collect()
    grid.shown = "before"
    ticker.round()
    assert grid.panel.header["sides"] == ["before training"]
    assert np.array_equal(both_sides(grid)[0], as_pixels(before, grid.panel.header["scale"]))
    assert grid.sentence().endswith("; before training.")


def test_a_network_that_came_with_its_weights_shows_those_of_now_and_says_so(page, built, clock, ticker):
    import hcnn_widgets as hw

    model = hw.GoalDrivenModel.from_keras(built.network, {"V1": "V1", "V2": "V2"}, pretrained=True)
    grid = KernelGrid(model, shown="both", clock=clock, ticker=ticker)
    assert grid.panel.header["sides"] == ["now"]
    assert grid.panel.message.startswith("The kernels before training are not known")
    grid.shown = "now"
    ticker.round()
    assert grid.panel.message == ""


def test_a_choice_that_there_is_not_is_refused(page, run, ticker):
    with pytest.raises(ValueError, match=r"`shown='after'` is unknown\. Accepted are 'now', 'before', 'both'"):
        KernelGrid(run, shown="after", ticker=ticker)
    grid = KernelGrid(run, ticker=ticker)
    with pytest.raises(ValueError, match=r"`shown='after'` is unknown\. Accepted are 'now', 'before', 'both'"):
        grid.shown = "after"
