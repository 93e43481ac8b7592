import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from hcnn_widgets.stimuli.rendering.solids import box, ellipsoid, prism, rod, rotation

ANGLES = st.floats(-360, 360)


@given(ANGLES, ANGLES, ANGLES)
def test_a_turn_is_about_y_then_x_then_z_as_scipy_has_it(x, y, z) -> None:
    np.testing.assert_allclose(
        rotation(x, y, z), Rotation.from_euler("yxz", [y, x, z], degrees=True).as_matrix(), atol=1e-12
    )


def test_several_turns_at_once_are_the_single_ones() -> None:
    angles = np.array([[10, 20, 30], [-40, 50, 60]], float)
    np.testing.assert_allclose(rotation(*angles.T), [rotation(*row) for row in angles])


@pytest.mark.parametrize(("axis", "start", "end"), [("x", 1, 2), ("y", 2, 0), ("z", 0, 1)])
def test_a_turn_is_counterclockwise_seen_from_the_tip_of_its_axis(axis, start, end) -> None:
    np.testing.assert_allclose(rotation(**{axis: 90}) @ np.eye(3)[start], np.eye(3)[end], atol=1e-12)


@given(st.tuples(*[st.floats(-1, 1)] * 3), st.floats(0.1, 2), st.floats(0.01, 0.5))
def test_a_rod_has_its_ends_where_they_were_said_to_be(start, length, radius) -> None:
    direction = np.array([0.6, -0.64, 0.48])
    solid = rod(start, start + length * direction, radius)
    np.testing.assert_allclose(solid.centre, start + length / 2 * direction, atol=1e-12)
    np.testing.assert_allclose(solid.rotation[:, 1], direction, atol=1e-12)
    np.testing.assert_allclose(solid.rotation.T @ solid.rotation, np.eye(3), atol=1e-12)
    assert np.linalg.det(solid.rotation) == pytest.approx(1)
    np.testing.assert_allclose(solid.reach, [radius, length / 2, radius])


@pytest.mark.parametrize("direction", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (-1, 0, 0)])
def test_a_rod_along_an_axis_is_as_good_as_any(direction) -> None:
    solid = rod((0, 0, 0), direction, 0.1)
    np.testing.assert_allclose(solid.rotation @ (0, 1, 0), direction, atol=1e-12)
    assert np.linalg.det(solid.rotation) == pytest.approx(1)


def test_the_planes_of_a_prism_hold_its_corners_and_its_middle() -> None:
    outline = np.array([(-1, -0.5), (1, -0.5), (0.6, 0.4), (-0.2, 0.9)])
    planes = prism(outline, 0.3).planes
    corners = np.array([(*corner, z) for corner in outline for z in (-0.3, 0.3)])
    distances = corners @ planes[:, :3].T - planes[:, 3]
    assert distances.max() == pytest.approx(0, abs=1e-12)
    np.testing.assert_array_equal((np.abs(distances) < 1e-12).sum(axis=1), 3)
    np.testing.assert_allclose(np.linalg.norm(planes[:, :3], axis=1), 1)


def test_a_box_is_bounded_by_its_half_sizes() -> None:
    solid = box((1, 2, 3), (0.4, 0.5, 0.6), 0.9)
    found = {tuple(plane[:3].round(9)): plane[3] for plane in solid.planes}
    expected = {(1, 0, 0): 0.4, (-1, 0, 0): 0.4, (0, 1, 0): 0.5, (0, -1, 0): 0.5, (0, 0, 1): 0.6, (0, 0, -1): 0.6}
    assert found == expected
    np.testing.assert_array_equal(solid.centre, [1, 2, 3])
    assert solid.albedo == 0.9


def test_an_ellipsoid_may_be_cut_by_one_plane_or_several() -> None:
    assert ellipsoid((0, 0, 0), (1, 1, 1)).planes.shape == (0, 4)
    assert ellipsoid((0, 0, 0), (1, 1, 1), cut=(0, 1, 0, 0.5)).planes.shape == (1, 4)
    assert ellipsoid((0, 0, 0), (1, 1, 1), cut=[(0, 1, 0, 0.5), (1, 0, 0, 0.5)]).planes.shape == (2, 4)
