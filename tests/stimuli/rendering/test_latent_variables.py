"""What a latent variable says is what the picture shows, measured in pixels."""

import numpy as np
import pytest

from hcnn_widgets.stimuli.rendering import object_blocks
from hcnn_widgets.stimuli.rendering.exemplars import CATEGORIES
from hcnn_widgets.stimuli.rendering.object_model import pack
from hcnn_widgets.stimuli.rendering.rendered_objects import objects
from hcnn_widgets.stimuli.rendering.solids import ellipsoid
from hcnn_widgets.stimuli.rendering.variation import LATENT_UNITS, OBJECT_SIZE, VARIATIONS, draw_latents

SMALL = 0.25
"""Size at which no object leaves the picture at the positions used here."""
STILL = {
    "horizontal_position": 0,
    "vertical_position": 0,
    "size": SMALL,
    "rotation_about_vertical": 0,
    "rotation_about_horizontal": 0,
    "rotation_in_plane": 0,
    "light_direction": 0,
}


def centroids(silhouettes: np.ndarray) -> np.ndarray:
    """Give x to the right and y up of the middle of each silhouette, in pixels from the picture's middle."""
    mass = silhouettes.sum(axis=(1, 2))
    places = np.arange(silhouettes.shape[1]) - (silhouettes.shape[1] - 1) / 2
    return np.stack([silhouettes.sum(axis=1) @ places / mass, -(silhouettes.sum(axis=2) @ places) / mass], axis=1)


def test_a_position_in_degrees_moves_the_silhouette_by_as_much(silhouettes) -> None:
    # 8 deg are 64 pixels here: 1.5 deg to the right are 12 pixels, 1 deg down is 8.
    middle = silhouettes(**STILL)
    moved = silhouettes(**STILL | {"horizontal_position": 1.5, "vertical_position": -1.0})
    np.testing.assert_allclose(centroids(moved) - centroids(middle), np.tile([12, -8], (64, 1)), atol=1e-3)
    np.testing.assert_allclose(moved[:, 8:, 12:], middle[:, :-8, :-12], atol=1e-4)


def test_positions_that_vary_are_followed_one_by_one(silhouettes) -> None:
    rng = np.random.default_rng(5)
    x, y = rng.uniform(-1.5, 1.5, (2, 64))
    shift = centroids(silhouettes(**STILL | {"horizontal_position": x, "vertical_position": y})) - centroids(
        silhouettes(**STILL)
    )
    np.testing.assert_allclose(shift, 8 * np.stack([x, y], axis=1), atol=0.6)


def test_an_object_stands_about_its_position(silhouettes) -> None:
    # Not exactly: an object's box is centred, its silhouette need not be.
    places = centroids(silhouettes(**STILL))
    assert np.abs(places).max() < 0.25 * SMALL * 64
    assert np.abs(places.mean(axis=0)).max() < 1


def test_twice_the_size_covers_four_times_the_area(silhouettes) -> None:
    single = silhouettes(**STILL | {"size": 0.2}).sum(axis=(1, 2))
    double = silhouettes(**STILL | {"size": 0.4}).sum(axis=(1, 2))
    np.testing.assert_allclose(double / single, 4, rtol=0.12)


def test_the_size_is_the_mean_width_over_all_directions(silhouettes) -> None:
    # A direction drawn evenly on the sphere: the turn in plane does not count for the mean, tilt and turn do.
    rng = np.random.default_rng(0)
    widths = []
    for _ in range(6):
        poses = {
            "rotation_about_vertical": rng.uniform(-180, 180, 64),
            "rotation_about_horizontal": np.rad2deg(np.arcsin(rng.uniform(-1, 1, 64))),
            "rotation_in_plane": rng.uniform(-180, 180, 64),
        }
        shown = silhouettes(**STILL | {"size": 0.4} | poses) > 0.01
        widths += [shown.any(axis=1).sum(axis=1), shown.any(axis=2).sum(axis=1)]
    # A pixel that is touched counts whole: the width is overestimated by a pixel or so.
    assert np.mean(widths) == pytest.approx(0.4 * 64, abs=1.5)


@pytest.mark.parametrize("angle", [20.0, 45.0])
def test_every_rotation_changes_what_is_seen(draw, angle) -> None:
    before = draw(**STILL).images
    for axis in ("about_vertical", "about_horizontal", "in_plane"):
        after = draw(**STILL | {f"rotation_{axis}": angle}).images
        assert (np.abs(after - before).max(axis=(1, 2, 3)) > 0.05).mean() > 0.9


def test_half_a_turn_about_the_vertical_shows_the_mirrored_silhouette(silhouettes) -> None:
    before, after = silhouettes(**STILL), silhouettes(**STILL | {"rotation_about_vertical": 180})
    assert np.abs(after - before[:, :, ::-1]).mean() < 1e-3


def test_half_a_turn_about_the_horizontal_shows_the_silhouette_upside_down(silhouettes) -> None:
    before, after = silhouettes(**STILL), silhouettes(**STILL | {"rotation_about_horizontal": 180})
    assert np.abs(after - before[:, ::-1]).mean() < 1e-3


def test_a_quarter_turn_in_the_plane_with_its_light_turns_the_picture_counterclockwise(draw) -> None:
    before = draw(**STILL).images
    # The light's direction counts clockwise.
    after = draw(**STILL | {"rotation_in_plane": 90, "light_direction": -90}).images
    assert np.abs(after - np.rot90(before, axes=(1, 2))).mean() < 1e-3


