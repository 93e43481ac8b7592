"""Eight animals, eight faces and eight fruits, built of ellipsoids and rods."""

from collections.abc import Iterator
from itertools import product

import numpy as np

from hcnn_widgets.stimuli.solids import Solid, box, ellipsoid, rod, rotation

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
        ellipsoid(top + (size + 0.2 * snout, -0.3 * size, 0), (snout, 0.5 * size, 0.5 * size), tones[1]),
        rod((-0.9 * length, 0.3 * height, 0), (-length - 0.5 * tail, 0.3 * height - 0.8 * tail, 0), 0.05, tones[2]),
    ]
    for x, side in product((-0.66 * length, 0.62 * length), SIDES):
        hip = (x, -0.2 * height, 0.6 * width * side)
        solids.append(rod(hip, (x, -0.75 * height - leg[0], 0.6 * width * side), leg[1], tones[1]))
    for side in SIDES:
        place = top + (-0.25 * size, 0.8 * size + 0.4 * ear, 0.6 * size * side)
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


def face(width: float = 1.0, skin: float = 0.75, hair: float | None = 0.1, brow: float = 0.1) -> Solids:
    """Build a head that looks at the viewer; hair None leaves it bald."""
    x = 0.62 * width
    solids = [
        ellipsoid((0, 0, 0), (x, 0.85, 0.7), skin),
        ellipsoid((0, -0.45, 0.12), (0.72 * x, 0.48, 0.5), skin),
        rod((0, -0.6, -0.08), (0, -1.1, -0.12), 0.3, 0.85 * skin),
        ellipsoid((0, -0.06, 0.68), (0.09, 0.2, 0.15), skin),
        ellipsoid((0, -0.12, 0.76), (0.13, 0.09, 0.1), skin),
        ellipsoid((0, -0.47, 0.56), (0.24, 0.06, 0.1), 0.25 * skin),
    ]
    for side in SIDES:
        solids += [
            ellipsoid((0.26 * side, 0.12, 0.57), (0.15, 0.085, 0.09), min(1.0, 1.3 * skin + 0.15)),
            ellipsoid((0.26 * side, 0.12, 0.63), (0.07, 0.08, 0.06), 0.02),
            ellipsoid((0.27 * side, 0.3, 0.58), (0.18, 0.04, 0.1), brow, rotation(z=-8 * side)),
            ellipsoid((x * side, 0, -0.05), (0.08, 0.19, 0.13), skin),
        ]
    if hair is not None:
        solids.append(ellipsoid((0, 0.2, -0.14), (1.06 * x, 0.76, 0.72), hair))
    return solids


def bald() -> Solids:
    """Build a bald head."""
    return face(1.0, 0.7, None, 0.2)


def beard() -> Solids:
    """Build a dark face with a full beard."""
    return [*face(1.05, 0.5, 0.06, 0.04), ellipsoid((0, -0.62, 0.2), (0.47, 0.4, 0.47), 0.06)]


def bob() -> Solids:
    """Build a light face between two sides of dark hair."""
    return [*face(0.92, 0.9, 0.08), *(ellipsoid((0.58 * s, -0.2, -0.1), (0.2, 0.62, 0.4), 0.08) for s in SIDES)]


def bun() -> Solids:
    """Build a dark face under light hair with a bun."""
    return [*face(0.95, 0.42, 0.7, 0.1), ellipsoid((0, 1.05, -0.15), (0.28, 0.25, 0.28), 0.7)]


def cap() -> Solids:
    """Build a face under a flat cap with a peak."""
    brim = ellipsoid((0, 0.48, 0.55), (0.5, 0.07, 0.42), 0.1)
    crown = ellipsoid((0, 0.42, -0.02), (0.7, 0.58, 0.76), 0.25, cut=(0, -1, 0, 0))
    return [*face(1.0, 0.62, None), crown, brim]


def child() -> Solids:
    """Build a round light face with fair hair."""
    return [*face(1.2, 0.92, 0.55, 0.4), ellipsoid((0, 0.72, 0.35), (0.4, 0.16, 0.3), 0.55)]


def glasses() -> Solids:
    """Build a grey-haired face with dark glasses."""
    lenses = [rod((0.27 * s, 0.12, 0.6), (0.27 * s, 0.12, 0.7), 0.22, 0.05) for s in SIDES]
    return [*face(1.0, 0.78, 0.8, 0.7), *lenses, box((0, 0.14, 0.68), (0.12, 0.03, 0.03), 0.05)]


def long_hair() -> Solids:
    """Build a face in long fair hair."""
    hair = [ellipsoid((0.5 * s, -0.4, -0.18), (0.28, 0.85, 0.36), 0.85) for s in SIDES]
    return [*face(0.95, 0.55, 0.85, 0.3), *hair]


def apple() -> Solids:
    """Build an apple with its stalk and a leaf."""
    lobes = [ellipsoid((0.2 * np.cos(a), 0, 0.2 * np.sin(a)), (0.72, 0.8, 0.72), 0.5) for a in (0.5, 2.6, 4.7)]
    leaf = ellipsoid((0.28, 1.02, 0), (0.3, 0.05, 0.14), 0.85, rotation(z=25))
    return [*lobes, rod((0, 0.55, 0), (0.08, 1.12, 0), 0.06, 0.06), leaf]


