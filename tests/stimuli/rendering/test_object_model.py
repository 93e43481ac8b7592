import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.stimuli.rendering.object_model import extents, pack
from hcnn_widgets.stimuli.rendering.solids import box, ellipsoid, rod, rotation

HALF_SIZES = st.tuples(*[st.floats(0.2, 2.0)] * 3)


@given(HALF_SIZES)
def test_a_box_is_scaled_by_its_known_mean_width(half_sizes) -> None:
    # The mean width of a box is half the sum of its three edges.
    model = pack([box((3, -2, 1), half_sizes)])
    np.testing.assert_allclose(model.reaches[0], np.array(half_sizes) * 2 / sum(half_sizes), rtol=0.01)
    np.testing.assert_allclose(model.centres, 0, atol=1e-12)


def test_a_slender_ellipsoid_is_scaled_by_its_mean_width() -> None:
    # For an ellipsoid of revolution: the mean of the support function over the sphere, an integral over the cosine.
    long, short = 1.5, 0.4
    cosine = np.linspace(0, 1, 20001)
    mean_support = np.trapezoid(np.sqrt((long * cosine) ** 2 + short**2 * (1 - cosine**2)), cosine)
    model = pack([ellipsoid((0, 0, 0), (long, short, short), turn=rotation(y=20, z=70))])
    np.testing.assert_allclose(model.reaches[0], np.array([long, short, short]) / mean_support, rtol=0.01)


@given(st.floats(0.2, 5), st.tuples(*[st.floats(-3, 3)] * 3))
def test_size_and_place_of_the_plan_do_not_matter(factor, shift) -> None:
    plan = pack([ellipsoid((0, 0, 0), (1, 0.6, 0.6), 0.5), rod((0, 0, 0), (0, 1, 0), 0.2, 0.9)])
    shift = np.array(shift)
    other = pack(
        [
            ellipsoid(shift, np.array((1, 0.6, 0.6)) * factor, 0.5),
            rod(shift, shift + np.array((0, factor, 0)), 0.2 * factor, 0.9),
        ]
    )
    np.testing.assert_allclose(other.centres, plan.centres, atol=1e-9)
    np.testing.assert_allclose(other.reaches, plan.reaches, rtol=1e-9)
    np.testing.assert_allclose(other.quadrics, plan.quadrics, rtol=1e-6)
    np.testing.assert_allclose(other.planes, plan.planes, atol=1e-9)


def test_an_object_is_centred_between_its_ends() -> None:
    model = pack([box((0, 0, 0), (0.5, 0.5, 0.5)), box((3, 0, 0), (0.1, 0.1, 0.1))])
    right = (model.centres + model.reaches)[:, 0].max()
    left = (model.centres - model.reaches)[:, 0].min()
    assert right == pytest.approx(-left)


@given(HALF_SIZES, st.tuples(*[st.floats(-180, 180)] * 3))
def test_extents_hold_every_point_of_an_ellipsoid_and_a_box_and_touch_them(half_sizes, angles) -> None:
    turn, half_sizes = rotation(*angles), np.array(half_sizes)
    directions = np.random.default_rng(0).standard_normal((4000, 3))
    on_sphere = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    corners = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
    for points, is_round, slack in ((on_sphere, True, 0.05), (corners, False, 1e-9)):
        furthest = np.abs(points * half_sizes @ turn.T).max(axis=0)
        bound = extents(turn[np.newaxis], half_sizes[np.newaxis], np.array([is_round]))[0]
        assert (furthest <= bound * (1 + 1e-9)).all()
        assert (furthest >= bound * (1 - slack)).all()


def test_the_radius_is_of_a_sphere_about_the_whole_object() -> None:
    model = pack([box((0, 0, 0), (1, 0.1, 0.1))])
    assert model.radius == pytest.approx(np.linalg.norm(model.reaches[0]), rel=0.02)


def test_every_solid_knows_the_rows_of_its_planes() -> None:
    model = pack([box((0, 0, 0), (1, 1, 1)), ellipsoid((0, 0, 0), (1, 1, 1)), rod((0, 0, 0), (1, 0, 0), 0.1)])
    assert model.plane_ranges == ((0, 6), (6, 6), (6, 8))
    assert len(model.planes) == 8
    assert not model.quadrics[0].any()
    assert model.quadrics[1].any()
