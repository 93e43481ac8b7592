"""NetworkView on real, tiny networks of every kind, held against Keras's own layers."""

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest
from drawn_networks import MODELS, branches, four_areas, images, settle, words
from runs_by_hand import until
from scene_marks import flat, group

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.widgets import NetworkView
from hcnn_widgets.widgets.network.network_layout import COLUMNS
from hcnn_widgets.widgets.network.network_scene import At, network_scene, places_of
from hcnn_widgets.widgets.scene.marks import Path, Pixels, Rect, Text

WIDTHS = (300, 410, 640, 800, 1600)


def settled(view: NetworkView) -> NetworkView:
    """Wait until nothing newer comes."""
    settle(view.panel)
    return view


@pytest.fixture
def view(page, clock, ticker):
    """Return a maker of views of models at rest that wait until all is answered."""
    return lambda source, stimuli=None, *rest, **options: settled(
        NetworkView(source, stimuli, *rest, clock=clock, ticker=ticker, **options)
    )


@pytest.fixture
def told(view, known={}):  # noqa: B006
    """Return what is shown of each of the models, by its name; each is looked at once."""

    def of(name: str):
        if name not in known:
            model = MODELS[name]()
            known[name] = model, view(model, images_of(name)).panel._told
        return known[name]

    return of


def press(page, view: NetworkView, kind: str, number: int) -> None:
    """Press Enter at a place, and wait for the answer."""
    place = places_of(view.panel._told).index(At(kind, number))
    page.say(view.panel, kind="press", place=place, key="Enter")
    settle(view.panel)


def images_of(name: str) -> hw.StimulusSet:
    return images(shape={"four areas": (16, 16, 1), "a dozen areas": (12, 12, 3)}.get(name, (12, 12, 1)))


def check_within(scene, width: float) -> None:
    """Check that all marks stand within a scene."""
    boxes = [mark for mark in flat(scene.marks) if isinstance(mark, Rect | Pixels)]
    boxes += [mark for place in scene.places for mark in place.marks]
    assert max(box.x + box.width for box in boxes) <= width + 2
    assert max(box.y + box.height for box in boxes) <= scene.height
    assert max(mark.y for mark in flat(scene.marks) if isinstance(mark, Text)) < scene.height


def maps_in_keras(model, area: str, pixels) -> np.ndarray:
    tensor = model.network.get_layer(model.taps[area]).output
    found = np.asarray(keras.Model(model.network.inputs, tensor)([pixels]))
    return found if found.ndim == 4 else found[:, None, None]


@pytest.mark.parametrize("name", MODELS)
def test_the_maps_of_each_area_are_those_of_keras(told, name) -> None:
    model, shown = told(name)
    assert shown.names == model.areas
    for area in model.areas:
        expected = maps_in_keras(model, area, shown.probe.stimuli.images[:1])[0]
        np.testing.assert_allclose(shown.areas[area].maps, expected, rtol=1e-3, atol=1e-5)
    assert f"goes through {model.areas[0]} (" in shown.sentence


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("width", WIDTHS)
def test_all_stands_within_the_drawing_and_every_place_has_its_words(told, name, width) -> None:
    _, shown = told(name)
    scene = network_scene(shown, width)
    check_within(scene, width)
    assert all(place.sentence and place.title for place in scene.places)
    assert len(scene.places) == len(places_of(shown)) == len(places_of(shown)) // COLUMNS * COLUMNS


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("height", [260, 330])
def test_it_fits_a_height_with_letters_that_can_be_read(told, name, height) -> None:
    _, shown = told(name)
    scene = network_scene(shown, 800, height)
    assert scene.height == height
    check_within(scene, 800)
    assert min(mark.size for mark in flat(scene.marks) if isinstance(mark, Text)) >= 12
    assert [place.sentence for place in scene.places] == [place.sentence for place in network_scene(shown, 800).places]


