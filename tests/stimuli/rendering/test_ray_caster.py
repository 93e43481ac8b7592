from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slow_ray_caster import slow_cast

from hcnn_widgets.stimuli.rendering.object_model import ObjectModel, pack
from hcnn_widgets.stimuli.rendering.ray_caster import AMBIENT, cast
from hcnn_widgets.stimuli.rendering.solids import Solid, box, ellipsoid, prism, rod, rotation

LIGHT = np.array([0.36, 0.48, 0.8])
FRONT = np.array([0.0, 0.0, 1.0])
SIZE = (20, 24)

SOLIDS = {
    "sphere": [ellipsoid((0, 0, 0), (1, 1, 1), 0.9)],
    "ellipsoid": [ellipsoid((0, 0, 0), (1, 0.5, 0.3), 0.7, rotation(x=30, y=40, z=50))],
    "ellipsoid cut": [ellipsoid((0, 0, 0), (1, 0.8, 0.6), 0.7, cut=[(0, 1, 0, 0.2), (0.6, 0, 0.8, 0.3)])],
    "box": [box((0, 0, 0), (0.9, 0.6, 0.4), 0.8, rotation(x=20, y=30))],
    "rod": [rod((-0.7, -0.4, 0.3), (0.8, 0.5, -0.2), 0.35, 0.6)],
    "prism": [prism([(-1, -0.5), (1, -0.5), (0, 0.9)], 0.3, albedo=0.5, turn=rotation(y=60))],
    "one behind another": [
        ellipsoid((0.2, 0.1, 0.5), (0.4, 0.4, 0.4), 1.0),
        box((0, 0, -0.2), (0.9, 0.7, 0.2), 0.3),
        rod((-1, 0.4, 0.2), (1, 0.4, 0.2), 0.1, 0.6),
    ],
}


def placed(solids: list[Solid]) -> tuple[ObjectModel, list[Solid]]:
    """Give the packed object, and the same solids where it has put them, in its own measure."""
    model = pack(solids)
    factor = model.reaches[0, 0] / solids[0].reach[0]
    moved = []
    for solid, centre in zip(solids, model.centres, strict=True):
        planes = solid.planes * (1, 1, 1, factor)
        axes = None if solid.semi_axes is None else solid.semi_axes * factor
        moved.append(replace(solid, centre=centre, planes=planes, semi_axes=axes))
    return model, moved


def agree(solids: list[Solid], turn: np.ndarray, light: np.ndarray, position=(12.3, 9.6), scale: float = 7.0) -> None:
    """Hold the ray caster against the slow one; along edges, where a hair decides, three pixels may differ."""
    model, moved = placed(solids)
    luminance, covered = cast(model, turn, scale, position, light, SIZE)
    slow_luminance, slow_covered = slow_cast(moved, turn, scale, position, light, SIZE)
    assert slow_covered.sum() > 20
    assert (covered != slow_covered).sum() <= 3
    both = covered & slow_covered
    assert (np.abs(luminance - slow_luminance)[both] > 2e-3).sum() <= 3
    assert (luminance[~covered] == 0).all()


@pytest.mark.no_cover
@pytest.mark.parametrize("name", SOLIDS)
def test_solids_look_as_to_a_caster_that_feels_its_way(name) -> None:
    agree(SOLIDS[name], rotation(x=15, y=-25, z=10), LIGHT)


@pytest.mark.no_cover
@settings(max_examples=8, deadline=None)
@given(
    angles=st.tuples(*[st.floats(-180, 180)] * 3),
    axes=st.tuples(*[st.floats(0.3, 1.0)] * 3),
    kind=st.sampled_from([ellipsoid, box]),
    bearing=st.floats(0, 360),
)
def test_any_ellipsoid_and_box_in_any_pose_does(angles, axes, kind, bearing) -> None:
    light = np.array([0.6 * np.cos(np.deg2rad(bearing)), 0.6 * np.sin(np.deg2rad(bearing)), 0.8])
    agree([kind((0, 0, 0), axes, 0.8)], rotation(*angles), light)


def test_a_sphere_follows_its_formula() -> None:
    model, radius, (x0, y0) = pack([ellipsoid((0, 0, 0), (1, 1, 1), 0.9)]), 14.0, (20.2, 19.7)
    luminance, covered = cast(model, np.eye(3), radius / model.radius, (x0, y0), LIGHT, (40, 40))
    y, x = np.mgrid[:40, :40] + 0.5
    across, up = (x - x0) / radius, (y0 - y) / radius
    depth = np.sqrt(np.maximum(0, 1 - across**2 - up**2))
    cosine = np.maximum(0, across * LIGHT[0] + up * LIGHT[1] + depth * LIGHT[2])
    inside = across**2 + up**2 < 1
    np.testing.assert_array_equal(covered, inside)
    np.testing.assert_allclose(luminance, np.where(inside, 0.9 * (AMBIENT + (1 - AMBIENT) * cosine), 0), atol=2e-4)


def test_a_box_seen_from_the_front_is_an_even_rectangle() -> None:
    model = pack([box((0, 0, 0), (1, 0.5, 0.2), 0.8)])
    width = model.reaches[0, 0] * 2
    luminance, covered = cast(model, np.eye(3), 16 / width, (10, 10), FRONT, (20, 20))
    expected = np.zeros((20, 20), bool)
    expected[6:14, 2:18] = True
    np.testing.assert_array_equal(covered, expected)
    np.testing.assert_allclose(luminance[expected], 0.8, rtol=1e-6)


def test_the_nearer_solid_hides_the_farther_one_whatever_their_order() -> None:
    near, far = ellipsoid((0, 0, 0.6), (0.3, 0.3, 0.3), 1.0), box((0, 0, -0.3), (1, 1, 0.1), 0.2)
    pictures = [cast(pack(solids), np.eye(3), 10, (12, 10), FRONT, SIZE)[0] for solids in ([near, far], [far, near])]
    np.testing.assert_array_equal(*pictures)
    behind = cast(pack([near, far]), rotation(y=180), 10, (12, 10), FRONT, SIZE)[0]
    assert pictures[0].max() > 0.9
    assert behind.max() == pytest.approx(0.2)


def test_a_surface_turned_away_from_the_light_gets_the_ambient_share() -> None:
    model = pack([box((0, 0, 0), (1, 1, 1), 1.0)])
    luminance, covered = cast(model, np.eye(3), 6, (12, 10), -FRONT, SIZE)
    np.testing.assert_allclose(luminance[covered], AMBIENT, rtol=1e-6)


@pytest.mark.parametrize("position", [(-100, 10), (12, -100), (200, 10), (12, 200)])
def test_an_object_outside_the_picture_leaves_it_empty(position) -> None:
    luminance, covered = cast(pack(SOLIDS["box"]), np.eye(3), 6, position, LIGHT, SIZE)
    assert not covered.any()
    assert not luminance.any()


def test_an_object_half_outside_is_cut_at_the_edge() -> None:
    model = pack(SOLIDS["ellipsoid"])
    whole, _ = cast(model, np.eye(3), 8, (12, 10), LIGHT, SIZE)
    shifted, _ = cast(model, np.eye(3), 8, (0, 10), LIGHT, SIZE)
    np.testing.assert_allclose(shifted[:, :12], whole[:, 12:], atol=1e-5)


def test_a_pixel_smaller_than_everything_shows_the_surface_straight_ahead() -> None:
    luminance, covered = cast(pack(SOLIDS["box"]), np.eye(3), 1e5, (0.5, 0.5), FRONT, (1, 1))
    assert covered.all()
    assert luminance[0, 0] > 0
