"""Eight chairs and eight tables, built of boxes and rods."""

from itertools import product

import numpy as np

from hcnn_widgets.stimuli.rendering.solids import Solid, box, rod, rotation

Solids = list[Solid]
SIDES = (-1, 1)


def legs(x: float, z: float, top: float, bottom: float, radius: float, tone: float, splay: float = 0.0) -> Solids:
    """Build four legs at (+-x, +-z) from height `top` to `bottom`, where they stand `splay` further out."""
    return [
        rod((x * i, top, z * k), ((x + splay) * i, bottom, (z + splay) * k), radius, tone)
        for i, k in product(SIDES, SIDES)
    ]


def seat(tone: float, half: float = 0.48, thickness: float = 0.06, y: float = 0.0) -> Solid:
    """Build a square seat at height `y`."""
    return box((0, y, 0), (half, thickness, half), tone)


def armchair() -> Solids:
    """Build a padded chair: thick seat, back and arms."""
    arms = [box((0.52 * s, 0.12, 0.04), (0.13, 0.36, 0.5), 0.35) for s in SIDES]
    return [
        seat(0.55, 0.46, 0.18, -0.05),
        box((0, 0.4, -0.42), (0.62, 0.6, 0.14), 0.35, rotation(x=-8)),
        *arms,
        *legs(0.5, 0.4, -0.2, -0.42, 0.07, 0.05),
    ]


def bar_stool() -> Solids:
    """Build a high stool with a low back and a ring for the feet."""
    rails = [box((0, -0.55, 0.36 * s), (0.36, 0.035, 0.035), 0.8) for s in SIDES]
    return [
        seat(0.15, 0.36, 0.08, 0.2),
        box((0, 0.48, -0.34), (0.36, 0.2, 0.05), 0.15),
        *legs(0.3, 0.3, 0.2, -1, 0.055, 0.85, 0.08),
        *rails,
    ]


def dining_chair() -> Solids:
    """Build a plain chair with a solid back."""
    return [seat(0.85), box((0, 0.5, -0.46), (0.46, 0.5, 0.05), 0.7), *legs(0.42, 0.42, 0, -0.72, 0.06, 0.6)]


def ladder_back() -> Solids:
    """Build a dark chair with a high back of four rungs."""
    posts = [rod((0.42 * s, -0.7, -0.44), (0.42 * s, 1.15, -0.5), 0.06, 0.1) for s in SIDES]
    rungs = [box((0, y, -0.48), (0.42, 0.07, 0.035), 0.1) for y in (0.25, 0.52, 0.79, 1.05)]
    return [seat(0.75, 0.46, 0.05), *posts, *rungs, *legs(0.42, 0.42, 0, -0.7, 0.06, 0.1)[1::2]]


def lounge_chair() -> Solids:
    """Build a light sling in a dark frame, leaning far back."""
    sling = [
        box((0, 0.02, 0.1), (0.42, 0.05, 0.5), 0.95, rotation(x=-12)),
        box((0, 0.5, -0.6), (0.42, 0.62, 0.05), 0.95, rotation(x=-32)),
    ]
    runners = [rod((0.46 * s, -0.5, 0.6), (0.46 * s, 0.28, -0.55), 0.055, 0.08) for s in SIDES]
    back = [rod((0.46 * s, -0.5, -0.75), (0.46 * s, 0.1, 0.45), 0.055, 0.08) for s in SIDES]
    return [*sling, *runners, *back]


def office_chair() -> Solids:
    """Build a chair on a post with a star of five feet."""
    angles = np.arange(5) * 2 * np.pi / 5 + 0.3
    feet = [rod((0, -0.62, 0), (0.55 * np.cos(a), -0.75, 0.55 * np.sin(a)), 0.055, 0.06) for a in angles]
    back = [box((0, 0.6, -0.45), (0.4, 0.4, 0.08), 0.12), box((0, 0.15, -0.48), (0.06, 0.2, 0.04), 0.6)]
    arms = [box((0.5 * s, 0.26, 0), (0.06, 0.04, 0.3), 0.06) for s in SIDES]
    stays = [rod((0.5 * s, 0, -0.05), (0.5 * s, 0.25, -0.05), 0.04, 0.6) for s in SIDES]
    return [seat(0.12, 0.46, 0.09), *back, *arms, *stays, rod((0, -0.65, 0), (0, -0.05, 0), 0.08, 0.7), *feet]


def rocking_chair() -> Solids:
    """Build a chair on two runners, with arms and an open back."""
    curve = [(-0.95, -0.5), (-0.45, -0.72), (0.45, -0.72), (0.85, -0.58)]
    runners = [
        rod((0.42 * s, curve[k][1], curve[k][0]), (0.42 * s, curve[k + 1][1], curve[k + 1][0]), 0.06, 0.4)
        for s in SIDES
        for k in range(3)
    ]
    posts = [rod((x, 0, -0.42), (x, 1, -0.6), 0.045, 0.4) for x in (-0.4, -0.13, 0.13, 0.4)]
    arms = [box((0.44 * s, 0.32, 0), (0.06, 0.035, 0.42), 0.4) for s in SIDES]
    return [
        seat(0.6, 0.46, 0.06),
        *runners,
        *posts,
        box((0, 1, -0.6), (0.46, 0.09, 0.05), 0.4),
        *arms,
        *legs(0.4, 0.38, 0, -0.7, 0.05, 0.4),
    ]