def test_in_a_cell_of_given_height_few_maps_are_drawn_larger_and_the_way_above_them_stays(told) -> None:
    _, few = told("branches")
    many, few = replace(few, area="first"), replace(few, area="form")
    scenes = [network_scene(shown, 640, 400) for shown in (many, few)]
    assert {scene.height for scene in scenes} == {400}
    tiles = [next(mark for mark in group(scene, "maps") if mark.key == "map-0") for scene in scenes]
    assert tiles[1].width > 2 * tiles[0].width
    stations = [[mark.key for mark in group(scene, "area-form")] for scene in scenes]
    assert stations[0] == stations[1]
    boxes = [[(mark.x, mark.y) for mark in group(scene, "image") if isinstance(mark, Pixels)] for scene in scenes]
    assert boxes[0] == boxes[1]


def test_a_panel_is_as_high_whichever_area_is_open_and_whatever_is_chosen(view, page) -> None:
    shown = view(branches(), images())
    heights = {shown.panel.scene(640).height}
    for number in (0, 1, 3):
        press(page, shown, "area", number)
        press(page, shown, "map", 1)
        heights.add(shown.panel.scene(640).height)
    assert len(heights) == 1


def test_a_click_on_an_area_opens_it_and_tells_others(view, page) -> None:
    shown, told = view(four_areas(), images(shape=(16, 16, 1))), []
    shown.on_area(told.append)
    press(page, shown, "area", 2)
    assert (shown.area, told) == ("V4", ["V4"])
    assert len([place for place in places_of(shown.panel._told) if place.kind == "map"]) == COLUMNS
    assert words(group(shown.panel.scene(640), "maps"))[0].startswith("V4: 6 units")
    shown.area = "IT"
    settle(shown.panel)
    assert "opened" in shown.panel.scene(640).places[COLUMNS + 4].sentence
    with pytest.raises(ValueError, match="V1, V2, V4, IT; received 'V3'"):
        shown.area = "V3"


def test_a_click_on_an_image_sends_it_through(view, page) -> None:
    model = four_areas()
    shown, told = view(model, images(shape=(16, 16, 1))), []
    shown.on_image(told.append)
    press(page, shown, "image", 5)
    assert (shown.image, told) == (5, [5])
    pixels = shown.panel._probe.stimuli.images[5:6]
    found = shown.panel._told.areas["V1"].maps
    np.testing.assert_allclose(found, maps_in_keras(model, "V1", pixels)[0], rtol=1e-3, atol=1e-5)
    chosen = model.categories[int(np.asarray(model.network(pixels)).argmax())]
    assert f"The network answers {chosen}, " in shown.sentence()
    assert shown.picture().startswith(b"\x89PNG")


def test_a_click_on_a_map_shows_the_images_that_drive_it_most_and_a_second_one_takes_them_off(view, page) -> None:
    model = four_areas()
    shown = view(model, images(shape=(16, 16, 1)))
    press(page, shown, "map", 2)
    driving, pixels = shown.panel._told.driving, shown.panel._probe.stimuli.images
    peaks = maps_in_keras(model, "V1", pixels).max(axis=(1, 2))[:, 2]
    np.testing.assert_allclose(driving.values, np.sort(peaks)[::-1][:8], rtol=1e-3, atol=1e-6)
    np.testing.assert_allclose(peaks[driving.images], driving.values, rtol=1e-3, atol=1e-6)
    assert words(group(shown.panel.scene(640), "driving"))[0] == "V1, map 3 is driven most, of 24 images, by"
    press(page, shown, "driving", 1)
    assert shown.image == driving.images[1]
    press(page, shown, "map", 2)
    assert shown.number is None
    assert words(group(shown.panel.scene(640), "driving")) == [
        "Click a map, or press Enter on it: the images that drive it most."
    ]


def test_a_map_that_nothing_drives_says_so(view, page) -> None:
    model = four_areas()
    layer = model.network.get_layer("V1.filter")
    layer.kernel.assign(0 * layer.kernel)
    shown = view(model, images(shape=(16, 16, 1)))
    press(page, shown, "map", 0)
    said = " ".join(words(group(shown.panel.scene(640), "driving")))
    assert said == "V1, map 1 has the same response to all 24 images: nothing drives it."