def banana() -> Solids:
    """Build a banana with dark ends."""
    angles = np.deg2rad(np.linspace(198, 342, 11))
    arc = np.stack([np.cos(angles), 0.9 * np.sin(angles) + 0.5, 0 * angles], axis=1)
    widths = (0.13, 0.19, 0.23, 0.25, 0.26, 0.265, 0.26, 0.25, 0.23, 0.18, 0.12)
    parts = [
        ellipsoid(point, (0.4, width, width), 0.95, rotation(z=np.rad2deg(angle) + 90))
        for point, width, angle in zip(arc, widths, angles, strict=True)
    ]
    ends = [rod(arc[0], arc[0] + (-0.14, 0.36, 0), 0.09, 0.1), rod(arc[-1], arc[-1] + (0.1, 0.28, 0), 0.08, 0.1)]
    return parts + ends


def cherries() -> Solids:
    """Build two cherries on their stalks."""
    pair = [ellipsoid((0.45 * s, -0.5 - 0.08 * s, 0.1 * s), (0.42, 0.4, 0.42), 0.22) for s in SIDES]
    stalks = [rod((0.4 * s, -0.2, 0.1 * s), (0.1, 0.85, 0), 0.05, 0.7) for s in SIDES]
    return [*pair, *stalks, ellipsoid((0.4, 0.85, 0), (0.34, 0.06, 0.18), 0.8, rotation(z=-15))]


def grapes() -> Solids:
    """Build a bunch of grapes."""
    return [*_bunch(), rod((0, 0.6, 0), (0.05, 1.05, 0), 0.06, 0.6)]


def _bunch() -> Iterator[Solid]:
    for level, count in enumerate((5, 4, 3, 1)):
        for k in range(count):
            angle, spread = 2 * np.pi * k / count + 0.9 * level, 0.5 - 0.13 * level if count > 1 else 0.0
            place = (spread * np.cos(angle), 0.45 - 0.38 * level, spread * np.sin(angle))
            yield ellipsoid(place, (0.29, 0.29, 0.29), 0.32 + 0.04 * (k % 3))


def pear() -> Solids:
    """Build a pear: a broad and a narrow half, with a stalk."""
    parts = [
        ellipsoid((0, -0.35, 0), (0.62, 0.58, 0.62), 0.72),
        ellipsoid((0, 0.02, 0), (0.5, 0.62, 0.5), 0.72),
        ellipsoid((0, 0.3, 0), (0.36, 0.55, 0.36), 0.72),
    ]
    return [*parts, rod((0, 0.75, 0), (0.12, 1.15, 0), 0.06, 0.08)]


def pineapple() -> Solids:
    """Build a pineapple with its crown of leaves."""
    rings = [
        rod((0, y - 0.02, 0), (0, y + 0.02, 0), r, 0.2)
        for y, r in ((-0.66, 0.44), (-0.38, 0.545), (-0.1, 0.55), (0.18, 0.46))
    ]
    leaves = [
        ellipsoid(
            (0.24 * np.sin(a), 0.72, 0.24 * np.cos(a)),
            (0.13, 0.42, 0.06),
            0.12,
            rotation(y=np.rad2deg(a)) @ rotation(x=30),
        )
        for a in np.arange(6) * np.pi / 3
    ]
    crown = ellipsoid((0, 0.95, 0), (0.12, 0.45, 0.12), 0.1)
    return [ellipsoid((0, -0.25, 0), (0.54, 0.72, 0.54), 0.85), *rings, *leaves, crown]


def strawberry() -> Solids:
    """Build a strawberry: a tapering body under a star of leaves."""
    body = [
        ellipsoid((0, y, 0), (r, h, r), 0.3) for y, r, h in ((0.3, 0.62, 0.45), (0.12, 0.56, 0.6), (-0.1, 0.42, 0.72))
    ]
    leaves = [
        ellipsoid(
            (0.3 * np.sin(a), 0.72, 0.3 * np.cos(a)),
            (0.14, 0.05, 0.36),
            0.9,
            rotation(y=np.rad2deg(a)) @ rotation(x=18),
        )
        for a in np.arange(5) * 2 * np.pi / 5
    ]
    return [*body, *leaves, rod((0, 0.7, 0), (0, 1.05, 0), 0.06, 0.8)]


def watermelon() -> Solids:
    """Build half a watermelon: pale flesh in a dark rind."""
    cut = (0, 0.45, 0.89, 0.0)
    rind = ellipsoid((0, 0, 0), (1, 0.8, 0.8), 0.15, cut=cut)
    flesh = ellipsoid((0, 0.012, 0.024), (0.84, 0.64, 0.64), 0.75, cut=cut)
    seeds = [
        ellipsoid((x, y, -0.505 * y + 0.04), (0.06, 0.08, 0.06), 0.03)
        for x, y in ((-0.4, 0), (0, 0.25), (0.4, 0), (0, -0.25))
    ]
    return [rind, flesh, *seeds]


ANIMALS = {shape.__name__: shape for shape in (bear, cow, dog, elephant, giraffe, horse, lion, sheep)}
FACES = {shape.__name__: shape for shape in (bald, beard, bob, bun, cap, child, glasses, long_hair)}
FRUITS = {shape.__name__: shape for shape in (apple, banana, cherries, grapes, pear, pineapple, strawberry, watermelon)}