@pytest.fixture
def marked_ball(monkeypatch) -> None:
    """Let every object be a white ball with a dark spot towards the viewer, and every canonical view the same."""
    spot = ellipsoid((0, 0, 0.9), (0.3, 0.3, 0.3), 0.0)
    model = pack([ellipsoid((0, 0, 0), (1, 1, 1), 1.0), spot])
    monkeypatch.setattr(object_blocks, "model_of", lambda *_: model)
    monkeypatch.setattr(object_blocks, "CANONICAL_VIEWS", dict.fromkeys(CATEGORIES, np.eye(3)))


@pytest.mark.parametrize(
    ("latents", "direction"),
    [
        ({"rotation_about_vertical": 40}, (1, 0)),
        ({"rotation_about_vertical": -40}, (-1, 0)),
        ({"rotation_about_horizontal": 40}, (0, -1)),
        ({"rotation_about_vertical": 40, "rotation_in_plane": 90}, (0, 1)),
    ],
)
def test_what_faces_the_viewer_moves_where_a_rotation_takes_it(draw, marked_ball, latents, direction) -> None:
    # Counterclockwise seen from the tip of the axis: to the right about the vertical, down about the horizontal.
    pictures = draw(background=1.0, **STILL | {"size": 0.8} | latents).images[..., 0]
    dark = (pictures < 0.05).astype(float)
    expected = 0.8 / 2 * 64 * np.sin(np.deg2rad(40)) * np.array(direction)
    np.testing.assert_allclose(centroids(dark), np.tile(expected, (64, 1)), atol=2.5)


@pytest.mark.parametrize("angle", [0, 60, 90, 180, -90])
def test_light_comes_from_its_direction_clockwise_from_above(draw, marked_ball, angle) -> None:
    pictures = draw(**STILL | {"size": 0.8, "light_direction": angle}).images[..., 0]
    opposite = draw(**STILL | {"size": 0.8, "light_direction": angle + 180}).images[..., 0]
    x, y = centroids(pictures)[0] - centroids(opposite)[0]
    assert np.hypot(x, y) > 3
    assert np.rad2deg(np.arctan2(x, y)) % 360 == pytest.approx(angle % 360, abs=2)


def test_light_does_not_change_the_silhouette(silhouettes) -> None:
    np.testing.assert_allclose(silhouettes(**STILL | {"light_direction": 80}), silhouettes(**STILL), atol=1e-6)


def test_the_exemplar_names_the_object_in_the_picture(draw) -> None:
    pictures = draw(**STILL)
    seen = {(str(c), str(e)) for c, e in zip(pictures.labels, pictures.latents["exemplar"], strict=True)}
    assert seen == {(category, exemplar) for category, exemplars in CATEGORIES.items() for exemplar in exemplars}
    assert len({image.tobytes() for image in pictures.images}) == 64


def test_every_latent_variable_has_a_unit_and_a_value_per_image() -> None:
    stimuli = objects(10, "high")
    assert dict(stimuli.latent_units) == LATENT_UNITS
    assert set(stimuli.latents) == set(LATENT_UNITS)
    assert all(len(values) == 10 for values in stimuli.latents.values())


def test_levels_of_variation_grow_from_low_to_high() -> None:
    levels = [VARIATIONS[name] for name in ("low", "medium", "high")]
    assert list(VARIATIONS) == ["low", "medium", "high"]
    for part in ("position", "size", "rotation", "light"):
        low, medium, high = (getattr(level, part) for level in levels)
        assert low < medium < high


@pytest.mark.parametrize("name", VARIATIONS)
def test_latent_variables_fill_their_range_evenly_and_never_leave_it(name) -> None:
    level, degrees = VARIATIONS[name], 10.0
    drawn = draw_latents(level, 4000, degrees, np.random.default_rng(1))
    ranges = {
        "horizontal_position": level.position * degrees / 2,
        "vertical_position": level.position * degrees / 2,
        "rotation_about_vertical": level.rotation,
        "rotation_about_horizontal": level.rotation,
        "rotation_in_plane": level.rotation,
        "light_direction": level.light,
    }
    units = [drawn[variable] / furthest for variable, furthest in ranges.items()]
    units.append(np.log(drawn["size"] / OBJECT_SIZE) / np.log(level.size))
    assert set(drawn) == {*ranges, "size"}
    for values in units:
        assert np.abs(values).max() <= 1 + 1e-9
        np.testing.assert_allclose(
            np.quantile(values, [0.01, 0.25, 0.5, 0.75, 0.99]), [-0.98, -0.5, 0, 0.5, 0.98], atol=0.06
        )
    correlations = np.corrcoef(units) - np.eye(len(units))
    assert np.abs(correlations).max() < 0.08


def test_measured_variation_grows_with_its_level() -> None:
    # On the pictures themselves: those of one exemplar are less alike the higher the level.
    def likeness(name: str) -> float:
        stimuli = objects(256, name, seed=2)
        kinds = np.char.add(stimuli.labels, stimuli.latents["exemplar"])
        patterns = stimuli.images.reshape(256, -1)
        correlations = np.corrcoef(patterns)
        same = (kinds[:, np.newaxis] == kinds) & ~np.eye(256, dtype=bool)
        return float(correlations[same].mean())

    assert likeness("low") > likeness("medium") > likeness("high")