def test_links_that_pass_over_an_area_are_arcs_and_an_area_with_many_maps_says_how_many_are_drawn(told) -> None:
    scene = network_scene(told("branches")[1], 640)
    arcs = [mark.key for mark in group(scene, "links") if isinstance(mark, Path)]
    assert arcs == ["arc-1-3", "arc-1-4", "arc-2-4"]
    assert "130 maps of 12 × 12, the first 128 of them" in words(group(scene, "maps"))[0]
    straight = network_scene(told("four areas")[1], 640)
    assert not [mark for mark in group(straight, "links") if isinstance(mark, Path)]


def test_units_without_a_place_are_called_units(told) -> None:
    scene = network_scene(told("without maps")[1], 640)
    assert words(group(scene, "area-hidden")) == ["hidden", "9 units"]
    assert "unit 1 of 9: responds " in scene.places[2 * COLUMNS].sentence


def test_a_training_is_followed_and_its_model_let_go_at_the_end(page, clock, ticker) -> None:
    rule = hw.learning.Backpropagation(5e-3, batch_size=10)
    model = hw.GoalDrivenModel(hw.architecture.hcnn(("V1", "IT"), (4, 5), input_shape=(16, 16, 1)), rule=rule)
    run = model.train(images(60, (16, 16, 1)), validation=0.4, epochs=20)
    shown = NetworkView(run, clock=clock, ticker=ticker)
    assert until(lambda: shown.panel.tick() or bool(shown.panel._maps), 30)
    assert run.join(60)
    settle(shown.panel)
    assert f"goes at step {run.steps_done} through" in shown.sentence()
    assert shown.panel.header["title"] == f"The network at step {run.steps_done}"
    gone = weakref.ref(model)
    del model, run
    assert until(lambda: gc.collect() >= 0 and gone() is None)
    page.say(shown.panel, kind="press", place=3, key="Enter")
    settle(shown.panel)
    assert shown.panel.message == "The model of this panel is no longer in the kernel."


def test_the_code_gives_the_same_maps(view) -> None:
    model = four_areas()
    shown = view(model, images(shape=(16, 16, 1)), "V2")
    pixels = shown.panel._probe.stimuli.images
    names = {"network": model.network, "image": pixels[0], "images": pixels}
    exec(shown.code, names)
    for area, maps in zip(names["areas"], names["maps"], strict=True):
        np.testing.assert_allclose(maps[0], shown.panel._told.areas[area].maps, rtol=1e-3, atol=1e-5)
    np.testing.assert_allclose(
        names["peaks"], maps_in_keras(model, "V2", pixels).max(axis=(1, 2)), rtol=1e-3, atol=1e-5
    )


def test_the_table_has_a_row_for_each_map_of_the_opened_area(view) -> None:
    shown = view(four_areas(), images(shape=(16, 16, 1)), "V4")
    head, *rows = shown.panel.header["numbers"]
    maps = shown.panel._told.areas["V4"]
    assert head[2:6] == ["area", "map", "mean", "largest"]
    assert [row[2:4] for row in rows] == [["V4", number] for number in range(6)]
    np.testing.assert_allclose([row[5] for row in rows], maps.peaks, rtol=1e-6)


def test_another_model_is_followed_with_areas_of_its_own(view) -> None:
    shown = view(four_areas(), images(shape=(16, 16, 1)), "V4")
    shown.number = 3
    shown.follow(branches(), images())
    settle(shown.panel)
    assert (shown.area, shown.number) == ("first", None)
    with pytest.raises(ValueError, match="first, form, colour, last"):
        shown.area = "V4"


def test_an_area_that_is_not_there_and_a_misspelt_option_are_refused(page, clock, ticker) -> None:
    with pytest.raises(ValueError, match="received 'V3'"):
        NetworkView(four_areas(), images(shape=(16, 16, 1)), "V3", clock=clock, ticker=ticker)
    with pytest.raises(TypeError, match="area"):
        NetworkView(None, aera="V1")