def windsor_chair() -> Solids:
    """Build a light chair with a fan of spindles and splayed legs."""
    spindles = [rod((0.36 * x, 0, -0.42), (0.52 * x, 0.92, -0.55), 0.04, 0.9) for x in np.linspace(-1, 1, 5)]
    return [
        rod((0, -0.06, 0), (0, 0.06, 0), 0.52, 0.75),
        *spindles,
        box((0, 0.95, -0.55), (0.58, 0.08, 0.05), 0.9),
        *legs(0.3, 0.3, 0, -0.72, 0.055, 0.9, 0.14),
    ]


def billiard_table() -> Solids:
    """Build a billiard table: dark cloth in a light frame on fat legs."""
    rails = [box((0, 0.16, 0.62 * s), (1.15, 0.09, 0.09), 0.75) for s in SIDES]
    rails += [box((1.07 * s, 0.16, 0), (0.09, 0.09, 0.62), 0.75) for s in SIDES]
    return [box((0, 0.06, 0), (1.12, 0.13, 0.62), 0.3), *rails, *legs(0.9, 0.45, 0, -0.6, 0.13, 0.65)]


def coffee_table() -> Solids:
    """Build a low light table with a shelf."""
    return [
        box((0, 0.2, 0), (1, 0.06, 0.6), 0.92),
        box((0, -0.14, 0), (0.85, 0.035, 0.48), 0.5),
        *legs(0.86, 0.48, 0.2, -0.34, 0.08, 0.85),
    ]


def desk() -> Solids:
    """Build a desk with drawers at one side."""
    drawers = [box((0.62, y, 0.5), (0.27, 0.12, 0.03), 0.8) for y in (0.1, -0.18, -0.46)]
    return [
        box((0, 0.32, 0), (1, 0.06, 0.56), 0.5),
        box((0.62, -0.2, 0), (0.32, 0.48, 0.5), 0.35),
        *drawers,
        *legs(0.9, 0.46, 0.3, -0.68, 0.06, 0.35)[:2],
    ]


def dining_table() -> Solids:
    """Build a long table with square legs."""
    posts = [box((0.9 * i, -0.2, 0.48 * k), (0.07, 0.48, 0.07), 0.6) for i, k in product(SIDES, SIDES)]
    return [box((0, 0.32, 0), (1.1, 0.06, 0.62), 0.75), box((0, 0.2, 0), (0.95, 0.08, 0.5), 0.5), *posts]


def picnic_table() -> Solids:
    """Build a table with a bench at each side, on crossed legs."""
    benches = [box((0, -0.1, 0.82 * s), (1, 0.05, 0.16), 0.8) for s in SIDES]
    crosses = [rod((x, 0.25, 0.3 * s), (x, -0.55, 0.7 * s), 0.07, 0.45) for x in (-0.7, 0.7) for s in SIDES]
    return [
        box((0, 0.32, 0), (1, 0.06, 0.44), 0.88),
        *benches,
        *crosses,
        *(box((x, -0.15, 0), (0.06, 0.06, 0.85), 0.45) for x in (-0.7, 0.7)),
    ]


def round_table() -> Solids:
    """Build a round table on one column."""
    return [
        rod((0, 0.34, 0), (0, 0.44, 0), 0.9, 0.95),
        rod((0, -0.6, 0), (0, 0.35, 0), 0.12, 0.3),
        rod((0, -0.68, 0), (0, -0.58, 0), 0.45, 0.3),
    ]


def tripod_table() -> Solids:
    """Build a dark round table on three splayed legs."""
    angles = np.arange(3) * 2 * np.pi / 3 + 0.5
    feet = [
        rod((0.35 * np.cos(a), 0.3, 0.35 * np.sin(a)), (0.62 * np.cos(a), -0.7, 0.62 * np.sin(a)), 0.07, 0.7)
        for a in angles
    ]
    return [rod((0, 0.3, 0), (0, 0.42, 0), 0.78, 0.22), *feet]


def trestle_table() -> Solids:
    """Build a dark board on two trestles."""
    stands = [rod((x, 0.28, 0), (x, -0.6, 0.5 * s), 0.06, 0.85) for x in (-0.7, 0.7) for s in SIDES]
    bars = [box((x, 0.26, 0), (0.08, 0.05, 0.5), 0.85) for x in (-0.7, 0.7)]
    return [
        box((0, 0.36, 0), (1.15, 0.05, 0.6), 0.2),
        *stands,
        *bars,
        *(box((x, -0.25, 0), (0.05, 0.05, 0.34), 0.85) for x in (-0.7, 0.7)),
    ]


CHAIRS = {
    shape.__name__: shape
    for shape in (
        armchair,
        bar_stool,
        dining_chair,
        ladder_back,
        lounge_chair,
        office_chair,
        rocking_chair,
        windsor_chair,
    )
}
TABLES = {
    shape.__name__: shape
    for shape in (
        billiard_table,
        coffee_table,
        desk,
        dining_table,
        picnic_table,
        round_table,
        trestle_table,
        tripod_table,
    )
}
