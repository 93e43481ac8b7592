import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hcnn_widgets as hw
from hcnn_widgets.stimuli.rendering.exemplars import CANONICAL_VIEWS, CATEGORIES, model_of
from hcnn_widgets.stimuli.rendering.rendered_objects import BLOCK, objects
from hcnn_widgets.stimuli.rendering.variation import VARIATIONS


def test_images_are_float32_from_0_to_1_with_contrast() -> None:
    stimuli = objects(24)
    assert stimuli.images.shape == (24, 64, 64, 1)
    assert stimuli.images.dtype == np.float32
    assert stimuli.images.min() >= 0
    assert stimuli.images.max() <= 1
    assert stimuli.images.std(axis=(1, 2, 3)).min() > 0.03


def test_ids_differ_and_say_variation_and_seed() -> None:
    ids = [*objects(70, "low", size=8).stimulus_ids, *objects(70, "low", size=8, seed=1).stimulus_ids]
    ids += [*objects(70, "high", size=8).stimulus_ids]
    assert len(set(ids)) == 210
    assert ids[0] == "objects-low-0-00000"


@pytest.mark.parametrize("variation", VARIATIONS)
def test_the_same_seed_gives_the_same_images_and_another_one_others(variation) -> None:
    first, again, other = (objects(9, variation, size=16, seed=seed) for seed in (4, 4, 5))
    np.testing.assert_array_equal(first.images, again.images)
    np.testing.assert_array_equal(first.labels, again.labels)
    for name, values in first.latents.items():
        np.testing.assert_array_equal(values, again.latents[name])
    assert np.abs(first.images - other.images).max(axis=(1, 2, 3)).min() > 0.1


def test_levels_of_variation_differ_in_more_than_scale() -> None:
    low, high = objects(64, "low", size=16), objects(64, "high", size=16)
    assert not np.array_equal(low.labels, high.labels)
    assert abs(np.corrcoef(low.latents["light_direction"], high.latents["light_direction"])[0, 1]) < 0.5


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 2 * BLOCK + 3), st.integers(1, 2 * BLOCK + 3), st.sampled_from(list(VARIATIONS)))
def test_of_two_counts_the_smaller_gives_the_first_images_of_the_larger(one, other, variation) -> None:
    few, many = (objects(n, variation, size=8, seed=3) for n in sorted((one, other)))
    head = many[: len(few)]
    np.testing.assert_array_equal(few.images, head.images)
    np.testing.assert_array_equal(few.stimulus_ids, head.stimulus_ids)
    np.testing.assert_array_equal(few.labels, head.labels)
    for name, values in few.latents.items():
        np.testing.assert_array_equal(values, head.latents[name])


def test_any_first_images_hold_every_category_as_often_as_can_be() -> None:
    labels = objects(3 * BLOCK, size=8).labels
    for count in range(1, 3 * BLOCK):
        numbers = [int((labels[:count] == category).sum()) for category in CATEGORIES]
        assert max(numbers) - min(numbers) <= 1


def test_every_block_holds_every_exemplar_once_in_another_order() -> None:
    stimuli = objects(2 * BLOCK, size=8)
    names = np.char.add(stimuli.labels, stimuli.latents["exemplar"]).reshape(2, BLOCK)
    assert [len(set(block)) for block in names] == [BLOCK, BLOCK]
    assert not np.array_equal(*names)


@pytest.mark.parametrize("size", [8, 33, 100])
def test_any_size_shows_the_same_objects(size) -> None:
    small, usual = objects(64, "low", size=size, seed=1), objects(64, "low", size=64, seed=1)
    assert small.images.shape == (64, size, size, 1)
    np.testing.assert_array_equal(small.labels, usual.labels)
    np.testing.assert_allclose(small.latents["size"], usual.latents["size"])


def test_a_larger_picture_shows_the_same_scene_with_more_pixels(draw) -> None:
    # Area averages of the finer picture are the coarser one, along edges nearly.
    coarse, fine = draw(0.5, pixels=64).images, draw(0.5, pixels=128).adapted_to((64, 64, 1)).images
    assert np.abs(coarse - fine).mean() < 0.01


def test_the_visual_angle_scales_positions_and_leaves_the_pixels_alone() -> None:
    narrow, wide = objects(20, "high", size=16, degrees=4), objects(20, "high", size=16, degrees=12)
    np.testing.assert_allclose(narrow.images, wide.images, atol=1e-5)
    np.testing.assert_allclose(narrow.latents["vertical_position"] * 3, wide.latents["vertical_position"])
    np.testing.assert_allclose(narrow.latents["size"], wide.latents["size"])
    assert (narrow.degrees, wide.degrees) == (4, 12)


def test_progress_is_told_block_by_block_to_the_end() -> None:
    told = []
    objects(2 * BLOCK + 5, size=8, progress=lambda done, n: told.append((done, n)))
    assert told == [(BLOCK, 2 * BLOCK + 5), (2 * BLOCK, 2 * BLOCK + 5), (2 * BLOCK + 5, 2 * BLOCK + 5)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 0}, r"`n` cannot be drawn. Accepted are whole numbers from 1; received 0"),
        ({"n": 2.5}, r"`n` cannot be drawn. .* received 2.5"),
        ({"n": 4, "size": 7}, r"`size` cannot be drawn. Accepted are whole numbers from 8; received 7"),
        ({"n": 4, "seed": -1}, r"`seed` cannot be drawn. Accepted are whole numbers from 0; received -1"),
        ({"n": 4, "variation": "none"}, r"`variation` is unknown. Accepted are low, medium, high; received 'none'"),
        ({"n": 4, "degrees": 0.0}, r"`degrees` is no visual angle of an image width.* received 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused(arguments, message) -> None:
    with pytest.raises(ValueError, match=message):
        objects(**arguments)


def test_there_are_eight_categories_of_eight_exemplars_each_with_a_canonical_view() -> None:
    assert len(CATEGORIES) == 8
    assert {len(exemplars) for exemplars in CATEGORIES.values()} == {8}
    assert list(CANONICAL_VIEWS) == list(CATEGORIES)
    for view in CANONICAL_VIEWS.values():
        np.testing.assert_allclose(view @ view.T, np.eye(3), atol=1e-12)


@pytest.mark.parametrize("category", CATEGORIES)
def test_exemplars_are_solid_and_of_a_size_that_fits(category) -> None:
    for exemplar in CATEGORIES[category]:
        model = model_of(category, exemplar)
        assert model is model_of(category, exemplar)
        assert (model.albedos >= 0).all()
        assert (model.albedos <= 1).all()
        assert (model.reaches > 0).all()
        assert 1 < model.radius < 2
        np.testing.assert_allclose(np.linalg.norm(model.planes[:, :3], axis=1), 1, atol=0.01)


def test_a_simple_observer_tells_the_categories_apart_at_low_variation() -> None:
    # Not a claim on quality: nearest neighbour on pixels, far above the chance of 1 in 8.
    known, asked = objects(512, "low", seed=0), objects(128, "low", seed=1)
    products = asked.images.reshape(128, -1) @ known.images.reshape(512, -1).T
    distances = (known.images.reshape(512, -1) ** 2).sum(axis=1) - 2 * products
    assert (known.labels[distances.argmin(axis=1)] == asked.labels).mean() > 0.5


def test_the_public_door_gives_the_same_function() -> None:
    assert hw.stimuli.objects is objects
