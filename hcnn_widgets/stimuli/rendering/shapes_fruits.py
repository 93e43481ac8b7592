"""Eight fruits, built of ellipsoids and rods."""

from collections.abc import Iterator

import numpy as np

from hcnn_widgets.stimuli.rendering.solids import Solid, ellipsoid, rod, rotation

Solids = list[Solid]
SIDES = (-1, 1)


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


FRUITS = {shape.__name__: shape for shape in (apple, banana, cherries, grapes, pear, pineapple, strawberry, watermelon)}
