"""Eight animals on four legs, built of ellipsoids and rods."""

from itertools import product

import numpy as np

from hcnn_widgets.stimuli.rendering.solids import Solid, ellipsoid, rod, rotation

Solids = list[Solid]
SIDES = (-1, 1)


def quadruped(
    body: tuple[float, float, float],
    leg: tuple[float, float],
    neck: tuple[float, float, float],
    head: tuple[float, float, float],
    tail: float,
    tones: tuple[float, float, float],
) -> Solids:
    """Build a four-legged animal that faces right.

    Parameters
    ----------
    body : half length, half height, half width
    leg : length, radius
    neck : length, angle above the horizontal in deg, radius
    head : radius, length of the snout, length of the ears
    tail : length
    tones : albedo of the body, of legs and head, of ears and tail
    """
    length, height, width = body
    size, snout, ear = head
    angle = np.deg2rad(neck[1])
    shoulder = np.array([0.72 * length, 0.25 * height, 0.0])
    top = shoulder + (neck[0] + 0.3 * size) * np.array([np.cos(angle), np.sin(angle), 0])
    solids = [
        ellipsoid((0, 0, 0), (length, height, width), tones[0]),
        rod(shoulder - (0.1, 0.1, 0), top, neck[2], tones[0]),
        ellipsoid(top, (1.15 * size, size, 0.85 * size), tones[1]),
        ellipsoid(top + np.array((size + 0.2 * snout, -0.3 * size, 0)), (snout, 0.5 * size, 0.5 * size), tones[1]),
        rod((-0.9 * length, 0.3 * height, 0), (-length - 0.5 * tail, 0.3 * height - 0.8 * tail, 0), 0.05, tones[2]),
    ]
    for x, side in product((-0.66 * length, 0.62 * length), SIDES):
        hip = (x, -0.2 * height, 0.6 * width * side)
        solids.append(rod(hip, (x, -0.75 * height - leg[0], 0.6 * width * side), leg[1], tones[1]))
    for side in SIDES:
        place = top + np.array((-0.25 * size, 0.8 * size + 0.4 * ear, 0.6 * size * side))
        solids.append(ellipsoid(place, (0.3 * ear + 0.03, ear, 0.25 * ear + 0.03), tones[2], rotation(x=20 * side)))
    return solids


def bear() -> Solids:
    """Build a bear: heavy, dark, short legs and no neck."""
    return quadruped((0.75, 0.45, 0.42), (0.3, 0.16), (0.1, 15, 0.3), (0.3, 0.24, 0.1), 0.05, (0.16, 0.2, 0.1))


def cow() -> Solids:
    """Build a cow: light with dark patches, horns."""
    solids = quadruped((0.8, 0.4, 0.34), (0.42, 0.09), (0.22, 30, 0.19), (0.2, 0.22, 0.1), 0.5, (0.92, 0.85, 0.2))
    patches = [ellipsoid((x, 0.08, 0), (0.24, 0.38, 0.36), 0.1) for x in (-0.45, 0.25)]
    return solids + patches + [rod((0.85, 0.45, 0.1 * s), (0.88, 0.68, 0.3 * s), 0.04, 0.75) for s in SIDES]


def dog() -> Solids:
    """Build a dog: slender, tail up."""
    solids = quadruped((0.6, 0.27, 0.23), (0.4, 0.09), (0.22, 50, 0.16), (0.22, 0.24, 0.16), 0.1, (0.98, 0.95, 0.1))
    return [
        *solids,
        rod((-0.55, 0.1, 0), (-0.85, 0.5, 0), 0.06, 0.1),
        ellipsoid((-0.2, 0.06, 0), (0.28, 0.25, 0.24), 0.1),
    ]


def elephant() -> Solids:
    """Build an elephant: trunk, tusks, ears like sails."""
    solids = quadruped((0.8, 0.52, 0.46), (0.42, 0.17), (0.05, 30, 0.3), (0.36, 0.1, 0.02), 0.4, (0.42, 0.46, 0.3))
    joints = [(1.05, 0.15, 0), (1.25, -0.15, 0), (1.3, -0.5, 0), (1.42, -0.75, 0)]
    trunk = [rod(joints[k], joints[k + 1], 0.14 - 0.03 * k, 0.44) for k in range(3)]
    ears = [ellipsoid((0.55, 0.2, 0.4 * s), (0.28, 0.4, 0.06), 0.55, rotation(y=-35 * s)) for s in SIDES]
    return solids + trunk + ears + [rod((1.05, 0, 0.15 * s), (1.4, -0.12, 0.2 * s), 0.05, 0.98) for s in SIDES]


def giraffe() -> Solids:
    """Build a giraffe: all legs and neck."""
    solids = quadruped((0.5, 0.28, 0.24), (0.66, 0.09), (0.85, 66, 0.14), (0.18, 0.22, 0.1), 0.4, (1.0, 0.95, 0.12))
    return solids + [ellipsoid((x, 0.03, 0), (0.11, 0.25, 0.25), 0.15) for x in (-0.25, 0.05, 0.33)]


def horse() -> Solids:
    """Build a horse: long head, dark mane and tail."""
    solids = quadruped((0.68, 0.32, 0.26), (0.56, 0.095), (0.42, 52, 0.18), (0.19, 0.3, 0.1), 0.6, (0.26, 0.2, 0.05))
    return [*solids, rod((0.28, 0.35, 0), (0.68, 0.82, 0), 0.1, 0.05)]


def lion() -> Solids:
    """Build a lion: a dark mane around a light face."""
    solids = quadruped((0.72, 0.3, 0.26), (0.42, 0.11), (0.12, 40, 0.2), (0.26, 0.18, 0.06), 0.2, (0.85, 0.9, 0.6))
    tail = [rod((-0.65, 0.05, 0), (-1.1, 0.35, 0), 0.04, 0.6), ellipsoid((-1.13, 0.38, 0), (0.1, 0.1, 0.1), 0.15)]
    return [*solids, ellipsoid((0.6, 0.2, 0), (0.24, 0.44, 0.4), 0.18), *tail]


def sheep() -> Solids:
    """Build a sheep: white wool, black legs and head."""
    solids = quadruped((0.62, 0.42, 0.4), (0.34, 0.07), (0.15, 35, 0.16), (0.2, 0.18, 0.1), 0.05, (0.95, 0.12, 0.1))
    return [
        *solids,
        ellipsoid((-0.2, 0.18, 0), (0.4, 0.32, 0.34), 0.95),
        ellipsoid((0.3, 0.14, 0), (0.36, 0.3, 0.33), 0.95),
    ]


ANIMALS = {shape.__name__: shape for shape in (bear, cow, dog, elephant, giraffe, horse, lion, sheep)}
